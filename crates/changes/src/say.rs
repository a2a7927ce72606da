//! The law in words, as far as changes need more of it than the words themselves offer.

use enterprise::{Indicator, Kind, Text, Value};
use jiff::civil::Date;
use rules::{
    Body, Comparison, Criterion, Entry, Exact, FactRef, Group, Happened, Limit, Measure, Member,
    Operator, Points, Quantity, Scale, Standing,
};
pub(crate) use words::law::{condition, quantity};
use words::quantity::{Years, limit_in, measure_of};

use crate::align::{Against, Pair};

/// What a threshold is for in several years at once.
pub(crate) fn quantity_in_any_year(quantity: &Quantity) -> Text {
    words::quantity::quantity(quantity, Years::Unsaid)
}

pub(crate) fn fact(fact: &FactRef) -> Text {
    quantity(&Quantity::Fact(fact.clone()))
}

pub(crate) fn options(member: &Member) -> Text {
    words::condition::options(&member.fact, &member.options)
}

/// The qualifying number of an event.
pub(crate) fn attribute(happened: &Happened) -> Text {
    let event = &happened.event.label;
    match &happened.attribute {
        Some((attribute, _, _)) => Text::new(
            format!("{}的{}", words::condition::quoted(&event.zh), attribute.label.zh),
            format!("{} of: {}", attribute.label.en, event.en),
        ),
        None => event.clone(),
    }
}

/// The edge of a comparison: `≥ 5000 万元`.
pub(crate) fn edge(comparison: &Comparison) -> Text {
    signed(comparison.operator, &words::condition::right(comparison, Years::Relative))
}

/// A threshold beside what it is held against, which knows its unit in both languages.
pub(crate) fn limit(limit: &Limit, pair: &Pair<'_>) -> Text {
    match pair.against {
        Against::Quantity(quantity) => limit_in(limit, &measure_of(quantity, Some(limit))),
        _ => limit_in(limit, &limit.measure),
    }
}

pub(crate) fn signed(operator: Operator, words: &Text) -> Text {
    let sign = operator.sign();
    Text::new(format!("{sign} {}", words.zh), format!("{sign} {}", words.en))
}

/// What a criterion asks for, in a line.
pub(crate) fn criterion(criterion: &Criterion) -> Text {
    match &criterion.body {
        Body::Require(condition) => self::condition(condition),
        Body::Judged { by, question } => {
            let question = question.as_ref().unwrap_or(&criterion.label);
            let judge = words::provenance::judge(by);
            Text::new(
                format!("由{}判断：{}", judge.zh, question.zh),
                format!("the {} decides: {}", judge.en, question.en),
            )
        }
        Body::Score => Text::new("评价得分达到合格线", "the score reaches its pass mark"),
        Body::Group(group, parts) => {
            let list = words::join(parts.iter().map(|part| &part.label), "；", "; ");
            let head = self::group(*group);
            Text::new(format!("{}：{}", head.zh, list.zh), format!("{}: {}", head.en, list.en))
        }
    }
}

/// How the parts of a group are taken together.
pub(crate) fn group(group: Group) -> Text {
    match group {
        Group::All => Text::new("须同时满足", "all of"),
        Group::Any => Text::new("满足一项即可", "any one of"),
        Group::AtLeast(k) => words::law::at_least(k),
        Group::Cases => Text::new("分情形", "by case"),
    }
}

pub(crate) fn points(points: Points) -> Text {
    let number = words::amounts::points(points);
    let en = if points == Points(100) { "point" } else { "points" };
    Text::new(format!("{number} 分"), format!("{number} {en}"))
}

/// A scale in a line.
pub(crate) fn scale(scale: &Scale) -> Text {
    let list = match scale {
        Scale::Bands { value, bands } => {
            let bands =
                bands.iter().map(|band| said(&words::score::band(band, value), band.points));
            bands.collect::<Vec<_>>()
        }
        Scale::Steps { .. } => words::score::steps(scale).into_iter().collect(),
        Scale::Tally { entries, .. } => {
            entries.iter().map(entry).chain(words::score::counted(scale)).collect()
        }
        Scale::Levels { entries, otherwise } => {
            let rest = said(&Text::new("其他", "otherwise"), *otherwise);
            entries.iter().map(entry).chain([rest]).collect()
        }
        Scale::Best(sides) => {
            let list: Vec<Text> = sides.iter().map(|side| self::scale(&side.scale)).collect();
            let list = words::join(&list, "；或 ", "; or ");
            return Text::new(
                format!("取高者：{}", list.zh),
                format!("the better of: {}", list.en),
            );
        }
        Scale::Given(given) => {
            let label = fact(given);
            return Text::new(
                format!("{}（由他人评定）", label.zh),
                format!("{} (given)", label.en),
            );
        }
    };
    let list = words::join(&list, "；", "; ");
    match words::score::scored(scale) {
        None => list,
        Some(head) => {
            Text::new(format!("{}：{}", head.zh, list.zh), format!("{}: {}", head.en, list.en))
        }
    }
}

fn entry(entry: &Entry) -> Text {
    said(&entry.label, entry.points)
}

fn said(what: &Text, points: Points) -> Text {
    let points = self::points(points);
    Text::new(format!("{} {}", what.zh, points.zh), format!("{}: {}", what.en, points.en))
}

/// A number that stands alone.
pub(crate) fn amount(limit: &Limit) -> Text {
    words::quantity::limit(limit)
}

/// First and last day.
pub(crate) fn days(from: Date, to: Option<Date>) -> Text {
    words::programme::period(from, to)
}

pub(crate) fn standing(standing: Standing) -> Text {
    words::programme::standing(standing)
}

/// A value of an indicator.
pub(crate) fn value(value: &Value, indicator: &Indicator) -> Text {
    let plain = |text: String| Text::new(text.clone(), text);
    match (value, &indicator.kind) {
        (Value::Number(stored), kind) => {
            let measure = Measure::of(kind);
            let exact = match measure {
                Measure::Money => Some(Exact::whole(*stored)),
                _ => Exact::scaled(*stored, kind.scale()),
            };
            exact.map_or_else(Text::default, |exact| words::amounts::readable(exact, &measure))
        }
        (Value::Choice(index), Kind::Choice(choices)) => {
            choices.get(*index).map(|choice| choice.label.clone()).unwrap_or_default()
        }
        (Value::Choice(index), _) => plain(index.to_string()),
        (Value::Flag(true), _) => Text::new("是", "yes"),
        (Value::Flag(false), _) => Text::new("否", "no"),
        (Value::Date(day), _) => plain(day.to_string()),
        (Value::Code(code), _) => plain(code.clone()),
    }
}
