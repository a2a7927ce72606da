//! Arithmetic over facts, years and dates, row by row. Mirrors `quantity` of the evaluator: what is
//! absent makes the whole absent, what is lacking adds up, a divisor that is not positive gives a
//! ratio no meaning.

use super::amounts::{Amounts, Form};
use super::input::{slice, valid};
use super::{Block, Values};
use crate::bits::Bits;
use crate::lanes::{Lanes, Row, SLACK, UNIT};
use crate::plan::{Lack, Number, NumberId, Otherwise};
use crate::prepared::WHOLE;
use crate::truths::Whys;

impl Values {
    pub(super) fn number(&mut self, block: &Block<'_>, id: NumberId) {
        let Some(number) = block.plan.numbers.get(id) else { return };
        let lanes = self.lanes;
        // Parts come before wholes.
        let (done, rest) = self.numbers.split_at_mut(id);
        let Some(own) = rest.first_mut() else { return };
        let part = |id: &NumberId| done.get(*id);
        let factors = block.prepared.units.factors(id);
        match number {
            Number::Constant(_) | Number::Undefined => {}
            Number::Fact { column, otherwise, .. } => {
                fact(block, lanes, *column, *otherwise, own);
            }
            Number::Derived { given, formula } => {
                if let Some(formula) = part(formula) {
                    let column = given.map(|(column, _)| column);
                    derived(block, column, factors, formula, own);
                }
            }
            Number::Add(a, b) => {
                both(part(a), part(b), own, |a, b, own| sum(lanes, (a, b), factors, 1.0, own));
            }
            Number::Subtract(a, b) => {
                both(part(a), part(b), own, |a, b, own| sum(lanes, (a, b), factors, -1.0, own));
            }
            Number::Multiply(a, b) => {
                both(part(a), part(b), own, |a, b, own| product(lanes, a, b, own));
            }
            Number::Divide(a, b) | Number::Ratio(a, b) => {
                both(part(a), part(b), own, |a, b, own| quotient(lanes, a, b, own));
                let is_growth = matches!(number, Number::Ratio(..));
                let pending = self.without_meaning(block, (*a, *b), is_growth);
                let Some(own) = self.numbers.get_mut(id) else { return };
                own.known = own.known.but(pending);
                own.absent = own.absent.but(pending);
                own.why = own.why.within(!pending);
                own.why.judgement |= pending;
                if pending.any() {
                    own.blank(lanes);
                }
            }
            Number::Least(parts) => {
                fold(lanes, parts, factors, done, Fold::Least, (own, &mut self.spare));
            }
            Number::Greatest(parts) => {
                fold(lanes, parts, factors, done, Fold::Greatest, (own, &mut self.spare));
            }
            Number::Sum(parts) => {
                fold(lanes, parts, factors, done, Fold::Sum, (own, &mut self.spare));
            }
            // The unit is divided by their number.
            Number::Mean(parts) => {
                fold(lanes, parts, factors, done, Fold::Mean, (own, &mut self.spare));
            }
            Number::Elapsed { column, assumed, lack, .. } => {
                elapsed(block, id, (*column, *assumed, *lack), own);
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

    /// Of these rows, those whose number is above (or below) zero; doubts are settled exactly.
    fn sign(&self, block: &Block<'_>, id: NumberId, above: bool, rows: Bits) -> Bits {
        let Some(amounts) = self.numbers.get(id) else { return Bits::NONE };
        if amounts.form != Form::Near {
            // Neither whole numbers nor one rounding lose a sign.
            return rows
                & match above {
                    true => self.lanes.rows(&amounts.value, move |value| value > 0.0),
                    false => self.lanes.rows(&amounts.value, move |value| value < 0.0),
                };
        }
        let zero = [0.0; crate::bits::BLOCK];
        let (is_above, is_below) =
            self.lanes.compare((&amounts.value, &amounts.error), (&zero, &zero));
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

/// Whether a fact is given, assumed, absent or missing, and what it comes to.
fn fact(
    block: &Block<'_>,
    lanes: Lanes,
    column: Option<usize>,
    otherwise: Otherwise<i64>,
    own: &mut Amounts,
) {
    let mut used = 0;
    let given = match block.input.number(column) {
        Some(column) => {
            used = lanes.widen(slice(column.values(), block.start, block.len), &mut own.value);
            valid(column, block.start, block.len)
        }
        None => Bits::NONE,
    };
    let not_given = block.live.but(given);
    match otherwise {
        Otherwise::Assumed(value, year) => {
            own.absent = block.before_founding(year) & not_given;
            own.known = block.live.but(own.absent);
            own.why = Whys::NONE;
            lanes.put(&not_given, value as f64, &mut own.value);
            used |= value.unsigned_abs();
        }
        Otherwise::Missing(year, lack) => {
            own.absent = block.before_founding(year) & not_given;
            own.known = given;
            own.why = missing(lack, not_given.but(own.absent));
        }
    }
    formed(lanes, own, Form::whole(used as f64 + 1.0));
    own.blank(lanes);
}

/// Takes a form; errors of whole numbers that do not fit are those of a rounding.
fn formed(lanes: Lanes, own: &mut Amounts, form: Form) {
    own.form = form;
    if form == Form::Near {
        let Amounts { value, error, .. } = own;
        lanes.zip(&value[..], &mut error[..], move |value: f64, _| value.abs() * UNIT);
    }
}

fn derived(
    block: &Block<'_>,
    column: Option<usize>,
    factors: Option<&[f64]>,
    formula: &Amounts,
    own: &mut Amounts,
) {
    own.value.copy_from_slice(&formula.value[..]);
    own.error.copy_from_slice(&formula.error[..]);
    (own.known, own.absent, own.why) = (formula.known, formula.absent, formula.why);
    own.form = formula.form;
    let Some(column) = block.input.number(column) else { return };
    let rows = valid(column, block.start, block.len);
    if !rows.any() {
        return;
    }
    own.known |= rows;
    own.absent = own.absent.but(rows);
    own.why = own.why.within(!rows);
    let Some(&[above, below]) = factors else { return own.give_up() };
    let side = formula.side();
    let mut most = 0.0f64;
    for row in rows.rows() {
        let value = column.value(block.start + row) as f64 * above;
        most = most.max(value.abs());
        put(&mut own.value, row, value / below);
    }
    let given = if most >= WHOLE {
        Form::Near
    } else if below == 1.0 {
        Form::Whole(most)
    } else {
        Form::Quotient(most, below)
    };
    own.form = if rows == block.live { given } else { given.or(formula.form) };
    if own.form == Form::Near {
        for row in 0..block.len {
            let value = own.value.get(row).copied().unwrap_or(f64::NAN);
            let error = if rows.get(row) {
                value.abs() * 2.0 * UNIT
            } else {
                side.off(value, side.error.get(row).copied().unwrap_or(f64::NAN))
            };
            put(&mut own.error, row, error);
        }
    }
}

fn both(
    left: Option<&Amounts>,
    right: Option<&Amounts>,
    own: &mut Amounts,
    values: impl Fn(&Amounts, &Amounts, &mut Amounts),
) {
    let (Some(left), Some(right)) = (left, right) else { return };
    values(left, right, own);
    own.absent = left.absent | right.absent;
    own.known = left.known & right.known;
    own.why = left.why.and(right.why).within(!own.absent);
}

fn sum(
    lanes: Lanes,
    (left, right): (&Amounts, &Amounts),
    factors: Option<&[f64]>,
    sign: f64,
    own: &mut Amounts,
) {
    let Some(&[by, times]) = factors else { return own.give_up() };
    let times = times * sign;
    if let (Form::Whole(a), Form::Whole(b)) = (left.form, right.form)
        && let form @ Form::Whole(_) = Form::whole(a * by + b * times.abs())
    {
        own.form = form;
        let operation = move |a, b| a * by + b * times;
        return lanes.both(&left.value, &right.value, &mut own.value, operation);
    }
    own.form = Form::Near;
    lanes.join(left.side(), right.side(), &mut own.value, &mut own.error, move |a, ea, b, eb| {
        let (a, b) = (a * by, b * times);
        let total = a + b;
        let error = ea * by + eb * times.abs() + (a.abs() + b.abs()) * UNIT;
        (total, error * SLACK + total.abs() * UNIT)
    });
}

fn product(lanes: Lanes, left: &Amounts, right: &Amounts, own: &mut Amounts) {
    own.form = match (left.form, right.form) {
        (Form::Whole(a), Form::Whole(b)) => Form::whole(a * b),
        (Form::Quotient(a, b), Form::Whole(1.0)) | (Form::Whole(1.0), Form::Quotient(a, b)) => {
            Form::Quotient(a, b)
        }
        _ => Form::Near,
    };
    if own.form != Form::Near {
        return lanes.both(&left.value, &right.value, &mut own.value, move |a, b| a * b);
    }
    lanes.join(left.side(), right.side(), &mut own.value, &mut own.error, move |a, ea, b, eb| {
        let product = a * b;
        let error = a.abs() * eb + b.abs() * ea + ea * eb;
        (product, error * SLACK + product.abs() * UNIT)
    });
}

/// Only meant where the divisor is positive. One that cannot be told from zero leaves everything open.
fn quotient(lanes: Lanes, left: &Amounts, right: &Amounts, own: &mut Amounts) {
    own.form = match (left.form, right.form) {
        // By a constant: it is in the unit.
        (form, Form::Whole(1.0)) if form != Form::Near => form,
        (Form::Whole(a), Form::Whole(b)) => Form::Quotient(a, b),
        _ => Form::Near,
    };
    if own.form != Form::Near {
        return lanes.both(&left.value, &right.value, &mut own.value, move |a, b| a / b);
    }
    lanes.join(left.side(), right.side(), &mut own.value, &mut own.error, move |a, ea, b, eb| {
        let quotient = a / b;
        let size = b.abs() - eb;
        let error = (ea + quotient.abs() * eb) / size * SLACK + quotient.abs() * 2.0 * UNIT;
        (quotient, if size > 0.0 { error } else { f64::INFINITY })
    });
}

/// How parts come together.
#[derive(Clone, Copy, PartialEq)]
enum Fold {
    Least,
    Greatest,
    /// An absent year counts zero.
    Sum,
    /// An absent year makes the whole absent.
    Mean,
}

fn fold(
    lanes: Lanes,
    parts: &[NumberId],
    factors: Option<&[f64]>,
    done: &[Amounts],
    how: Fold,
    (own, [left, right]): (&mut Amounts, &mut [Amounts; 2]),
) {
    let known_factors = factors.unwrap_or_default().iter().copied().chain(std::iter::repeat(1.0));
    let mut parts = parts.iter().filter_map(|part| done.get(*part)).zip(known_factors);
    let Some((first, by)) = parts.next() else { return };
    scaled(lanes, first, by, how, own);
    for (part, by) in parts {
        std::mem::swap(own, left);
        scaled(lanes, part, by, how, right);
        both(Some(left), Some(right), own, |left, right, own| match how {
            Fold::Sum | Fold::Mean => sum(lanes, (left, right), Some(&[1.0, 1.0]), 1.0, own),
            Fold::Least => pick(lanes, (left, right), |a, b| a < b, own),
            Fold::Greatest => pick(lanes, (left, right), |a, b| a > b, own),
        });
    }
    own.why = own.why.within(!(own.known | own.absent));
    if factors.is_none() {
        own.give_up();
    }
    own.blank(lanes);
}

/// A part in the unit of the whole.
fn scaled(lanes: Lanes, part: &Amounts, by: f64, how: Fold, to: &mut Amounts) {
    let form = match part.form {
        Form::Whole(most) => Form::whole(most * by),
        Form::Quotient(above, below) if by == 1.0 => Form::Quotient(above, below),
        _ => Form::Near,
    };
    let side = part.side();
    lanes.zip(&part.value[..], &mut to.value[..], move |value: f64, _| value * by);
    to.form = form;
    if form == Form::Near {
        let factor = by;
        lanes.both(&part.value, &part.error, &mut to.error, move |value, error| {
            (side.off(value, error) * factor + (value * factor).abs() * UNIT) * SLACK
        });
    }
    (to.known, to.absent, to.why) = (part.known, part.absent, part.why);
    if how == Fold::Sum && part.absent.any() {
        lanes.put(&part.absent, 0.0, &mut to.value);
        lanes.put(&part.absent, 0.0, &mut to.error);
        to.known |= part.absent;
        to.absent = Bits::NONE;
    }
}

fn pick(
    lanes: Lanes,
    (left, right): (&Amounts, &Amounts),
    first: impl Fn(f64, f64) -> bool + Copy,
    own: &mut Amounts,
) {
    own.form = left.form.or(right.form);
    let (a, b) = (left.side(), right.side());
    lanes.join(a, b, &mut own.value, &mut own.error, move |a, ea, b, eb| {
        (if first(a, b) { a } else { b }, if ea > eb { ea } else { eb })
    });
}

fn elapsed(
    block: &Block<'_>,
    id: NumberId,
    (column, assumed, lack): (Option<usize>, Option<i32>, Lack),
    own: &mut Amounts,
) {
    let Some(table) = block.prepared.elapsed(id) else { return };
    let column = block.input.date(column);
    own.known = match (column, assumed) {
        (_, Some(_)) => Bits::ALL,
        (Some(column), None) => valid(column, block.start, block.len),
        (None, None) => Bits::NONE,
    };
    own.absent = Bits::NONE;
    own.why = missing(lack, !own.known);
    // No date is so far away that its days are more.
    own.form = Form::Whole(f64::from(i32::MAX));
    own.value.fill(assumed.map_or(f64::NAN, |day| table.at(day)));
    if let Some(column) = column {
        let given = valid(column, block.start, block.len);
        let days = slice(column.values(), block.start, block.len);
        for ((row, day), value) in days.iter().enumerate().zip(own.value.iter_mut()) {
            if given.get(row) {
                *value = table.at(*day);
            }
        }
    }
}

impl Block<'_> {
    /// Rows whose subject was founded after the year.
    pub fn before_founding(&self, year: Option<i16>) -> Bits {
        let known = year.and_then(|year| self.founded_after.iter().find(|(of, _)| *of == year));
        known.map_or(Bits::NONE, |(_, rows)| *rows)
    }
}

/// A lack in these rows.
pub(super) fn missing(lack: Lack, rows: Bits) -> Whys {
    Whys::of(lack.why.into(), rows)
}

fn put(values: &mut Row<f64>, row: usize, value: f64) {
    if let Some(own) = values.get_mut(row) {
        *own = value;
    }
}
