//! Whether one part follows from what is known to be so, not only by chance of what is filled in.

use crate::check::logic::node::{Node, Shape};
use crate::check::logic::possible::Possible;

/// Whether the body of `node` is met wherever `known` is so. Parts that are unknown settle nothing: a
/// part counts only if everything that it looks at is known.
pub(crate) fn settles(known: &Possible, node: &Node) -> bool {
    match &node.shape {
        Shape::Single => {
            node.subjects.iter().all(|subject| known.mentions(subject))
                && known.clashes_with(&node.not_met)
        }
        Shape::All(parts) => parts.iter().all(|part| firm(part) && settles(known, part)),
        Shape::Any(parts) => parts.iter().any(|part| firm(part) && settles(known, part)),
        Shape::AtLeast(_) | Shape::Cases(_) => false,
    }
}

/// Whether the body of `node` cannot be met where `known` is so.
pub(crate) fn excludes(known: &Possible, node: &Node) -> bool {
    known.clashes_with(&node.met)
        || match &node.shape {
            Shape::All(parts) => parts.iter().any(|part| firm(part) && excludes(known, part)),
            Shape::Any(parts) => {
                !parts.is_empty() && parts.iter().all(|part| excludes(known, part))
            }
            Shape::Single | Shape::AtLeast(_) | Shape::Cases(_) => false,
        }
}

/// Whether it applies whatever the facts and the purpose are.
fn firm(part: &Node) -> bool {
    part.guard.is_none() && part.purposes.is_empty()
}

/// Whether it is met always or never: that has a diagnostic of its own, and says nothing about others.
pub(crate) fn is_trivial(node: &Node) -> bool {
    node.met.is_nothing() || node.not_met.is_nothing()
}
