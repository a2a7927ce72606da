//! What a forecast comes to: the first day on which time alone lets a programme be passed, the first
//! on which that is lost, the first that only waits for new words.

use super::{Forecast, Period};
use crate::verdict::{Answer, Outcome, Population};

/// Where an answer stands, from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Course {
    /// It is not passed, it cannot be told, or no version is in force.
    NotPassed,
    /// Everything measurable is met; words of persons or outside systems are pending.
    Waits,
    /// Eligible.
    Passed,
}

impl Course {
    /// Where an answer stands.
    pub fn of(answer: &Answer<'_>) -> Self {
        match &answer.outcome {
            Outcome::NoVersion { .. } => Self::NotPassed,
            Outcome::Assessed(assessment) => match assessment.population {
                Population::Eligible => Self::Passed,
                Population::JudgementPending => Self::Waits,
                Population::OneShort | Population::LackOfData | Population::No => Self::NotPassed,
            },
        }
    }
}

impl<'r> Forecast<'r> {
    /// Where it stands today.
    pub fn now(&self) -> Course {
        self.periods.first().map_or(Course::NotPassed, Period::course)
    }

    /// The first period that stands better than today.
    pub fn turns(&self) -> Option<&Period<'r>> {
        let now = self.now();
        self.periods.iter().find(|period| period.course() > now)
    }

    /// The first period that is not passed after one that was, or that lacked only words.
    pub fn lost(&self) -> Option<&Period<'r>> {
        self.first_step(|before, after| before > Course::NotPassed && after == Course::NotPassed)
    }

    /// The first period that waits for new words after one that was passed: nothing measurable is
    /// lost, but somebody has to decide anew.
    pub fn waits(&self) -> Option<&Period<'r>> {
        self.first_step(|before, after| before == Course::Passed && after == Course::Waits)
    }

    fn first_step(&self, wanted: impl Fn(Course, Course) -> bool) -> Option<&Period<'r>> {
        let pairs = self.periods.iter().zip(self.periods.iter().skip(1));
        let mut wanted = pairs.filter(|(before, after)| wanted(before.course(), after.course()));
        wanted.next().map(|(_, after)| after)
    }
}

impl Period<'_> {
    /// Where it stands.
    pub fn course(&self) -> Course {
        Course::of(&self.answer)
    }
}
