//! Parts of which one is enough, or a few are: those that repeat each other, that another one makes
//! idle, that together always hold.

use std::collections::BTreeMap;

use crate::check::logic::conjunction::{Around, MOST_OTHERS, check_conjunction};
use crate::check::logic::implied::{is_trivial, settles};
use crate::check::logic::node::Node;
use crate::check::logic::possible::Possible;
use crate::check::logic::report::Report;

/// Checks parts of which one must hold.
pub(crate) fn check_alternatives<'n>(
    report: &Report<'_>,
    parts: &'n [Node],
    around: Around<'n, '_>,
) {
    let idle = |part: &Node, other: &Node| {
        let same_premise = part.guard.as_ref().map(|guard| &guard.name)
            == other.guard.as_ref().map(|guard| &guard.name)
            && part.purposes == other.purposes;
        let firm = other.guard.is_none() && other.purposes.is_empty();
        // A direct path is told apart from the others.
        (same_premise || firm) && (!part.direct || other.direct) && settles(&part.met, other)
    };
    for (a, b) in neighbours(parts) {
        if a.whole_name() == b.whole_name() {
            report.duplicate(b, a);
        } else if idle(b, a) {
            report.idle(b, a);
        } else if idle(a, b) {
            report.idle(a, b);
        }
    }
    check_together(report, around.within, parts);
    for part in parts {
        check_conjunction(report, [part], Some(around));
    }
}

/// Checks parts of which some must hold: one that stands twice counts twice.
pub(crate) fn check_counted<'n>(report: &Report<'_>, parts: &'n [Node], around: Around<'n, '_>) {
    for (a, b) in neighbours(parts) {
        if a.whole_name() == b.whole_name() {
            report.duplicate(b, a);
        }
    }
    for part in parts {
        check_conjunction(report, [part], Some(around));
    }
}

/// Alternatives of which one always holds.
fn check_together(report: &Report<'_>, node: &Node, parts: &[Node]) {
    let firm: Vec<&Node> = parts.iter().filter(|part| !part.may_drop()).collect();
    if !node.not_met.is_nothing() || firm.iter().any(|part| is_trivial(part)) {
        return;
    }
    let mut failing = Possible::anything();
    for (index, part) in firm.iter().enumerate() {
        failing.narrow(&part.not_met);
        if failing.is_nothing() {
            let before = firm.get(..index).unwrap_or_default();
            let alone = before.iter().find(|other| other.not_met.clashes_with(&part.not_met));
            let others = match alone {
                Some(other) => vec![*other],
                None => before.to_vec(),
            };
            report.always(node, part, &others);
            return;
        }
    }
}

/// Each part with the nearest earlier ones that are about the same.
pub(crate) fn neighbours(parts: &[Node]) -> Vec<(&Node, &Node)> {
    let mut by_subject: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let mut earlier: Vec<usize> = Vec::new();
        for subject in &part.subjects {
            let known = by_subject.entry(&**subject).or_default();
            earlier.extend(known.iter().rev().take(MOST_OTHERS));
            known.push(index);
        }
        earlier.sort_unstable();
        earlier.dedup();
        let earlier = earlier.into_iter().filter_map(|other| parts.get(other));
        // A block over years says its parts once for each year.
        let earlier = earlier.filter(|other| other.span != part.span);
        let earlier = earlier.filter(|other| !is_trivial(other) && !is_trivial(part));
        pairs.extend(earlier.map(|other| (other, part)));
    }
    pairs
}
