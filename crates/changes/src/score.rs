//! Two score tables side by side: marks, parts, items.

use enterprise::Text;
use rules::{Mark, Points, ScoreGroup, ScoreItem, ScoreTable};

use crate::bands::direction;
use crate::change::{About, Change, Kind, Weight};
use crate::condition::harder;
use crate::found::{Found, Here};
use crate::pairs::{Paired, Sign, pair};
use crate::scale::{Of, scale};
use crate::{say, source};

/// Compares two score tables, either of which may be absent.
pub(crate) fn score(
    found: &mut Found,
    here: &Here,
    old: Option<&ScoreTable>,
    new: Option<&ScoreTable>,
) {
    let label = Text::new("评分表", "score table");
    let (old, new) = match (old, new) {
        (None, None) => return,
        (Some(old), Some(new)) => (old, new),
        (Some(table), None) | (None, Some(table)) => {
            let kind = if old.is_some() { Kind::Removed } else { Kind::Added };
            let words = Some(summary(table));
            let (before, after) = if old.is_some() { (words, None) } else { (None, words) };
            let change = Change::new(About::ScoreGroup, kind, Weight::Verdict, "score", &label)
                .citing(&table.pass.citation);
            found.push(here, Change { before, after, ..change });
            return;
        }
    };
    mark(
        found,
        here,
        "score",
        &Text::new("评分合格线", "pass mark"),
        Some(&old.pass),
        Some(&new.pass),
    );
    let inside = Here { within: Some(label), ..here.clone() };
    groups(found, &inside, &old.groups, &new.groups);
    items(found, &inside, &old.groups, &new.groups);
}

/// A score table in a line.
pub(crate) fn summary(table: &ScoreTable) -> Text {
    let items: usize = table.groups.iter().map(|group| group.items.len()).sum();
    let (groups, pass) = (table.groups.len(), &table.pass);
    let points = words::amounts::points(pass.points);
    let sign = pass.operator.sign();
    Text::new(
        format!("{groups} 类 {items} 项，合格线 {sign} {points} 分"),
        format!("{groups} parts, {items} items, pass mark {sign} {points}"),
    )
}

fn mark(
    found: &mut Found,
    here: &Here,
    id: &str,
    label: &Text,
    old: Option<&Mark>,
    new: Option<&Mark>,
) {
    let words = words::score::mark;
    let change = |kind, mark: &Mark| {
        Change::new(About::Mark, kind, Weight::Verdict, id, label).citing(&mark.citation)
    };
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => {
            let change = change(Kind::Added, new).towards(harder(true, false));
            found.push(here, Change { after: Some(words(new)), ..change });
        }
        (Some(old), None) => {
            let change = change(Kind::Removed, old).towards(harder(false, false));
            found.push(here, Change { before: Some(words(old)), ..change });
        }
        (Some(old), Some(new)) => {
            if (old.points, old.operator) != (new.points, new.operator) {
                let towards = match direction(Some(old.points), Some(new.points)) {
                    Some(direction) if old.operator == new.operator => Some(direction.opposite()),
                    Some(_) => None,
                    None => harder(new.operator == rules::Operator::MoreThan, false),
                };
                let change = change(Kind::Changed, new).between(words(old), words(new));
                found.push(here, change.towards(towards));
            }
            source::citation(found, here, label, id, &old.citation, &new.citation);
        }
    }
}

fn groups(found: &mut Found, here: &Here, old: &[ScoreGroup], new: &[ScoreGroup]) {
    for group in new {
        let Some(before) = old.iter().find(|before| before.id == group.id) else {
            found.push(here, whole(group, Kind::Added));
            continue;
        };
        most(found, here, &group.id, &group.label, before.max, group.max);
        let floor = Text::new(
            format!("“{}”小计下限", group.label.zh),
            format!("floor of {}", group.label.en),
        );
        mark(found, here, &group.id, &floor, before.floor.as_ref(), group.floor.as_ref());
        source::label(found, here, &group.id, &before.label, &group.label);
    }
    for group in old.iter().filter(|group| !new.iter().any(|after| after.id == group.id)) {
        found.push(here, whole(group, Kind::Removed));
    }
}

fn whole(group: &ScoreGroup, kind: Kind) -> Change {
    let points = say::points(group.max);
    let count = group.items.len();
    let words = Some(Text::new(
        format!("{count} 项，最多 {}", points.zh),
        format!("{count} items, at most {}", points.en),
    ));
    let (before, after) = if kind == Kind::Added { (None, words) } else { (words, None) };
    Change {
        before,
        after,
        ..Change::new(About::ScoreGroup, kind, Weight::Verdict, &group.id, &group.label)
    }
}

/// What the law says that a part can give at most: it adds nothing up itself.
fn most(found: &mut Found, here: &Here, id: &str, label: &Text, old: Points, new: Points) {
    if old != new {
        let change = Change::new(About::Points, Kind::Changed, Weight::Verdict, id, label)
            .detail(Text::new("满分", "at most"));
        let change = change.between(say::points(old), say::points(new));
        found.push(here, change.towards(direction(Some(old), Some(new))));
    }
}

/// An item with the part that it stands in.
type Placed<'a> = (&'a ScoreGroup, &'a ScoreItem);

fn items(found: &mut Found, here: &Here, old: &[ScoreGroup], new: &[ScoreGroup]) {
    let (old, new): (Vec<Placed<'_>>, Vec<Placed<'_>>) = (all(old), all(new));
    let signs: [Sign<Placed<'_>>; 3] = [
        |old, new| old.1.id == new.1.id && old.0.id == new.0.id,
        |old, new| old.1.id == new.1.id,
        |old, new| old.1.label == new.1.label,
    ];
    let Paired { both, gone, come } = pair(&old, &new, &signs);
    for ((old_group, before), (group, after)) in both {
        let inside = Here { within: Some(group.label.clone()), ..here.clone() };
        item(found, &inside, before, after);
        if old_group.id != group.id {
            let change = Change::new(
                About::ScoreItem,
                Kind::Moved,
                Weight::Verdict,
                &after.id,
                &after.label,
            );
            let change = change.between(old_group.label.clone(), group.label.clone());
            found.push(here, change.citing(&after.citation));
        }
    }
    let mut sided = |(group, item): &Placed<'_>, kind| {
        let inside = Here { within: Some(group.label.clone()), ..here.clone() };
        let words = Some(say::scale(&item.scale));
        let (before, after) = if kind == Kind::Added { (None, words) } else { (words, None) };
        let (_, most) = item.scale.reach();
        let direction = match kind {
            Kind::Added => direction(None, Some(most)),
            _ => direction(Some(most), None),
        };
        let change = Change::new(About::ScoreItem, kind, Weight::Verdict, &item.id, &item.label)
            .towards(direction)
            .citing(&item.citation);
        found.push(&inside, Change { before, after, ..change });
    };
    gone.into_iter().for_each(|one| sided(one, Kind::Removed));
    come.into_iter().for_each(|one| sided(one, Kind::Added));
}

fn all(groups: &[ScoreGroup]) -> Vec<Placed<'_>> {
    groups.iter().flat_map(|group| group.items.iter().map(move |item| (group, item))).collect()
}

fn item(found: &mut Found, here: &Here, old: &ScoreItem, new: &ScoreItem) {
    let of = Of { id: &new.id, label: &new.label, citation: &new.citation };
    scale(found, here, of, &old.scale, &new.scale);
    most(found, here, &new.id, &new.label, old.max, new.max);
    if old.id != new.id && !here.succession {
        let words = |id: &str| Text::new(id, id);
        let change =
            Change::new(About::ScoreItem, Kind::Renamed, Weight::Wording, &new.id, &new.label)
                .between(words(&old.id), words(&new.id))
                .remark("内容不变，只改编号", "the same content under another id");
        found.push(here, change.citing(&new.citation));
    }
    source::label(found, here, &new.id, &old.label, &new.label);
    source::citation(found, here, &new.label, &new.id, &old.citation, &new.citation);
}
