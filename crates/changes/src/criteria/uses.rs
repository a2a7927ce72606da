//! Thresholds with every place that uses them: told once, at the criterion that they belong to.

use rules::Limit;

use super::matching::Node;
use super::place::around;
use crate::found::{Found, Here};
use crate::limit::{Use, limit};

/// Thresholds by where they are declared, with every place that uses them.
#[derive(Default)]
pub(super) struct Uses<'a> {
    known: Vec<(Vec<Use<'a>>, Vec<usize>)>,
}

impl<'a> Uses<'a> {
    pub(super) fn add(&mut self, node: &Node<'a>, one: Use<'a>) {
        let same = |old: &Limit, new: &Limit| std::ptr::eq(old, new);
        let known = self.known.iter_mut().find(|(uses, _)| {
            uses.first().is_some_and(|first| {
                same(first.pair.old, one.pair.old) && same(first.pair.new, one.pair.new)
            })
        });
        match known {
            Some((uses, at)) => {
                uses.push(one);
                if !at.contains(&node.index) {
                    at.push(node.index);
                }
            }
            None => self.known.push((vec![one], vec![node.index])),
        }
    }

    pub(super) fn report(self, found: &mut Found, here: &Here, nodes: &[Node<'_>]) {
        for (uses, at) in self.known {
            let Some(mut node) = at.first().and_then(|first| nodes.get(*first)) else { continue };
            let scope = uses.iter().all(|one| one.scope);
            // One that several use belongs to the criterion around them.
            if at.len() > 1 {
                let declares = |node: &Node<'_>| {
                    let wanted = uses.first().map(|one| one.pair.new);
                    node.criterion.limits.iter().any(|limit| {
                        wanted.is_some_and(|wanted| std::ptr::eq(&raw const **limit, wanted))
                    })
                };
                while !declares(node) {
                    let Some(up) = node.parent.and_then(|up| nodes.get(up)) else { break };
                    node = up;
                }
            }
            let inside = around(here, nodes, node, !scope);
            limit(found, &inside, &node.criterion.label, &node.criterion.id, &uses);
        }
    }
}
