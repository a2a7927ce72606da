//! Thresholds side by side: a number that moved, one that is only written differently, one whose
//! source became better known.

use enterprise::Text;
use rules::{Limit, Quantity};

use crate::align::{Against, Pair};
use crate::change::{About, Change, Direction, Kind, Weight};
use crate::condition::harder;
use crate::found::{Found, Here};
use crate::{say, source};

/// A threshold pair where it is used.
#[derive(Clone, Copy)]
pub(crate) struct Use<'a> {
    pub pair: Pair<'a>,
    /// Whether it only says where a criterion applies.
    pub scope: bool,
}

/// What became of a threshold, from all the places where it is used.
pub(crate) fn limit(found: &mut Found, here: &Here, label: &Text, id: &str, uses: &[Use<'_>]) {
    let Some(first) = uses.first() else { return };
    let (old, new) = (first.pair.old, first.pair.new);
    let id = if new.name.is_empty() { id.to_owned() } else { format!("{id}/{}", new.name) };
    if old.value == new.value {
        if old.written != new.written {
            let change = Change::new(About::Limit, Kind::Changed, Weight::Wording, &id, label)
                .between(written(old), written(new))
                .remark("数值相同", "the same number");
            found.push(here, detailed(change, uses).citing(&new.citation));
        }
    } else {
        let scope = uses.iter().all(|one| one.scope);
        let about = if scope { About::Scope } else { About::Limit };
        let sign = common(uses.iter().map(|one| one.pair.operator)).flatten();
        let words = |limit: &Limit| match sign {
            Some(operator) => {
                let words = say::limit(limit, &first.pair);
                let sign = operator.sign();
                Text::new(format!("{sign} {}", words.zh), format!("{sign} {}", words.en))
            }
            None => say::limit(limit, &first.pair),
        };
        let change = Change::new(about, Kind::Changed, Weight::Verdict, &id, label)
            .between(words(old), words(new))
            .towards(common(uses.iter().map(direction)).flatten());
        found.push(here, detailed(change, uses).citing(&new.citation));
    }
    source::citation(found, here, label, &id, &old.citation, &new.citation);
}

/// The same for many, each threshold once.
pub(crate) fn limits(found: &mut Found, here: &Here, label: &Text, id: &str, uses: &[Use<'_>]) {
    let mut groups: Vec<Vec<Use<'_>>> = Vec::new();
    for one in uses {
        let known = groups.iter_mut().find(|group| {
            group.first().is_some_and(|first| {
                std::ptr::eq(first.pair.old, one.pair.old)
                    && std::ptr::eq(first.pair.new, one.pair.new)
            })
        });
        match known {
            Some(group) => group.push(*one),
            None => groups.push(vec![*one]),
        }
    }
    for group in groups {
        limit(found, here, label, id, &group);
    }
}

fn detailed(change: Change, uses: &[Use<'_>]) -> Change {
    let all = |said: fn(&Quantity) -> Text| {
        let mut all: Vec<Text> = Vec::new();
        for one in uses {
            let words = match one.pair.against {
                Against::Quantity(quantity) => said(quantity),
                Against::Event(happened) => say::attribute(happened),
                Against::Part => continue,
            };
            if !all.contains(&words) {
                all.push(words);
            }
        }
        all
    };
    let mut against = all(say::quantity);
    let in_any_year = all(say::quantity_in_any_year);
    // The same in several years is said once.
    if in_any_year.len() < against.len() {
        against = in_any_year;
    }
    if against.is_empty() || against == [change.label.clone()] {
        return change;
    }
    change.detail(words::join(&against, "、", ", "))
}

fn written(limit: &Limit) -> Text {
    Text::new(limit.written.clone(), limit.written.clone())
}

/// Whether moving a threshold made the test harder.
fn direction(one: &Use<'_>) -> Option<Direction> {
    if one.scope {
        return None;
    }
    let raised = one.pair.new.value.compare(one.pair.old.value)?.is_gt();
    use rules::Operator::{AtLeast, AtMost, Equal, LessThan, MoreThan};
    match one.pair.operator? {
        AtLeast | MoreThan => harder(raised, one.pair.negated),
        AtMost | LessThan => harder(!raised, one.pair.negated),
        Equal => None,
    }
}

/// The value that all share.
fn common<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}
