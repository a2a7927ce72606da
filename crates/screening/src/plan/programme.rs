//! What of the plan makes up the answer of a programme.

use super::{PointsId, ShortId, TestId, TitleId};
use crate::screened::Screened;

/// What of the plan makes up a programme's answer.
#[derive(Debug)]
pub(crate) struct ProgrammePlan {
    pub screened: Screened,
    /// The own title, which chooses the case.
    pub title: TitleId,
    /// The case of holders, and of all others.
    pub when_held: Option<usize>,
    pub otherwise: Option<usize>,
    pub cases: Vec<CasePlan>,
}

/// What of the plan makes up the answer under one text of the law.
#[derive(Debug)]
pub(crate) struct CasePlan {
    /// All criteria together.
    pub verdict: TestId,
    /// The criteria are not public: the verdict stays undetermined.
    pub open: bool,
    /// Top criteria: truth, truth as far as measured, shortfall.
    pub criteria: Vec<(TestId, TestId, Option<ShortId>)>,
    /// Leaves in file order.
    pub leaves: Vec<TestId>,
    /// Criteria that are a direct path.
    pub direct: Vec<TestId>,
    pub total: Option<PointsId>,
    /// The criteria again, as a tree along which missing fields are found.
    pub tree: Vec<Branch>,
}

/// A criterion as far as missing fields are concerned.
#[derive(Debug)]
pub(crate) struct Branch {
    pub truth: TestId,
    pub when: Option<TestId>,
    pub under: Under,
}

/// What lies under a criterion.
#[derive(Debug)]
pub(crate) enum Under {
    Nothing,
    Condition(TestId),
    /// The items of the score table.
    Score(Vec<PointsId>),
    Children(Vec<Branch>),
}
