//! No step larger than it has to be, given the others. A step can come out too large where several
//! values help the same test and another one had to move anyway.

use super::reduced::{Place, Values, Variables, What};

/// The same changes, each as small as the others allow.
pub(super) fn tighten(
    variables: &Variables<'_>,
    values: &Values,
    passes: &dyn Fn(&Values) -> bool,
) -> Values {
    let mut values = values.clone();
    // A smaller step may let another one shrink; every round makes some smaller, and few are needed.
    for _ in 0..4 {
        let before = values.clone();
        for place in (0..values.len()).rev() {
            if let Some(less) = least(variables, &values, place, passes)
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
fn least(
    variables: &Variables<'_>,
    values: &Values,
    place: Place,
    passes: &dyn Fn(&Values) -> bool,
) -> Option<i64> {
    let variable = variables.get(place)?;
    let (start, now) = (variable.start, values.get(place).copied()?);
    if now == start {
        return None;
    }
    let mut scratch = values.clone();
    let mut at = |value: i64| {
        if let Some(slot) = scratch.get_mut(place) {
            *slot = value;
        }
        passes(&scratch)
    };
    if at(start) {
        return Some(start);
    }
    let What::Fact { indicator, .. } = &variable.what else { return None };
    let step = indicator.step.max(1);
    let steps = now.checked_sub(start)? / step;
    let value = |steps: i64| start.saturating_add(steps.saturating_mul(step));
    // `fails` is too small, `holds` is enough.
    let (mut fails, mut holds) = (0, steps);
    while (holds - fails).abs() > 1 {
        let middle = fails + (holds - fails) / 2;
        if at(value(middle)) { holds = middle } else { fails = middle }
    }
    (holds != steps).then(|| value(holds))
}
