//! What a number of the law is and what it is for, in words.

use app::Law;
use enterprise::{Kind, Text};
use rulebook::{Number, NumberKind};
use rules::{Body, Criterion, Rulebook, Scale, ScoreItem, Version};
use words::{condition, law, programme as say, quantity, score, verdict};

/// A number in words.
pub(crate) struct Told {
    /// Its whole address.
    pub address: String,
    /// The number with its edge.
    pub value: Text,
    /// What it is called: everything around it, from the outside in.
    pub name: Text,
    /// What it is for: the part of the condition or the scale that it stands in; may be empty.
    pub about: Text,
    /// The file and the line.
    pub place: Option<(String, usize)>,
}

/// All numbers in words.
pub(super) fn told(law: &Law) -> Vec<Told> {
    let rulebook = &law.rulebook;
    let one = |number: &Number| {
        let place = number.place().map(|span| {
            let text = law.sources.text(&span.file).unwrap_or_default();
            (span.file.to_string(), span.position(text).line)
        });
        Told {
            address: number.address(),
            value: value(number),
            name: name(rulebook, number),
            about: about(rulebook, number).unwrap_or_default(),
            place,
        }
    };
    law.numbers().iter().map(one).collect()
}

fn value(number: &Number) -> Text {
    let zh = number.value();
    let written = number.written.as_deref().unwrap_or_default();
    let bare = |units: &[char]| written.trim_end_matches(units).trim().to_owned();
    let en = match number.kind {
        NumberKind::Quantity => {
            let edges: String = zh.chars().take_while(|sign| "≥≤><=、".contains(*sign)).collect();
            let words = number.limit().map(|limit| quantity::limit(&limit).en);
            let words = words.unwrap_or_else(|| written.to_owned());
            format!("{} {words}", edges.replace('、', ", ")).trim().to_owned()
        }
        NumberKind::Points => format!("{} points", bare(&['分'])),
        NumberKind::Months => format!("{} months", bare(&['个', '月'])),
        NumberKind::Count => format!("{} of them", bare(&['项', '条'])),
        NumberKind::Day if number.written.is_none() => {
            return Text::new("未设止日", "no last day is set");
        }
        NumberKind::Day => zh.clone(),
    };
    Text { zh, en }
}

/// What is around it, from the outside in, and which number of it this is.
fn name(rulebook: &Rulebook, number: &Number) -> Text {
    let last = number.path.last().map(String::as_str).unwrap_or_default();
    let mut parts: Vec<Text> = Vec::new();
    for label in &number.labels {
        if parts.last() != Some(label) {
            parts.push(label.clone());
        }
    }
    // A shared definition is named where the number is listed.
    if rulebook.programme(&number.owner).is_none() && parts.len() > 1 {
        parts.remove(0);
    }
    let purpose = number.path.first().and_then(|code| rules::Purpose::from_code(code));
    if number.kind == NumberKind::Day {
        parts.extend(purpose.map(verdict::purpose));
    }
    let tail = match (number.kind, last) {
        (NumberKind::Day, "from") => Some(Text::new("施行起日", "first day")),
        (NumberKind::Day, _) => Some(Text::new("止日", "last day")),
        (NumberKind::Points, "max") => Some(Text::new("满分", "most points")),
        (NumberKind::Points, "cap") => Some(Text::new("累计上限", "points at most")),
        (NumberKind::Points, "otherwise") => Some(Text::new("其他情形得分", "points otherwise")),
        (NumberKind::Points, _) => Some(Text::new("得分", "points")),
        (NumberKind::Months, _) => Some(Text::new("回溯期", "months looked back")),
        (NumberKind::Count, _) => Some(Text::new("至少满足项数", "how many must hold")),
        (_, "floor") => Some(Text::new("得分下限", "points at least")),
        (_, "each") => Some(Text::new("每一档", "each step")),
        (_, "cap") => Some(Text::new("最高", "at most")),
        (_, "amount") if is_benefit(number) => Some(Text::new("金额", "amount")),
        (_, per) if is_benefit(number) => Some(say::ceiling(per)),
        _ => tier(rulebook, number),
    };
    parts.extend(tail.filter(|tail| parts.last() != Some(tail)));
    words::join(&parts, " › ", " › ")
}

fn is_benefit(number: &Number) -> bool {
    number.path.first().is_some_and(|first| first == "benefit")
}

/// The class of a classification whose edge it is.
fn tier(rulebook: &Rulebook, number: &Number) -> Option<Text> {
    let mut classes = rulebook.classifications.values().flatten();
    let class = classes.find(|class| class.id == number.owner)?;
    let Kind::Choice(choices) = &class.indicator.kind else { return None };
    let id = number.path.last()?;
    choices.iter().find(|choice| choice.id == *id).map(|choice| choice.label.clone())
}

/// What it is for.
fn about(rulebook: &Rulebook, number: &Number) -> Option<Text> {
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
