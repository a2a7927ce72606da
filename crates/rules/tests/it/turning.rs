//! The ways to turn a verdict turn it, and nothing in them is too much.

use std::collections::BTreeMap;

use enterprise::{Facts, Value};
use proptest::prelude::*;
use rules::{
    Assessment, Body, Condition, Criterion, FactRef, Group, Outcome, Rulebook, Test, Turn, Verdict,
    ways_to_turn,
};

use crate::world::{answer, criterion, programme, rulebook, state};

/// A condition or a group whose tests are flags, each its own.
#[derive(Debug, Clone)]
enum Shape {
    Flag,
    Not(Box<Shape>),
    All(Vec<Shape>),
    Any(Vec<Shape>),
    AtLeast(usize, Vec<Shape>),
}

fn shape() -> BoxedStrategy<Shape> {
    Just(Shape::Flag)
        .prop_recursive(3, 10, 4, |inner| {
            let parts = prop::collection::vec(inner.clone(), 1..5);
            prop_oneof![
                inner.prop_map(|part| Shape::Not(Box::new(part))),
                parts.clone().prop_map(Shape::All),
                parts.clone().prop_map(Shape::Any),
                (parts, 1..4usize).prop_map(|(parts, k)| Shape::AtLeast(k.min(parts.len()), parts)),
            ]
        })
        .boxed()
}

/// Numbers the flags in order of appearance: every test has a year of its own.
struct Writer<'r> {
    rulebook: &'r Rulebook,
    next: i16,
}

impl Writer<'_> {
    fn flag(&mut self) -> FactRef {
        self.next -= 1;
        crate::world::fact(self.rulebook, "certified", Some(self.next))
    }

    fn conditions(&mut self, parts: &[Shape]) -> Vec<Condition> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn condition(&mut self, shape: &Shape) -> Condition {
        match shape {
            Shape::Flag => Condition::Flag(self.flag()),
            Shape::Not(part) => Condition::Not(Box::new(self.condition(part))),
            Shape::All(parts) => Condition::All(self.conditions(parts)),
            Shape::Any(parts) => Condition::Any(self.conditions(parts)),
            Shape::AtLeast(k, parts) => Condition::AtLeast(*k, self.conditions(parts)),
        }
    }

    /// Groups of criteria as far as they go; below a `not`, conditions.
    fn criterion(&mut self, shape: &Shape) -> Criterion {
        let (group, parts) = match shape {
            Shape::All(parts) => (Group::All, parts),
            Shape::Any(parts) => (Group::Any, parts),
            Shape::AtLeast(k, parts) => (Group::AtLeast(*k), parts),
            other => return criterion("leaf", Body::Require(self.condition(other))),
        };
        let parts = parts.iter().map(|part| self.criterion(part)).collect();
        criterion("group", Body::Group(group, parts))
    }
}

fn assessed<R>(
    rulebook: &Rulebook,
    criteria: &[Criterion],
    facts: &Facts,
    read: impl Fn(&Assessment<'_>) -> R,
) -> R {
    let programme = programme(criteria.to_vec());
    match &answer(rulebook, &programme, facts).outcome {
        Outcome::Assessed(assessment) => read(assessment),
        Outcome::NoVersion { .. } => panic!("the version is in force"),
    }
}

/// Which flag a turn is about, and what it would have to say.
fn turned(turn: &Turn<'_, '_>) -> (i16, bool) {
    let Test::Flag { fact, .. } = &turn.test.expect("a test").test else { panic!("a flag") };
    (fact.offset.unwrap(), turn.to_met)
}

fn with(facts: &Facts, changes: &[(i16, bool)]) -> Facts {
    let mut facts = facts.clone();
    for (offset, value) in changes {
        let year = Some(crate::world::BASE_YEAR + offset);
        state(&mut facts, "certified", year, Value::Flag(*value));
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn ways_turn_the_verdict_and_no_part_of_one_does(
        shapes in prop::collection::vec(shape(), 1..4),
        flags in prop::collection::vec(prop::option::weighted(0.8, any::<bool>()), 60),
        as_groups: bool,
    ) {
        let rulebook = rulebook();
        let mut writer = Writer { rulebook: &rulebook, next: 0 };
        let criteria: Vec<Criterion> = shapes
            .iter()
            .map(|shape| if as_groups {
                writer.criterion(shape)
            } else {
                criterion("it", Body::Require(writer.condition(shape)))
            })
            .collect();
        let count = writer.next.unsigned_abs();
        let known: BTreeMap<i16, bool> = flags
            .iter()
            .take(count.into())
            .zip(1i16..)
            .filter_map(|(flag, number)| Some((-number, (*flag)?)))
            .collect();
        let known: Vec<(i16, bool)> = known.into_iter().collect();
        let facts = with(&Facts::default(), &known);
        let verdict = |facts: &Facts| assessed(&rulebook, &criteria, facts, |found| found.verdict);
        let before = verdict(&facts);
        let ways: Vec<Vec<(i16, bool)>> = assessed(&rulebook, &criteria, &facts, |assessment| {
            let ways = ways_to_turn(assessment, 20);
            ways.iter().map(|way| way.iter().map(turned).collect()).collect()
        });
        prop_assert!(!ways.is_empty(), "some way always leads elsewhere");
        prop_assert!(ways.is_sorted_by_key(Vec::len), "smallest first: {ways:?}");
        let is_turned = |facts: &Facts| {
            (verdict(facts) == Verdict::Eligible) != (before == Verdict::Eligible)
        };
        for way in &ways {
            prop_assert!(is_turned(&with(&facts, way)), "{way:?} of {ways:?} does not turn {before:?}");
            for left_out in 0..way.len() {
                let mut part = way.clone();
                part.remove(left_out);
                prop_assert!(!is_turned(&with(&facts, &part)), "{part:?} of {way:?} suffices");
            }
        }
        // The smallest way is as small as can be: no single other flag turns the verdict.
        if ways[0].len() > 1 {
            for number in 1..=i16::try_from(count).unwrap() {
                for value in [false, true] {
                    let one = with(&facts, &[(-number, value)]);
                    prop_assert!(!is_turned(&one), "flag {number} = {value} alone turns {before:?}");
                }
            }
        }
    }
}
