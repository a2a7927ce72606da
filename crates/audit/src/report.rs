//! What a check found.

use crate::problem::Problem;
use crate::remark::Remark;

/// Nobody reads more; the others are counted.
pub(crate) const LISTED: usize = 1000;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// How many records were read.
    pub records: u64,
    /// How many seals were read.
    pub seals: u64,
    /// How many records had personal data that was erased.
    pub erased: u64,
    /// What is wrong, in the order in which it was found; the first thousand.
    pub problems: Vec<Problem>,
    /// What should be explained; the first thousand.
    pub remarks: Vec<Remark>,
    /// How many more problems and remarks there are.
    pub unlisted: u64,
}

impl Report {
    /// Whether nothing is wrong; there may be remarks.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    pub(crate) fn problem(&mut self, problem: Problem) {
        if self.problems.len() < LISTED { self.problems.push(problem) } else { self.unlisted += 1 }
    }

    pub(crate) fn remark(&mut self, remark: Remark) {
        if self.remarks.len() < LISTED { self.remarks.push(remark) } else { self.unlisted += 1 }
    }
}
