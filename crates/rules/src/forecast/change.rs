//! What changed from one day to the next: only what bears on the verdict.

use enterprise::Title;

use super::Period;
use crate::programme::{Purpose, Version};
use crate::truth::Truth;
use crate::verdict::{Answer, CriterionResult, Finding, Outcome};

/// Something that changed from the day before a period to its first day.
#[derive(Debug, Clone, Copy)]
pub enum Change<'a, 'r> {
    /// Another version is in force, or none.
    Version {
        /// The one of the day before.
        before: Option<&'r Version>,
        /// The one of the day.
        after: Option<&'r Version>,
    },
    /// The title is not held any more.
    TitleEnded(&'a Title),
    /// The title is held from now on.
    TitleBegun(&'a Title),
    /// It is judged for another purpose.
    Purpose {
        /// The one of the day before.
        before: Purpose,
        /// The one of the day.
        after: Purpose,
    },
    /// The last fiscal year is another one.
    BaseYear {
        /// The one of the day before.
        before: i16,
        /// The one of the day.
        after: i16,
    },
    /// A criterion has another status.
    Criterion {
        /// Its result on the day before, unless the version of that day did not have it.
        before: Option<&'a CriterionResult<'r>>,
        /// Its result on the day.
        after: &'a CriterionResult<'r>,
    },
}

impl<'r> Period<'r> {
    /// What changed against the day before, what explains most first.
    pub fn changes(&self) -> Vec<Change<'_, 'r>> {
        let (Some(before), after) = (self.before.as_deref(), &self.answer) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        match (&before.held, &after.held) {
            (Some(ended), None) => found.push(Change::TitleEnded(ended)),
            (None, Some(begun)) => found.push(Change::TitleBegun(begun)),
            _ => {}
        }
        if before.purpose != after.purpose {
            found.push(Change::Purpose { before: before.purpose, after: after.purpose });
        }
        let versions = (version(before), version(after));
        if versions.0.map(|version| &version.id) != versions.1.map(|version| &version.id) {
            found.push(Change::Version { before: versions.0, after: versions.1 });
        }
        if before.base_year != after.base_year {
            found.push(Change::BaseYear { before: before.base_year, after: after.base_year });
        }
        for result in criteria(after) {
            turned(criteria(before), result, false, &mut found);
        }
        found
    }

    /// The criteria that turned and were known before and are after, also within one that stays
    /// undetermined.
    pub fn turned(&self) -> Vec<Change<'_, 'r>> {
        let before = self.before.as_deref().map(criteria).unwrap_or_default();
        let mut found = Vec::new();
        for result in criteria(&self.answer) {
            turned(before, result, true, &mut found);
        }
        let known = |truth: Truth| truth.unknown().is_none();
        found.retain(|change| match change {
            Change::Criterion { before: Some(before), after } => {
                known(before.truth) && known(after.truth)
            }
            _ => false,
        });
        found
    }
}

fn version<'r>(answer: &Answer<'r>) -> Option<&'r Version> {
    match &answer.outcome {
        Outcome::Assessed(assessment) => Some(assessment.version),
        Outcome::NoVersion { .. } => None,
    }
}

fn criteria<'a, 'r>(answer: &'a Answer<'r>) -> &'a [CriterionResult<'r>] {
    match &answer.outcome {
        Outcome::Assessed(assessment) => &assessment.criteria,
        Outcome::NoVersion { .. } => &[],
    }
}

/// The smallest criteria whose status changed. What changed within one that did not bears on nothing,
/// unless it is undetermined and that is asked for too.
fn turned<'a, 'r>(
    before: &'a [CriterionResult<'r>],
    after: &'a CriterionResult<'r>,
    undetermined: bool,
    found: &mut Vec<Change<'a, 'r>>,
) {
    let same = |known: &&CriterionResult<'r>| {
        known.criterion.id == after.criterion.id && known.criterion.owner == after.criterion.owner
    };
    let known = before.iter().find(same);
    let stays = known.is_some_and(|known| known.truth == after.truth);
    match known {
        Some(_) if stays && !(undetermined && after.truth.unknown().is_some()) => return,
        // A criterion that came with a new version is a reason only if it stands in the way.
        None if matches!(after.truth, Truth::Met | Truth::NotApplicable) => return,
        _ => {}
    }
    let length = found.len();
    if let Finding::Children(children) = &after.finding {
        let inner = match known.map(|known| &known.finding) {
            Some(Finding::Children(inner)) => inner.as_slice(),
            _ => &[],
        };
        for child in children {
            turned(inner, child, undetermined, found);
        }
    }
    if found.len() == length && !stays {
        found.push(Change::Criterion { before: known, after });
    }
}
