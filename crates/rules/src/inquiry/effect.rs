//! Whether an answer can matter at all: by itself, or together with answers to what is missing beside
//! it. What is found is shown by a witness, so that anybody can try it.

use std::collections::BTreeSet;

use super::Spans;
use super::case::Case;
use super::reply::Reply;
use crate::amount::Missing;
use crate::summary;
use crate::verdict::{
    ConditionResult, CriterionResult, Finding, Outcome, ScaleFinding, ScoreResult, Test,
};

/// A case in which an answer makes a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The programme for which it does.
    pub programme: String,
    /// Other things that would have to be answered first, and how; mostly none.
    pub given: Vec<(Missing, Reply)>,
    /// The answer.
    pub reply: Reply,
}

/// So many ways of answering what is missing beside it are tried.
const TRIED: usize = 96;

/// An answer to `what` that makes a difference to the programme.
pub(super) fn witness(case: &Case<'_, '_>, what: &Missing, spans: &Spans<'_>) -> Option<Witness> {
    let programme = || case.programme.id.clone();
    if let Some(reply) = alone(case, what, spans) {
        return Some(Witness { programme: programme(), given: Vec::new(), reply });
    }
    beside(case, what).iter().find_map(|others| {
        let (given, reply) = together(case, what, others, spans)?;
        Some(Witness { programme: programme(), given, reply })
    })
}

fn alone(case: &Case<'_, '_>, what: &Missing, spans: &Spans<'_>) -> Option<Reply> {
    let span = spans.of(what);
    let replies = case.replies(what, span, false);
    replies.into_iter().find(|reply| case.possible.differs(&case.after(what, reply, span), what))
}

/// Answers to `others` after which an answer to `what` makes a difference.
fn together(
    case: &Case<'_, '_>,
    what: &Missing,
    others: &BTreeSet<Missing>,
    spans: &Spans<'_>,
) -> Option<(Vec<(Missing, Reply)>, Reply)> {
    let choices: Vec<(&Missing, Vec<Reply>)> =
        others.iter().map(|other| (other, case.replies(other, spans.of(other), true))).collect();
    let mut dice = Dice(0);
    let mut tried = BTreeSet::new();
    for round in 0..TRIED {
        // The first rounds give every one the same place in its list: all low, all high.
        let mut index = || if round < TRIED / 2 { round } else { dice.roll() };
        let places: Vec<Option<usize>> =
            choices.iter().map(|(_, replies)| index().checked_rem(replies.len())).collect();
        let chosen = choices.iter().zip(&places);
        let given: Vec<(Missing, Reply)> = chosen
            .filter_map(|((other, replies), place)| {
                Some(((*other).clone(), replies.get((*place)?)?.clone()))
            })
            .collect();
        // Where there is little to choose from, the same comes up again and again.
        if given.is_empty() || !tried.insert(places) {
            continue;
        }
        let mut facts = case.facts().clone();
        for (other, reply) in &given {
            case.put(&mut facts, other, reply, spans.of(other));
        }
        let then = case.with(&facts);
        if then.possible.is_settled() || !then.possible.missing.contains(what) {
            continue;
        }
        if let Some(reply) = alone(&then, what, spans) {
            return Some((given, reply));
        }
    }
    None
}

/// What is missing beside `what`: in the same test, in the tests around it, in the whole criterion;
/// the fewest first; at last in the whole programme.
fn beside(case: &Case<'_, '_>, what: &Missing) -> Vec<BTreeSet<Missing>> {
    let Outcome::Assessed(assessment) = &case.answer.outcome else { return Vec::new() };
    let mut found = Found { what, sets: BTreeSet::new() };
    found.criteria(&assessment.criteria, assessment.score.as_ref());
    let mut sets: Vec<BTreeSet<Missing>> = found.sets.into_iter().collect();
    sets.retain(|set| !set.is_empty());
    sets.sort_by_key(BTreeSet::len);
    // Where each criterion can only come out well, they decide together or not at all.
    let all: BTreeSet<Missing> =
        case.possible.askable().filter(|other| *other != what).cloned().collect();
    if !all.is_empty() && !sets.contains(&all) {
        sets.push(all);
    }
    sets
}

struct Found<'a> {
    what: &'a Missing,
    sets: BTreeSet<BTreeSet<Missing>>,
}

impl Found<'_> {
    fn note(&mut self, missing: &[Missing]) {
        if missing.contains(self.what) {
            let others = missing.iter().filter(|other| *other != self.what);
            // A person's decision is not ours to suppose.
            let others = others.filter(|other| !matches!(other, Missing::Judgement { .. }));
            self.sets.insert(others.cloned().collect());
        }
    }

    fn criteria(&mut self, results: &[CriterionResult<'_>], score: Option<&ScoreResult<'_>>) {
        for result in results {
            self.note(&summary::missing(std::slice::from_ref(result), score));
            if let Some(when) = &result.when {
                self.condition(when);
            }
            match &result.finding {
                Finding::Condition(condition) => self.condition(condition),
                Finding::Children(children) => self.criteria(children, score),
                Finding::Score => score.into_iter().for_each(|score| self.score(score)),
                Finding::Judged(_) | Finding::OtherPurpose => {}
            }
        }
    }

    fn condition(&mut self, result: &ConditionResult<'_>) {
        self.note(&result.lacking.missing);
        match &result.test {
            Test::All(parts) | Test::AtLeast(_, parts) => {
                parts.iter().for_each(|part| self.condition(part));
            }
            Test::Not(inner) => self.condition(inner),
            _ => {}
        }
    }

    fn score(&mut self, score: &ScoreResult<'_>) {
        for item in score.groups.iter().flat_map(|group| &group.items) {
            self.note(&item.lacking.missing);
            for finding in &item.findings {
                if let ScaleFinding::Entries(results) = finding {
                    results.iter().for_each(|result| self.condition(result));
                }
            }
        }
    }
}

/// Choices that are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default()
    }
}
