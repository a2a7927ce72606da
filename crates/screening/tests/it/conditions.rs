//! Conditions as laws have them, and everything else that can be said.

use std::sync::Arc;

use proptest::prelude::*;
use rules::{
    Comparison, Condition, ElapsedUnit, Exact, Happened, Holds, Measure, Member, Operator,
    Quantity, Until, Width, Window, width,
};

use crate::catalogue::{EVENTS, LAND, TITLES, fact};
use crate::generators;
use crate::world::{limit, text};

pub(crate) fn operator() -> impl Strategy<Value = Operator> {
    prop::sample::select(
        &[
            Operator::AtLeast,
            Operator::AtLeast,
            Operator::MoreThan,
            Operator::AtMost,
            Operator::LessThan,
            Operator::Equal,
        ][..],
    )
}

/// A comparison with its proven width, if it has one.
pub(crate) fn proven(left: Quantity, operator: Operator, right: Quantity) -> Option<Comparison> {
    let mut found =
        Comparison { left, operator, right, measure: Measure::Other, width: Width::I256 };
    found.width = width(&LAND, &found).ok()?;
    Some(found)
}

/// A threshold of so many stored units.
pub(crate) fn threshold(units: i64, scale: i64) -> Quantity {
    Quantity::Limit(Arc::new(limit(Exact::scaled(units, scale).unwrap())))
}

fn yearly(id: &'static str) -> impl Strategy<Value = Quantity> {
    (-2..=1i16).prop_map(move |offset| Quantity::Fact(fact(id, Some(offset))))
}

fn state(id: &str) -> Quantity {
    Quantity::Fact(fact(id, None))
}

/// Money in a yearly fact, an amount in round thousands of yuan.
fn money() -> impl Strategy<Value = Quantity> {
    prop::sample::select(&["revenue", "profit", "two_years", "secret_figure"][..])
        .prop_flat_map(yearly)
}

fn plain() -> impl Strategy<Value = (Quantity, Quantity)> {
    let amount = || prop_oneof![Just(0i64), 1..50i64, Just(5_000_000_000), -20..0i64];
    let share = || prop_oneof![Just(30_000i64), 0..1_000_000i64, -100_000..0i64];
    prop_oneof![
        3 => (money(), amount()).prop_map(|(left, fen)| (left, threshold(fen, 1))),
        1 => (yearly("staff"), 0..40i64).prop_map(|(left, staff)| (left, threshold(staff, 1))),
        1 => (yearly("per_head"), 0..4000i64).prop_map(|(left, v)| (left, threshold(v, 100))),
        1 => (yearly("margin"), share()).prop_map(|(left, ppm)| (left, threshold(ppm, 1_000_000))),
        1 => (yearly("margin_change"), share())
            .prop_map(|(left, ppm)| (left, threshold(ppm, 1_000_000))),
        1 => (yearly("age"), 0..6i64).prop_map(|(left, years)| (left, threshold(years, 1))),
        1 => (0..6i64).prop_map(|years| (state("age_now"), threshold(years, 1))),
        1 => share().prop_map(|ppm| (state("share"), threshold(ppm, 1_000_000))),
        1 => (0..1000i64).prop_map(|tenths| (state("outside_score"), threshold(tenths, 10))),
        2 => (money(), money(), share()).prop_map(|(part, whole, ppm)| {
            (Quantity::Divide(Box::new(part), Box::new(whole)), threshold(ppm, 1_000_000))
        }),
        2 => (growth(), share()).prop_map(|(left, ppm)| (left, threshold(ppm, 1_000_000))),
        1 => (prop::collection::vec(growth(), 1..4), share()).prop_map(|(rates, ppm)| {
            (Quantity::MeanOverYears(rates), threshold(ppm, 1_000_000))
        }),
        1 => (prop::collection::vec(money(), 1..4), amount())
            .prop_map(|(parts, fen)| (Quantity::SumOverYears(parts), threshold(fen, 1))),
        1 => (prop::collection::vec(money(), 1..4), amount(), any::<bool>()).prop_map(
            |(parts, fen, least)| {
                let make = if least { Quantity::Least } else { Quantity::Greatest };
                (make(parts), threshold(fen, 1))
            }
        ),
        2 => (compound(), share()).prop_map(|(left, ppm)| (left, threshold(ppm, 1_000_000))),
        2 => (elapsed(), 0..1500i64).prop_map(|(left, count)| (left, threshold(count, 1))),
        1 => (elapsed(), 0..8i64).prop_map(|(left, count)| (left, threshold(count, 1))),
        1 => (money(), money()),
    ]
}

fn growth() -> impl Strategy<Value = Quantity> {
    (prop::sample::select(&["revenue", "profit", "two_years"][..]), -1..=0i16).prop_map(
        |(id, at)| {
            let [this, last] = [at, at - 1].map(|at| Box::new(Quantity::Fact(fact(id, Some(at)))));
            Quantity::Growth(this, last)
        },
    )
}

pub(crate) fn compound() -> impl Strategy<Value = Quantity> {
    (prop::sample::select(&["revenue", "profit"][..]), 1..4u32).prop_map(|(id, years)| {
        let start = -i16::try_from(years).unwrap();
        let [end, start] = [0, start].map(|at| Box::new(Quantity::Fact(fact(id, Some(at)))));
        Quantity::CompoundGrowth { end, start, years }
    })
}

fn elapsed() -> impl Strategy<Value = Quantity> {
    let unit =
        prop::sample::select(&[ElapsedUnit::Years, ElapsedUnit::YearsBegun, ElapsedUnit::Days][..]);
    let to = prop_oneof![
        2 => Just(Until::Today),
        1 => (-1..=1i16).prop_map(Until::EndOfYear),
        1 => (-1..=1i16).prop_map(Until::StartOfYear),
        // No such year: nothing may be computed from it.
        1 => Just(Until::EndOfYear(9000)),
    ];
    let from = prop_oneof![
        Just(fact("founded_on", None)),
        Just(fact("market_since", None)),
        (-1..=0i16).prop_map(|at| fact("closed_on", Some(at))),
    ];
    (unit, from, to).prop_map(|(unit, from, to)| Quantity::Elapsed { unit, from, to })
}

/// Comparisons of every kind that the compiler of rules lets through.
pub(crate) fn comparison() -> BoxedStrategy<Comparison> {
    let usual = (plain(), operator())
        .prop_filter_map("fits 256 bits", |((left, right), operator)| {
            proven(left, operator, right)
        });
    prop_oneof![3 => usual, 1 => generators::comparison()].boxed()
}

/// A value that bands, steps and tiers can be made of.
pub(crate) fn measured() -> BoxedStrategy<(Quantity, i64)> {
    prop_oneof![
        3 => plain().prop_filter_map("no rate over years, a threshold", |(left, right)| match &right {
            Quantity::Limit(limit) if !matches!(left, Quantity::CompoundGrowth { .. }) => {
                let scale = i64::try_from(limit.value.denominator()).ok()?;
                Some((left, scale))
            }
            _ => None,
        }),
        1 => generators::quantity().prop_map(|value| (value, 1)),
    ]
    .boxed()
}

fn window() -> impl Strategy<Value = Window> {
    prop_oneof![(1..60u32).prop_map(Window::Months), (-3..=0i16).prop_map(Window::SinceStartOf)]
}

fn happened() -> impl Strategy<Value = Condition> {
    (prop::sample::select(&EVENTS[..]), window(), prop::option::of((operator(), 0..4i64))).prop_map(
        |(id, window, rank)| {
            let event = LAND.catalogue.event(id).unwrap().clone();
            let attribute =
                event.attributes.first().cloned().zip(rank).map(|(attribute, (operator, rank))| {
                    (attribute, operator, Arc::new(limit(Exact::whole(rank))))
                });
            Condition::Happened(Happened { event, window, attribute })
        },
    )
}

fn holds() -> impl Strategy<Value = Condition> {
    prop::sample::subsequence(TITLES.to_vec(), 1..=3).prop_map(|ids| {
        let any_of: Vec<String> = ids.into_iter().map(str::to_owned).collect();
        Condition::Holds(Holds { programme: any_of[0].clone(), label: text("t"), any_of })
    })
}

fn member() -> impl Strategy<Value = Condition> {
    let fact = prop_oneof![
        3 => Just(fact("size_class", None)),
        1 => Just(fact("level", None)),
        1 => (-2..=0i16).prop_map(|at| fact("grade", Some(at))),
    ];
    (fact, prop::sample::subsequence(vec![0, 1, 2, 3], 0..=4))
        .prop_map(|(fact, options)| Condition::Member(Member { fact, options }))
}

fn test() -> BoxedStrategy<Condition> {
    prop_oneof![
        9 => comparison().prop_map(Condition::Compare),
        2 => member(),
        1 => prop::sample::select(&["flag", "secret_flag"][..])
            .prop_map(|id| Condition::Flag(fact(id, None))),
        1 => (-2..=0i16).prop_map(|at| Condition::Flag(fact("certified", Some(at)))),
        2 => happened(),
        2 => holds(),
    ]
    .boxed()
}

/// Conditions of every kind, alone and together.
pub(crate) fn condition() -> BoxedStrategy<Condition> {
    test()
        .prop_recursive(3, 12, 4, |inner| {
            let parts = prop::collection::vec(inner.clone(), 1..5);
            prop_oneof![
                parts.clone().prop_map(Condition::All),
                parts.clone().prop_map(Condition::Any),
                (parts, 1..5usize)
                    .prop_map(|(parts, k)| Condition::AtLeast(k.min(parts.len()), parts)),
                inner.prop_map(|part| Condition::Not(Box::new(part))),
            ]
        })
        .boxed()
}
