//! The smallest move of one variable that makes something true. Values of the law are monotone in
//! one variable almost everywhere, so doubling and halving finds the edge to the last step.

use enterprise::Kind;

use super::variable::{Values, Variable, Variables, What};
use super::{Move, Place};

/// The nearest values at which `holds`, at most one in each direction.
pub(super) fn nearest(
    variable: &Variable<'_>,
    place: Place,
    values: &Values,
    holds: &dyn Fn(&Values) -> bool,
) -> Vec<Move> {
    let What::Fact { indicator, low, high, .. } = &variable.what else { return Vec::new() };
    let Some(now) = values.get(place).copied() else { return Vec::new() };
    let mut scratch = values.clone();
    let mut at = |value: i64| {
        if let Some(slot) = scratch.get_mut(place) {
            *slot = value;
        }
        holds(&scratch)
    };
    let step = indicator.step.max(1);
    let (up, down) = variable.may_move(now);
    let (above, below) = match &indicator.kind {
        // Options are no scale: one in the middle may hold alone.
        Kind::Flag | Kind::Choice(_) => (
            if up { (now + 1..=*high).find(|value| at(*value)) } else { None },
            if down { (*low..now).rev().find(|value| at(*value)) } else { None },
        ),
        _ => (
            if up { first(now, *high, step, &mut at) } else { None },
            if down { first(now, *low, -step, &mut at) } else { None },
        ),
    };
    above.into_iter().chain(below).map(|to| Move { place, to, far: false }).collect()
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

/// Moves that help without being enough: each variable as far as it can go while `better` than now.
pub(super) fn farthest(
    variables: &Variables<'_>,
    places: &[Place],
    values: &Values,
    better: &dyn Fn(&Values) -> bool,
) -> Vec<Move> {
    let mut moves = Vec::new();
    for place in places {
        let Some(variable) = variables.get(*place) else { continue };
        let What::Fact { low, high, indicator, .. } = &variable.what else { continue };
        let Some(now) = values.get(*place).copied() else { continue };
        let (up, down) = variable.may_move(now);
        let step = indicator.step.max(1);
        // The very end may have no meaning (a divisor of zero); the last step before it has.
        let ends = [(up, *high, -step), (down, *low, step)];
        for (_, end, back) in ends.into_iter().filter(|(may, end, _)| *may && *end != now) {
            let mut scratch = values.clone();
            let mut at = |value: i64| {
                if let Some(slot) = scratch.get_mut(*place) {
                    *slot = value;
                }
                value != now && better(&scratch)
            };
            let to = [end, end.saturating_add(back)].into_iter().find(|value| at(*value));
            moves.extend(to.map(|to| Move { place: *place, to, far: true }));
        }
    }
    moves
}
