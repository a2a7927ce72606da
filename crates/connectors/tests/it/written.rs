//! What is written as a facts document is read back as the same facts.

use connectors::{spoken_date, spoken_value, write_facts};
use enterprise::{
    Catalogue, Completeness, Event, Fact, Facts, Judgement, Kind, Period, Relation, Source, Title,
    Value,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::common::{A, B, C, catalogue, read_text};

fn day() -> impl Strategy<Value = Date> {
    (0..20_000i64).prop_map(|days| date(1990, 1, 1).saturating_add(days.days()))
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("税务 2026-05".to_owned()),
        "[a-z\"\\\\甲乙\n.]{1,8}".prop_map(|text| format!("甲{text}乙"))
    ]
}

fn value(kind: &Kind, range: Option<(i64, i64)>) -> BoxedStrategy<Value> {
    let (low, high) = range.unwrap_or_default();
    match kind {
        Kind::Date => day().prop_map(Value::Date).boxed(),
        Kind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Kind::Choice(options) => (0..options.len()).prop_map(Value::Choice).boxed(),
        Kind::Industry => prop::sample::select(&["C3484", "A01", "P"][..])
            .prop_map(|code| Value::Code(code.to_owned()))
            .boxed(),
        _ => prop_oneof![Just(low), Just(high), low..=high, -99..99i64]
            .prop_map(move |number| Value::Number(number.clamp(low, high)))
            .boxed(),
    }
}

fn source() -> impl Strategy<Value = Source> {
    (prop::option::of(word()), prop::option::of(day()))
        .prop_map(|(name, known)| Source { name: name.map(Into::into), known })
}

type Known = (String, Option<i16>, Fact);

fn values(catalogue: &Catalogue) -> impl Strategy<Value = Vec<Option<Known>>> + use<> {
    let mut parts = Vec::new();
    for indicator in catalogue.indicators().iter().filter(|indicator| indicator.given) {
        let years = match indicator.period {
            Period::State => vec![None],
            // Not before any founding.
            Period::Yearly => vec![Some(2090), Some(2100)],
        };
        for year in years {
            let id = indicator.id.clone();
            let fact = (value(&indicator.kind, indicator.range), source())
                .prop_map(move |(value, source)| (id.clone(), year, Fact { value, source }));
            parts.push(prop::option::of(fact));
        }
    }
    parts
}

fn id() -> impl Strategy<Value = String> {
    prop::sample::select(&["innovative-sme", "specialised-sme", "little-giant"][..])
        .prop_map(str::to_owned)
}

fn period() -> impl Strategy<Value = (Date, Date)> {
    (day(), 0..4000i64).prop_map(|(from, days)| (from, from.saturating_add(days.days())))
}

fn facts() -> impl Strategy<Value = Facts> {
    let title = (id(), period(), any::<bool>()).prop_map(|(programme, (from, to), ends)| Title {
        programme,
        from,
        to: ends.then_some(to),
    });
    let event =
        (any::<bool>(), day(), prop::option::of(any::<i64>())).prop_map(|(award, date, rank)| {
            let kind = if award { "national-science-award" } else { "serious-accident" };
            let rank = rank.filter(|_| award).map(|rank| ("rank".to_owned(), rank));
            Event { kind: kind.to_owned(), date, attributes: rank.into_iter().collect() }
        });
    let complete =
        (any::<bool>(), period(), any::<bool>()).prop_map(|(all, (from, until), begins)| {
            let kind = if all { "*" } else { "serious-accident" };
            Completeness { kind: kind.to_owned(), from: begins.then_some(from), until }
        });
    let judgement = (any::<bool>(), prop::option::of(word()), day(), prop::option::of(word()))
        .prop_map(|(met, by, on, note)| Judgement {
            owner: "common".to_owned(),
            criterion: "chain-role".to_owned(),
            met,
            by,
            on: Some(on),
            note,
        });
    let relation = prop::sample::select(&[B, C][..])
        .prop_map(|other| Relation { kind: "控股".to_owned(), other: other.to_owned() });
    let lists = (
        prop::collection::vec(title, 0..4),
        prop::collection::vec(id(), 0..3),
        any::<bool>(),
        prop::collection::vec(event, 0..4),
        prop::collection::vec(complete, 0..4),
        // Two of one day contradict each other.
        prop::option::of(judgement),
        prop::collection::vec(relation, 0..3),
    );
    (prop::option::of(word()), values(&catalogue()), lists).prop_map(
        |(
            name,
            values,
            (titles, titles_denied, titles_complete, events, complete, judged, relations),
        )| {
            let mut facts = Facts::default();
            facts.uscc = A.parse().ok();
            facts.name = name;
            (facts.titles, facts.titles_denied) = (titles, titles_denied);
            facts.titles_complete = titles_complete;
            (facts.events, facts.complete) = (events, complete);
            facts.judgements = judged.into_iter().collect();
            facts.relations = relations;
            for (id, year, fact) in values.into_iter().flatten() {
                facts.set(&id, year, fact);
            }
            facts
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_written_is_read_back(facts in facts()) {
        let text = write_facts(&catalogue(), &facts);
        let read = read_text("firm.json", &text);
        prop_assert_eq!(read.readings.len(), 1);
        let reading = &read.readings[0];
        prop_assert_eq!(reading.facts.as_ref(), Some(&facts), "{:?} in {}", reading.problems, text);
    }
}

#[test]
fn what_people_say_is_read_like_a_cell() {
    let catalogue = catalogue();
    let said = |id: &str, text: &str| spoken_value(catalogue.indicator(id).unwrap(), text);
    for (id, text, value) in [
        ("revenue", "1500万元", Value::Number(1_500_000_000)),
        ("revenue", "１２.５ 万", Value::Number(12_500_000)),
        ("debt_ratio", "43%", Value::Number(430_000)),
        ("has_brand", "是", Value::Flag(true)),
        ("founded_on", "2024年3月1日", Value::Date(date(2024, 3, 1))),
        ("size_class", "中型", Value::Choice(1)),
    ] {
        assert_eq!(said(id, text).ok().flatten(), Some(value), "{id}: {text}");
    }
    assert_eq!(said("revenue", "不详").ok(), Some(None));
    assert!(said("debt_ratio", "43").is_err(), "43 % or 4300 %");
    assert!(said("revenue", "很多").is_err());
    assert_eq!(spoken_date("２０２４/3/1"), Some(date(2024, 3, 1)));
}
