//! Criteria of a version as tests of the plan: their truth, their truth as far as it can be
//! measured, what those who miss them lack, and the tree along which missing fields are found.

use rules::{Body, Criterion, Group, Purpose, Standing, Truth, Version};

use super::{Parts, Unsupported};
use crate::plan::{Branch, CasePlan, PointsId, ShortId, Test, TestId, Under};

/// What became of one criterion.
struct Built {
    truth: TestId,
    measured: TestId,
    /// The condition of applying, with pending words taken as they are.
    when: Option<TestId>,
    short: Option<ShortId>,
    branch: Branch,
}

/// The score table as criteria refer to it.
#[derive(Clone)]
pub(super) struct Scored {
    pub total: Option<PointsId>,
    pub truth: TestId,
    pub measured: TestId,
    pub short: Option<ShortId>,
    pub items: Vec<PointsId>,
}

/// What is collected on the way through the criteria.
struct Walk {
    purpose: Purpose,
    scored: Scored,
    leaves: Vec<TestId>,
    direct: Vec<TestId>,
}

impl<'r> Parts<'_, 'r> {
    pub fn case(
        &mut self,
        version: &'r Version,
        purpose: Purpose,
    ) -> Result<CasePlan, Unsupported> {
        let scored = match &version.score {
            Some(table) => self.score(table)?,
            None => {
                let none = self.same(Truth::NotApplicable);
                let items = Vec::new();
                Scored { total: None, truth: none, measured: none, short: None, items }
            }
        };
        let total = scored.total;
        let mut walk = Walk { purpose, scored, leaves: Vec::new(), direct: Vec::new() };
        let built = self.criteria(&version.criteria, &mut walk)?;
        let truths = built.iter().map(|built| built.truth).collect();
        Ok(CasePlan {
            verdict: self.plan.test(Test::All(truths)),
            open: version.standing == Standing::Open,
            criteria: built.iter().map(|one| (one.truth, one.measured, one.short)).collect(),
            leaves: walk.leaves,
            direct: walk.direct,
            total,
            tree: built.into_iter().map(|built| built.branch).collect(),
        })
    }

    fn criteria(
        &mut self,
        criteria: &'r [Criterion],
        walk: &mut Walk,
    ) -> Result<Vec<Built>, Unsupported> {
        criteria.iter().map(|criterion| self.criterion(criterion, walk)).collect()
    }

    fn criterion(
        &mut self,
        criterion: &'r Criterion,
        walk: &mut Walk,
    ) -> Result<Built, Unsupported> {
        if !criterion.purposes.is_empty() && !criterion.purposes.contains(&walk.purpose) {
            let none = self.same(Truth::NotApplicable);
            let leaves = criterion.walk().into_iter().filter(|own| own.is_leaf()).count();
            walk.leaves.extend(std::iter::repeat_n(none, leaves));
            let branch = Branch { truth: none, when: None, under: Under::Nothing };
            return Ok(Built { truth: none, measured: none, when: None, short: None, branch });
        }
        let (body, measured, short, under) = self.body(criterion, walk)?;
        let (mut truth, mut measured) = (body, measured);
        let mut when = None;
        if let Some(condition) = &criterion.when {
            let (condition, _) = self.condition(condition)?;
            truth = self.plan.test(Test::When { body, condition });
            let favoured = self.plan.test(Test::Favourable(condition));
            measured = self.plan.test(Test::When { body: measured, condition: favoured });
            when = Some(condition);
        }
        if criterion.is_leaf() {
            walk.leaves.push(truth);
        }
        if criterion.direct {
            walk.direct.push(truth);
        }
        Ok(Built { truth, measured, when, short, branch: Branch { truth, when, under } })
    }

    fn body(
        &mut self,
        criterion: &'r Criterion,
        walk: &mut Walk,
    ) -> Result<(TestId, TestId, Option<ShortId>, Under), Unsupported> {
        Ok(match &criterion.body {
            Body::Require(condition) => {
                let (test, short) = self.condition(condition)?;
                let measured = self.plan.test(Test::Favourable(test));
                (test, measured, short, Under::Condition(test))
            }
            Body::Judged { .. } => {
                let key = (criterion.owner.clone(), criterion.id.clone());
                let (judged, _) = self.plan.judged.place(key);
                let met = self.same(Truth::Met);
                (self.plan.test(Test::Judged(judged)), met, None, Under::Nothing)
            }
            Body::Score => {
                let Scored { truth, measured, short, items, .. } = walk.scored.clone();
                (truth, measured, short, Under::Score(items))
            }
            Body::Group(group, children) => {
                let built = self.criteria(children, walk)?;
                let truth = self.together(*group, built.iter().map(|one| one.truth).collect());
                let measured = self.measured_together(*group, &built);
                let parts = built.iter().map(|one| (one.truth, one.short)).collect();
                let short = match group {
                    Group::Any => self.some(1, parts),
                    Group::AtLeast(k) => self.some(*k, parts),
                    Group::All | Group::Cases => self.every(parts),
                };
                let children = built.into_iter().map(|one| one.branch).collect();
                (truth, measured, short, Under::Children(children))
            }
        })
    }

    fn together(&mut self, group: Group, truths: Vec<TestId>) -> TestId {
        let test = match group {
            Group::All => Test::All(truths),
            Group::Any => Test::AtLeast(1, truths),
            Group::AtLeast(k) => Test::AtLeast(k, truths),
            Group::Cases => Test::Cases(self.plan.test(Test::All(truths))),
        };
        self.plan.test(test)
    }

    fn measured_together(&mut self, group: Group, children: &[Built]) -> TestId {
        let truths: Vec<TestId> = children.iter().map(|child| child.measured).collect();
        let test = match group {
            Group::Any => Test::AtLeast(1, truths),
            Group::AtLeast(k) => Test::AtLeast(k, truths),
            Group::All => Test::All(truths),
            // Which case applies may itself be a person's word: the most favourable one counts.
            Group::Cases => {
                let all = self.plan.test(Test::All(truths.clone()));
                let some = self.plan.test(Test::AtLeast(1, truths));
                let waits = children.iter().filter_map(|child| child.when).collect();
                Test::CasesMeasured { all, some, waits }
            }
        };
        self.plan.test(test)
    }
}
