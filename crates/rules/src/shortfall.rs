//! The nearest shortfall: of the criteria that are not met, the one that lacks least, relative to
//! its threshold. It ranks who nearly passes; it decides nothing. Read off the results.

use crate::amount::Amount;
use crate::criterion::{Body, Criterion, Group};
use crate::exact::Exact;
use crate::relative::relative_shortfall;
use crate::score::{Mark, Points};
use crate::test_score::reached;
use crate::truth::{Truth, Why};
use crate::verdict::{
    Compared, ConditionResult, CriterionResult, Finding, ScoreResult, Test, Verdict,
};

/// The criterion at the top that lacks least, and by how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest<'r> {
    /// Its place among the version's criteria.
    pub place: usize,
    /// The criterion.
    pub criterion: &'r Criterion,
    /// How far it is from being met, in parts per million of its threshold, rounded up.
    pub ppm: i64,
}

/// The nearest of the criteria that are not met; the first one of equals. None where the verdict is
/// eligible, and where what is not met cannot be measured.
pub(crate) fn nearest<'r>(
    verdict: Verdict,
    criteria: &[CriterionResult<'r>],
    score: Option<&ScoreResult<'_>>,
) -> Option<Nearest<'r>> {
    if verdict == Verdict::Eligible {
        return None;
    }
    let short = |(place, result): (usize, &CriterionResult<'r>)| {
        let ppm = (result.truth == Truth::NotMet).then(|| of_criterion(result, score))??;
        Some(Nearest { place, criterion: result.criterion, ppm })
    };
    criteria.iter().enumerate().filter_map(short).min_by_key(|nearest| nearest.ppm)
}

/// What a criterion that is not met lacks.
fn of_criterion(result: &CriterionResult<'_>, score: Option<&ScoreResult<'_>>) -> Option<i64> {
    match &result.finding {
        Finding::Condition(condition) => of_condition(condition),
        Finding::Score => score.and_then(of_score),
        Finding::Children(children) => {
            let parts = children.iter().map(|child| (child.truth, of_criterion(child, score)));
            match result.criterion.body {
                Body::Group(Group::Any, _) => enough(1, parts),
                Body::Group(Group::AtLeast(k), _) => enough(k, parts),
                _ => every(parts),
            }
        }
        // A person's decision has no measure.
        Finding::Judged(_) | Finding::OtherPurpose => None,
    }
}

/// What a condition that is not met lacks.
fn of_condition(result: &ConditionResult<'_>) -> Option<i64> {
    let part = |part: &ConditionResult<'_>| (part.truth, of_condition(part));
    match &result.test {
        Test::Compare(compared) => of_comparison(compared),
        Test::All(parts) => every(parts.iter().map(part)),
        Test::AtLeast(k, parts) => enough(*k, parts.iter().map(part)),
        Test::Not(_)
        | Test::Member { .. }
        | Test::Flag { .. }
        | Test::Holds { .. }
        | Test::Happened { .. } => None,
    }
}

/// The distance of the explanation, also where it is too wide to be said.
fn of_comparison(compared: &Compared<'_>) -> Option<i64> {
    let (Amount::Known(left), Amount::Known(right)) = (&compared.left, &compared.right) else {
        return None;
    };
    relative_shortfall(compared.comparison.operator, left.shown()?, right.shown()?)
}

/// All parts have to be met: the one that lacks most counts; without measure if one of them has none.
fn every(parts: impl Iterator<Item = (Truth, Option<i64>)>) -> Option<i64> {
    let lacking: Option<Vec<i64>> =
        parts.filter(|(truth, _)| *truth == Truth::NotMet).map(|(_, ppm)| ppm).collect();
    lacking?.into_iter().max()
}

/// So many parts have to be met: as many of the nearest ones as are still needed, the last of them
/// counts. What is unknown is not counted on.
fn enough(k: usize, parts: impl Iterator<Item = (Truth, Option<i64>)>) -> Option<i64> {
    let (mut met, mut short) = (0usize, Vec::new());
    for (truth, ppm) in parts {
        match truth {
            Truth::Met => met = met.saturating_add(1),
            Truth::NotMet => short.extend(ppm),
            Truth::Unknown(_) | Truth::NotApplicable => {}
        }
    }
    short.sort_unstable();
    let needed = k.saturating_sub(met);
    short.get(needed.checked_sub(1)?).copied()
}

/// The mark or floor that is farthest from its points.
fn of_score(score: &ScoreResult<'_>) -> Option<i64> {
    let pass = (&score.table.pass, score.low, score.high);
    let floors = score
        .groups
        .iter()
        .filter_map(|group| group.group.floor.as_ref().map(|floor| (floor, group.low, group.high)));
    every(
        floors
            .chain([pass])
            .map(|(mark, low, high)| (reached(mark, low, high, Why::NONE), below(mark, high))),
    )
}

/// How far the most points that are still possible lie below a mark.
fn below(mark: &Mark, Points(most): Points) -> Option<i64> {
    let [edge, most] = [mark.points.0, most].map(Exact::whole);
    relative_shortfall(mark.operator, most, edge).filter(|_| edge.is_positive())
}
