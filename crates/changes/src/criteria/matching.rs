//! Which criterion of one text is which of the other: by id, else by what it asks for, else by name.

use rules::{Body, Criterion, Purpose};

use crate::align::same_condition;

/// A criterion with where it stands.
pub(super) struct Node<'a> {
    pub criterion: &'a Criterion,
    /// Its own place in the list.
    pub index: usize,
    /// The place of the criterion around it.
    pub parent: Option<usize>,
    /// Whether it belongs to a shared definition.
    shared: bool,
}

/// All criteria for these purposes (empty: for any), depth first, those of shared definitions that
/// are compared apart left out.
pub(super) fn flatten<'a>(
    criteria: &'a [Criterion],
    purposes: &[Purpose],
    apart: &dyn Fn(&str) -> bool,
) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    let mut todo: Vec<(&Criterion, Option<usize>, bool)> =
        criteria.iter().rev().map(|criterion| (criterion, None, false)).collect();
    while let Some((criterion, parent, shared)) = todo.pop() {
        let asked = &criterion.purposes;
        if !purposes.is_empty()
            && !asked.is_empty()
            && !asked.iter().any(|one| purposes.contains(one))
        {
            continue;
        }
        let index = nodes.len();
        nodes.push(Node { criterion, index, parent, shared });
        if let Body::Group(_, parts) = &criterion.body {
            let definition = definition(criterion);
            if definition.is_some_and(apart) {
                continue;
            }
            let shared = shared || definition.is_some();
            todo.extend(parts.iter().rev().map(|part| (part, Some(index), shared)));
        }
    }
    nodes
}

/// The shared definition that a criterion uses.
pub(crate) fn definition(criterion: &Criterion) -> Option<&str> {
    let Body::Group(_, parts) = &criterion.body else { return None };
    let first = parts.first()?;
    (first.owner != criterion.owner).then_some(first.owner.as_str())
}

/// A sign that two criteria are the same.
type Sign<'a> = dyn Fn(&Node<'a>, &Node<'a>) -> bool + 'a;

/// Places of the same criterion in both lists.
pub(super) fn matched(old: &[Node<'_>], new: &[Node<'_>]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let by_id = |old: &Node<'_>, new: &Node<'_>| {
        old.shared == new.shared && old.criterion.id == new.criterion.id
    };
    let by_content = |old: &Node<'_>, new: &Node<'_>| same_content(old.criterion, new.criterion);
    let by_name = |old: &Node<'_>, new: &Node<'_>| {
        old.criterion.label.zh == new.criterion.label.zh
            && same_kind(&old.criterion.body, &new.criterion.body)
    };
    let signs: [&Sign<'_>; 3] = [&by_id, &by_content, &by_name];
    for test in signs {
        for (from, before) in old.iter().enumerate() {
            if pairs.iter().any(|(known, _)| *known == from) {
                continue;
            }
            let free = |to: usize| !pairs.iter().any(|(_, known)| *known == to);
            // Among several, the one in the same place.
            let here = |to: usize| match (before.parent, new.get(to).and_then(|node| node.parent)) {
                (None, None) => true,
                (Some(old_parent), Some(new_parent)) => pairs.contains(&(old_parent, new_parent)),
                _ => false,
            };
            let fitting: Vec<usize> = new
                .iter()
                .enumerate()
                .filter(|(to, after)| free(*to) && test(before, after))
                .map(|(to, _)| to)
                .collect();
            let chosen = fitting.iter().find(|to| here(**to)).or_else(|| fitting.first());
            if let Some(to) = chosen {
                pairs.push((from, *to));
            }
        }
    }
    pairs
}

fn same_kind(old: &Body, new: &Body) -> bool {
    std::mem::discriminant(old) == std::mem::discriminant(new)
}

/// Whether two criteria ask for the same, whatever they are called.
pub(crate) fn same_content(old: &Criterion, new: &Criterion) -> bool {
    let scope = match (&old.when, &new.when) {
        (None, None) => true,
        (Some(old), Some(new)) => same_condition(old, new),
        _ => false,
    };
    scope
        && old.purposes == new.purposes
        && match (&old.body, &new.body) {
            (Body::Require(old), Body::Require(new)) => same_condition(old, new),
            (Body::Judged { by: was, question: asked }, Body::Judged { by, question }) => {
                was == by && asked == question && old.label == new.label
            }
            (Body::Score, Body::Score) => true,
            (Body::Group(was, old), Body::Group(is, new)) => {
                was == is
                    && old.len() == new.len()
                    && old.iter().zip(new).all(|(old, new)| same_content(old, new))
            }
            _ => false,
        }
}

/// The same, but for what stands below them.
pub(super) fn asks_the_same(old: &Criterion, new: &Criterion) -> bool {
    match (&old.body, &new.body) {
        (Body::Group(was, _), Body::Group(is, _)) => {
            was == is && old.when == new.when && old.purposes == new.purposes
        }
        _ => same_content(old, new) && old.direct == new.direct,
    }
}
