//! What is screened: a programme with the texts of the law that its subjects can fall under.

use enterprise::Text;
use rules::{Criterion, Governing, Programme, Purpose, Question, Rulebook, Standing, governing};

/// A programme as it is screened on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Screened {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// What kind of subject it judges.
    pub subject: String,
    /// The texts that its subjects can fall under: those who do not hold the title first.
    pub cases: Vec<Case>,
}

/// One text of the law, for one purpose and base year.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The purpose.
    pub purpose: Purpose,
    /// The version's id.
    pub version: String,
    /// The last fiscal year.
    pub base_year: i16,
    /// What its verdicts are worth.
    pub standing: Standing,
    /// The ids of the criteria at the top.
    pub criteria: Vec<String>,
    /// The criteria without sub-criteria, in file order: one bit each.
    pub leaves: Vec<Leaf>,
    /// Whether it has a score table.
    pub scored: bool,
}

/// A criterion without sub-criteria.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// Its id.
    pub id: String,
    /// What people read.
    pub label: Text,
}

impl Screened {
    /// The programme as a question finds it. Without cases if no version is in force.
    pub fn of(rulebook: &Rulebook, programme: &Programme, question: &Question) -> Self {
        let mut cases: Vec<Case> = Vec::new();
        for held in [Some(false), Some(true)] {
            let governing = governing(rulebook, programme, question, held);
            cases.extend(
                Case::of(&governing)
                    .filter(|case| cases.iter().all(|known| known.purpose != case.purpose)),
            );
        }
        Self {
            id: programme.id.clone(),
            title: programme.title.clone(),
            subject: programme.subject.clone(),
            cases,
        }
    }

    /// What its verdicts are worth as a whole: the most that any of its texts makes of them.
    pub fn worth(&self) -> Standing {
        let has = |standing: &Standing| self.cases.iter().any(|case| case.standing == *standing);
        let order = [Standing::Binding, Standing::Indicative, Standing::Historical, Standing::Open];
        order.into_iter().find(has).unwrap_or(Standing::Open)
    }

    /// Whether any case has a score table.
    pub(crate) fn is_scored(&self) -> bool {
        self.cases.iter().any(|case| case.scored)
    }

    /// How many words of 64 bits the leaves of every case fit in.
    pub(crate) fn mask_words(&self) -> usize {
        self.cases.iter().map(|case| case.leaves.len()).max().unwrap_or(0).div_ceil(64)
    }

    /// The place of the case for a purpose, if a version is in force for it.
    pub fn case(&self, purpose: Purpose) -> Option<usize> {
        self.cases.iter().position(|case| case.purpose == purpose)
    }
}

impl Case {
    fn of(governing: &Governing<'_>) -> Option<Self> {
        let version = governing.version?;
        let leaves = version.criteria.iter().flat_map(Criterion::walk).filter(|own| own.is_leaf());
        Some(Self {
            purpose: governing.purpose,
            version: version.id.clone(),
            base_year: governing.base_year,
            standing: version.standing,
            criteria: version.criteria.iter().map(|criterion| criterion.id.clone()).collect(),
            leaves: leaves
                .map(|leaf| Leaf { id: leaf.id.clone(), label: leaf.label.clone() })
                .collect(),
            scored: version.score.is_some(),
        })
    }
}
