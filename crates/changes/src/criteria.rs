//! Two lists of criteria side by side. A criterion is the same if its id is, or else what it asks
//! for; one that got another id or another place is not taken for one that is gone and one that is
//! new.

mod matching;

use enterprise::Text;
use rules::{Body, Criterion, Group, Limit};

use crate::change::{About, Change, Direction, Kind, Weight, Whom};
use crate::condition::{Difference, differences, harder};
use crate::found::{Found, Here};
use crate::limit::{Use, limit};
use crate::{say, source};
pub(crate) use matching::definition;
use matching::{Node, flatten, matched};

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

/// The place of a node for what is found in it.
fn around(here: &Here, nodes: &[Node<'_>], node: &Node<'_>, own_case: bool) -> Here {
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

/// A criterion that only one side has.
fn one_sided(found: &mut Found, here: &Here, nodes: &[Node<'_>], node: &Node<'_>, kind: Kind) {
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

/// A criterion that both sides have.
fn pair<'a>(
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

/// Where a criterion applies.
fn when<'a>(
    found: &mut Found,
    here: &Here,
    old: &'a Criterion,
    new: &'a Criterion,
    node: &Node<'a>,
    uses: &mut Uses<'a>,
) {
    let (before, after) = match (&old.when, &new.when) {
        (None, None) => return,
        (Some(before), Some(after)) => (before, after),
        (before, after) => {
            let everywhere = || Text::new("所有情形", "always");
            let words = |when: &Option<rules::Condition>| {
                when.as_ref().map_or_else(everywhere, say::condition)
            };
            let change =
                Change::new(About::Scope, Kind::Changed, Weight::Verdict, &new.id, &new.label)
                    .between(words(before), words(after))
                    .citing(&new.citation);
            found.push(here, change);
            return;
        }
    };
    for difference in differences(before, after) {
        match difference {
            Difference::Limit(pair) => uses.add(node, Use { pair, scope: true }),
            Difference::Words { .. } => {
                let change =
                    Change::new(About::Scope, Kind::Changed, Weight::Verdict, &new.id, &new.label)
                        .between(say::condition(before), say::condition(after))
                        .citing(&new.citation);
                found.push(here, change);
                return;
            }
        }
    }
}

fn body<'a>(
    found: &mut Found,
    here: &Here,
    old: &'a Criterion,
    new: &'a Criterion,
    node: &Node<'a>,
    uses: &mut Uses<'a>,
) {
    let change = |about, weight| {
        Change::new(about, Kind::Changed, weight, &new.id, &new.label).citing(&new.citation)
    };
    match (&old.body, &new.body) {
        (Body::Require(before), Body::Require(after)) => {
            for difference in differences(before, after) {
                match difference {
                    Difference::Limit(pair) => uses.add(node, Use { pair, scope: false }),
                    Difference::Words { kind, detail, before, after, direction } => {
                        let change = change(About::Condition, Weight::Verdict).towards(direction);
                        let detail = detail.filter(|detail| *detail != new.label);
                        found.push(here, Change { kind, detail, before, after, ..change });
                    }
                }
            }
        }
        (Body::Judged { by: was, question: asked }, Body::Judged { by, question }) => {
            if was != by {
                let words = words::provenance::judge;
                let change = change(About::Judgement, Weight::Practice)
                    .detail(Text::new("判断人", "who decides"));
                found.push(here, change.between(words(was), words(by)));
            }
            let (asked, question) =
                (asked.as_ref().unwrap_or(&old.label), question.as_ref().unwrap_or(&new.label));
            if asked != question && (asked, question) != (&old.label, &new.label) {
                let change = change(About::Judgement, Weight::Practice)
                    .detail(Text::new("判断问题", "the question"))
                    .remark("已有的判断仍然有效", "judgements on file stand");
                found.push(here, change.between(asked.clone(), question.clone()));
            }
        }
        (Body::Score, Body::Score) => {}
        (Body::Group(before, _), Body::Group(after, _)) => {
            if before != after {
                let change = change(About::Condition, Weight::Verdict)
                    .between(say::group(*before), say::group(*after))
                    .towards(group_direction(*before, *after));
                found.push(here, change);
            }
        }
        _ => {
            let change = change(About::Condition, Weight::Verdict);
            found.push(here, change.between(say::criterion(old), say::criterion(new)));
        }
    }
}

fn group_direction(old: Group, new: Group) -> Option<Direction> {
    let needed = |group| match group {
        Group::Any => Some(1),
        Group::AtLeast(k) => Some(k),
        Group::All => Some(usize::MAX),
        Group::Cases => None,
    };
    harder(needed(new)? > needed(old)?, false)
}

/// Thresholds by where they are declared, with every place that uses them.
#[derive(Default)]
struct Uses<'a> {
    known: Vec<(Vec<Use<'a>>, Vec<usize>)>,
}

impl<'a> Uses<'a> {
    fn add(&mut self, node: &Node<'a>, one: Use<'a>) {
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

    fn report(self, found: &mut Found, here: &Here, nodes: &[Node<'_>]) {
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
