//! What is different between two conditions, in pieces as small as a reader of the law would name
//! them: a threshold, an edge, a part that was added, or the whole of it.

use enterprise::Text;
use rules::{Comparison, Condition, Happened, Operator, Quantity, Window};

use crate::align::{self, Pair, option_ids, same_condition, same_fact, same_quantity};
use crate::change::{Direction, Kind};
use crate::say;

/// A difference.
pub(crate) enum Difference<'a> {
    /// The same place holds these two thresholds; their numbers may be equal.
    Limit(Pair<'a>),
    /// Anything else.
    Words {
        /// Added, removed or changed.
        kind: Kind,
        /// What it is a difference of, if only a part is different.
        detail: Option<Text>,
        before: Option<Text>,
        after: Option<Text>,
        direction: Option<Direction>,
    },
}

/// What is different, in the order of the text.
pub(crate) fn differences<'a>(old: &'a Condition, new: &'a Condition) -> Vec<Difference<'a>> {
    let mut found = Vec::new();
    compare(old, new, false, &mut found);
    found
}

fn compare<'a>(
    old: &'a Condition,
    new: &'a Condition,
    negated: bool,
    found: &mut Vec<Difference<'a>>,
) {
    if let Some(pairs) = align::conditions(old, new, negated) {
        found.extend(pairs.into_iter().map(Difference::Limit));
        return;
    }
    match (old, new) {
        (Condition::All(old_parts), Condition::All(new_parts)) => {
            parts(old, new, old_parts, new_parts, true, negated, found);
        }
        (Condition::Any(old_parts), Condition::Any(new_parts)) => {
            parts(old, new, old_parts, new_parts, false, negated, found);
        }
        (Condition::AtLeast(few, old_parts), Condition::AtLeast(many, new_parts)) => {
            if few != many {
                let words = |k: usize| Text::new(format!("{k} 项"), k.to_string());
                let detail = Text::new("至少满足", "at least");
                let direction = harder(many > few, negated);
                found.push(changed(Some(detail), words(*few), words(*many), direction));
            }
            parts(old, new, old_parts, new_parts, false, negated, found);
        }
        // One condition that became one of several, or the reverse.
        (one, Condition::All(several)) if holds_one(several, one) => {
            parts(old, new, std::slice::from_ref(one), several, true, negated, found);
        }
        (one, Condition::Any(several)) if holds_one(several, one) => {
            parts(old, new, std::slice::from_ref(one), several, false, negated, found);
        }
        (Condition::All(several), one) if holds_one(several, one) => {
            parts(old, new, several, std::slice::from_ref(one), true, negated, found);
        }
        (Condition::Any(several), one) if holds_one(several, one) => {
            parts(old, new, several, std::slice::from_ref(one), false, negated, found);
        }
        (Condition::Not(old), Condition::Not(new)) => compare(old, new, !negated, found),
        (Condition::Compare(before), Condition::Compare(after))
            if same_quantity(&before.left, &after.left) =>
        {
            let direction = edge(before, after).and_then(|is_harder| harder(is_harder, negated));
            let (detail, words) = (say::quantity(&after.left), say::edge);
            found.push(changed(Some(detail), words(before), words(after), direction));
        }
        (Condition::Member(before), Condition::Member(after))
            if same_fact(&before.fact, &after.fact) =>
        {
            let (few, many) = (
                option_ids(&before.fact, &before.options),
                option_ids(&after.fact, &after.options),
            );
            let direction = if few.is_subset(&many) {
                harder(false, negated)
            } else if many.is_subset(&few) {
                harder(true, negated)
            } else {
                None
            };
            let detail = say::fact(&after.fact);
            let (before, after) = (say::options(before), say::options(after));
            found.push(changed(Some(detail), before, after, direction));
        }
        (Condition::Happened(before), Condition::Happened(after))
            if before.event.id == after.event.id =>
        {
            let direction = window(before, after).and_then(|is_harder| harder(is_harder, negated));
            found.push(changed(None, said(old, negated), said(new, negated), direction));
        }
        (Condition::All(each), Condition::Any(some)) => {
            let direction = if follows(each, some) { harder(false, negated) } else { None };
            found.push(changed(None, said(old, negated), said(new, negated), direction));
        }
        (Condition::Any(some), Condition::All(each)) => {
            let direction = if follows(each, some) { harder(true, negated) } else { None };
            found.push(changed(None, said(old, negated), said(new, negated), direction));
        }
        _ => found.push(changed(None, said(old, negated), said(new, negated), None)),
    }
}

fn holds_one(several: &[Condition], one: &Condition) -> bool {
    let is_list = matches!(one, Condition::All(_) | Condition::Any(_) | Condition::AtLeast(..));
    !is_list && several.iter().any(|part| akin(part, one))
}

/// Whether one of `some` holds wherever all of `each` do.
fn follows(each: &[Condition], some: &[Condition]) -> bool {
    let among = |part: &Condition| each.iter().any(|known| same_condition(known, part));
    some.iter().any(|one| match one {
        Condition::All(parts) => parts.iter().all(among),
        other => among(other),
    })
}

/// Parts side by side: equal ones first, then those about the same, then what is left.
fn parts<'a>(
    old: &Condition,
    new: &Condition,
    old_parts: &'a [Condition],
    new_parts: &'a [Condition],
    all: bool,
    negated: bool,
    found: &mut Vec<Difference<'a>>,
) {
    let mut gone: Vec<&'a Condition> = old_parts.iter().collect();
    let mut come: Vec<&'a Condition> = new_parts.iter().collect();
    let mut same = Vec::new();
    let tests: [fn(&Condition, &Condition) -> bool; 3] =
        [same_condition, |old, new| align::conditions(old, new, false).is_some(), akin];
    let mut inner = Vec::new();
    for test in tests {
        gone.retain(|old| {
            let Some(at) = come.iter().position(|new| test(old, new)) else { return true };
            let new = come.remove(at);
            same.push(new);
            compare(old, new, negated, &mut inner);
            false
        });
    }
    // Two years that became three, not three conditions more.
    let more_years = |left: &[&Condition]| {
        !left.is_empty()
            && left
                .iter()
                .all(|part| same.iter().any(|known| align::same_in_another_year(part, known)))
    };
    if inner.iter().all(Difference::is_nothing)
        && ((gone.is_empty() && more_years(&come)) || (come.is_empty() && more_years(&gone)))
    {
        let direction = harder(all == gone.is_empty(), negated);
        found.push(changed(None, said(old, negated), said(new, negated), direction));
        return;
    }
    found.append(&mut inner);
    if let ([before], [after]) = (gone.as_slice(), come.as_slice()) {
        found.push(changed(None, said(before, negated), said(after, negated), None));
        return;
    }
    for part in gone {
        found.push(Difference::Words {
            kind: Kind::Removed,
            detail: None,
            before: Some(said(part, negated)),
            after: None,
            direction: harder(!all, negated),
        });
    }
    for part in come {
        found.push(Difference::Words {
            kind: Kind::Added,
            detail: None,
            before: None,
            after: Some(said(part, negated)),
            direction: harder(all, negated),
        });
    }
}

/// Whether two conditions test the same thing, if not in the same way.
fn akin(old: &Condition, new: &Condition) -> bool {
    match (old, new) {
        (Condition::Compare(old), Condition::Compare(new)) => same_quantity(&old.left, &new.left),
        (Condition::Member(old), Condition::Member(new)) => same_fact(&old.fact, &new.fact),
        (Condition::Holds(old), Condition::Holds(new)) => old.programme == new.programme,
        (Condition::Happened(old), Condition::Happened(new)) => old.event.id == new.event.id,
        (Condition::Not(old), Condition::Not(new)) => akin(old, new),
        (Condition::All(old), Condition::All(new)) | (Condition::Any(old), Condition::Any(new)) => {
            old.iter().any(|part| new.iter().any(|other| same_condition(part, other)))
        }
        _ => align::conditions(old, new, false).is_some(),
    }
}

/// A condition as it stands behind a negation or not.
fn said(condition: &Condition, negated: bool) -> Text {
    if negated {
        say::condition(&Condition::Not(Box::new(condition.clone())))
    } else {
        say::condition(condition)
    }
}

/// Whether an event became harder to have happened, where only its window differs.
fn window(old: &Happened, new: &Happened) -> Option<bool> {
    let mut same = new.clone();
    same.window = old.window;
    align::same_condition(&Condition::Happened(old.clone()), &Condition::Happened(same))
        .then_some(())?;
    match (old.window, new.window) {
        (Window::Months(before), Window::Months(after)) => Some(after < before),
        (Window::SinceStartOf(before), Window::SinceStartOf(after)) => Some(after > before),
        _ => None,
    }
}

/// Whether the edge of a comparison became harder, where both sides are plain thresholds.
fn edge(old: &Comparison, new: &Comparison) -> Option<bool> {
    let (Quantity::Limit(before), Quantity::Limit(after)) = (&old.right, &new.right) else {
        return None;
    };
    let order = after.value.compare(before.value)?;
    let (from_below, strict_before) = side(old.operator)?;
    let (still_from_below, strict_after) = side(new.operator)?;
    if from_below != still_from_below {
        return None;
    }
    let moved = if from_below { order.is_gt() } else { order.is_lt() };
    Some(if order.is_eq() { strict_after && !strict_before } else { moved })
}

/// Whether the edge is a lower one, and whether the edge itself is outside.
fn side(operator: Operator) -> Option<(bool, bool)> {
    Some(match operator {
        Operator::AtLeast => (true, false),
        Operator::MoreThan => (true, true),
        Operator::AtMost => (false, false),
        Operator::LessThan => (false, true),
        Operator::Equal => return None,
    })
}

/// The direction of something that is harder by itself, behind a negation or not.
pub(crate) fn harder(is_harder: bool, negated: bool) -> Option<Direction> {
    Some(if is_harder == negated { Direction::Relaxed } else { Direction::Tightened })
}

fn changed<'a>(
    detail: Option<Text>,
    before: Text,
    after: Text,
    direction: Option<Direction>,
) -> Difference<'a> {
    let (before, after) = (Some(before), Some(after));
    Difference::Words { kind: Kind::Changed, detail, before, after, direction }
}

impl Difference<'_> {
    /// Whether it is none: a threshold that kept its number.
    fn is_nothing(&self) -> bool {
        matches!(self, Self::Limit(pair) if pair.same())
    }
}
