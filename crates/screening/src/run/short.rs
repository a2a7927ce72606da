//! Relative shortfalls of what is not met, in parts per million rounded up. Mirrors `shortfall` of
//! the evaluator. They rank and decide nothing.

use rules::{Exact, Number as Rate, relative_shortfall};

use super::numbers::slice;
use super::{Block, Values};
use crate::bits::{BLOCK, Bits};
use crate::lanes::Row;
use crate::plan::{Edge, Fraction, Number, NumberId, PointsId, Short, ShortId, TestId};

/// A shortfall that has no measure.
pub(crate) const NONE: i64 = i64::MAX;

/// A shortfall for each row that is not met; `NONE` where it has no measure. Other rows mean nothing.
pub(crate) struct Shorts(pub Box<Row<i64>>);

impl Default for Shorts {
    fn default() -> Self {
        Self(Box::new([NONE; BLOCK]))
    }
}

const MILLION: i64 = 1_000_000;

/// Stored values as parts per million of a threshold: `value * parts / size`, in lowest terms, so
/// that a threshold in round amounts leaves small numbers.
pub(crate) struct Share {
    parts: i64,
    size: i64,
}

impl Share {
    pub fn of(limit: Exact, scale: i64) -> Option<Self> {
        // Whole numbers up to here are floating-point numbers.
        const EXACT: i64 = 1 << 53;
        let share = Exact::whole(MILLION).over(limit.times(Exact::whole(scale))?.size()?)?;
        let fraction = Fraction::of(share).exact();
        let small =
            |number: ethnum::I256| i64::try_from(number).ok().filter(|number| *number < EXACT);
        Some(Self { parts: small(fraction.numerator())?, size: small(fraction.denominator())? })
    }

    /// Smaller values are multiplied without rounding, and divided without crossing a whole number.
    fn largest(&self) -> i64 {
        (1 << 53) / self.parts.max(1)
    }

    fn short(&self, value: i64, sign: i64, at_least: bool) -> Option<i64> {
        let (above, below) = (i128::from(value) * i128::from(self.parts), i128::from(self.size));
        let down = above.div_euclid(below);
        let up = if above.rem_euclid(below) == 0 { down } else { down + 1 };
        let sign = i128::from(sign);
        i64::try_from(if at_least { sign - down } else { up - sign }).ok()
    }
}

impl Values {
    pub(super) fn short(&mut self, block: &Block<'_>, id: ShortId) {
        let Some(short) = block.plan.shorts.get(id) else { return };
        let Some(slot) = self.shorts.get_mut(id) else { return };
        let mut own = std::mem::take(slot);
        match short {
            Short::Compare { left, edge, right, test } => {
                let rows = self.truths(*test).not_met & block.live;
                if rows.any() {
                    self.compared(block, id, (*left, *edge, *right), rows, &mut own.0);
                }
            }
            Short::Growth { ratio, years, edge, rate, test } => {
                let rows = self.truths(*test).not_met & block.live;
                self.grown(block, (*ratio, *years), (*edge, rate.exact()), rows, &mut own.0);
            }
            Short::Every(parts) => {
                own.0.fill(i64::MIN);
                for (test, short) in parts {
                    let rows = self.truths(*test).not_met & block.live;
                    if !rows.any() {
                        continue;
                    }
                    match short.and_then(|short| self.shorts.get(short)) {
                        Some(short) => {
                            merge(
                                self,
                                &rows,
                                &short.0,
                                &mut own.0,
                                #[inline(always)]
                                |a, b| a.max(b),
                            );
                        }
                        None => self.lanes.put(&rows, NONE, &mut own.0),
                    }
                }
            }
            Short::Enough(1, parts) => {
                own.0.fill(NONE);
                for (test, short) in parts {
                    let rows = self.truths(*test).not_met & block.live;
                    if let Some(short) = short.and_then(|short| self.shorts.get(short))
                        && rows.any()
                    {
                        merge(
                            self,
                            &rows,
                            &short.0,
                            &mut own.0,
                            #[inline(always)]
                            |a, b| a.min(b),
                        );
                    }
                }
            }
            Short::Enough(k, parts) => {
                for row in block.live.rows() {
                    let ppm = self.kth(*k, parts, row);
                    put(&mut own.0, row, ppm);
                }
            }
            Short::Mark { points, mark } => self.below(*points, *mark, &mut own.0),
        }
        if let Some(slot) = self.shorts.get_mut(id) {
            *slot = own;
        }
    }

    fn compared(
        &self,
        block: &Block<'_>,
        id: ShortId,
        (left, edge, right): (NumberId, Edge, NumberId),
        rows: Bits,
        own: &mut Row<i64>,
    ) {
        let constant = match block.plan.numbers.get(right) {
            Some(Number::Constant(limit)) => Some(*limit),
            _ => None,
        };
        let limit = constant.map(Fraction::exact);
        let exact = |row| {
            let value = self.exact(block, left, row)?;
            let limit = limit.map_or_else(|| self.exact(block, right, row), Some)?;
            relative_shortfall(edge.into(), value, limit)
        };
        let mut doubt = rows;
        if let Some(fraction) = constant
            && let Some(limit) = limit.filter(|limit| limit.numerator() != 0)
            && edge != Edge::Equal
        {
            doubt &= match block.plan.numbers.get(left) {
                Some(Number::Fact { column, .. }) => {
                    let share = block.prepared.share(id);
                    self.of_column(block, (*column, share), (edge, limit), rows, own)
                }
                _ => self.short_of_number(left, edge, fraction, own),
            };
        }
        for row in doubt.rows() {
            put(own, row, exact(row));
        }
    }

    /// From a column of whole numbers. Answers the rows that are left in doubt.
    fn of_column(
        &self,
        block: &Block<'_>,
        (column, share): (Option<usize>, Option<&Share>),
        (edge, limit): (Edge, Exact),
        rows: Bits,
        own: &mut Row<i64>,
    ) -> Bits {
        let Some(column) = block.input.number(column) else { return Bits::ALL };
        let Some(share) = share else { return Bits::ALL };
        let sign = if limit.is_negative() { -MILLION } else { MILLION };
        let at_least = matches!(edge, Edge::AtLeast | Edge::MoreThan);
        let values = slice(column.values(), block);
        let (parts, size) = (share.parts as f64, share.size as f64);
        self.lanes.zip(
            values,
            &mut own[..],
            #[inline(always)]
            move |value: i64, _| {
                let share = value as f64 * parts / size;
                if at_least {
                    sign.wrapping_sub(share.floor() as i64)
                } else {
                    (share.ceil() as i64).wrapping_sub(sign)
                }
            },
        );
        let given = super::input::valid(column, block.start, block.len);
        let largest = share.largest();
        let small = self.lanes.at_least(values, -largest).but(self.lanes.at_least(values, largest));
        for row in (rows & given).but(small).rows() {
            let value = values.get(row).copied().unwrap_or_default();
            put(own, row, share.short(value, sign, at_least));
        }
        // Defaults are not in the column.
        !given
    }

    /// From a number with an error bound. Answers the rows that are left in doubt.
    fn short_of_number(
        &self,
        left: NumberId,
        edge: Edge,
        limit: Fraction,
        own: &mut Row<i64>,
    ) -> Bits {
        let Some(amounts) = self.numbers.get(left) else { return Bits::ALL };
        let (size, lost) = limit.approximately();
        let negative = size < 0.0;
        let (size, lost) = (size.abs(), lost / size.abs());
        let sign = if negative { -MILLION } else { MILLION };
        let at_least = matches!(edge, Edge::AtLeast | Edge::MoreThan);
        let mut doubts = [0u8; BLOCK];
        self.lanes.zip(
            &amounts.value[..],
            &mut own[..],
            #[inline(always)]
            move |value: f64, _| {
                let share = value * MILLION as f64 / size;
                // What does not fit is in doubt.
                if at_least {
                    sign.wrapping_sub(share.floor() as i64)
                } else {
                    (share.ceil() as i64).wrapping_sub(sign)
                }
            },
        );
        let pairs: (&Row<f64>, &Row<f64>) = amounts.sides();
        self.lanes.both(
            pairs.0,
            pairs.1,
            &mut doubts,
            #[inline(always)]
            move |value, error| {
                let share = value * MILLION as f64 / size;
                let unsure = (error * MILLION as f64 / size
                    + share.abs() * (lost + 4.0 * f64::EPSILON))
                    * 1.01;
                let near = (share - share.round()).abs() <= unsure;
                // Written so that what is not a number is in doubt as well.
                // Nothing at all is a million short, without a doubt.
                u8::from(
                    (near || !(share.abs() < 4e18 && unsure < 0.5)) && value != 0.0
                        || error.is_nan(),
                )
            },
        );
        self.lanes.rows(
            &doubts,
            #[inline(always)]
            |doubt| doubt != 0,
        )
    }

    /// From a growth over years, which is held against its edge as it is shown.
    fn grown(
        &self,
        block: &Block<'_>,
        (ratio, years): (NumberId, u32),
        (edge, limit): (Edge, Exact),
        rows: Bits,
        own: &mut Row<i64>,
    ) {
        let share = Share::of(limit, MILLION).filter(|_| edge != Edge::Equal);
        let sign = if limit.is_negative() { -MILLION } else { MILLION };
        let at_least = matches!(edge, Edge::AtLeast | Edge::MoreThan);
        for row in rows.rows() {
            let rate = self.rate(block, ratio, years, row);
            let ppm = rate.and_then(|rate| match &share {
                Some(share) => share.short(rate, sign, at_least),
                None => relative_shortfall(edge.into(), Exact::scaled(rate, MILLION)?, limit),
            });
            put(own, row, ppm);
        }
    }

    /// The yearly rate of a growth in parts per million, rounded down.
    fn rate(&self, block: &Block<'_>, ratio: NumberId, years: u32, row: usize) -> Option<i64> {
        let (value, error) = self.numbers.get(ratio)?.at(row);
        if value > 1e-6 && value < 1e6 && error < value * 1e-12 {
            let rate = (value.powf(1.0 / f64::from(years)) - 1.0) * MILLION as f64;
            let down = rate.floor();
            // Far from a whole number, floating point cannot have crossed it.
            if rate - down > 1e-3 && rate - down < 1.0 - 1e-3 {
                return Some(down as i64);
            }
        }
        let exact = Rate::Growth { ratio: self.exact(block, ratio, row)?, years };
        exact.shown()?.exactly_at(MILLION)
    }

    /// The shortfall of the last part that is still needed.
    fn kth(&self, k: usize, parts: &[(TestId, Option<ShortId>)], row: usize) -> Option<i64> {
        let (mut met, mut short) = (0usize, Vec::new());
        for (test, part) in parts {
            let truths = self.truths(*test);
            if truths.met.get(row) {
                met += 1;
            } else if truths.not_met.get(row) {
                let known = part.and_then(|part| self.shorts.get(part)?.0.get(row).copied());
                short.extend(known.filter(|ppm| *ppm != NONE));
            }
        }
        short.sort_unstable();
        short.get(k.saturating_sub(met).checked_sub(1)?).copied()
    }

    fn below(&self, points: PointsId, mark: i32, own: &mut Row<i64>) {
        let Some(points) = self.points.get(points) else { return };
        if mark <= 0 {
            own.fill(NONE);
            return;
        }
        let mark = i64::from(mark);
        self.lanes.zip(
            &points.high[..],
            &mut own[..],
            #[inline(always)]
            move |high: i32, _| {
                // Both below 2^53: the division rounds to nothing but its floor.
                let short = (mark - i64::from(high)) * MILLION;
                (short as f64 / mark as f64).ceil() as i64
            },
        );
    }
}

/// Takes the better of mine and theirs in these rows.
fn merge(
    values: &Values,
    rows: &Bits,
    theirs: &Row<i64>,
    mine: &mut Row<i64>,
    better: impl Fn(i64, i64) -> i64,
) {
    values.lanes.merge(rows, theirs, mine, better);
}

fn put(values: &mut Row<i64>, row: usize, ppm: Option<i64>) {
    if let Some(own) = values.get_mut(row) {
        *own = ppm.unwrap_or(NONE);
    }
}
