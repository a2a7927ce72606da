//! The smallest move of one variable that makes something true. Values of the law are monotone in
//! one variable almost everywhere, so doubling and halving finds the edge to the last step.

use enterprise::Kind;

use super::variable::{Values, Variable, What};
use super::{Move, Place};

/// The nearest values at which `holds`, at most one in each direction.
pub(super) fn nearest(
    variable: &Variable<'_>,
    place: Place,
    values: &Values,
    holds: &dyn Fn(&Values) -> bool,
) -> Vec<Move> {
    let What::Fact { indicator, low, high, .. } = &variable.what else { return Vec::new() };
    let mut scratch = values.clone();
    let mut at = |value: i64| {
        if let Some(slot) = scratch.get_mut(place) {
            *slot = Some(value);
        }
        holds(&scratch)
    };
    let step = indicator.step.max(1);
    let now = values.get(place).copied().flatten();
    let found = match (&indicator.kind, now) {
        (Kind::Flag | Kind::Choice(_), now) => one_by_one(variable, now, (*low, *high), &mut at),
        (_, Some(now)) => {
            let (up, down) = variable.may_move(now);
            let up = up.then(|| first(now, *high, step, &mut at)).flatten();
            let down = down.then(|| first(now, *low, -step, &mut at)).flatten();
            up.into_iter().chain(down).collect()
        }
        (_, None) => bound(*low, *high, step, &mut at).into_iter().collect(),
    };
    found.into_iter().map(|to| Move { place, to }).collect()
}

fn one_by_one(
    variable: &Variable<'_>,
    now: Option<i64>,
    (low, high): (i64, i64),
    at: &mut dyn FnMut(i64) -> bool,
) -> Vec<i64> {
    let Some(now) = now else {
        // Any of them would do: which one a firm gets to is its own affair.
        let (up, _) = variable.may_move(high);
        let all = low..=high;
        let first = if up { all.clone().find(|value| at(*value)) } else { None };
        return first.or_else(|| all.rev().find(|value| at(*value))).into_iter().collect();
    };
    let (up, down) = variable.may_move(now);
    let above = if up { (now + 1..=high).find(|value| at(*value)) } else { None };
    let below = if down { (low..now).rev().find(|value| at(*value)) } else { None };
    above.into_iter().chain(below).collect()
}

/// The first value after `from` in steps towards `end` at which it holds.
fn first(from: i64, end: i64, step: i64, at: &mut dyn FnMut(i64) -> bool) -> Option<i64> {
    let room = (i128::from(end) - i128::from(from)) / i128::from(step);
    let room = i64::try_from(room).ok().filter(|room| *room > 0)?;
    let value = |steps: i64| from.saturating_add(steps.saturating_mul(step));
    let (mut fails, mut reach) = (0, 1);
    while !at(value(reach)) {
        if reach == room {
            return None;
        }
        fails = reach;
        reach = reach.saturating_mul(2).min(room);
    }
    while reach - fails > 1 {
        let middle = fails + (reach - fails) / 2;
        if at(value(middle)) { reach = middle } else { fails = middle }
    }
    Some(value(reach))
}

/// The bound that an unknown value has to keep: the least if more is better, else the most.
fn bound(low: i64, high: i64, step: i64, at: &mut dyn FnMut(i64) -> bool) -> Option<i64> {
    if at(high) {
        if at(low) { Some(low) } else { first(low, high, step, at) }
    } else if at(low) {
        first(high, low, -step, at)
    } else {
        None
    }
}
