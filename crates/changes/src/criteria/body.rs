//! What a criterion asks for, and where it applies, before and after.

use enterprise::Text;
use rules::{Body, Criterion, Group};

use super::matching::Node;
use super::uses::Uses;
use crate::change::{About, Change, Direction, Kind, Weight};
use crate::condition::{Difference, differences, harder};
use crate::found::{Found, Here};
use crate::limit::Use;
use crate::say;

/// Where a criterion applies.
pub(super) fn when<'a>(
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

pub(super) fn body<'a>(
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
