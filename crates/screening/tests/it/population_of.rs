//! A law, a population on its edges, and what is asked: one case of the comparison.

use enterprise::Facts;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rules::{Purpose, Question, Rulebook};

use crate::edges::{Nudge, edges, nudge};
use crate::firms::firm;
use crate::laws::law;
use crate::world::AS_OF;

/// What is compared.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub rulebook: Rulebook,
    pub firms: Vec<Facts>,
    pub question: Question,
}

fn day() -> impl Strategy<Value = Date> {
    let others = [
        date(2026, 4, 30),
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2024, 2, 29),
        date(2027, 6, 30),
    ];
    prop_oneof![3 => Just(AS_OF), 2 => prop::sample::select(others.to_vec())]
}

fn question() -> impl Strategy<Value = Question> {
    let purpose = prop_oneof![
        4 => Just(None),
        1 => Just(Some(Purpose::New)),
        1 => Just(Some(Purpose::ReReview)),
        1 => Just(Some(Purpose::Yearly)),
    ];
    let base_year = prop::option::weighted(0.2, 2022..=2027i16);
    let known_on = prop::option::weighted(0.1, Just(date(2026, 1, 14)));
    (day(), base_year, purpose, known_on).prop_map(|(as_of, base_year, purpose, known_on)| {
        Question { as_of, base_year, purpose, known_on }
    })
}

/// A firm, and the edges that it is to be moved to.
fn moved_firm() -> impl Strategy<Value = (Facts, Vec<Nudge>)> {
    let firm =
        prop_oneof![2 => firm(1.0), 3 => firm(0.8), 1 => firm(0.2), 1 => Just(Facts::default())];
    let nudge = (0..64usize, 0..8usize, -1..=1i64);
    (firm, prop::collection::vec(nudge, 0..4))
}

/// Cases with up to so many firms.
pub(crate) fn case(most: usize) -> BoxedStrategy<Case> {
    (law(), prop::collection::vec(moved_firm(), 1..=most), question())
        .prop_map(|(rulebook, firms, question)| {
            let edges = edges(&rulebook);
            let moved = |(mut facts, nudges): (Facts, Vec<Nudge>)| {
                for to in nudges {
                    nudge(&rulebook, &edges, &mut facts, to, &question);
                }
                facts
            };
            let firms = firms.into_iter().map(moved).collect();
            Case { rulebook, firms, question }
        })
        .boxed()
}
