//! The proven width suffices: no comparison that was let through ever becomes too wide, what is
//! multiplied across fits the integers that were promised, and values lie within their range.

use ethnum::I256;
use proptest::prelude::*;
use rules::{Amount, Comparison, Condition, ConditionResult, Finding, Pending, Test, Width, range};

use crate::generators::{comparison, condition, firm};
use crate::reference::rational;
use crate::world::{answer, require, results, rulebook};

fn fits(value: I256, width: Width) -> bool {
    match width {
        Width::I64 => i64::try_from(value).is_ok(),
        Width::I128 => i128::try_from(value).is_ok(),
        Width::I256 => true,
    }
}

fn check(comparison: &Comparison, left: &Amount, right: &Amount) -> Result<(), TestCaseError> {
    let (Some(left), Some(right)) = (left.as_exact(), right.as_exact()) else { return Ok(()) };
    let across = [
        left.numerator().checked_mul(right.denominator()),
        right.numerator().checked_mul(left.denominator()),
    ];
    for product in across {
        let product = product.expect("256 bits suffice");
        prop_assert!(fits(product, comparison.width), "{product} in {:?}", comparison.width);
    }
    for (quantity, value) in [(&comparison.left, left), (&comparison.right, right)] {
        let range = range(&rulebook(), quantity).unwrap();
        let above = range.low.is_none_or(|low| rational(low) <= rational(value));
        let below = range.high.is_none_or(|high| rational(value) <= rational(high));
        prop_assert!(above && below, "{value:?} in {range:?}");
    }
    Ok(())
}

fn never_too_wide(result: &ConditionResult<'_>) -> Result<(), TestCaseError> {
    prop_assert!(!result.lacking.pending.contains(&Pending::TooWide), "{result:?}");
    match &result.test {
        Test::All(parts) | Test::AtLeast(_, parts) => parts.iter().try_for_each(never_too_wide),
        Test::Not(part) => never_too_wide(part),
        Test::Compare(compared) => check(compared.comparison, &compared.left, &compared.right),
        _ => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn of_comparisons(comparison in comparison(), facts in firm(0.95)) {
        let rulebook = rulebook();
        let programme = require(&Condition::Compare(comparison));
        let answer = answer(&rulebook, &programme, &facts);
        let Finding::Condition(result) = &results(&answer)[0].finding else { panic!() };
        never_too_wide(result)?;
    }

    #[test]
    fn of_conditions(condition in condition(), facts in firm(0.8)) {
        let rulebook = rulebook();
        let programme = require(&condition);
        let answer = answer(&rulebook, &programme, &facts);
        let Finding::Condition(result) = &results(&answer)[0].finding else { panic!() };
        never_too_wide(result)?;
    }
}
