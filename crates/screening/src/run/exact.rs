//! One number of one row, exactly: for the few rows that lie so near an edge that floating point
//! leaves a doubt.

use arrow::array::Array as _;
use rules::Exact;

use super::{Block, Values};
use crate::plan::{Number, NumberId, Otherwise};

impl Values {
    /// The number of a row in which it is known.
    pub(super) fn exact(&self, block: &Block<'_>, id: NumberId, row: usize) -> Option<Exact> {
        let go = |id: &NumberId| self.exact(block, *id, row);
        match block.plan.numbers.get(id)? {
            Number::Constant(fraction) => Some(fraction.exact()),
            Number::Undefined => None,
            Number::Fact { column, scale, otherwise } => {
                let given = given(block, *column, row);
                let value = given.or(match otherwise {
                    Otherwise::Assumed(value, _) => Some(*value),
                    Otherwise::Missing(..) => None,
                })?;
                Exact::scaled(value, *scale)
            }
            Number::Derived { given: column, formula } => {
                let own = column.and_then(|(column, scale)| {
                    Exact::scaled(given(block, Some(column), row)?, scale)
                });
                own.or_else(|| go(formula))
            }
            Number::Add(a, b) => go(a)?.plus(go(b)?),
            Number::Subtract(a, b) => go(a)?.minus(go(b)?),
            Number::Multiply(a, b) => go(a)?.times(go(b)?),
            Number::Divide(a, b) | Number::Ratio(a, b) => go(a)?.over(go(b)?),
            Number::Least(parts) => {
                parts.iter().map(go).reduce(|a, b| pick(a?, b?, true)).flatten()
            }
            Number::Greatest(parts) => {
                parts.iter().map(go).reduce(|a, b| pick(a?, b?, false)).flatten()
            }
            Number::Sum(parts) => parts.iter().try_fold(Exact::ZERO, |sum, part| {
                let absent = self.numbers.get(*part).is_some_and(|part| part.absent.get(row));
                if absent { Some(sum) } else { sum.plus(go(part)?) }
            }),
            Number::Mean(parts) => {
                let sum = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.plus(go(part)?))?;
                sum.over(Exact::whole(i64::try_from(parts.len()).ok()?))
            }
            // Whole numbers below 2^53: floating point holds them exactly.
            Number::Elapsed { .. } => {
                self.numbers.get(id).map(|amounts| Exact::whole(amounts.at(row).0 as i64))
            }
        }
    }
}

/// The value of a column in a row of the block.
pub(super) fn given(block: &Block<'_>, column: Option<usize>, row: usize) -> Option<i64> {
    let column = block.input.number(column)?;
    let place = block.start + row;
    (place < column.len() && column.is_valid(place)).then(|| column.value(place))
}

fn pick(left: Exact, right: Exact, least: bool) -> Option<Exact> {
    let left_is_less = left.compare(right)?.is_lt();
    Some(if left_is_less == least { left } else { right })
}
