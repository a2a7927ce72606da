//! Parts that must hold together: those that repeat each other, that follow from another, that
//! cannot hold beside another.

use std::collections::{BTreeMap, BTreeSet};
use std::slice::from_ref;

use rules::Purpose;

use crate::check::logic::alternatives::{check_alternatives, check_counted};
use crate::check::logic::implied::{excludes, is_trivial, settles};
use crate::check::logic::node::{Node, Shape};
use crate::check::logic::possible::Possible;
use crate::check::logic::report::Report;

/// A part is held against so many others that are about the same: nobody writes more, and a file of
/// ten thousand equal lines is told of in time.
pub(crate) const MOST_OTHERS: usize = 48;

/// A part with everything around it that says where it applies.
struct Conjunct<'n> {
    node: &'n Node,
    guards: Vec<&'n Node>,
    purposes: Vec<Purpose>,
    /// The cases that it stands in: of one list of cases, only one applies.
    cases: Vec<(&'n Node, usize)>,
}

/// Where a part stands.
#[derive(Clone, Default)]
struct Standing<'n> {
    guards: Vec<&'n Node>,
    purposes: Vec<Purpose>,
    cases: Vec<(&'n Node, usize)>,
}

/// The parts that must hold together, and those around them.
pub(crate) struct Conjunction<'n, 'o> {
    conjuncts: Vec<Conjunct<'n>>,
    by_subject: BTreeMap<&'n str, Vec<usize>>,
    /// Where parts apply.
    premises: Vec<&'n Node>,
    around: Option<Around<'n, 'o>>,
}

/// The parts that must hold as well, and which of them these parts stand in.
#[derive(Clone, Copy)]
pub(crate) struct Around<'n, 'o> {
    pub outer: &'o Conjunction<'n, 'o>,
    pub within: &'n Node,
}

/// Checks `nodes`, which must hold together and beside those around them, and everything in them.
pub(crate) fn check_conjunction<'n>(
    report: &Report<'_>,
    nodes: impl IntoIterator<Item = &'n Node>,
    around: Option<Around<'n, '_>>,
) {
    Conjunction::of(nodes, around).check(report);
}

impl<'n, 'o> Conjunction<'n, 'o> {
    pub fn of(nodes: impl IntoIterator<Item = &'n Node>, around: Option<Around<'n, 'o>>) -> Self {
        let mut conjunction = Self {
            conjuncts: Vec::new(),
            by_subject: BTreeMap::new(),
            premises: Vec::new(),
            around,
        };
        for node in nodes {
            conjunction.add(node, Standing::default());
        }
        conjunction
    }

    fn add(&mut self, node: &'n Node, mut standing: Standing<'n>) {
        self.premises.extend(node.guard.iter().map(|guard| &**guard));
        standing.guards.extend(node.guard.iter().map(|guard| &**guard));
        if standing.purposes.is_empty() {
            standing.purposes.clone_from(&node.purposes);
        } else if !node.purposes.is_empty() {
            standing.purposes.retain(|purpose| node.purposes.contains(purpose));
            // It applies to no purpose at all.
            if standing.purposes.is_empty() {
                return;
            }
        }
        match &node.shape {
            Shape::All(parts) if !node.is_woven => {
                for part in parts {
                    self.add(part, standing.clone());
                }
            }
            Shape::Cases(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    let mut standing = standing.clone();
                    standing.cases.push((node, index));
                    self.add(part, standing);
                }
            }
            _ => {
                for subject in &node.subjects {
                    self.by_subject.entry(&**subject).or_default().push(self.conjuncts.len());
                }
                let Standing { guards, purposes, cases } = standing;
                self.conjuncts.push(Conjunct { node, guards, purposes, cases });
            }
        }
    }

    pub fn check(&self, report: &Report<'_>) {
        let mut settled: BTreeSet<usize> = BTreeSet::new();
        for (index, conjunct) in self.conjuncts.iter().enumerate() {
            if conjunct.check_guards(report) {
                settled.insert(index);
            }
            for earlier in self.about_the_same(conjunct.node, index) {
                let Some(other) = self.conjuncts.get(earlier) else { continue };
                match pair(report, other, conjunct, false) {
                    Some(Settled::First) => settled.insert(earlier),
                    Some(Settled::Second) => settled.insert(index),
                    None => continue,
                };
            }
            self.against_outer(report, conjunct, &mut || {
                settled.insert(index);
            });
        }
        if settled.is_empty() {
            self.check_together(report);
        }
        for premise in &self.premises {
            check_conjunction(report, [*premise], None);
        }
        for (index, conjunct) in self.conjuncts.iter().enumerate() {
            if settled.contains(&index) || conjunct.node.is_woven {
                continue;
            }
            let around = Around { outer: self, within: conjunct.node };
            match &conjunct.node.shape {
                Shape::Any(parts) => check_alternatives(report, parts, around),
                Shape::AtLeast(parts) => check_counted(report, parts, around),
                Shape::Single | Shape::All(_) | Shape::Cases(_) => {}
            }
        }
    }

    /// The nearest earlier parts that look at something that `node` looks at.
    fn about_the_same(&self, node: &Node, before: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for subject in &node.subjects {
            let known = self.by_subject.get(&**subject).map(Vec::as_slice).unwrap_or_default();
            let end = known.partition_point(|index| *index < before);
            let earlier = known.get(..end).unwrap_or_default();
            found.extend(earlier.iter().rev().take(MOST_OTHERS));
        }
        found
    }

    fn against_outer(
        &self,
        report: &Report<'_>,
        conjunct: &Conjunct<'n>,
        settle: &mut dyn FnMut(),
    ) {
        let mut around = self.around;
        while let Some(Around { outer, within }) = around {
            for index in outer.about_the_same(conjunct.node, usize::MAX) {
                let Some(other) = outer.conjuncts.get(index) else { continue };
                // The part around this one says nothing against it.
                if std::ptr::eq(other.node, within) {
                    continue;
                }
                if pair(report, other, conjunct, true).is_some() {
                    settle();
                }
            }
            around = outer.around;
        }
    }

    /// Three and more parts that cannot all hold, though each two of them can.
    fn check_together(&self, report: &Report<'_>) {
        let mut together = Possible::anything();
        let firm = |conjunct: &&Conjunct<'_>| {
            conjunct.guards.is_empty() && conjunct.purposes.is_empty() && !is_trivial(conjunct.node)
        };
        let mut before: Vec<&Node> = Vec::new();
        for conjunct in self.conjuncts.iter().filter(firm) {
            together.narrow(&conjunct.node.met);
            if together.is_nothing() {
                let shares = |node: &&&Node| {
                    node.met.subjects().any(|subject| conjunct.node.met.mentions(subject))
                };
                let others: Vec<&Node> = before.iter().filter(shares).copied().collect();
                report.contradiction(conjunct.node, &others);
                return;
            }
            before.push(conjunct.node);
        }
    }
}

impl Conjunct<'_> {
    /// A part that its own `when` decides.
    fn check_guards(&self, report: &Report<'_>) -> bool {
        let applies = Possible::all(self.guards.iter().map(|guard| &guard.met));
        if self.guards.is_empty() || applies.is_nothing() || is_trivial(self.node) {
            return false;
        }
        if excludes(&applies, self.node) {
            let alone = self.guards.iter().find(|guard| excludes(&guard.met, self.node));
            report.never_where_it_applies(self.node, alone.map_or(&self.guards, from_ref));
            return true;
        }
        if settles(&applies, self.node) {
            let alone = self.guards.iter().find(|guard| settles(&guard.met, self.node));
            report.always_where_it_applies(self.node, alone.map_or(&self.guards, from_ref));
            return true;
        }
        false
    }

    /// Whether it applies wherever `other` does.
    fn applies_wherever(&self, other: &Self) -> bool {
        let guards = self
            .guards
            .iter()
            .all(|guard| other.guards.iter().any(|known| known.name == guard.name));
        let purposes = self.purposes.is_empty()
            || (!other.purposes.is_empty()
                && other.purposes.iter().all(|purpose| self.purposes.contains(purpose)));
        guards && purposes
    }
}

/// Which of a pair needs no further look.
enum Settled {
    First,
    Second,
}

/// Holds two parts against each other; the first one may stand around the second.
fn pair(
    report: &Report<'_>,
    first: &Conjunct<'_>,
    second: &Conjunct<'_>,
    around: bool,
) -> Option<Settled> {
    let (a, b) = (first.node, second.node);
    let apart = !first.purposes.is_empty()
        && !second.purposes.is_empty()
        && !first.purposes.iter().any(|purpose| second.purposes.contains(purpose));
    let other_case = first.cases.iter().any(|(group, index)| {
        let same = |(other, _): &&(&Node, usize)| std::ptr::eq(*group, *other);
        second.cases.iter().find(same).is_some_and(|(_, other)| other != index)
    });
    // A block over years says its parts once for each year.
    if apart || other_case || a.span == b.span || is_trivial(a) || is_trivial(b) {
        return None;
    }
    let guards = first.guards.iter().chain(&second.guards);
    let applies = Possible::all(guards.map(|guard| &guard.met));
    if applies.is_nothing() {
        return None;
    }
    let (wide, narrow) = (first.applies_wherever(second), second.applies_wherever(first));
    if a.name == b.name {
        return if wide && narrow && !around {
            report.duplicate(b, a);
            Some(Settled::Second)
        } else if wide {
            report.redundant(b, a);
            Some(Settled::Second)
        } else if narrow && !around {
            report.redundant(a, b);
            Some(Settled::First)
        } else {
            None
        };
    }
    // A way among others may be closed to some, as long as it is open to the rest.
    if around && !wide {
        return None;
    }
    let (with_a, with_b) = (applies.and(&a.met), applies.and(&b.met));
    if with_a.is_nothing() || with_b.is_nothing() {
        return None;
    }
    if excludes(&a.met, b) || excludes(&b.met, a) {
        report.contradiction(b, &[a]);
        return Some(Settled::Second);
    }
    if excludes(&with_a, b) {
        let guards = first.guards.iter().chain(&second.guards).copied();
        report.contradiction(b, &guards.chain([a]).collect::<Vec<_>>());
        return Some(Settled::Second);
    }
    if wide && !b.direct && settles(&a.met, b) {
        report.redundant(b, a);
        return Some(Settled::Second);
    }
    if narrow && !around && !a.direct && settles(&b.met, a) {
        report.redundant(a, b);
        return Some(Settled::First);
    }
    None
}
