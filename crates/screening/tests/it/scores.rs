//! Score tables with every kind of scale, floors, and points that are taken off.

use proptest::prelude::*;
use rules::{
    Band, Condition, Entry, Exact, Mark, Operator, Points, Quantity, Scale, ScoreGroup, ScoreItem,
    ScoreTable, Side,
};

use crate::catalogue::fact;
use crate::conditions::{compound, measured, proven};
use crate::world::{citation, limit, text};

fn points() -> impl Strategy<Value = Points> {
    prop_oneof![4 => (0..20i64).prop_map(|whole| Points(whole * 100)), 1 => (-300..1050i64).prop_map(Points)]
}

fn cap() -> impl Strategy<Value = Points> {
    (0..30i64).prop_map(|whole| Points(whole * 100))
}

/// Bands without a hole, best first or best last.
fn bands() -> impl Strategy<Value = Scale> {
    let rate = compound().prop_map(|value| (value, 1_000_000));
    let value = prop_oneof![5 => measured(), 1 => rate];
    let edges = prop::collection::btree_set(prop_oneof![-5..60i64, 0..3_000_000i64], 1..4);
    (value, edges, prop::collection::vec(points(), 4), any::<bool>(), any::<bool>())
        .prop_filter_map("fits 256 bits", |((value, scale), edges, points, open, turned)| {
            let edges: Vec<Exact> =
                edges.into_iter().map(|units| Exact::scaled(units, scale).unwrap()).collect();
            for edge in &edges {
                let limit = Quantity::Limit(limit(*edge).into());
                proven(value.clone(), Operator::AtLeast, limit)?;
            }
            let (above, below) = if open {
                (Operator::MoreThan, Operator::AtMost)
            } else {
                (Operator::AtLeast, Operator::LessThan)
            };
            let lower = std::iter::once(None).chain(edges.iter().map(Some));
            let upper = edges.iter().map(Some).chain([None]);
            let mut bands: Vec<Band> = lower
                .zip(upper)
                .zip(points)
                .map(|((lower, upper), points)| Band {
                    edges: [(above, lower), (below, upper)]
                        .into_iter()
                        .filter_map(|(operator, edge)| Some((operator, limit(*edge?))))
                        .collect(),
                    points,
                })
                .collect();
            if turned {
                bands.reverse();
            }
            Some(Scale::Bands { value, bands })
        })
}

fn steps() -> impl Strategy<Value = Scale> {
    (measured(), 1..100i64, points(), cap()).prop_filter_map(
        "fits 256 bits",
        |((value, scale), each, points, cap)| {
            let each = limit(Exact::scaled(each, scale).unwrap());
            proven(value.clone(), Operator::AtLeast, Quantity::Limit(each.clone().into()))?;
            Some(Scale::Steps { value, each: Box::new(each), points: Points(points.0.max(0)), cap })
        },
    )
}

fn entries(pool: Vec<Condition>) -> impl Strategy<Value = Vec<Entry>> {
    let when = prop::sample::select(pool);
    prop::collection::vec((when, points()), 1..4).prop_map(|entries| {
        let entry = |(place, (when, points)): (usize, (Condition, Points))| Entry {
            id: format!("entry-{place}"),
            label: text("entry"),
            when,
            points,
        };
        entries.into_iter().enumerate().map(entry).collect()
    })
}

fn scale(pool: Vec<Condition>) -> BoxedStrategy<Scale> {
    let given =
        prop::sample::select(&["outside_score", "outside_points", "fine_points", "share"][..]);
    let one = prop_oneof![
        3 => bands(),
        2 => steps(),
        2 => (entries(pool.clone()), cap())
            .prop_map(|(entries, cap)| Scale::Tally { entries, cap }),
        2 => (entries(pool), points())
            .prop_map(|(entries, otherwise)| Scale::Levels { entries, otherwise }),
        1 => given.prop_map(|id| Scale::Given(fact(id, None))),
    ]
    .boxed();
    let several = prop::collection::vec(one.clone(), 1..4).prop_map(|scales| {
        Scale::Best(scales.into_iter().map(|scale| Side { label: None, scale }).collect())
    });
    prop_oneof![5 => one, 1 => several].boxed()
}

fn mark(most: i64) -> impl Strategy<Value = Mark> {
    let operator = prop::sample::select(&[Operator::AtLeast, Operator::MoreThan][..]);
    let points = prop_oneof![4 => (0..most).prop_map(|whole| whole * 100), 1 => -200..2000i64];
    (operator, points).prop_map(|(operator, points)| Mark {
        operator,
        points: Points(points),
        citation: citation(),
    })
}

/// A score table whose conditions are out of the pool.
pub(crate) fn table(pool: Vec<Condition>) -> BoxedStrategy<ScoreTable> {
    let item = scale(pool).prop_map(|scale| ScoreItem {
        id: "item".to_owned(),
        label: text("item"),
        max: scale.reach().1,
        limits: Vec::new(),
        scale,
        citation: citation(),
    });
    let group = (prop::collection::vec(item, 1..4), prop::option::weighted(0.4, mark(12)));
    let group = group.prop_map(|(items, floor)| ScoreGroup {
        id: "group".to_owned(),
        label: text("group"),
        max: Points(0),
        floor,
        items,
    });
    (prop::collection::vec(group, 1..4), mark(40))
        .prop_map(|(groups, pass)| ScoreTable { pass, groups })
        .boxed()
}
