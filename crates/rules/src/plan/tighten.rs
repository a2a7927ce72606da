//! No step larger than it has to be, given the others. A step can come out too large where several
//! values help the same test and another one had to move anyway.

use super::problem::Problem;
use super::reduced::{Values, What};

/// The same changes, each as small as the others allow.
pub(super) fn tighten(problem: &Problem<'_, '_>, values: &Values) -> Values {
    let mut values = values.clone();
    // A smaller step may let another one shrink; every round makes some smaller, and few are needed.
    for _ in 0..4 {
        let before = values.clone();
        for place in (0..values.len()).rev() {
            if let Some(less) = least(problem, &values, place)
                && let Some(slot) = values.get_mut(place)
            {
                *slot = less;
            }
        }
        if values == before {
            break;
        }
    }
    values
}

/// The value nearest to the start with which everything still passes.
fn least(problem: &Problem<'_, '_>, values: &Values, place: usize) -> Option<Option<i64>> {
    let variable = problem.variables.get(place)?;
    let now = values.get(place).copied().flatten()?;
    if Some(now) == variable.start {
        return None;
    }
    let mut scratch = values.clone();
    let mut passes = |value: Option<i64>| {
        if let Some(slot) = scratch.get_mut(place) {
            *slot = value;
        }
        problem.passes(&scratch)
    };
    if passes(variable.start) {
        return Some(variable.start);
    }
    let (What::Fact { indicator, .. }, Some(start)) = (&variable.what, variable.start) else {
        return None;
    };
    let step = indicator.step.max(1);
    let steps = now.checked_sub(start)? / step;
    let at = |steps: i64| start.saturating_add(steps.saturating_mul(step));
    // `fails` is too small, `holds` is enough.
    let (mut fails, mut holds) = (0, steps);
    while (holds - fails).abs() > 1 {
        let middle = fails + (holds - fails) / 2;
        if passes(Some(at(middle))) { holds = middle } else { fails = middle }
    }
    (holds != steps).then(|| Some(at(holds)))
}
