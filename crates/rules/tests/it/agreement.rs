//! The evaluator agrees with the reference on random conditions, with all facts and with a few.

use proptest::prelude::*;

use crate::generators::{condition, firm};
use crate::reference::Reference;
use crate::world::{answer, require, results, rulebook};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn with_all_facts(condition in condition(), facts in firm(1.0)) {
        let rulebook = rulebook();
        let programme = require(&condition);
        let found = results(&answer(&rulebook, &programme, &facts))[0].truth;
        let reference = Reference { rulebook: &rulebook, facts: &facts };
        prop_assert_eq!(found, reference.truth(&condition));
    }

    #[test]
    fn with_a_few_facts(condition in condition(), facts in firm(0.7)) {
        let rulebook = rulebook();
        let programme = require(&condition);
        let found = results(&answer(&rulebook, &programme, &facts))[0].truth;
        let reference = Reference { rulebook: &rulebook, facts: &facts };
        prop_assert_eq!(found, reference.truth(&condition));
    }
}
