//! Random laws: two programmes over one pool of conditions, so that parts recur; versions by purpose
//! and period, rounds that pin a year, defaults, size classes; and the same law with moved numbers.

use std::sync::Arc;

use enterprise::Value;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rules::{
    Applies, Assume, Body, Classification, Comparison, Condition, Criterion, Document, Exact,
    IndustryGroup, Metric, Operator, Programme, Purpose, Quantity, Round, Rulebook, Standing,
    Status, Version,
};

use crate::catalogue::{LAND, SIZES, fact, known};
use crate::conditions::{condition, measured, proven};
use crate::criteria::criteria;
use crate::scores::table;
use crate::world::{citation, limit, programme, text};

/// Which versions a programme has: their purposes, first and last days.
type Periods = Vec<(Purpose, Date, Option<Date>)>;

fn periods() -> impl Strategy<Value = Vec<Periods>> {
    use Purpose::{New, ReReview, Yearly};
    let ever = date(2000, 1, 1);
    prop_oneof![
        3 => Just(vec![vec![(New, ever, None), (ReReview, ever, None)]]),
        3 => Just(vec![
            vec![(New, date(2026, 4, 1), None)],
            vec![(New, ever, Some(date(2026, 3, 31))), (ReReview, ever, Some(date(2026, 12, 31)))],
        ]),
        1 => Just(vec![vec![(Yearly, ever, None)]]),
        1 => Just(vec![vec![(New, ever, None)]]),
        1 => Just(vec![vec![(ReReview, ever, None)], vec![(Yearly, ever, None)]]),
    ]
}

fn assumptions() -> impl Strategy<Value = Vec<Assume>> {
    let values = vec![
        ("flag", Value::Flag(true)),
        ("certified", Value::Flag(false)),
        ("level", Value::Choice(1)),
        ("size_class", Value::Choice(2)),
        ("grade", Value::Choice(0)),
        ("share", Value::Number(30_000)),
        ("profit", Value::Number(0)),
        ("staff", Value::Number(10)),
        ("margin", Value::Number(50_000)),
        ("market_since", Value::Date(date(2020, 2, 29))),
        ("founded_on", Value::Date(date(2022, 6, 1))),
        ("outside_points", Value::Number(777)),
        ("secret_figure", Value::Number(3)),
    ];
    let some = prop::sample::subsequence(values, 0..4);
    prop_oneof![1 => Just(Vec::new()), 1 => some].prop_map(|assumed| {
        let assume = |(id, value)| Assume { indicator: known(id), value, reason: text("usual") };
        assumed.into_iter().map(assume).collect()
    })
}

fn version(pool: Vec<Condition>) -> impl Strategy<Value = Version> {
    let standing = prop_oneof![
        8 => Just(Standing::Binding),
        1 => Just(Standing::Indicative),
        1 => Just(Standing::Open),
    ];
    let body = any::<bool>().prop_flat_map(move |scored| {
        let score =
            if scored { table(pool.clone()).prop_map(Some).boxed() } else { Just(None).boxed() };
        (criteria(pool.clone(), scored), score)
    });
    let published = prop::option::of(Just(date(2026, 1, 15)));
    (body, standing, assumptions(), published).prop_map(
        |((criteria, score), standing, assumptions, published)| Version {
            standing,
            score,
            assumptions,
            published,
            ..programme(criteria).versions.remove(0)
        },
    )
}

fn judged(id: &'static str, pool: Vec<Condition>) -> impl Strategy<Value = Programme> {
    periods().prop_flat_map(move |periods| {
        let versions: Vec<_> = periods.iter().map(|_| version(pool.clone())).collect();
        (Just(periods), versions).prop_map(move |(periods, versions)| {
            let applies = |(purpose, from, to)| Applies { purpose, from, to, citation: citation() };
            let dated =
                periods.into_iter().zip(versions).enumerate().map(|(place, (periods, version))| {
                    Version {
                        id: format!("v{place}"),
                        applies: periods.into_iter().map(applies).collect(),
                        ..version
                    }
                });
            Programme { id: id.to_owned(), versions: dated.collect(), ..programme(Vec::new()) }
        })
    })
}

fn rounds() -> impl Strategy<Value = Vec<Round>> {
    let purposes = prop_oneof![
        Just(vec![Purpose::New]),
        Just(vec![Purpose::ReReview]),
        Just(vec![Purpose::New, Purpose::ReReview, Purpose::Yearly]),
    ];
    let programme = prop::sample::select(&["pilot", "basic"][..]);
    let base_year = prop::option::of(2023..=2026i16);
    let until =
        prop_oneof![Just(date(2026, 4, 30)), Just(date(2026, 5, 1)), Just(date(2026, 9, 1))];
    let round =
        (programme, purposes, base_year, until).prop_map(|(programme, purposes, base_year, to)| {
            Round {
                programme: programme.to_owned(),
                purposes,
                label: None,
                from: date(2026, 3, 1),
                to,
                stages: Vec::new(),
                criteria: Vec::new(),
                base_year,
                document: Document::default(),
                status: Status::Reposted,
                note: None,
            }
        });
    prop::collection::vec(round, 0..3)
}

/// A metric with falling edges for all classes but the last.
fn metric() -> impl Strategy<Value = Metric> {
    let edges = prop::collection::vec(prop_oneof![0..200i64, 0..10_000_000i64], SIZES.len() - 1);
    (measured(), edges, prop::bool::weighted(0.8)).prop_filter_map(
        "fits 256 bits",
        |((value, scale), mut edges, closed)| {
            edges.sort_unstable_by(|a, b| b.cmp(a));
            let operator = if closed { Operator::AtLeast } else { Operator::MoreThan };
            let tier = |units| {
                let limit = limit(Exact::scaled(units, scale)?);
                proven(value.clone(), operator, Quantity::Limit(limit.clone().into()))?;
                Some((operator, limit))
            };
            let tiers = edges.into_iter().map(tier).collect::<Option<_>>()?;
            Some(Metric { value, tiers })
        },
    )
}

/// Size classes of sections, divisions and a group within one of them; some industries have none.
fn classification() -> impl Strategy<Value = Classification> {
    let group = |codes: &'static [&'static str]| {
        prop::collection::vec(metric(), 1..3).prop_map(move |metrics| IndustryGroup {
            id: codes.concat(),
            label: text("group"),
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
            citation: citation(),
            metrics,
        })
    };
    let groups = (group(&["C", "B"]), group(&["34", "591"]), group(&["3484", "G"]));
    (groups, any::<bool>()).prop_map(|((first, second, third), turned)| Classification {
        id: "size".to_owned(),
        version: "2025".to_owned(),
        indicator: known("size_class"),
        document: Arc::new(Document::default()),
        from: date(2000, 1, 1),
        to: None,
        by: fact("industry", None),
        order: if turned { vec![3, 2, 1, 0] } else { vec![0, 1, 2, 3] },
        groups: vec![first, second, third],
        note: None,
    })
}

/// A whole rulebook.
pub(crate) fn law() -> BoxedStrategy<Rulebook> {
    let programmes = prop::collection::vec(condition(), 2..7)
        .prop_flat_map(|pool| (judged("pilot", pool.clone()), judged("basic", pool)));
    let sizes = prop_oneof![
        // No standard, one that ends on the day before, and one that follows it.
        1 => Just(Vec::new()),
        3 => classification().prop_map(|one| vec![one]),
        2 => (classification(), classification()).prop_map(|(old, new)| vec![
            Classification { to: Some(date(2026, 4, 30)), ..old },
            Classification { from: date(2026, 5, 1), ..new },
        ]),
    ];
    (programmes, sizes, rounds())
        .prop_map(|((pilot, basic), sizes, rounds)| {
            let mut rulebook = Rulebook { programmes: vec![pilot, basic], ..LAND.clone() };
            rulebook.rounds = rounds;
            if !sizes.is_empty() {
                rulebook.classifications.insert("size_class".to_owned(), sizes);
            }
            rulebook
        })
        .boxed()
}

/// The same law with every threshold of a plain comparison moved by so many hundredths of itself,
/// and one unit.
pub(crate) fn moved(mut rulebook: Rulebook, hundredths: i64) -> Rulebook {
    let versions = rulebook.programmes.iter_mut().flat_map(|programme| &mut programme.versions);
    for version in versions {
        version.criteria.iter_mut().for_each(|criterion| move_criterion(criterion, hundredths));
        if let Some(score) = &mut version.score {
            score.pass.points.0 += hundredths;
        }
    }
    rulebook
}

fn move_criterion(criterion: &mut Criterion, hundredths: i64) {
    match &mut criterion.body {
        Body::Require(condition) => move_condition(condition, hundredths),
        Body::Group(_, children) => {
            children.iter_mut().for_each(|child| move_criterion(child, hundredths));
        }
        Body::Judged { .. } | Body::Score => {}
    }
}

fn move_condition(condition: &mut Condition, hundredths: i64) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter_mut().for_each(|part| move_condition(part, hundredths));
        }
        Condition::Not(part) => move_condition(part, hundredths),
        Condition::Compare(comparison) => {
            if let Some(found) = move_comparison(comparison, hundredths) {
                *comparison = found;
            }
        }
        _ => {}
    }
}

fn move_comparison(comparison: &Comparison, hundredths: i64) -> Option<Comparison> {
    let Quantity::Limit(old) = &comparison.right else { return None };
    let by = Exact::scaled(100 + hundredths, 100)?;
    let value = old.value.times(by)?.plus(Exact::scaled(hundredths, 1)?)?;
    let right = Quantity::Limit(Arc::new(rules::Limit { value, ..(**old).clone() }));
    proven(comparison.left.clone(), comparison.operator, right)
}
