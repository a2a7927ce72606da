//! Random firms: what the simple evaluator's tests state of one, and everything else of the land.

use std::collections::BTreeMap;

use enterprise::{Completeness, Event, Facts, Judgement, Kind, Period, Title, Value};
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::catalogue::{EVENTS, LAND, TITLES};
use crate::generators;
use crate::world::{AS_OF, BASE_YEAR, state};

type Stated = (String, Option<i16>, Value);

/// Indicators that the simple evaluator's tests do not know.
const MORE: [&str; 11] = [
    "industry",
    "past_industry",
    "size_class",
    "grade",
    "outside_points",
    "fine_points",
    "secret_figure",
    "secret_flag",
    "closed_on",
    "two_years",
    "certified",
];

const INDUSTRIES: [&str; 10] =
    ["C3484", "C348", "C34", "C", "B06", "G591", "G59", "G", "A01", "C3512"];

fn day() -> impl Strategy<Value = Date> {
    let near = (-1500..200i64).prop_map(|days| AS_OF.saturating_add(days.days()));
    let edges =
        (-1..=1i64, prop::sample::select(&[0i32, 1, 3, 12, 36][..])).prop_map(|(days, months)| {
            AS_OF.saturating_sub(months.months()).saturating_add(days.days())
        });
    let years = (2021..=2026i16, -1..=1i64)
        .prop_map(|(year, days)| Date::new(year, 1, 1).unwrap().saturating_add(days.days()));
    prop_oneof![4 => near, 2 => edges, 1 => years, 1 => Just(AS_OF)]
}

fn value(id: &'static str) -> BoxedStrategy<Value> {
    let indicator = LAND.catalogue.indicator(id).unwrap();
    match &indicator.kind {
        Kind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Kind::Choice(choices) => (0..choices.len()).prop_map(Value::Choice).boxed(),
        Kind::Date => day().prop_map(Value::Date).boxed(),
        Kind::Industry => prop::sample::select(&INDUSTRIES[..])
            .prop_map(|code| Value::Code(code.to_owned()))
            .boxed(),
        _ => {
            let (low, high) = indicator.range.unwrap();
            let small = (-2..60i64).prop_map(move |number| number.clamp(low, high));
            prop_oneof![1 => Just(low), 1 => Just(high), 4 => small, 3 => low..=high]
                .prop_map(Value::Number)
                .boxed()
        }
    }
}

fn more() -> impl Strategy<Value = Vec<Option<Stated>>> {
    let mut parts: Vec<BoxedStrategy<Option<Stated>>> = Vec::new();
    for id in MORE {
        let years: Vec<Option<i16>> = match LAND.catalogue.indicator(id).unwrap().period {
            Period::State => vec![None],
            Period::Yearly => (BASE_YEAR - 4..=BASE_YEAR + 1).map(Some).collect(),
        };
        // What can be computed is mostly computed.
        let likely = match id {
            "size_class" => 0.2,
            "two_years" => 0.1,
            _ => 0.7,
        };
        for year in years {
            let stated = value(id).prop_map(move |value| (id.to_owned(), year, value));
            parts.push(prop::option::weighted(likely, stated).boxed());
        }
    }
    parts
}

fn titles() -> impl Strategy<Value = (Vec<Title>, bool, Vec<String>)> {
    let programme = prop_oneof![2 => Just("pilot"), 3 => prop::sample::select(&TITLES[..])];
    let title = (programme.clone(), day(), prop::option::weighted(0.8, day()))
        .prop_map(|(programme, from, to)| Title { programme: programme.to_owned(), from, to });
    let denied = prop::collection::vec(programme.prop_map(str::to_owned), 0..3);
    (prop::collection::vec(title, 0..4), any::<bool>(), denied)
}

fn events() -> impl Strategy<Value = (Vec<Event>, Vec<Completeness>)> {
    let kind = prop::sample::select(&EVENTS[..]);
    let event = (kind.clone(), day(), prop::option::of(0..4i64)).prop_map(|(kind, date, rank)| {
        let rank = rank.filter(|_| kind == "award").map(|rank| ("rank".to_owned(), rank));
        Event { kind: kind.to_owned(), date, attributes: BTreeMap::from_iter(rank) }
    });
    let until = prop_oneof![2 => Just(AS_OF), 2 => day()];
    let kind = prop_oneof![2 => Just("*"), 3 => kind];
    let complete = (kind, prop::option::of(day()), until)
        .prop_map(|(kind, from, until)| Completeness { kind: kind.to_owned(), from, until });
    (prop::collection::vec(event, 0..4), prop::collection::vec(complete, 0..4))
}

fn judgements() -> impl Strategy<Value = Vec<Judgement>> {
    let owner = prop::sample::select(&["pilot", "shared"][..]);
    let judgement = (owner, 0..12usize, any::<bool>(), prop::option::of(day())).prop_map(
        |(owner, criterion, met, on)| Judgement {
            owner: owner.to_owned(),
            criterion: format!("c{criterion}"),
            met,
            by: None,
            on,
            note: None,
        },
    );
    prop::collection::vec(judgement, 0..10)
}

/// A firm of which facts are known with this likelihood.
pub(crate) fn firm(known: f64) -> BoxedStrategy<Facts> {
    (generators::firm(known), more(), titles(), events(), judgements())
        .prop_map(|(mut facts, more, titles, events, judgements)| {
            for (id, year, value) in more.into_iter().flatten() {
                state(&mut facts, &id, year, value);
            }
            (facts.titles, facts.titles_complete, facts.titles_denied) = titles;
            (facts.events, facts.complete) = events;
            facts.judgements = judgements;
            facts
        })
        .boxed()
}
