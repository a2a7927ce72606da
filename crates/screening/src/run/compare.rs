//! One number held against another: whole numbers where both sides allow it, floating point with an
//! error bound elsewhere, and exact fractions in the few rows where that leaves a doubt.

use std::cmp::Ordering;

use super::input::valid;
use super::numbers::slice;
use super::{Block, Values};
use crate::bits::Bits;
use crate::plan::{Edge, NumberId, TestId};
use crate::prepared::Interval;
use crate::truths::{Truths, Whys};

impl Values {
    pub(super) fn compare(
        &self,
        block: &Block<'_>,
        test: TestId,
        (left, edge, right): (NumberId, Edge, NumberId),
    ) -> Truths {
        if let Some(interval) = block.prepared.interval(test) {
            return self.within(block, left, interval);
        }
        let (Some(a), Some(b)) = (self.numbers.get(left), self.numbers.get(right)) else {
            return Truths::NONE;
        };
        let known = a.known & b.known;
        let (above, below) = self.lanes.compare(a.sides(), b.sides());
        let (mut above, mut below) = (above & known, below & known);
        let mut equal = Bits::NONE;
        let mut too_wide = Bits::NONE;
        for row in (known & block.live).but(above | below).rows() {
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
        let mut why = a.whys().and(b.whys());
        why.judgement |= too_wide;
        Truths::decided(met, known.but(too_wide), why)
    }

    /// A column of whole numbers against bounds.
    fn within(&self, block: &Block<'_>, left: NumberId, interval: &Interval) -> Truths {
        let Some(amounts) = self.numbers.get(left) else { return Truths::NONE };
        let mut met = Bits::NONE;
        let mut given = Bits::NONE;
        if let Some(column) = block.input.number(interval.column) {
            let values = slice(column.values(), block);
            let from = |edge: i64| self.lanes.at_least(values, edge);
            met = match (interval.from, interval.beyond) {
                _ if interval.never => Bits::NONE,
                (None, None) => Bits::ALL,
                (Some(from_here), None) => from(from_here),
                (None, Some(beyond)) => !from(beyond),
                (Some(from_here), Some(beyond)) => from(from_here).but(from(beyond)),
            };
            if interval.assumed.is_some() {
                given = valid(column, block.start, block.len);
            }
        }
        if interval.assumed == Some(true) {
            met = (met & given) | !given;
        } else if interval.assumed == Some(false) {
            met &= given;
        }
        let why = if amounts.known == block.live { Whys::NONE } else { amounts.whys() };
        Truths::decided(met, amounts.known, why)
    }
}
