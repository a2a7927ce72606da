//! The same question has the same answer, to the last word of its explanation, in whatever order the
//! facts came in.

use enterprise::Facts;
use proptest::prelude::*;

use crate::generators::{condition, firm};
use crate::world::{answer, require, rulebook};

/// The same facts, put in the other way round.
pub(crate) fn reversed(facts: &Facts) -> Facts {
    let mut again = Facts::default();
    again.titles_complete = facts.titles_complete;
    again.titles_denied = facts.titles_denied.iter().rev().cloned().collect();
    again.complete = facts.complete.iter().rev().cloned().collect();
    again.events.clone_from(&facts.events);
    again.titles.clone_from(&facts.titles);
    let known: Vec<_> = facts.iter().map(|(key, fact)| (key, fact.clone())).collect();
    for (key, fact) in known.into_iter().rev() {
        again.set(&key.indicator, key.year, fact);
    }
    again
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn same_question_same_answer(condition in condition(), facts in firm(0.8)) {
        let rulebook = rulebook();
        let programme = require(&condition);
        let told = |facts: &Facts| format!("{:?}", answer(&rulebook, &programme, facts));
        let first = told(&facts);
        prop_assert_eq!(&told(&facts), &first);
        prop_assert_eq!(&told(&reversed(&facts)), &first);
    }
}
