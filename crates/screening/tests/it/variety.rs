//! The random laws are worth comparing by: they decide both ways, for every reason.

use std::collections::BTreeMap;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use screening::{Screened, simple};

use crate::population_of::case;

#[test]
fn the_laws_tell_firms_apart() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..150 {
        let case = case(12).new_tree(&mut runner).unwrap().current();
        for programme in &case.rulebook.programmes {
            let screened = Screened::of(&case.rulebook, programme, &case.question);
            for facts in &case.firms {
                let answer =
                    simple(&case.rulebook, programme, facts, &case.question, &screened, &[]);
                let mut note = |what: String| *seen.entry(what).or_default() += 1;
                let Some(answer) = answer else {
                    note("none".to_owned());
                    continue;
                };
                note(format!("{:?}", answer.verdict));
                note(format!("{:?}", answer.population));
                note(format!("{:?}", answer.path));
                note(format!("shortfall {}", answer.shortfall.is_some()));
                note(format!("score closed {:?}", answer.score.map(|(low, high)| low == high)));
            }
        }
    }
    println!("{seen:#?}");
    let common = seen.values().filter(|count| **count > 20).count();
    assert!(common >= 19, "{seen:#?}");
}
