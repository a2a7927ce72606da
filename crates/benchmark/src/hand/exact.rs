//! The same questions for single rows, in whole numbers: for what floating point leaves in doubt.

use std::cmp::Ordering;

use super::input::{Input, Values};
use crate::plain::{Amount, Comparison, Edge, Plain};

/// One amount of one row as a fraction with a positive divisor; rows are those of the batch.
fn fraction(plain: &Plain, input: &Input<'_>, amount: usize, row: usize) -> Option<(i128, i128)> {
    let number = |place: usize| match input.facts.get(place)?.values {
        Values::Numbers(values) => values.get(row).map(|value| i128::from(*value)),
        _ => None,
    };
    match *plain.amounts.get(amount)? {
        Amount::Value(column) => Some((number(column)?, 1)),
        // What is not there is zero in the column: a year before the founding adds nothing.
        Amount::Sum(this, last) => Some((number(this)? + number(last)?, 1)),
        Amount::Ratio(over, under) => Some((number(over)?, number(under)?)),
        Amount::Growth(this, last) => {
            let last = number(last)?;
            Some((number(this)? - last, last))
        }
        Amount::Years(_) => None,
    }
}

/// A known amount of a row held against an edge.
pub(super) fn compare(
    plain: &Plain,
    input: &Input<'_>,
    amount: usize,
    edge: Edge,
    row: usize,
) -> Option<Ordering> {
    let (over, under) = fraction(plain, input, amount, row)?;
    let edge_over = i128::from(edge.numerator).checked_mul(under)?;
    Some(over.checked_mul(i128::from(edge.denominator))?.cmp(&edge_over))
}

/// By how much a row falls short, in parts per million rounded up.
pub(super) fn shortfall(
    plain: &Plain,
    input: &Input<'_>,
    comparison: Comparison,
    row: usize,
) -> Option<i64> {
    let (over, under) = fraction(plain, input, comparison.amount, row)?;
    let size = i128::from(comparison.edge.numerator).checked_mul(under)?;
    let value = over.checked_mul(i128::from(comparison.edge.denominator))?;
    let short = match comparison.operator {
        rules::Operator::AtMost | rules::Operator::LessThan => value - size,
        _ => size - value,
    };
    let size = (size > 0).then_some(size)?;
    let parts = short.checked_mul(1_000_000)?;
    i64::try_from(parts.div_euclid(size) + i128::from(parts.rem_euclid(size) > 0)).ok()
}
