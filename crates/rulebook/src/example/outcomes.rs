//! Which outcomes the examples show for each criterion: one that meets it, one that fails it, one in which
//! it is open.

use std::collections::{BTreeMap, BTreeSet};

use rules::{Answer, Criterion, CriterionResult, Finding, Outcome, Rulebook, Standing, Truth};

/// A criterion of which the examples never show an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unshown {
    /// The programme or definition, and the version of the programme.
    pub owner: String,
    /// The criterion.
    pub criterion: String,
    /// `met`, `not_met` or `unknown`.
    pub outcome: &'static str,
}

/// The outcomes that were seen. Shared criteria stand in several versions: it is enough if one shows them.
#[derive(Default)]
pub(crate) struct Shown(BTreeMap<(String, String), BTreeSet<&'static str>>);

const OUTCOMES: [&str; 3] = ["met", "not_met", "unknown"];

impl Shown {
    /// Takes note of what came out of an example.
    pub fn see(&mut self, answer: &Answer<'_>) {
        let Outcome::Assessed(assessment) = &answer.outcome else { return };
        let version = &assessment.version.id;
        for result in assessment.criteria.iter().chain(&assessment.preferences) {
            self.result(&answer.programme.id, version, result);
        }
        for result in &answer.round_criteria {
            self.result(&answer.programme.id, "round", result);
        }
    }

    fn result(&mut self, programme: &str, version: &str, result: &CriterionResult<'_>) {
        if let Finding::Children(children) = &result.finding {
            children.iter().for_each(|child| self.result(programme, version, child));
            return;
        }
        let outcome = match result.truth {
            Truth::Met => "met",
            Truth::NotMet => "not_met",
            Truth::Unknown(_) => "unknown",
            Truth::NotApplicable => return,
        };
        let criterion = result.criterion;
        let key = (owner(programme, version, criterion), criterion.id.clone());
        self.0.entry(key).or_default().insert(outcome);
    }

    /// The outcomes that are missing.
    pub fn missing(&self, rulebook: &Rulebook) -> Vec<Unshown> {
        let mut asked: BTreeSet<(String, String)> = BTreeSet::new();
        for programme in &rulebook.programmes {
            for version in programme.versions.iter().filter(|v| v.standing != Standing::Open) {
                let criteria = version.criteria.iter().chain(&version.preferences);
                for leaf in criteria.flat_map(Criterion::walk).filter(|one| one.is_leaf()) {
                    asked.insert((owner(&programme.id, &version.id, leaf), leaf.id.clone()));
                }
            }
        }
        for round in &rulebook.rounds {
            let leaves = round.criteria.iter().flat_map(Criterion::walk);
            for leaf in leaves.filter(|one| one.is_leaf()) {
                asked.insert((owner(&round.programme, "round", leaf), leaf.id.clone()));
            }
        }
        let none = BTreeSet::new();
        let mut missing = Vec::new();
        for key in asked {
            let shown = self.0.get(&key).unwrap_or(&none);
            for outcome in OUTCOMES.into_iter().filter(|outcome| !shown.contains(outcome)) {
                let (owner, criterion) = key.clone();
                missing.push(Unshown { owner, criterion, outcome });
            }
        }
        missing
    }
}

fn owner(programme: &str, version: &str, criterion: &Criterion) -> String {
    if criterion.owner == programme {
        format!("{programme}@{version}")
    } else {
        criterion.owner.clone()
    }
}
