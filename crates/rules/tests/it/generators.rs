//! Random quantities, conditions and firms over the small catalogue: every kind of node, without
//! regard to units, which the evaluator does not know.

use std::collections::BTreeMap;
use std::sync::Arc;

use enterprise::{Completeness, Event, Facts, Title, Value};
use ethnum::I256;
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;
use rules::{
    Comparison, Condition, ElapsedUnit, Exact, Happened, Holds, Measure, Member, Operator,
    Quantity, Until, Width, Window, width,
};

use crate::world::{AS_OF, BASE_YEAR, fact, limit, rulebook, state, text};

type Parts = Vec<Quantity>;
/// Indicator, year and value of a fact.
type Stated = (String, Option<i16>, Value);

fn yearly() -> impl Strategy<Value = Quantity> {
    let ids = &["revenue", "profit", "intensity", "staff", "margin", "per_head"][..];
    (prop::sample::select(ids), -2..=1i16)
        .prop_map(|(id, offset)| Quantity::Fact(fact(&rulebook(), id, Some(offset))))
}

fn leaf() -> impl Strategy<Value = Quantity> {
    prop_oneof![
        4 => yearly(),
        2 => prop::sample::select(&["capital", "share", "outside_score"][..])
            .prop_map(|id| Quantity::Fact(fact(&rulebook(), id, None))),
        2 => exact().prop_map(|value| Quantity::Limit(Arc::new(limit(value)))),
        1 => (-3..100i64).prop_map(Quantity::Constant),
        1 => elapsed(),
    ]
}

/// Thresholds as laws have them, and odd ones.
fn exact() -> impl Strategy<Value = Exact> {
    let numerator = prop_oneof![-200..200i64, any::<i64>()];
    let scale = prop::sample::select(&[1i64, 10, 100, 1_000_000][..]);
    (numerator, scale).prop_map(|(value, scale)| Exact::scaled(value, scale).unwrap())
}

fn elapsed() -> impl Strategy<Value = Quantity> {
    let unit = prop_oneof![
        Just(ElapsedUnit::Years),
        Just(ElapsedUnit::YearsBegun),
        Just(ElapsedUnit::Days)
    ];
    let to = prop_oneof![
        Just(Until::Today),
        (-1..=1i16).prop_map(Until::EndOfYear),
        (-1..=1i16).prop_map(Until::StartOfYear)
    ];
    (unit, prop::sample::select(&["founded_on", "market_since"][..]), to).prop_map(
        |(unit, id, to)| Quantity::Elapsed { unit, from: fact(&rulebook(), id, None), to },
    )
}

pub(crate) fn quantity() -> BoxedStrategy<Quantity> {
    type Pair = fn(Box<Quantity>, Box<Quantity>) -> Quantity;
    type Many = fn(Parts) -> Quantity;
    let pairs: &[Pair] = &[
        Quantity::Add,
        Quantity::Subtract,
        Quantity::Multiply,
        Quantity::Divide,
        Quantity::Divide,
        Quantity::Growth,
    ];
    let many: &[Many] =
        &[Quantity::Least, Quantity::Greatest, Quantity::SumOverYears, Quantity::MeanOverYears];
    leaf()
        .prop_recursive(3, 8, 3, move |inner| {
            let list = prop::collection::vec(inner.clone(), 1..4);
            prop_oneof![
                (prop::sample::select(pairs), inner.clone(), inner)
                    .prop_map(|(make, left, right)| make(Box::new(left), Box::new(right))),
                (prop::sample::select(many), list).prop_map(|(make, parts)| make(parts)),
            ]
        })
        .boxed()
}

fn operator() -> impl Strategy<Value = Operator> {
    prop::sample::select(
        &[
            Operator::AtLeast,
            Operator::MoreThan,
            Operator::AtMost,
            Operator::LessThan,
            Operator::Equal,
        ][..],
    )
}

/// Comparisons that the compiler of rules would let through, with their proven width.
pub(crate) fn comparison() -> BoxedStrategy<Comparison> {
    let growth = (yearly(), yearly(), 1..4u32, exact()).prop_map(|(end, start, years, limit)| {
        let (end, start) = (Box::new(end), Box::new(start));
        let limit = Quantity::Limit(Arc::new(self::limit(limit)));
        (Quantity::CompoundGrowth { end, start, years }, limit)
    });
    let sides = prop_oneof![6 => (quantity(), quantity()), 1 => growth];
    (sides, operator())
        .prop_filter_map("fits 256 bits", |((left, right), operator)| {
            let measure = Measure::Other;
            let mut found = Comparison { left, operator, right, measure, width: Width::I256 };
            found.width = width(&rulebook(), &found).ok()?;
            Some(found)
        })
        .boxed()
}

fn test() -> BoxedStrategy<Condition> {
    let event = |id: &str| rulebook().catalogue.event(id).unwrap().clone();
    let window = || {
        prop_oneof![(1..60u32).prop_map(Window::Months), (-3..=0i16).prop_map(Window::SinceStartOf)]
    };
    let ranked = (operator(), 0..4i64, window()).prop_map(move |(operator, top, window)| {
        let event = event("award");
        let rank = event.attributes[0].clone();
        let attribute = Some((rank, operator, Arc::new(limit(Exact::whole(top)))));
        Condition::Happened(Happened { event, window, attribute })
    });
    let event = move |id: &str| rulebook().catalogue.event(id).unwrap().clone();
    let plain = (prop::sample::select(&["accident", "award"][..]), window()).prop_map(
        move |(id, window)| {
            Condition::Happened(Happened { event: event(id), window, attribute: None })
        },
    );
    let holds = prop::sample::subsequence(vec!["basic", "higher"], 1..=2).prop_map(|ids| {
        let any_of: Vec<String> = ids.into_iter().map(str::to_owned).collect();
        Condition::Holds(Holds { programme: any_of[0].clone(), label: text("t"), any_of })
    });
    prop_oneof![
        6 => comparison().prop_map(Condition::Compare),
        1 => Just(Condition::Flag(fact(&rulebook(), "flag", None))),
        1 => (-2..=0i16).prop_map(|at| Condition::Flag(fact(&rulebook(), "certified", Some(at)))),
        1 => prop::sample::subsequence(vec![0, 1, 2], 0..=3).prop_map(|options| {
            Condition::Member(Member { fact: fact(&rulebook(), "level", None), options })
        }),
        1 => ranked,
        1 => plain,
        1 => holds,
    ]
    .boxed()
}

pub(crate) fn condition() -> BoxedStrategy<Condition> {
    test()
        .prop_recursive(3, 12, 4, |inner| {
            let parts = prop::collection::vec(inner.clone(), 1..5);
            prop_oneof![
                parts.clone().prop_map(Condition::All),
                parts.clone().prop_map(Condition::Any),
                (parts, 1..5usize)
                    .prop_map(|(parts, k)| { Condition::AtLeast(k.min(parts.len()), parts) }),
                inner.prop_map(|part| Condition::Not(Box::new(part))),
            ]
        })
        .boxed()
}

/// Values that an indicator may have, extremes and small numbers above all.
fn value(kind: &enterprise::Kind, range: (i64, i64)) -> BoxedStrategy<Value> {
    use enterprise::Kind;
    let (low, high) = range;
    match kind {
        Kind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Kind::Choice(choices) => (0..choices.len()).prop_map(Value::Choice).boxed(),
        Kind::Date => day().prop_map(Value::Date).boxed(),
        _ => prop_oneof![
            2 => Just(low),
            2 => Just(high),
            2 => Just(0.clamp(low, high)),
            2 => -3..4i64,
            4 => low..=high,
        ]
        .prop_map(move |number| Value::Number(number.clamp(low, high)))
        .boxed(),
    }
}

fn day() -> impl Strategy<Value = Date> {
    let near = (-2500..200i64).prop_map(|days| AS_OF.saturating_add(days.days()));
    let leap = prop::sample::select(&[2016i16, 2020, 2024][..])
        .prop_map(|year| Date::new(year, 2, 29).unwrap());
    prop_oneof![8 => near, 1 => leap, 1 => Just(AS_OF)]
}

/// A firm of which every fact is known with this likelihood.
pub(crate) fn firm(known: f64) -> BoxedStrategy<Facts> {
    let catalogue = rulebook().catalogue;
    let mut parts: Vec<BoxedStrategy<Option<Stated>>> = Vec::new();
    for indicator in catalogue.indicators() {
        let years: Vec<Option<i16>> = match indicator.period {
            enterprise::Period::State => vec![None],
            enterprise::Period::Yearly => (BASE_YEAR - 5..=BASE_YEAR + 2).map(Some).collect(),
        };
        let formula = matches!(indicator.id.as_str(), "margin" | "per_head");
        let likely = match indicator.id.as_str() {
            // What can be computed is mostly computed; most firms are older than the years asked for.
            _ if formula => 0.1,
            "founded_on" => known * 0.5,
            _ => known,
        };
        // A value that is given instead of computed keeps to what its formula can give.
        let range = indicator.range.unwrap_or((0, 1_000_000));
        for year in years {
            let id = indicator.id.clone();
            let value = value(&indicator.kind, range).prop_map(move |v| (id.clone(), year, v));
            parts.push(if likely < 1.0 {
                prop::option::weighted(likely, value).boxed()
            } else {
                value.prop_map(Some).boxed()
            });
        }
    }
    (parts, events(), titles())
        .prop_map(|(parts, (events, complete), (titles, titles_complete, titles_denied))| {
            let mut facts = Facts::default();
            for (id, year, value) in parts.into_iter().flatten() {
                state(&mut facts, &id, year, value);
            }
            (facts.events, facts.complete) = (events, complete);
            (facts.titles, facts.titles_complete) = (titles, titles_complete);
            facts.titles_denied = titles_denied;
            facts
        })
        .boxed()
}

fn events() -> impl Strategy<Value = (Vec<Event>, Vec<Completeness>)> {
    let kind = prop::sample::select(&["accident", "award"][..]);
    let event = (kind.clone(), day(), prop::option::of(0..4i64)).prop_map(|(kind, date, rank)| {
        let rank = rank.filter(|_| kind == "award").map(|rank| ("rank".to_owned(), rank));
        Event { kind: kind.to_owned(), date, attributes: BTreeMap::from_iter(rank) }
    });
    let until = prop_oneof![Just(AS_OF), day()];
    let complete = (prop_oneof![Just("*"), kind], prop::option::of(day()), until)
        .prop_map(|(kind, from, until)| Completeness { kind: kind.to_owned(), from, until });
    (prop::collection::vec(event, 0..4), prop::collection::vec(complete, 0..4))
}

fn titles() -> impl Strategy<Value = (Vec<Title>, bool, Vec<String>)> {
    let programme = prop::sample::select(&["basic", "higher"][..]);
    let title = (programme.clone(), day(), prop::option::of(day()))
        .prop_map(|(programme, from, to)| Title { programme: programme.to_owned(), from, to });
    let denied = prop::collection::vec(programme.prop_map(str::to_owned), 0..2);
    (prop::collection::vec(title, 0..3), any::<bool>(), denied)
}

/// A fraction with parts of any size that fits.
pub(crate) fn fraction() -> impl Strategy<Value = (i128, i128)> {
    let numerator = prop_oneof![-9..9i128, any::<i64>().prop_map(i128::from), any::<i128>()];
    let denominator = prop_oneof![1..9i128, 1..i128::from(i64::MAX), 1..i128::MAX];
    (numerator, denominator)
}

pub(crate) fn as_exact((numerator, denominator): (i128, i128)) -> Exact {
    Exact::fraction(I256::from(numerator), I256::from(denominator)).unwrap()
}
