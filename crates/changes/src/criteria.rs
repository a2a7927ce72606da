//! Two lists of criteria side by side. A criterion is the same if its id is, or else what it asks
//! for; one that got another id or another place is not taken for one that is gone and one that is
//! new.

mod body;
mod both;
mod matching;
mod one_sided;
mod place;
mod uses;

use enterprise::Text;
use rules::Criterion;

use crate::change::{About, Change, Kind, Weight};
use crate::found::{Found, Here};
use crate::sides::Side;
use both::pair;
pub(crate) use matching::definition;
use matching::{Node, asks_the_same, flatten, matched};
use one_sided::one_sided;
use uses::Uses;

/// What a list of criteria is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listing {
    /// What a change of what they ask for weighs.
    pub weight: Weight,
    /// Whether a criterion more makes it harder: not among preferences.
    pub directed: bool,
}

impl Listing {
    /// Criteria that decide.
    pub(crate) const DECIDING: Self = Self { weight: Weight::Verdict, directed: true };
    /// Preferences and who may take part in a round: beside the verdict.
    pub(crate) const BESIDE: Self = Self { weight: Weight::Practice, directed: false };
}

/// Compares two lists; shared criteria for which `apart` holds are compared elsewhere.
pub(crate) fn criteria(
    found: &mut Found,
    here: &Here,
    listing: Listing,
    old: &[Criterion],
    new: &[Criterion],
    apart: &dyn Fn(&str) -> bool,
) {
    let (old, new) =
        (flatten(old, &here.whom.purposes, apart), flatten(new, &here.whom.purposes, apart));
    let pairs = matched(&old, &new);
    let first = found.changes.len();
    let mut uses = Uses::default();
    for (at, node) in new.iter().enumerate() {
        match pairs.iter().find(|(_, to)| *to == at) {
            Some((from, _)) => {
                let Some(before) = old.get(*from) else { continue };
                pair(found, here, (&old, before), (&new, node), &pairs, &mut uses);
            }
            None => {
                // What stands below something new is part of it.
                let below_new =
                    node.parent.is_some_and(|up| !pairs.iter().any(|(_, to)| *to == up));
                if !below_new {
                    one_sided(found, here, &new, node, Kind::Added);
                }
            }
        }
    }
    for (at, node) in old.iter().enumerate() {
        let gone = |at: usize| !pairs.iter().any(|(from, _)| *from == at);
        if gone(at) && !node.parent.is_some_and(gone) {
            one_sided(found, here, &old, node, Kind::Removed);
        }
    }
    uses.report(found, here, &new);
    order(found, here, &old, &new, &pairs);
    for change in found.changes.iter_mut().skip(first) {
        if change.weight == Weight::Verdict {
            change.weight = listing.weight;
        }
        if !listing.directed {
            change.direction = None;
        }
    }
}

/// Which criterion of the one is which of the other, in the order of the later text.
pub(crate) fn aligned(old: &[Criterion], new: &[Criterion]) -> Vec<Side> {
    let (old, new) = (flatten(old, &[], &|_| false), flatten(new, &[], &|_| false));
    let pairs = matched(&old, &new);
    let is_gone = |at: &usize| !pairs.iter().any(|(from, _)| from == at);
    let mut gone = (0..old.len()).filter(is_gone).peekable();
    let mut sides = Vec::new();
    for (at, node) in new.iter().enumerate() {
        let from = pairs.iter().find(|(_, to)| *to == at).map(|(from, _)| *from);
        while let Some(before) = gone.next_if(|before| from.is_some_and(|from| *before < from)) {
            sides.push(Side { old: Some(before), new: None, same: false });
        }
        let before = from.and_then(|from| old.get(from));
        let same = before.is_some_and(|before| asks_the_same(before.criterion, node.criterion));
        sides.push(Side { old: from, new: Some(at), same });
    }
    sides.extend(gone.map(|before| Side { old: Some(before), new: None, same: false }));
    sides
}

/// Whether what both sides have stands in another order: of no consequence for a verdict.
fn order(
    found: &mut Found,
    here: &Here,
    old: &[Node<'_>],
    new: &[Node<'_>],
    pairs: &[(usize, usize)],
) {
    let mut sorted = pairs.to_vec();
    sorted.sort_unstable();
    let mut reordered = false;
    for (index, (from, to)) in sorted.iter().enumerate() {
        for (other_from, other_to) in sorted.iter().skip(index + 1) {
            let siblings = old.get(*from).map(|node| node.parent)
                == old.get(*other_from).map(|node| node.parent)
                && new.get(*to).map(|node| node.parent)
                    == new.get(*other_to).map(|node| node.parent);
            reordered |= siblings && to > other_to;
        }
    }
    if reordered {
        let label = Text::new("条件顺序", "the order of criteria");
        let change = Change::new(About::Order, Kind::Changed, Weight::Wording, "order", &label)
            .remark("只换了顺序，不影响判定", "only the order: no verdict changes");
        found.push(here, change);
    }
}
