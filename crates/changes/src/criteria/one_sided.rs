//! A criterion that is new or gone, with what it asks for.

use rules::{Body, Group};

use super::matching::Node;
use super::place::around;
use crate::change::{About, Change, Kind, Weight};
use crate::condition::harder;
use crate::found::{Found, Here};
use crate::say;

/// A criterion that only one side has.
pub(super) fn one_sided(
    found: &mut Found,
    here: &Here,
    nodes: &[Node<'_>],
    node: &Node<'_>,
    kind: Kind,
) {
    let criterion = node.criterion;
    let parent = node.parent.and_then(|up| nodes.get(up)).map(|up| &up.criterion.body);
    let added = kind == Kind::Added;
    let direction = match parent {
        None | Some(Body::Group(Group::All, _)) => harder(added, false),
        Some(Body::Group(Group::Any | Group::AtLeast(_), _)) => harder(!added, false),
        Some(_) => None,
    };
    let words = Some(say::criterion(criterion)).filter(|words| *words != criterion.label);
    let change =
        Change::new(About::Criterion, kind, Weight::Verdict, &criterion.id, &criterion.label)
            .towards(direction)
            .citing(&criterion.citation);
    let (before, after) = if added { (None, words) } else { (words, None) };
    let change = Change { before, after, ..change };
    let change = if criterion.direct {
        change.remark("直通条件：满足即不看得分", "a direct path: the score is not asked for")
    } else {
        change
    };
    found.push(&around(here, nodes, node, true), change);
}
