//! Two scales side by side: which values get other points than before.

use enterprise::Text;
use rules::{Entry, Limit, Points, Quantity, Scale, Side};
use words::quantity::{limit_in, measure_of};

use crate::align::{same_condition, same_fact, same_limit, same_quantity};
use crate::bands::{direction, stretches};
use crate::change::{About, Change, Direction, Kind, Weight};
use crate::condition::{Difference, differences, harder};
use crate::found::{Found, Here};
use crate::limit::{Use, limits};
use crate::pairs::{Paired, Sign, pair};
use crate::{say, source};

/// The item whose scale it is.
#[derive(Clone, Copy)]
pub(crate) struct Of<'a> {
    pub id: &'a str,
    pub label: &'a Text,
    pub citation: &'a rules::Citation,
}

impl Of<'_> {
    fn change(&self, about: About, kind: Kind) -> Change {
        Change::new(about, kind, Weight::Verdict, self.id, self.label).citing(self.citation)
    }

    fn points(&self, found: &mut Found, here: &Here, what: Text, old: Points, new: Points) {
        if old != new {
            let change = self.change(About::Points, Kind::Changed).detail(what);
            let change = change.between(say::points(old), say::points(new));
            found.push(here, change.towards(direction(Some(old), Some(new))));
        }
    }
}

/// Compares two scales.
pub(crate) fn scale(found: &mut Found, here: &Here, of: Of<'_>, old: &Scale, new: &Scale) {
    match (old, new) {
        (Scale::Bands { value: was, bands: before }, Scale::Bands { value, bands })
            if same_quantity(was, value) =>
        {
            let first = found.changes.len();
            for stretch in stretches(value, before, bands) {
                let words = |points: Option<Points>| {
                    points.map_or_else(|| Text::new("无", "none"), say::points)
                };
                let change = of.change(About::Points, Kind::Changed).detail(stretch.values);
                let change = change.between(words(stretch.before), words(stretch.after));
                found.push(here, change.towards(direction(stretch.before, stretch.after)));
            }
            if found.changes.len() == first {
                recut(found, here, of, (old, before), (new, bands));
            }
            let edges = |bands: &[rules::Band]| -> Vec<Limit> {
                bands.iter().flat_map(|band| &band.edges).map(|(_, limit)| limit.clone()).collect()
            };
            sources(found, here, of, &edges(before), &edges(bands));
        }
        (
            Scale::Steps { value: was, each: step, points: won, cap: most },
            Scale::Steps { value, each, points, cap },
        ) if same_quantity(was, value) => {
            self::each(found, here, of, value, step, each);
            let per = Text::new("每满一步", "for every step");
            of.points(found, here, per, *won, *points);
            of.points(found, here, cap_words(), *most, *cap);
        }
        (Scale::Tally { entries: was, cap: most }, Scale::Tally { entries: is, cap }) => {
            entries(found, here, of, was, is, false);
            of.points(found, here, cap_words(), *most, *cap);
        }
        (
            Scale::Levels { entries: was, otherwise: none },
            Scale::Levels { entries: is, otherwise },
        ) => {
            entries(found, here, of, was, is, true);
            of.points(found, here, Text::new("其他", "otherwise"), *none, *otherwise);
        }
        (Scale::Best(was), Scale::Best(is)) => sides(found, here, of, was, is),
        (Scale::Given(was), Scale::Given(is)) if same_fact(was, is) => {}
        _ => {
            let change = of.change(About::Scale, Kind::Changed);
            found.push(here, change.between(say::scale(old), say::scale(new)));
        }
    }
}

fn cap_words() -> Text {
    Text::new("最多", "at most")
}

/// Bands that are cut or written otherwise and give every value the same points.
fn recut(
    found: &mut Found,
    here: &Here,
    of: Of<'_>,
    (old_scale, old): (&Scale, &[rules::Band]),
    (new_scale, new): (&Scale, &[rules::Band]),
) {
    let written = |bands: &[rules::Band]| -> Vec<(Points, Vec<String>)> {
        let edge = |(operator, limit): &(rules::Operator, Limit)| {
            format!("{}{}", operator.written(), limit.written)
        };
        bands.iter().map(|band| (band.points, band.edges.iter().map(edge).collect())).collect()
    };
    if written(old) != written(new) {
        let change = Change {
            weight: Weight::Wording,
            ..of.change(About::Scale, Kind::Changed)
                .between(say::scale(old_scale), say::scale(new_scale))
        };
        let change = change.remark(
            "每个数值得分不变，只改写法",
            "every value gets the same points; only written otherwise",
        );
        found.push(here, change);
    }
}

fn sources(found: &mut Found, here: &Here, of: Of<'_>, old: &[Limit], new: &[Limit]) {
    for limit in new {
        if let Some(before) = old.iter().find(|before| same_limit(before, limit)) {
            source::citation(found, here, of.label, of.id, &before.citation, &limit.citation);
        }
    }
}

fn each(found: &mut Found, here: &Here, of: Of<'_>, value: &Quantity, old: &Limit, new: &Limit) {
    let words = |limit: &Limit| {
        let words = limit_in(limit, &measure_of(value, Some(limit)));
        Text::new(format!("每满 {}", words.zh), format!("for every {}", words.en))
    };
    if old.value != new.value {
        let longer = new.value.compare(old.value).map(std::cmp::Ordering::is_gt);
        let change = of.change(About::Points, Kind::Changed).detail(Text::new("步长", "step"));
        let change = change.between(words(old), words(new));
        found.push(here, change.towards(longer.and_then(|longer| harder(longer, false))));
    } else if old.written != new.written {
        let change = of.change(About::Scale, Kind::Changed).between(words(old), words(new));
        let change = change.remark("数值相同", "the same number");
        found.push(here, Change { weight: Weight::Wording, ..change });
    }
    source::citation(found, here, of.label, of.id, &old.citation, &new.citation);
}

/// Entries with their conditions; where the first that holds counts, their order does too.
fn entries(
    found: &mut Found,
    here: &Here,
    of: Of<'_>,
    old: &[Entry],
    new: &[Entry],
    first_counts: bool,
) {
    let numbered = |entries| -> Vec<(usize, &Entry)> { Iterator::enumerate(entries).collect() };
    let (old_list, new_list) = (numbered(old.iter()), numbered(new.iter()));
    let signs: [Sign<(usize, &Entry)>; 3] = [
        |old, new| old.1.id == new.1.id,
        |old, new| same_condition(&old.1.when, &new.1.when),
        |old, new| old.1.label == new.1.label,
    ];
    let Paired { mut both, gone, come } = pair(&old_list, &new_list, &signs);
    both.sort_by_key(|(_, new)| new.0);
    let inside = Here { within: Some(of.label.clone()), ..here.clone() };
    let mut uses: Vec<Use<'_>> = Vec::new();
    for ((_, before), (_, after)) in &both {
        let id = format!("{}/{}", of.id, after.id);
        let one = Of { id: &id, label: &after.label, citation: of.citation };
        let what = Text::new("得分", "points");
        one.points(found, &inside, what, before.points, after.points);
        for difference in differences(&before.when, &after.when) {
            match difference {
                Difference::Limit(pair) => uses.push(Use { pair, scope: false }),
                Difference::Words { kind, detail, before, after, direction } => {
                    let direction = direction.filter(|_| !first_counts);
                    let change = one.change(About::Condition, kind).towards(direction);
                    found.push(&inside, Change { kind, detail, before, after, ..change });
                }
            }
        }
        source::label(found, &inside, &id, &before.label, &after.label);
    }
    limits(found, here, of.label, of.id, &uses);
    let sided = |entry: &Entry, kind, direction: Option<Direction>| {
        let id = format!("{}/{}", of.id, entry.id);
        let one = Of { id: &id, label: &entry.label, citation: of.citation };
        let (words, points) = (say::condition(&entry.when), say::points(entry.points));
        let words = Some(Text::new(
            format!("{}：{}", words.zh, points.zh),
            format!("{}: {} points", words.en, points.en),
        ));
        let (before, after) = if kind == Kind::Added { (None, words) } else { (words, None) };
        let direction = direction.filter(|_| !first_counts);
        Change { before, after, ..one.change(About::Points, kind).towards(direction) }
    };
    for (_, entry) in gone {
        found.push(&inside, sided(entry, Kind::Removed, direction(Some(entry.points), None)));
    }
    for (_, entry) in come {
        found.push(&inside, sided(entry, Kind::Added, direction(None, Some(entry.points))));
    }
    let reordered = both.windows(2).any(|two| matches!(two, [one, other] if one.0.0 > other.0.0));
    if reordered {
        let list =
            |entries: &[Entry]| words::join(entries.iter().map(|entry| &entry.label), "、", ", ");
        let change = of.change(About::Order, Kind::Changed).between(list(old), list(new));
        let (weight, change) = if first_counts {
            let zh = "按顺序取第一个成立的，顺序会影响得分";
            (Weight::Verdict, change.remark(zh, "the first that holds counts: the order matters"))
        } else {
            let zh = "只换了顺序，不影响得分";
            (Weight::Wording, change.remark(zh, "only the order: no points change"))
        };
        found.push(here, Change { weight, ..change });
    }
}

/// The sides of which the better counts.
fn sides(found: &mut Found, here: &Here, of: Of<'_>, old: &[Side], new: &[Side]) {
    let about = |side: &Side| match &side.scale {
        Scale::Bands { value, .. } | Scale::Steps { value, .. } => Some(say::quantity(value)),
        _ => None,
    };
    let mut come: Vec<&Side> = new.iter().collect();
    let mut gone: Vec<&Side> = Vec::new();
    for before in old {
        let place = come
            .iter()
            .position(|after| about(before).is_some() && about(before) == about(after))
            .or_else(|| {
                come.iter().position(|after| {
                    before.label == after.label
                        && std::mem::discriminant(&before.scale)
                            == std::mem::discriminant(&after.scale)
                })
            });
        match place {
            Some(place) => {
                let after = come.remove(place);
                let label = after.label.as_ref().unwrap_or(of.label);
                let inside = Here { within: Some(of.label.clone()), ..here.clone() };
                let one = Of { label, ..of };
                scale(found, &inside, one, &before.scale, &after.scale);
                if before.label != after.label {
                    let change =
                        Change::new(About::Label, Kind::Changed, Weight::Wording, of.id, label);
                    source::optional(
                        found,
                        &inside,
                        change,
                        before.label.as_ref(),
                        after.label.as_ref(),
                    );
                }
            }
            None => gone.push(before),
        }
    }
    let mut sided = |side: &Side, kind| {
        let words = Some(say::scale(&side.scale));
        let added = kind == Kind::Added;
        let (before, after) = if added { (None, words) } else { (words, None) };
        let change = of.change(About::Scale, kind).towards(harder(!added, false));
        let change = change.remark("取高者", "the better side counts");
        found.push(here, Change { before, after, ..change });
    };
    gone.into_iter().for_each(|side| sided(side, Kind::Removed));
    come.into_iter().for_each(|side| sided(side, Kind::Added));
}
