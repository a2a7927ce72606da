//! A criterion that both sides have: its id, its place, for whom it is, what it is called.

use enterprise::Text;
use rules::{Body, Criterion};

use super::body::{body, when};
use super::matching::Node;
use super::place::around;
use super::uses::Uses;
use crate::change::{About, Change, Kind, Weight};
use crate::found::{Found, Here};
use crate::{say, source};

/// A criterion that both sides have.
pub(super) fn pair<'a>(
    found: &mut Found,
    here: &Here,
    (old_nodes, old_node): (&[Node<'a>], &Node<'a>),
    (nodes, node): (&[Node<'a>], &Node<'a>),
    pairs: &[(usize, usize)],
    uses: &mut Uses<'a>,
) {
    let (old, new) = (old_node.criterion, node.criterion);
    let inside = around(here, nodes, node, true);
    let outside = around(here, nodes, node, false);
    let change = |about, kind, weight| {
        Change::new(about, kind, weight, &new.id, &new.label).citing(&new.citation)
    };
    renamed(found, &inside, old, new);
    moved(found, &inside, (old_nodes, old_node), (nodes, node), pairs);
    if old.purposes != new.purposes {
        let words = |criterion: &Criterion| {
            if criterion.purposes.is_empty() {
                return Text::new("所有用途", "every purpose");
            }
            let all: Vec<Text> =
                criterion.purposes.iter().map(|one| words::verdict::purpose(*one)).collect();
            words::join(&all, "、", ", ")
        };
        // In a succession the purposes of the versions differ anyway.
        let same = |criterion: &Criterion| {
            let asked = &here.whom.purposes;
            asked
                .iter()
                .filter(|one| criterion.purposes.is_empty() || criterion.purposes.contains(one))
                .count()
        };
        if !here.succession || same(old) != same(new) {
            let change = change(About::Scope, Kind::Changed, Weight::Verdict);
            found.push(here, change.between(words(old), words(new)));
        }
    }
    if old.direct != new.direct {
        let words = |direct| match direct {
            true => Text::new("直通", "direct"),
            false => Text::new("非直通", "not direct"),
        };
        let change = change(About::Path, Kind::Changed, Weight::Verdict);
        found.push(&inside, change.between(words(old.direct), words(new.direct)));
    }
    when(found, &outside, old, new, node, uses);
    body(found, &inside, old, new, node, uses);
    // A label that only its own rules changed is seen in the line above already.
    source::label(found, &inside, &new.id, &old.label, &new.label);
    source::note(found, &inside, &new.label, &new.id, old.note.as_ref(), new.note.as_ref());
    source::citation(found, &inside, &new.label, &new.id, &old.citation, &new.citation);
}

fn renamed(found: &mut Found, here: &Here, old: &Criterion, new: &Criterion) {
    // Two texts are free to name their criteria.
    if old.id == new.id || here.succession {
        return;
    }
    let words = |id: &str| Text::new(id, id);
    let judged = matches!(new.body, Body::Judged { .. });
    // Judgements on file carry the id.
    let weight = if judged { Weight::Verdict } else { Weight::Wording };
    let change = Change::new(About::Criterion, Kind::Renamed, weight, &new.id, &new.label)
        .between(words(&old.id), words(&new.id))
        .citing(&new.citation);
    found.push(
        here,
        if judged {
            change.remark(
                "已有的人工判断按原编号登记，须改到新编号，否则按待判断处理",
                "judgements on file carry the former id: until they are moved, this is pending",
            )
        } else {
            change.remark("内容不变，只改编号", "the same content under another id")
        },
    );
}

fn moved<'a>(
    found: &mut Found,
    here: &Here,
    (old_nodes, old_node): (&[Node<'a>], &Node<'a>),
    (nodes, node): (&[Node<'a>], &Node<'a>),
    pairs: &[(usize, usize)],
) {
    let stays = match (old_node.parent, node.parent) {
        (None, None) => true,
        (Some(before), Some(after)) => pairs.contains(&(before, after)),
        _ => false,
    };
    if stays {
        return;
    }
    let place = |nodes: &[Node<'a>], parent: Option<usize>| match parent
        .and_then(|parent| nodes.get(parent))
    {
        Some(parent) => {
            let (label, group) = (
                &parent.criterion.label,
                match &parent.criterion.body {
                    Body::Group(group, _) => say::group(*group),
                    _ => Text::default(),
                },
            );
            Text::new(
                format!("“{}”之下（{}）", label.zh, group.zh),
                format!("below {} ({})", label.en, group.en),
            )
        }
        None => Text::new("单独成条", "a criterion of its own"),
    };
    let new = node.criterion;
    let change = Change::new(About::Criterion, Kind::Moved, Weight::Verdict, &new.id, &new.label)
        .between(place(old_nodes, old_node.parent), place(nodes, node.parent))
        .citing(&new.citation);
    found.push(here, change);
}
