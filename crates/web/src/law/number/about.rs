//! What a number is for.

use enterprise::{Kind, Text};
use rulebook::{Number, NumberKind};
use rules::{Body, Criterion, Rulebook, Scale, ScoreItem, Version};
use words::{condition, law, score};

use super::value;

/// What it is for.
pub(super) fn about(rulebook: &Rulebook, number: &Number) -> Option<Text> {
    let version = version(rulebook, number);
    if let Some(item) = version.and_then(|version| item(version, number)) {
        return in_item(item, number);
    }
    if let Some(metric) = metric(rulebook, number) {
        return Some(metric);
    }
    let limit = number.path.last()?;
    let criterion = criterion(rulebook, number)?;
    let conditions = criterion.when.iter().chain(match &criterion.body {
        Body::Require(condition) => Some(condition),
        _ => None,
    });
    match number.kind {
        NumberKind::Quantity => {
            let found: Vec<Text> =
                conditions.flat_map(|condition| law::naming(condition, limit)).collect();
            Some(words::join(&found, "；", "; "))
        }
        _ => {
            let found: Vec<Text> = conditions.map(law::condition).collect();
            Some(words::join(&found, "；", "; "))
        }
    }
}

fn version<'r>(rulebook: &'r Rulebook, number: &Number) -> Option<&'r Version> {
    let versions = &rulebook.programme(&number.owner)?.versions;
    versions.iter().find(|version| version.id == number.version)
}

fn criterion<'r>(rulebook: &'r Rulebook, number: &Number) -> Option<&'r Criterion> {
    let id = number.path.iter().rev().nth(1)?;
    let wanted = |criterion: &&Criterion| criterion.owner == number.owner && criterion.id == *id;
    let own: Vec<&Version> = match version(rulebook, number) {
        Some(version) => vec![version],
        None => rulebook.programmes.iter().flat_map(|programme| &programme.versions).collect(),
    };
    own.into_iter()
        .flat_map(|version| version.criteria.iter().chain(&version.preferences))
        .flat_map(Criterion::walk)
        .find(wanted)
}

fn item<'r>(version: &'r Version, number: &Number) -> Option<&'r ScoreItem> {
    let mut path = number.path.iter();
    if path.next()? != "score" {
        return None;
    }
    let (group, item) = (path.next()?, path.next()?);
    let table = version.score.as_ref()?;
    let group = table.groups.iter().find(|known| known.id == *group)?;
    group.items.iter().find(|known| known.id == *item)
}

fn in_item(item: &ScoreItem, number: &Number) -> Option<Text> {
    let last = number.path.last()?;
    if last == "max" {
        return None;
    }
    let side = scale(&item.scale, number);
    let scored = score::scored(side);
    let with = |more: Text| match &scored {
        Some(scored) => {
            Text::new(format!("{}：{}", scored.zh, more.zh), format!("{}: {}", scored.en, more.en))
        }
        None => more,
    };
    match side {
        Scale::Bands { .. } => {
            let edge = number.band.clone().unwrap_or_else(|| number.value());
            // A band is as it is written; its edge in English is that of the threshold.
            let en = number.band.is_none().then(|| value(number).en);
            Some(with(Text { en: en.unwrap_or_else(|| edge.clone()), zh: edge }))
        }
        Scale::Steps { .. } => score::steps(side).map(with),
        Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
            let named = entries.iter().find(|entry| number.path.contains(&entry.id));
            match named {
                Some(entry) => Some(law::condition(&entry.when)),
                None => {
                    let found: Vec<Text> =
                        entries.iter().flat_map(|entry| law::naming(&entry.when, last)).collect();
                    Some(words::join(&found, "；", "; ")).filter(|words| !words.zh.is_empty())
                }
            }
        }
        Scale::Best(_) | Scale::Given(_) => scored,
    }
}

/// The scale in which a number stands: one side of the better of several is told by its place.
fn scale<'r>(of: &'r Scale, number: &Number) -> &'r Scale {
    let Scale::Best(sides) = of else { return of };
    let named = number.path.get(3).map(String::as_str).unwrap_or_default();
    let place = named.strip_prefix("side-").and_then(|place| place.parse::<usize>().ok());
    let by_place = place.and_then(|place| sides.get(place.checked_sub(1)?));
    let label = number.labels.last();
    let by_label = || sides.iter().find(|side| side.label.as_ref() == label);
    by_place.or_else(by_label).map_or(of, |side| &side.scale)
}

fn metric(rulebook: &Rulebook, number: &Number) -> Option<Text> {
    let mut classes = rulebook.classifications.values().flatten();
    let class =
        classes.find(|class| class.id == number.owner && class.version == number.version)?;
    let [group, metric, tier] = number.path.as_slice() else { return None };
    let group = class.groups.iter().find(|known| known.id == *group)?;
    let Kind::Choice(choices) = &class.indicator.kind else { return None };
    let at = class
        .order
        .iter()
        .position(|index| choices.get(*index).is_some_and(|choice| choice.id == *tier))?;
    let known = group.metrics.iter().find(|known| {
        let mut named = false;
        known.value.each_fact(&mut |fact| named |= fact.indicator.id == *metric);
        named && known.tiers.len() > at
    })?;
    let label = condition::choices(&class.indicator, class.order.get(at..=at)?);
    let words = law::quantity(&known.value);
    let value = value(number);
    Some(Text::new(
        format!("{}：{} {}", label.zh, words.zh, value.zh),
        format!("{}: {} {}", label.en, words.en, value.en),
    ))
}
