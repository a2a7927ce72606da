//! One number held against another: by one comparison in floating point wherever whole numbers and
//! quotients of them leave no doubt, with an error bound elsewhere, and by exact fractions in the few
//! rows that are then still open.

use std::cmp::Ordering;

use super::amounts::Form;
use super::{Block, Values};
use crate::bits::{BLOCK, Bits};
use crate::lanes::{Row, UNIT};
use crate::plan::{Edge, NumberId, TestId};
use crate::prepared::{Threshold, WHOLE};
use crate::truths::Truths;

/// Rows above an edge, below it, and those that floating point leaves open.
struct Sides {
    above: Bits,
    below: Bits,
    equal: Bits,
}

impl Values {
    pub(super) fn compare(
        &self,
        block: &Block<'_>,
        test: TestId,
        (left, edge, right): (NumberId, Edge, NumberId),
    ) -> Truths {
        let (Some(a), Some(b)) = (self.numbers.get(left), self.numbers.get(right)) else {
            return Truths::NONE;
        };
        let known = a.known & b.known;
        let why = || match known == block.live {
            true => crate::truths::Whys::NONE,
            false => a.whys().and(b.whys()),
        };
        if let Some(threshold) = block.prepared.threshold(test)
            && let Some(met) = self.against(&a.value, a.form, threshold, edge)
        {
            return Truths::decided(met, known, why());
        }
        let sides = match block.prepared.threshold(test) {
            Some(threshold) => self.around(left, threshold.at),
            None => self.between(left, right, block.prepared.between(test)),
        };
        let (mut above, mut below) = (sides.above & known, sides.below & known);
        let mut equal = sides.equal & known;
        let mut too_wide = Bits::NONE;
        for row in (known & block.live).but(above | below | equal).rows() {
            let exact = |id| self.exact(block, id, row);
            match exact(left).zip(exact(right)).and_then(|(left, right)| left.compare(right)) {
                Some(Ordering::Greater) => above.set(row),
                Some(Ordering::Less) => below.set(row),
                Some(Ordering::Equal) => equal.set(row),
                None => too_wide.set(row),
            }
        }
        let met = match edge {
            Edge::AtLeast => above | equal,
            Edge::MoreThan => above,
            Edge::AtMost => below | equal,
            Edge::LessThan => below,
            Edge::Equal => equal,
        };
        let mut why = why();
        why.judgement |= too_wide;
        Truths::decided(met, known.but(too_wide), why)
    }

    /// The rows that meet an edge, if one comparison settles it.
    fn against(
        &self,
        value: &Row<f64>,
        form: Form,
        threshold: &Threshold,
        edge: Edge,
    ) -> Option<Bits> {
        let lanes = self.lanes;
        match form {
            Form::Whole(_) => {
                let from = || {
                    let from = threshold.from;
                    lanes.rows(value, move |value| value >= from)
                };
                let beyond = || {
                    let beyond = threshold.beyond;
                    lanes.rows(value, move |value| value >= beyond)
                };
                Some(match edge {
                    Edge::AtLeast => from(),
                    Edge::MoreThan => beyond(),
                    Edge::AtMost => !beyond(),
                    Edge::LessThan => !from(),
                    Edge::Equal => from().but(beyond()),
                })
            }
            // Rounded once, it never changes sides with the rounded edge. It could only fall on it,
            // and does not where the divisor is small.
            Form::Quotient(_, below) if threshold.is_told_from(below) => {
                let at = threshold.at;
                Some(match edge {
                    Edge::AtLeast => lanes.rows(value, move |value| value >= at),
                    Edge::MoreThan => lanes.rows(value, move |value| value > at),
                    Edge::AtMost => lanes.rows(value, move |value| value <= at),
                    Edge::LessThan => lanes.rows(value, move |value| value < at),
                    Edge::Equal => lanes.rows(value, move |value| value == at),
                })
            }
            _ => None,
        }
    }

    /// A number around a constant, within its error.
    fn around(&self, left: NumberId, at: f64) -> Sides {
        let Some(amounts) = self.numbers.get(left) else { return Sides::OPEN };
        let mut error = [0.0; BLOCK];
        let side = amounts.side();
        self.lanes.both(&amounts.value, &amounts.error, &mut error, move |value, error| {
            side.off(value, error)
        });
        let (edge, lost) = ([at; BLOCK], [at.abs() * UNIT; BLOCK]);
        let (above, below) = self.lanes.compare((&amounts.value, &error), (&edge, &lost));
        Sides { above, below, equal: Bits::NONE }
    }

    /// Two numbers, each times a factor.
    fn between(&self, left: NumberId, right: NumberId, factors: Option<(f64, f64)>) -> Sides {
        let (Some(a), Some(b), Some((by, times))) =
            (self.numbers.get(left), self.numbers.get(right), factors)
        else {
            return Sides::OPEN;
        };
        let lanes = self.lanes;
        if let (Form::Whole(most), Form::Whole(largest)) = (a.form, b.form)
            && most * by < WHOLE
            && largest * times < WHOLE
        {
            let mut order = [0i8; BLOCK];
            lanes.both(&a.value, &b.value, &mut order, move |a, b| {
                let (a, b) = (a * by, b * times);
                i8::from(a > b) - i8::from(a < b)
            });
            return Sides {
                above: lanes.rows(&order, move |order| order > 0),
                below: lanes.rows(&order, move |order| order < 0),
                equal: lanes.rows(&order, move |order| order == 0),
            };
        }
        let (mut left, mut left_error) = ([0.0; BLOCK], [0.0; BLOCK]);
        let (mut right, mut right_error) = ([0.0; BLOCK], [0.0; BLOCK]);
        for (from, by, value, error) in
            [(a, by, &mut left, &mut left_error), (b, times, &mut right, &mut right_error)]
        {
            let side = from.side();
            lanes.join(side, side, value, error, move |value, error, _, _| {
                let scaled = value * by;
                (scaled, error * by + scaled.abs() * UNIT)
            });
        }
        let (above, below) = lanes.compare((&left, &left_error), (&right, &right_error));
        Sides { above, below, equal: Bits::NONE }
    }
}

impl Sides {
    const OPEN: Self = Self { above: Bits::NONE, below: Bits::NONE, equal: Bits::NONE };
}
