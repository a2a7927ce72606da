//! The smallest sets of changes that would turn a verdict: which tests would have to come out the
//! other way. Computed on demand and capped; says nothing about how to bring a change about.

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

/// The smallest sets of tests whose turning would turn the verdict: to eligible from anything else,
/// away from eligible otherwise. At most `cap`, smallest first, ties in file order.
pub fn ways_to_turn<'a, 'r>(assessment: &'a Assessment<'r>, cap: usize) -> Sets<'a, 'r> {
    let to_met = assessment.verdict != Verdict::Eligible;
    if assessment.criteria.is_empty() {
        return Vec::new();
    }
    let parts = assessment.criteria.iter().filter(|result| applies(result));
    let parts: Vec<Sets<'a, 'r>> = parts.map(|result| of_criterion(result, to_met)).collect();
    let count = parts.len();
    let mut sets = of_group(parts, count, to_met);
    sets.retain(|set| !set.is_empty());
    sets.truncate(cap);
    sets
}

fn applies(result: &CriterionResult<'_>) -> bool {
    result.truth != Truth::NotApplicable
}

fn of_criterion<'a, 'r>(result: &'a CriterionResult<'r>, to_met: bool) -> Sets<'a, 'r> {
    if result.truth == Truth::from(to_met) {
        return vec![Vec::new()];
    }
    match &result.finding {
        Finding::Condition(condition) => of_condition(result.criterion, condition, to_met),
        Finding::Children(children) => {
            let parts: Vec<Sets<'a, 'r>> = children
                .iter()
                .filter(|child| applies(child))
                .map(|child| of_criterion(child, to_met))
                .collect();
            let needed = match result.criterion.body {
                Body::Group(Group::Any, _) => 1,
                Body::Group(Group::AtLeast(k), _) => k,
                _ => parts.len(),
            };
            of_group(parts, needed, to_met)
        }
        Finding::Judged(_) | Finding::Score | Finding::OtherPurpose => {
            vec![vec![Turn { criterion: result.criterion, test: None, to_met }]]
        }
    }
}

fn of_condition<'a, 'r>(
    criterion: &'r Criterion,
    condition: &'a ConditionResult<'r>,
    to_met: bool,
) -> Sets<'a, 'r> {
    if condition.truth == Truth::from(to_met) {
        return vec![Vec::new()];
    }
    let of_parts = |parts: &'a [ConditionResult<'r>]| {
        parts.iter().map(|part| of_condition(criterion, part, to_met)).collect::<Vec<_>>()
    };
    match &condition.test {
        Test::All(parts) => of_group(of_parts(parts), parts.len(), to_met),
        Test::AtLeast(k, parts) => of_group(of_parts(parts), *k, to_met),
        Test::Not(inner) => of_condition(criterion, inner, !to_met),
        _ => vec![vec![Turn { criterion, test: Some(condition), to_met }]],
    }
}

/// `needed` of the parts must be met; to undo that, all but `needed - 1` must fail.
fn of_group<'a, 'r>(parts: Vec<Sets<'a, 'r>>, needed: usize, to_met: bool) -> Sets<'a, 'r> {
    let count = parts.len();
    let turned = if to_met { needed } else { (count + 1).saturating_sub(needed) };
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
        for sets in &mut next {
            keep_smallest(sets);
        }
        chosen = next;
    }
    chosen.into_iter().nth(turned).unwrap_or_default()
}

fn keep_smallest(sets: &mut Sets<'_, '_>) {
    sets.sort_by_key(Vec::len);
    sets.truncate(KEPT);
}
