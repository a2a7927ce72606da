//! What is still possible for one programme: verdict, bounds, and what is missing, without the
//! explanation. Two evaluations with the same of these say the same to whoever is asked.

use std::collections::BTreeSet;

use crate::amount::Missing;
use crate::evaluate::known_purpose;
use crate::programme::{Purpose, Standing};
use crate::score::Points;
use crate::truth::Why;
use crate::verdict::{Answer, Outcome, Population, PurposeBecause, Verdict};

/// What is still possible for one programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Possible {
    /// The purpose that it is judged for.
    pub purpose: Purpose,
    /// Whether the purpose hangs on a title of which nobody knows whether it is held.
    pub purpose_open: bool,
    /// The version that is in force, if one is.
    pub version: Option<String>,
    /// The verdict, if a version is in force.
    pub verdict: Option<Verdict>,
    /// The population, if a version is in force.
    pub population: Option<Population>,
    /// Lowest and highest total that can still be reached, where there is a score.
    pub score: Option<(Points, Points)>,
    /// The same for each part of the score.
    pub parts: Vec<(Points, Points)>,
    /// What would decide it.
    pub missing: BTreeSet<Missing>,
}

impl Possible {
    /// Reads it off an answer.
    pub fn of(answer: &Answer<'_>) -> Self {
        let purpose = |wanted: Purpose| known_purpose(answer.programme, wanted);
        let purpose_open = answer.purpose_because == PurposeBecause::TitlesUnknown
            && purpose(Purpose::ReReview) != purpose(Purpose::New);
        let mut possible = Self {
            purpose: answer.purpose,
            purpose_open,
            version: None,
            verdict: None,
            population: None,
            score: None,
            parts: Vec::new(),
            missing: BTreeSet::new(),
        };
        if let Outcome::Assessed(assessment) = &answer.outcome {
            possible.version = Some(assessment.version.id.clone());
            possible.verdict = Some(assessment.verdict);
            possible.population = Some(assessment.population);
            if let Some(score) = &assessment.score {
                possible.score = Some((score.low, score.high));
                possible.parts = score.groups.iter().map(|part| (part.low, part.high)).collect();
            }
            // Where the standard is not public, no fact brings a verdict closer.
            if assessment.version.standing != Standing::Open {
                possible.missing = assessment.missing.iter().cloned().collect();
            }
        }
        if purpose_open {
            possible.missing.insert(Missing::Title(answer.programme.id.clone()));
        }
        possible
    }

    /// Whether the verdict for its purpose is decided.
    pub fn is_decided(&self) -> bool {
        !matches!(self.verdict, Some(Verdict::Undetermined(_)))
    }

    /// Whether it is decided, and for the right purpose: there is nothing more to ask.
    pub fn is_settled(&self) -> bool {
        self.is_decided() && !self.purpose_open
    }

    /// What somebody can look up: everything missing but words of persons and outside systems.
    pub fn askable(&self) -> impl Iterator<Item = &Missing> {
        self.missing.iter().filter(|what| what.why() == Why::DATA)
    }

    /// Whether an answer to `what` changed more than that it is no longer missing.
    pub(super) fn differs(&self, after: &Self, what: &Missing) -> bool {
        let mut before = self.clone();
        before.missing.remove(what);
        let mut after = after.clone();
        after.missing.remove(what);
        before != after
    }
}
