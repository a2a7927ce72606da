//! The smallest sets of changes that would turn a verdict: which tests would have to come out the
//! other way. Computed on demand and capped; says nothing about how to bring a change about.

use std::ops::Not;
use std::ptr;

use crate::criterion::{Body, Criterion, Group};
use crate::truth::Truth;
use crate::verdict::{Assessment, ConditionResult, CriterionResult, Finding, Test, Verdict};

/// One test that would have to come out the other way.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a, 'r> {
    /// The criterion that it belongs to.
    pub criterion: &'r Criterion,
    /// The test within it; `None` for a judgement or a score as a whole.
    pub test: Option<&'a ConditionResult<'r>>,
    /// Whether it would have to become met.
    pub to_met: bool,
}

type Sets<'a, 'r> = Vec<Vec<Turn<'a, 'r>>>;

/// So many partial sets are kept at every step; a wider choice would not be read by anybody.
const KEPT: usize = 64;

/// What a part has to come to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    Met,
    NotMet,
    /// Not met or unknown: enough to end an eligible verdict.
    AnythingButMet,
    /// Met or unknown.
    AnythingButNotMet,
}

/// The smallest sets of tests whose turning would turn the verdict: to eligible from anything else,
/// away from eligible otherwise. No part of a set would do. At most `cap`, smallest first, ties in
/// file order. What applies is taken to apply still.
pub fn ways_to_turn<'a, 'r>(assessment: &'a Assessment<'r>, cap: usize) -> Sets<'a, 'r> {
    let goal = match assessment.verdict {
        Verdict::Eligible => Goal::AnythingButMet,
        Verdict::Ineligible | Verdict::Undetermined(_) => Goal::Met,
    };
    if assessment.criteria.is_empty() {
        return Vec::new();
    }
    let parts = assessment.criteria.iter().filter(|result| applies(result));
    let parts: Vec<Sets<'a, 'r>> = parts.map(|result| of_criterion(result, goal)).collect();
    let count = parts.len();
    let mut sets = of_group(parts, count, goal);
    sets.retain(|set| !set.is_empty());
    sets.truncate(cap);
    sets
}

fn applies(result: &CriterionResult<'_>) -> bool {
    result.truth != Truth::NotApplicable
}

fn of_criterion<'a, 'r>(result: &'a CriterionResult<'r>, goal: Goal) -> Sets<'a, 'r> {
    if goal.is_reached(result.truth) {
        return vec![Vec::new()];
    }
    let body = of_finding(result, goal);
    match &result.when {
        Some(when) if when.truth.unknown().is_some() => {
            of_group(vec![of_condition(result.criterion, when, goal), body], 2, goal)
        }
        _ => body,
    }
}

fn of_finding<'a, 'r>(result: &'a CriterionResult<'r>, goal: Goal) -> Sets<'a, 'r> {
    match &result.finding {
        Finding::Condition(condition) => of_condition(result.criterion, condition, goal),
        Finding::Children(children) => {
            let parts: Vec<Sets<'a, 'r>> = children
                .iter()
                .filter(|child| applies(child))
                .map(|child| of_criterion(child, goal))
                .collect();
            let needed = match result.criterion.body {
                Body::Group(Group::Any, _) => 1,
                Body::Group(Group::AtLeast(k), _) => k,
                _ => parts.len(),
            };
            of_group(parts, needed, goal)
        }
        Finding::Judged(Some(judgement)) if goal.is_reached(judgement.met.into()) => {
            vec![Vec::new()]
        }
        Finding::Judged(_) | Finding::Score | Finding::OtherPurpose => {
            vec![vec![Turn { criterion: result.criterion, test: None, to_met: goal.to_met() }]]
        }
    }
}

fn of_condition<'a, 'r>(
    criterion: &'r Criterion,
    condition: &'a ConditionResult<'r>,
    goal: Goal,
) -> Sets<'a, 'r> {
    if goal.is_reached(condition.truth) {
        return vec![Vec::new()];
    }
    let of_parts = |parts: &'a [ConditionResult<'r>]| {
        parts.iter().map(|part| of_condition(criterion, part, goal)).collect::<Vec<_>>()
    };
    match &condition.test {
        Test::All(parts) => of_group(of_parts(parts), parts.len(), goal),
        Test::AtLeast(k, parts) => of_group(of_parts(parts), *k, goal),
        Test::Not(inner) => of_condition(criterion, inner, !goal),
        _ => vec![vec![Turn { criterion, test: Some(condition), to_met: goal.to_met() }]],
    }
}

/// `needed` of the parts must be met; to undo that, all but `needed - 1` must fail.
fn of_group<'a, 'r>(parts: Vec<Sets<'a, 'r>>, needed: usize, goal: Goal) -> Sets<'a, 'r> {
    let count = parts.len();
    let turned = if goal.to_met() { needed } else { (count + 1).saturating_sub(needed) };
    // `chosen[k]`: the smallest sets that turn k of the parts seen so far.
    let mut chosen: Vec<Sets<'a, 'r>> = vec![vec![Vec::new()]];
    for part in parts {
        let mut next = chosen.clone();
        next.push(Vec::new());
        for (k, sets) in chosen.iter().enumerate() {
            let Some(into) = next.get_mut(k + 1) else { continue };
            for set in sets {
                for extra in &part {
                    into.push(set.iter().chain(extra).copied().collect());
                }
            }
        }
        next.truncate(turned + 1);
        chosen = next.into_iter().map(smallest).collect();
    }
    chosen.into_iter().nth(turned).unwrap_or_default()
}

/// The smallest sets, without those that hold another one.
fn smallest<'a, 'r>(mut sets: Sets<'a, 'r>) -> Sets<'a, 'r> {
    sets.sort_by_key(Vec::len);
    let mut kept: Sets<'a, 'r> = Vec::new();
    for set in sets {
        if kept.len() == KEPT {
            break;
        }
        let holds = |smaller: &Vec<Turn<'a, 'r>>| {
            smaller.iter().all(|turn| set.iter().any(|other| turn.is_same(other)))
        };
        if !kept.iter().any(holds) {
            kept.push(set);
        }
    }
    kept
}

impl Goal {
    fn is_reached(self, truth: Truth) -> bool {
        match self {
            Self::Met => truth == Truth::Met,
            Self::NotMet => truth == Truth::NotMet,
            Self::AnythingButMet => truth != Truth::Met,
            Self::AnythingButNotMet => truth != Truth::NotMet,
        }
    }

    /// Which way a test has to turn.
    fn to_met(self) -> bool {
        matches!(self, Self::Met | Self::AnythingButNotMet)
    }
}

impl Not for Goal {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Met => Self::NotMet,
            Self::NotMet => Self::Met,
            Self::AnythingButMet => Self::AnythingButNotMet,
            Self::AnythingButNotMet => Self::AnythingButMet,
        }
    }
}

impl Turn<'_, '_> {
    fn is_same(&self, other: &Self) -> bool {
        let same_test = match (self.test, other.test) {
            (Some(one), Some(two)) => ptr::eq(one, two),
            (None, None) => true,
            _ => false,
        };
        same_test && ptr::eq(self.criterion, other.criterion)
    }
}
