//! What is around a criterion: the group that it stands in, the case, the purposes.

use super::matching::Node;
use crate::change::Whom;
use crate::found::Here;
use crate::say;

/// The place of a node for what is found in it.
pub(super) fn around(here: &Here, nodes: &[Node<'_>], node: &Node<'_>, own_case: bool) -> Here {
    let mut cases = here.whom.cases.clone();
    let mut purposes = here.whom.purposes.clone();
    let mut up = Some(node);
    let mut within = None;
    let mut chain = Vec::new();
    while let Some(next) = up {
        chain.push(next);
        up = next.parent.and_then(|parent| nodes.get(parent));
    }
    for (depth, next) in chain.iter().enumerate().rev() {
        if let Some(when) = &next.criterion.when
            && (depth > 0 || own_case)
        {
            cases.push(say::condition(when));
        }
        if !next.criterion.purposes.is_empty() {
            purposes.clone_from(&next.criterion.purposes);
        }
        if depth > 0 {
            within = Some(next.criterion.label.clone());
        }
    }
    Here {
        within: within.or_else(|| here.within.clone()),
        whom: Whom { purposes, cases },
        succession: here.succession,
    }
}
