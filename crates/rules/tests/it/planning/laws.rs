//! Random laws over the small world.

use std::sync::Arc;

use proptest::prelude::*;
use rules::{
    Band, Body, Comparison, Condition, Criterion, Entry, Exact, Group, Mark, Measure, Member,
    Operator, Points, Quantity, Scale, ScoreGroup, ScoreItem, ScoreTable, Width,
};

use super::in_short::Law;
use super::small::{COUNTS, MOST, rulebook};
use crate::world::{citation, criterion, fact, limit, programme, text};

fn count(id: &str) -> Quantity {
    let offset = if id == "c" { Some(0) } else { None };
    Quantity::Fact(fact(&rulebook(), id, offset))
}

fn any_count() -> impl Strategy<Value = Quantity> {
    prop_oneof![
        9 => prop::sample::select(&COUNTS[..]).prop_map(count),
        1 => Just(Quantity::Fact(fact(&rulebook(), "closed", Some(-1)))),
    ]
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let two = || (any_count(), any_count()).prop_map(|(x, y)| (Box::new(x), Box::new(y)));
    prop_oneof![
        5 => any_count(),
        2 => two().prop_map(|(x, y)| Quantity::Divide(x, y)),
        2 => two().prop_map(|(x, y)| Quantity::Add(x, y)),
        1 => two().prop_map(|(x, y)| Quantity::Subtract(x, y)),
        1 => two().prop_map(|(x, y)| Quantity::Multiply(x, y)),
        1 => two().prop_map(|(x, y)| Quantity::Least(vec![*x, *y])),
        1 => two().prop_map(|(x, y)| Quantity::Greatest(vec![*x, *y])),
        1 => two().prop_map(|(x, y)| Quantity::Growth(x, y)),
    ]
}

fn operator() -> impl Strategy<Value = Operator> {
    prop_oneof![
        6 => Just(Operator::AtLeast),
        2 => Just(Operator::MoreThan),
        2 => Just(Operator::AtMost),
        1 => Just(Operator::LessThan),
        1 => Just(Operator::Equal),
    ]
}

fn threshold() -> impl Strategy<Value = Exact> {
    prop_oneof![
        3 => (0..=MOST + 1).prop_map(Exact::whole),
        1 => (0..12i64).prop_map(|halves| Exact::scaled(halves, 4).unwrap()),
    ]
}

fn leaf() -> impl Strategy<Value = Condition> {
    let compare = (quantity(), operator(), threshold()).prop_map(|(left, operator, value)| {
        Condition::Compare(Comparison {
            left,
            operator,
            right: Quantity::Limit(Arc::new(limit(value))),
            measure: Measure::Other,
            width: Width::I256,
        })
    });
    let member = prop::sample::subsequence(vec![0usize, 1, 2], 1..=2).prop_map(|options| {
        let fact = fact(&rulebook(), "level", None);
        Condition::Member(Member { fact, options })
    });
    prop_oneof![
        6 => compare,
        1 => member,
        1 => Just(Condition::Flag(fact(&rulebook(), "flag", None))),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    leaf().prop_recursive(2, 6, 3, |inner| {
        let parts = || prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            parts().prop_map(Condition::All),
            parts().prop_map(Condition::Any),
            (parts(), 1..3usize).prop_map(|(p, k)| Condition::AtLeast(k.min(p.len()), p)),
            inner.clone().prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

fn rule() -> impl Strategy<Value = Criterion> {
    let plain = (condition(), prop::option::weighted(0.15, condition()))
        .prop_map(|(body, when)| Criterion { when, ..criterion("plain", Body::Require(body)) });
    plain.prop_recursive(1, 4, 3, |inner| {
        let children = prop::collection::vec(inner, 1..4);
        let group = prop_oneof![
            Just(Group::All),
            Just(Group::Any),
            Just(Group::Any),
            Just(Group::AtLeast(2))
        ];
        (group, children)
            .prop_map(|(group, children)| criterion("group", Body::Group(group, children)))
    })
}

fn scale() -> impl Strategy<Value = Scale> {
    let points = || (0..6i64).prop_map(|points| Points(points * 100));
    let bands =
        (quantity(), 1..=MOST, points(), points(), points()).prop_map(|(value, edge, x, y, z)| {
            let at = |edge: i64| limit(Exact::whole(edge));
            let band = |edges, points| Band { edges, points };
            let bands = vec![
                band(vec![(Operator::AtLeast, at(edge + 1))], z),
                band(vec![(Operator::AtLeast, at(edge)), (Operator::LessThan, at(edge + 1))], y),
                band(vec![(Operator::LessThan, at(edge))], x),
            ];
            Scale::Bands { value, bands }
        });
    let steps = (quantity(), 1..4i64, 1..5i64).prop_map(|(value, each, cap)| Scale::Steps {
        value,
        each: Box::new(limit(Exact::whole(each))),
        points: Points(100),
        cap: Points(cap * 100),
    });
    let entries = || {
        prop::collection::vec((leaf(), -1..5i64), 1..4).prop_map(|entries| {
            let entry = |(when, points): (Condition, i64)| Entry {
                id: "entry".to_owned(),
                label: text("entry"),
                when,
                points: Points(points * 100),
            };
            entries.into_iter().map(entry).collect::<Vec<_>>()
        })
    };
    prop_oneof![
        3 => bands,
        2 => steps,
        1 => (entries(), 1..8i64)
            .prop_map(|(entries, cap)| Scale::Tally { entries, cap: Points(cap * 100) }),
        1 => entries().prop_map(|entries| Scale::Levels { entries, otherwise: Points(0) }),
    ]
}

fn table() -> impl Strategy<Value = ScoreTable> {
    let item = |scale| ScoreItem {
        id: "item".to_owned(),
        label: text("item"),
        max: Points(1_000),
        limits: Vec::new(),
        scale,
        citation: citation(),
    };
    let mark = |points: i64| Mark {
        operator: Operator::AtLeast,
        points: Points(points * 100),
        citation: citation(),
    };
    let group = (prop::collection::vec(scale(), 1..4), prop::option::weighted(0.4, 1..5i64))
        .prop_map(move |(scales, floor)| ScoreGroup {
            id: "group".to_owned(),
            label: text("group"),
            max: Points(10_000),
            floor: floor.map(mark),
            items: scales.into_iter().map(item).collect(),
        });
    (prop::collection::vec(group, 1..3), 1..14i64)
        .prop_map(move |(groups, pass)| ScoreTable { pass: mark(pass), groups })
}

pub(super) fn law() -> impl Strategy<Value = Law> {
    let rules = prop::collection::vec(rule(), 0..4);
    (rules, prop::option::of((table(), prop::option::of(condition())))).prop_map(
        |(mut rules, score)| {
            let mut table = None;
            if let Some((known, direct)) = score {
                let score = criterion("score", Body::Score);
                rules.push(match direct {
                    Some(direct) => {
                        let direct = criterion("direct", Body::Require(direct));
                        criterion("path", Body::Group(Group::Any, vec![score, direct]))
                    }
                    None => score,
                });
                table = Some(known);
            }
            if rules.is_empty() {
                rules.push(criterion(
                    "none",
                    Body::Judged { by: "reviewer".to_owned(), question: None },
                ));
            }
            let mut programme = programme(rules);
            programme.versions[0].score = table;
            Law(programme)
        },
    )
}
