//! A small catalogue with one indicator of each kind, and random subjects of it.

use std::collections::BTreeMap;

use enterprise::{
    Catalogue, Choice, Completeness, Cost, Event, EventAttribute, EventKind, Fact, FactKey, Facts,
    Indicator, JudgedCriterion, Judgement, Kind, Lack, Moves, Period, Relation, Source, Text,
    Title, TitleKind, Uscc, Value,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

pub const MONEY: i64 = 9_000_000_000_000_000_000;

pub fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue::default();
    let items = || Text::new("项", "items");
    let options = ["qingdao", "jinan", "yantai"].map(|id| Choice {
        id: id.to_owned(),
        label: Text::new(format!("{id}市"), id.to_uppercase()),
        aliases: vec![format!("{id}-old")],
    });
    for (id, label, kind, period, range) in [
        ("revenue", "营业收入", Kind::Money, Period::Yearly, Some((0, MONEY))),
        ("profit", "净利润", Kind::Money, Period::Yearly, Some((-MONEY, MONEY))),
        ("share", "占比", Kind::Ratio, Period::State, Some((0, 1_000_000))),
        (
            "staff",
            "人数",
            Kind::Number { decimals: 0, unit: Text::new("人", "people") },
            Period::Yearly,
            Some((0, 10_000_000)),
        ),
        (
            "score_2022",
            "得分",
            Kind::Number { decimals: 1, unit: items() },
            Period::State,
            Some((0, 1_000)),
        ),
        ("founded_on", "成立日期", Kind::Date, Period::State, None),
        ("listed", "已上市", Kind::Flag, Period::State, None),
        ("district", "区市", Kind::Choice(options.to_vec()), Period::State, None),
        ("industry", "行业", Kind::Industry, Period::State, None),
        ("size", "规模", Kind::Number { decimals: 0, unit: items() }, Period::State, Some((0, 9))),
    ] {
        catalogue.add(Indicator {
            id: id.to_owned(),
            label: Text::new(label, id),
            kind,
            period,
            tax: false,
            one_off: false,
            lack: Lack::Data,
            range,
            step: 1,
            aliases: vec![],
            note: Text::default(),
            source: Text::default(),
            cost: Cost::Ask,
            effort: None,
            moves: Moves::Either,
            within: None,
            derived: id == "size",
            given: id != "size",
        });
    }
    for id in ["award", "fraud"] {
        let attributes =
            vec![EventAttribute { id: "rank".into(), label: Text::new("名次", "rank") }];
        catalogue.events.push(EventKind {
            id: id.to_owned(),
            label: Text::new(id, id),
            attributes: if id == "award" { attributes } else { vec![] },
            counts_as: vec![],
        });
    }
    for id in ["innovative-sme", "little-giant"] {
        catalogue.titles.push(TitleKind { id: id.to_owned(), label: Text::new(id, id) });
    }
    for criterion in ["quality", "market"] {
        catalogue.judged.push(JudgedCriterion {
            owner: "little-giant".to_owned(),
            criterion: criterion.to_owned(),
            label: Text::new(criterion, criterion),
        });
    }
    catalogue
}

/// Every fact that a population of this catalogue can have, in a few years.
pub fn keys(catalogue: &Catalogue) -> Vec<FactKey> {
    let mut keys = Vec::new();
    for indicator in catalogue.indicators().iter().filter(|indicator| indicator.given) {
        let years = match indicator.period {
            Period::State => vec![None],
            Period::Yearly => vec![Some(2023), Some(2024), Some(2025)],
        };
        keys.extend(
            years.into_iter().map(|year| FactKey { indicator: indicator.id.clone(), year }),
        );
    }
    keys
}

/// The code of the firm with this number.
pub fn code(number: u32) -> Uscc {
    let stem = format!("91370200{number:09}");
    let check = Uscc::check_character(&stem).unwrap();
    format!("{stem}{check}").parse().unwrap()
}

fn days() -> impl Strategy<Value = Date> {
    (1900i16..2100, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn value(kind: &Kind, range: Option<(i64, i64)>) -> BoxedStrategy<Value> {
    let (low, high) = range.unwrap_or_default();
    match kind {
        Kind::Date => days().prop_map(Value::Date).boxed(),
        Kind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Kind::Choice(options) => (0..options.len()).prop_map(Value::Choice).boxed(),
        Kind::Industry => prop::sample::select(vec!["C3484", "C", "I65", "A011"])
            .prop_map(|code| Value::Code(code.to_owned()))
            .boxed(),
        _ => prop_oneof![low..=high, Just(low), Just(high), low..=low.saturating_add(9).min(high)]
            .prop_map(Value::Number)
            .boxed(),
    }
}

/// A subject as a reader of files would give it.
pub fn subject() -> impl Strategy<Value = Facts> {
    let catalogue = catalogue();
    let facts: Vec<BoxedStrategy<Option<(FactKey, Value)>>> = keys(&catalogue)
        .into_iter()
        .map(|key| {
            let indicator = catalogue.indicator(&key.indicator).unwrap();
            let value = value(&indicator.kind, indicator.range);
            prop::option::of(value.prop_map(move |value| (key.clone(), value))).boxed()
        })
        .collect();
    let titles = prop::collection::vec((0..2usize, days(), prop::option::of(0i32..2_000)), 0..3);
    let events = prop::collection::vec((0..2usize, days(), prop::option::of(any::<i64>())), 0..3);
    let complete = prop::collection::vec((0..3usize, prop::option::of(0i32..999), days()), 0..3);
    let judged = prop::collection::vec((any::<bool>(), any::<bool>(), days()), 0..3);
    let lists = (titles, events, complete, judged, any::<bool>(), any::<bool>());
    (0u32..999_999, any::<bool>(), facts, lists).prop_map(|(number, named, known, lists)| {
        let mut facts = Facts::default();
        facts.uscc = Some(code(number));
        facts.name = named.then(|| format!("企业 {number}"));
        let known: Vec<(FactKey, Value)> = known.into_iter().flatten().collect();
        let founded = known.iter().find_map(|(key, value)| match value {
            Value::Date(day) if key.indicator == "founded_on" => Some(day.year()),
            _ => None,
        });
        // A reader refuses values of years before the founding.
        let existed =
            |key: &FactKey| key.year.zip(founded).is_none_or(|(year, first)| year >= first);
        for (key, value) in known.into_iter().filter(|(key, _)| existed(key)) {
            let fact = Fact { value, source: Source::default() };
            facts.set(&key.indicator, key.year, fact);
        }
        let (titles, events, complete, judged, all, related) = lists;
        let programmes = ["innovative-sme", "little-giant"];
        facts.titles_complete = all;
        for (which, from, length) in titles {
            let to = length.and_then(|days| later(from, days));
            facts.titles.push(Title { programme: programmes[which].to_owned(), from, to });
        }
        if !all && related {
            facts.titles_denied.push(programmes[0].to_owned());
        }
        for (which, day, rank) in events {
            let kind = ["award", "fraud"][which].to_owned();
            let rank = rank.filter(|_| which == 0).map(|rank| ("rank".to_owned(), rank));
            let attributes: BTreeMap<String, i64> = rank.into_iter().collect();
            facts.events.push(Event { kind, date: day, attributes });
        }
        for (which, length, until) in complete {
            let kind = ["award", "fraud", "*"][which].to_owned();
            let from = length.and_then(|days| later(until, -days));
            facts.complete.push(Completeness { kind, from, until });
        }
        for (which, met, on) in judged {
            let criterion = if which { "quality" } else { "market" }.to_owned();
            let same = |one: &Judgement| one.criterion == criterion && one.on == Some(on);
            if !facts.judgements.iter().any(same) {
                facts.judgements.push(Judgement {
                    owner: "little-giant".to_owned(),
                    criterion,
                    met,
                    by: named.then(|| "评审组".to_owned()),
                    on: Some(on),
                    note: related.then(|| "见 会议纪要".to_owned()),
                });
            }
        }
        if related {
            let other = code(number + 1).as_str().to_owned();
            facts.relations.push(Relation { kind: "controls".to_owned(), other });
        }
        facts
    })
}

fn later(day: Date, days: i32) -> Option<Date> {
    population::day_of(population::day_number(day) + days)
}
