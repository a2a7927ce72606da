//! Relative shortfalls of what is not met, in parts per million rounded up. Mirrors `shortfall` of
//! the evaluator. They rank and decide nothing.

use rules::{Exact, Number as Rate, relative_shortfall};

use super::amounts::{Amounts, Form};
use super::{Block, Values};
use crate::bits::{BLOCK, Bits};
use crate::lanes::{Row, UNIT};
use crate::plan::{Edge, Number, NumberId, PointsId, Short, ShortId, TestId};
use crate::prepared::{ROOMY, Terms, Threshold};
use crate::truths::Count;

/// A shortfall that has no measure.
pub(crate) const NONE: i32 = i32::MAX;
/// One that needs more room than a row has: of these rows it is worked out once more, exactly.
pub(super) const FAR: i32 = i32::MAX - 1;

/// A shortfall for each row that is not met. Other rows mean nothing.
#[derive(Default)]
pub(crate) struct Shorts(Option<Box<Row<i32>>>);

impl Shorts {
    pub fn row(&self) -> &Row<i32> {
        const NOTHING: &Row<i32> = &[NONE; BLOCK];
        self.0.as_deref().unwrap_or(NOTHING)
    }
}

const MILLION: f64 = 1e6;

impl Values {
    pub(super) fn short(&mut self, block: &Block<'_>, id: ShortId) {
        let Some(short) = block.plan.shorts.get(id) else { return };
        let Some(slot) = self.shorts.get_mut(id) else { return };
        let mut own = slot.0.take().unwrap_or_else(|| Box::new([NONE; BLOCK]));
        match short {
            Short::Compare { left, edge, test, .. } => {
                let rows = self.truths(*test).not_met & block.live;
                if rows.any() {
                    self.compared(block, id, (*left, *edge), rows, &mut own);
                } else {
                    own.fill(NONE);
                }
            }
            Short::Growth { test, .. } => {
                own.fill(NONE);
                for row in (self.truths(*test).not_met & block.live).rows() {
                    put(&mut own, row, self.short_exactly(block, id, row));
                }
            }
            Short::Every(parts) => {
                own.fill(i32::MIN);
                for (test, short) in parts {
                    let rows = self.truths(*test).not_met & block.live;
                    if !rows.any() {
                        continue;
                    }
                    match short.and_then(|short| self.shorts.get(short)) {
                        Some(short) => {
                            let worse = |a: i32, b: i32| a.max(b);
                            self.lanes.merge(&rows, short.row(), &mut own, worse);
                        }
                        None => self.lanes.put(&rows, NONE, &mut own),
                    }
                }
            }
            Short::Enough(k, parts) => self.enough(block, *k, parts, &mut own),
            Short::Mark { points, mark } => self.below(*points, *mark, &mut own),
        }
        if let Some(slot) = self.shorts.get_mut(id) {
            slot.0 = Some(own);
        }
    }

    /// A number that does not meet its edge.
    fn compared(
        &self,
        block: &Block<'_>,
        id: ShortId,
        (left, edge): (NumberId, Edge),
        rows: Bits,
        own: &mut Row<i32>,
    ) {
        let threshold = block.prepared.missed(id);
        let terms = threshold.and_then(Threshold::terms).filter(|terms| terms.numerator != 0.0);
        let (Some(amounts), Some(terms)) = (self.numbers.get(left), terms) else {
            // The share of nothing has no measure; that of another number is worked out row by row.
            own.fill(NONE);
            for row in rows.rows() {
                put(own, row, self.short_exactly(block, id, row));
            }
            return;
        };
        let doubt = match amounts.form {
            Form::Whole(most) => self.of_whole(&amounts.value, most, terms, edge, own),
            Form::Quotient(..) => self.of_quotient(&amounts.value, terms, edge, own),
            Form::Near => self.of_near(amounts, terms, edge, own),
        };
        for row in (doubt & rows).rows() {
            let ppm = self.short_of_parts(block, left, row, terms, edge);
            put(own, row, ppm.or_else(|| self.short_exactly(block, id, row)));
        }
    }

    /// From the whole numbers of which a row's value is the quotient, if it is one.
    fn short_of_parts(
        &self,
        block: &Block<'_>,
        left: NumberId,
        row: usize,
        terms: Terms,
        edge: Edge,
    ) -> Option<i64> {
        let (above, below) = self.parts_of(block, left, row)?;
        // Whole numbers below 2^53: products of two with a million fit.
        let [numerator, denominator] =
            [terms.numerator, terms.denominator].map(|term| term as i128);
        let short = numerator * below - above * denominator;
        let short = match edge {
            Edge::AtLeast | Edge::MoreThan => short,
            Edge::AtMost | Edge::LessThan => -short,
            Edge::Equal => short.abs(),
        };
        let (parts, size) = (short * 1_000_000, numerator.abs() * below);
        let up = i128::from(parts.rem_euclid(size) != 0);
        i64::try_from(parts.div_euclid(size) + up).ok()
    }

    fn parts_of(&self, block: &Block<'_>, id: NumberId, row: usize) -> Option<(i128, i128)> {
        match block.plan.numbers.get(id)? {
            Number::Divide(above, below) => {
                let whole = |id: NumberId| {
                    let amounts = self.numbers.get(id)?;
                    let is_whole = matches!(amounts.form, Form::Whole(_));
                    is_whole.then(|| amounts.at(row).0 as i128)
                };
                whole(*above).zip(whole(*below)).filter(|(_, below)| *below > 0)
            }
            Number::Derived { given, formula } => {
                let column = given.map(|(column, _)| column);
                match super::exact::given(block, column, row) {
                    Some(_) => None,
                    None => self.parts_of(block, *formula, row),
                }
            }
            _ => None,
        }
    }

    /// From whole numbers. Answers the rows that are left in doubt.
    fn of_whole(
        &self,
        value: &Row<f64>,
        most: f64,
        terms: Terms,
        edge: Edge,
        own: &mut Row<i32>,
    ) -> Bits {
        let Terms { numerator, denominator, parts, size } = terms;
        if (numerator.abs() + most * denominator) * parts + size > ROOMY {
            own.fill(NONE);
            return Bits::ALL;
        }
        // Rounded up by whole numbers: what is added is less than the next one, and by more than a
        // rounding can lose.
        let (share, nearly) = (1.0 / size, size - 0.5);
        let ppm = move |short: f64| ((short * parts + nearly) * share).floor();
        let sign = if matches!(edge, Edge::AtMost | Edge::LessThan) { -1.0 } else { 1.0 };
        let apart = edge == Edge::Equal;
        self.lanes.zip(&value[..], &mut own[..], move |value: f64, _| {
            let short = (numerator - value * denominator) * sign;
            let short = if apart { short.abs() } else { short };
            narrow(ppm(short))
        });
        Bits::NONE
    }

    /// From quotients that were rounded once. Answers the rows that are left in doubt.
    fn of_quotient(&self, value: &Row<f64>, terms: Terms, edge: Edge, own: &mut Row<i32>) -> Bits {
        /// Far more than what roundings lose of numbers that are not larger than this.
        const LOST: f64 = 1e-7;
        const LARGE: f64 = (1 << 24) as f64;
        let short = short_of(terms, edge);
        let narrowed = move |value: f64, _| narrow(short(value).ceil());
        self.lanes.zip(&value[..], &mut own[..], narrowed);
        self.lanes.rows(value, move |value| {
            let short = short(value);
            // Nothing at all is all of it short, without a doubt. Written so that what is not a number
            // is in doubt.
            let clear = (short - short.round_ties_even()).abs() >= LOST && short < LARGE;
            !clear && value != 0.0
        })
    }

    /// From numbers with a bound of their error. Answers the rows that are left in doubt.
    fn of_near(&self, amounts: &Amounts, terms: Terms, edge: Edge, own: &mut Row<i32>) -> Bits {
        let scale = MILLION * terms.denominator / terms.numerator.abs();
        let short = short_of(terms, edge);
        let value = &amounts.value;
        self.lanes.zip(&value[..], &mut own[..], move |value: f64, _| narrow(short(value).ceil()));
        let mut doubts = [false; BLOCK];
        self.lanes.both(value, &amounts.error, &mut doubts, move |value, error| {
            let short = short(value);
            let lost =
                (error + value.abs() * 4.0 * UNIT) * scale * 1.01 + short.abs() * UNIT + 1e-9;
            let clear = (short - short.round_ties_even()).abs() > lost && short < 1e12;
            !clear
        });
        self.lanes.rows(&doubts, |doubt| doubt)
    }

    /// The `k`th part counts that is not met.
    fn enough(
        &self,
        block: &Block<'_>,
        k: usize,
        parts: &[(TestId, Option<ShortId>)],
        own: &mut Row<i32>,
    ) {
        let lanes = self.lanes;
        let missed = parts.iter().filter_map(|(test, short)| {
            let short = short.and_then(|short| self.shorts.get(short))?;
            Some((self.truths(*test).not_met & block.live, short.row()))
        });
        let missed = missed.filter(|(rows, _)| rows.any());
        own.fill(NONE);
        if k == 1 {
            missed.for_each(|(rows, short)| lanes.merge(&rows, short, own, |a, b| a.min(b)));
            return;
        }
        // The smallest so far, in order: the first is that of rows in which one more would do.
        let mut least = vec![[NONE; BLOCK]; k];
        for (rows, short) in missed {
            let mut next = [NONE; BLOCK];
            lanes.merge(&rows, short, &mut next, |theirs, _| theirs);
            for kept in &mut least {
                lanes.sort(kept, &mut next);
            }
        }
        let mut met = Count::default();
        parts.iter().for_each(|(test, _)| met.add(self.truths(*test).met));
        let mut least = least.iter();
        if let Some(first) = least.next() {
            own.copy_from_slice(first);
        }
        for (won, least) in (1..k).rev().zip(least) {
            lanes.merge(&!met.at_least(won), least, own, |theirs, _| theirs);
        }
    }

    /// The shortfall of a row that is not met, from exact numbers.
    pub(super) fn short_exactly(&self, block: &Block<'_>, id: ShortId, row: usize) -> Option<i64> {
        let of_part = |(test, short): &(TestId, Option<ShortId>)| {
            let not_met = self.truths(*test).not_met.get(row);
            not_met.then(|| self.short_exactly(block, (*short)?, row))
        };
        match block.plan.shorts.get(id)? {
            Short::Compare { left, edge, right, .. } => {
                let (value, limit) =
                    (self.exact(block, *left, row)?, self.exact(block, *right, row)?);
                relative_shortfall((*edge).into(), value, limit)
            }
            Short::Growth { ratio, years, edge, rate, .. } => {
                let grown = Exact::scaled(self.rate(block, *ratio, *years, row)?, 1_000_000)?;
                relative_shortfall((*edge).into(), grown, rate.exact())
            }
            Short::Every(parts) => parts
                .iter()
                .filter_map(of_part)
                .try_fold(i64::MIN, |most, own| Some(most.max(own?))),
            Short::Enough(k, parts) => {
                let met = parts.iter().filter(|(test, _)| self.truths(*test).met.get(row)).count();
                let mut short: Vec<i64> = parts.iter().filter_map(of_part).flatten().collect();
                short.sort_unstable();
                short.get(k.saturating_sub(met).checked_sub(1)?).copied()
            }
            Short::Mark { .. } => {
                let own = self.shorts.get(id)?.row().get(row).copied()?;
                (own != NONE).then_some(i64::from(own))
            }
        }
    }

    /// The yearly rate of a growth in parts per million, rounded down.
    fn rate(&self, block: &Block<'_>, ratio: NumberId, years: u32, row: usize) -> Option<i64> {
        let (value, error) = self.numbers.get(ratio)?.at(row);
        let unit = block.prepared.units.roughly(ratio);
        let (value, error) = (value * unit, error * unit);
        if value > 1e-6 && value < 1e6 && error < value * 1e-12 {
            let rate = (value.powf(1.0 / f64::from(years)) - 1.0) * MILLION;
            let down = rate.floor();
            // Far from a whole number, floating point cannot have crossed it.
            if rate - down > 1e-3 && rate - down < 1.0 - 1e-3 {
                return Some(down as i64);
            }
        }
        let exact = Rate::Growth { ratio: self.exact(block, ratio, row)?, years };
        exact.shown()?.exactly_at(1_000_000)
    }

    fn below(&self, points: PointsId, mark: i32, own: &mut Row<i32>) {
        let Some(points) = self.won(points) else { return };
        if mark <= 0 {
            own.fill(NONE);
            return;
        }
        let mark = f64::from(mark);
        self.lanes.zip(&points.high[..], &mut own[..], move |high: i32, _| {
            // Both below 2^53: the division rounds to nothing but its floor.
            narrow(((mark - f64::from(high)) * MILLION / mark).ceil())
        });
    }
}

/// By how much a value misses an edge, in parts per million of the edge.
#[inline(always)]
fn short_of(terms: Terms, edge: Edge) -> impl Fn(f64) -> f64 + Copy {
    let Terms { numerator, denominator, .. } = terms;
    let scale = MILLION * denominator / numerator.abs();
    let whole = MILLION.copysign(numerator);
    // What is short of an edge from above is short of its opposite from below.
    let sign = if matches!(edge, Edge::AtMost | Edge::LessThan) { -1.0 } else { 1.0 };
    let apart = edge == Edge::Equal;
    move |value| {
        let short = (whole - value * scale) * sign;
        if apart { short.abs() } else { short }
    }
}

/// In the room that a row has.
#[inline(always)]
fn narrow(ppm: f64) -> i32 {
    /// A whole number added to it stands in the lowest bits.
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    let ppm = if ppm < f64::from(FAR) { ppm } else { f64::from(FAR) };
    (ppm + SHIFT).to_bits() as i32
}

fn put(values: &mut Row<i32>, row: usize, ppm: Option<i64>) {
    if let Some(own) = values.get_mut(row) {
        *own = ppm.map_or(NONE, |ppm| i32::try_from(ppm).map_or(FAR, |ppm| ppm.min(FAR)));
    }
}
