//! Arithmetic over facts, years and dates, row by row. Mirrors `quantity` of the evaluator: what is
//! absent makes the whole absent, what is lacking adds up, a divisor that is not positive gives a
//! ratio no meaning.

use arrow::array::Array as _;

use super::amounts::Amounts;
use super::input::valid;
use super::{Block, Values};
use crate::bits::Bits;
use crate::lanes::{Lanes, Row, SLACK, UNIT};
use crate::plan::{Lack, Number, NumberId, Otherwise};
use crate::truths::Whys;

impl Values {
    pub(super) fn number(&mut self, block: &Block<'_>, id: NumberId) {
        let Some(number) = block.plan.numbers.get(id) else { return };
        let lanes = self.lanes;
        // Parts come before wholes.
        let (done, rest) = self.numbers.split_at_mut(id);
        let Some(own) = rest.first_mut() else { return };
        let part = |id: &NumberId| done.get(*id);
        match number {
            Number::Constant(_) | Number::Undefined => {}
            Number::Fact { column, scale, otherwise } => {
                fact(block, *column, *otherwise, own);
                if block.prepared.widened.get(id).copied().unwrap_or_default() {
                    widen(block, lanes, *column, *scale, *otherwise, own);
                }
            }
            Number::Derived { given, formula } => {
                if let Some(formula) = part(formula) {
                    derived(block, lanes, *given, formula, own);
                }
            }
            Number::Add(a, b) => both(lanes, part(a), part(b), own, plus),
            Number::Subtract(a, b) => both(lanes, part(a), part(b), own, minus),
            Number::Multiply(a, b) => both(lanes, part(a), part(b), own, times),
            Number::Divide(a, b) | Number::Ratio(a, b) => {
                let (Some(above), Some(below)) = (part(a), part(b)) else { return };
                both(lanes, Some(above), Some(below), own, over);
                let is_growth = matches!(number, Number::Ratio(..));
                let pending = self.without_meaning(block, (*a, *b), is_growth);
                let Some(own) = self.numbers.get_mut(id) else { return };
                own.known = own.known.but(pending);
                own.absent = own.absent.but(pending);
                own.why = own.why.within(!pending);
                own.why.judgement |= pending;
            }
            Number::Least(parts) => fold(lanes, parts, done, own, false, least),
            Number::Greatest(parts) => fold(lanes, parts, done, own, false, greatest),
            Number::Sum(parts) => fold(lanes, parts, done, own, true, plus),
            Number::Mean(parts) => {
                fold(lanes, parts, done, own, false, plus);
                let count = parts.len() as f64;
                lanes.zip(&[(); crate::bits::BLOCK], &mut own.value[..], |(), sum| sum / count);
                let Amounts { value, error, .. } = own;
                lanes.zip(&value[..], &mut error[..], |mean, error| {
                    error / count * SLACK + mean.abs() * UNIT
                });
            }
            Number::Elapsed { column, assumed, unit, until, lack } => {
                let table = block.prepared.elapsed(*unit, *until);
                let column = block.input.date(*column);
                own.known = match (column, assumed) {
                    (_, Some(_)) => Bits::ALL,
                    (Some(column), None) => valid(column, block.start, block.len),
                    (None, None) => Bits::NONE,
                };
                let assumed = assumed.map_or(0.0, |day| table.at(day));
                own.value.fill(assumed);
                if let Some(column) = column {
                    let days = column.values().iter().skip(block.start).take(block.len);
                    for ((row, day), value) in days.enumerate().zip(own.value.iter_mut()) {
                        if column.is_valid(block.start + row) {
                            *value = table.at(*day);
                        }
                    }
                }
                own.absent = Bits::NONE;
                own.why = missing(*lack, !own.known);
            }
        }
    }

    /// Rows where a divisor gives a ratio no meaning.
    fn without_meaning(
        &self,
        block: &Block<'_>,
        (above, below): (NumberId, NumberId),
        is_growth: bool,
    ) -> Bits {
        let (Some(top), Some(bottom)) = (self.numbers.get(above), self.numbers.get(below)) else {
            return Bits::NONE;
        };
        let known = bottom.known & block.live;
        let positive = self.sign(block, below, true, known);
        let mut pending = known.but(positive);
        if is_growth {
            let known = top.known & block.live;
            pending |= self.sign(block, above, false, known);
        }
        // What is absent has no value at all, whatever divides it.
        pending.but(top.absent)
    }

    /// Of these rows, those whose number is surely above (or below) zero; doubts are settled exactly.
    fn sign(&self, block: &Block<'_>, id: NumberId, above: bool, rows: Bits) -> Bits {
        let Some(amounts) = self.numbers.get(id) else { return Bits::NONE };
        let zero = (&[0.0; crate::bits::BLOCK], &[0.0; crate::bits::BLOCK]);
        let (is_above, is_below) = self.lanes.compare(amounts.sides(), zero);
        let mut found = if above { is_above } else { is_below } & rows;
        for row in rows.but(is_above | is_below).rows() {
            let exact = self.exact(block, id, row);
            if exact
                .is_some_and(|exact| if above { exact.is_positive() } else { exact.is_negative() })
            {
                found.set(row);
            }
        }
        found
    }
}

/// Whether a fact is given, assumed, absent or missing.
fn fact(block: &Block<'_>, column: Option<usize>, otherwise: Otherwise<i64>, own: &mut Amounts) {
    let given = match block.input.number(column) {
        Some(column) => valid(column, block.start, block.len),
        None => Bits::NONE,
    };
    let not_given = block.live.but(given);
    match otherwise {
        Otherwise::Assumed(_, year) => {
            own.absent = block.before_founding(year) & not_given;
            own.known = block.live.but(own.absent);
            own.why = Whys::NONE;
        }
        Otherwise::Missing(year, lack) => {
            own.absent = block.before_founding(year) & not_given;
            own.known = given;
            own.why = missing(lack, not_given.but(own.absent));
        }
    }
}

fn widen(
    block: &Block<'_>,
    lanes: Lanes,
    column: Option<usize>,
    scale: i64,
    otherwise: Otherwise<i64>,
    own: &mut Amounts,
) {
    let given = block.input.number(column);
    if let Otherwise::Assumed(value, _) = otherwise {
        let (value, error) = approximately(value, scale);
        own.value.fill(value);
        own.error.fill(error);
        if let Some(column) = given {
            for row in valid(column, block.start, block.len).rows() {
                let (value, error) = approximately(column.value(block.start + row), scale);
                put(&mut own.value, row, value);
                put(&mut own.error, row, error);
            }
        }
    } else if let Some(column) = given {
        let values = slice(column.values(), block);
        lanes.widen(values, scale as f64, &mut own.value, &mut own.error);
    }
}

fn derived(
    block: &Block<'_>,
    lanes: Lanes,
    given: Option<(usize, i64)>,
    formula: &Amounts,
    own: &mut Amounts,
) {
    own.value.copy_from_slice(&formula.value[..]);
    own.error.copy_from_slice(&formula.error[..]);
    (own.known, own.absent, own.why) = (formula.known, formula.absent, formula.why);
    let Some((column, scale)) = given else { return };
    let Some(column) = block.input.number(Some(column)) else { return };
    let rows = valid(column, block.start, block.len);
    if !rows.any() {
        return;
    }
    if rows == block.live {
        lanes.widen(slice(column.values(), block), scale as f64, &mut own.value, &mut own.error);
    } else {
        for row in rows.rows() {
            let (value, error) = approximately(column.value(block.start + row), scale);
            put(&mut own.value, row, value);
            put(&mut own.error, row, error);
        }
    }
    own.known |= rows;
    own.absent = own.absent.but(rows);
    own.why = own.why.within(!rows);
}

fn both(
    lanes: Lanes,
    left: Option<&Amounts>,
    right: Option<&Amounts>,
    own: &mut Amounts,
    operation: impl Fn(f64, f64, f64, f64) -> (f64, f64),
) {
    let (Some(left), Some(right)) = (left, right) else { return };
    lanes.join(left.sides(), right.sides(), &mut own.value, &mut own.error, operation);
    own.absent = left.absent | right.absent;
    own.known = left.known & right.known;
    own.why = left.why.and(right.why).within(!own.absent);
}

/// Folds the parts together. An absent year counts zero, or makes the whole absent.
fn fold(
    lanes: Lanes,
    parts: &[NumberId],
    done: &[Amounts],
    own: &mut Amounts,
    absent_is_zero: bool,
    operation: impl Fn(f64, f64, f64, f64) -> (f64, f64) + Copy,
) {
    let mut parts = parts.iter().filter_map(|part| done.get(*part));
    let Some(first) = parts.next() else { return };
    let zero = |amounts: &Amounts, value: &mut Row<f64>, error: &mut Row<f64>| {
        for row in amounts.absent.rows() {
            put(value, row, 0.0);
            put(error, row, 0.0);
        }
    };
    own.value.copy_from_slice(&first.value[..]);
    own.error.copy_from_slice(&first.error[..]);
    (own.known, own.absent, own.why) = (first.known, first.absent, first.why);
    if absent_is_zero {
        zero(first, &mut own.value, &mut own.error);
        own.known |= first.absent;
        own.absent = Bits::NONE;
    }
    let (mut left, mut left_error) = (own.value.clone(), own.error.clone());
    for part in parts {
        let (mut right, mut right_error);
        let sides = if absent_is_zero && part.absent.any() {
            (right, right_error) = (part.value.clone(), part.error.clone());
            zero(part, &mut right, &mut right_error);
            (&*right, &*right_error)
        } else {
            part.sides()
        };
        lanes.join((&left, &left_error), sides, &mut own.value, &mut own.error, operation);
        left.copy_from_slice(&own.value[..]);
        left_error.copy_from_slice(&own.error[..]);
        let absent = if absent_is_zero { Bits::NONE } else { part.absent };
        let known = if absent_is_zero { part.known | part.absent } else { part.known };
        own.absent |= absent;
        own.known &= known;
        own.why = own.why.and(part.why).within(!own.absent);
    }
    own.why = own.why.within(!(own.known | own.absent));
}

impl Block<'_> {
    /// Rows whose subject was founded after the year.
    pub fn before_founding(&self, year: Option<i16>) -> Bits {
        let (Some(year), Some(founded)) = (year, self.input.founded) else { return Bits::NONE };
        let next = self.prepared.new_year_after(year);
        let mut after = Bits::NONE;
        for (row, day) in slice(founded.values(), self).iter().enumerate() {
            if *day >= next {
                after.set(row);
            }
        }
        after & valid(founded, self.start, self.len)
    }
}

/// A lack in these rows.
pub(super) fn missing(lack: Lack, rows: Bits) -> Whys {
    Whys::of(lack.why.into(), rows)
}

/// The rows of a block out of a column's values.
pub(super) fn slice<'v, T>(values: &'v [T], block: &Block<'_>) -> &'v [T] {
    values.get(block.start..block.start + block.len).unwrap_or_default()
}

fn approximately(value: i64, scale: i64) -> (f64, f64) {
    let value = value as f64 / scale as f64;
    (value, value.abs() * UNIT)
}

fn put(values: &mut Row<f64>, row: usize, value: f64) {
    if let Some(own) = values.get_mut(row) {
        *own = value;
    }
}

#[inline(always)]
fn plus(a: f64, ea: f64, b: f64, eb: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, (ea + eb) * SLACK + sum.abs() * UNIT)
}

#[inline(always)]
fn minus(a: f64, ea: f64, b: f64, eb: f64) -> (f64, f64) {
    plus(a, ea, -b, eb)
}

#[inline(always)]
fn times(a: f64, ea: f64, b: f64, eb: f64) -> (f64, f64) {
    let product = a * b;
    (product, (a.abs() * eb + b.abs() * ea + ea * eb) * SLACK + product.abs() * UNIT)
}

/// Only meant where the divisor is positive. One that cannot be told from zero leaves everything open.
#[inline(always)]
fn over(a: f64, ea: f64, b: f64, eb: f64) -> (f64, f64) {
    let quotient = a / b;
    let size = b.abs() - eb;
    let error = (ea + quotient.abs() * eb) / size * SLACK + quotient.abs() * 2.0 * UNIT;
    (quotient, if size > 0.0 { error } else { f64::INFINITY })
}

#[inline(always)]
fn least(a: f64, ea: f64, b: f64, eb: f64) -> (f64, f64) {
    (if a < b { a } else { b }, if ea > eb { ea } else { eb })
}

#[inline(always)]
fn greatest(a: f64, ea: f64, b: f64, eb: f64) -> (f64, f64) {
    (if a > b { a } else { b }, if ea > eb { ea } else { eb })
}
