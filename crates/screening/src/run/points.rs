//! Points as bounds, row by row. Mirrors `test_score` of the evaluator.

use super::{Block, Values};
use crate::bits::{BLOCK, Bits};
use crate::lanes::{Lanes, Row};
use crate::plan::{Fraction, Number, NumberId, Points, PointsId, TestId};
use crate::truths::Whys;

/// Points of a scale, a group or a table.
#[derive(Clone)]
pub(crate) struct PointsRow {
    pub low: Box<Row<i32>>,
    pub high: Box<Row<i32>>,
    /// The fewest with every pending word taken as favourable; of groups and tables only.
    pub measured: Box<Row<i32>>,
    /// Of a scale: what it lacks. Of groups and tables: what open items lack.
    pub why: Whys,
    /// Rows whose bounds differ.
    pub open: Bits,
}

impl Default for PointsRow {
    fn default() -> Self {
        let zero = || Box::new([0; BLOCK]);
        Self { low: zero(), high: zero(), measured: zero(), why: Whys::NONE, open: Bits::NONE }
    }
}

impl Values {
    pub(super) fn points(&mut self, block: &Block<'_>, id: PointsId) {
        let Some(points) = block.plan.points.get(id) else { return };
        let Some(slot) = self.points.get_mut(id) else { return };
        let mut own = slot.take().unwrap_or_default();
        match points {
            Points::Bands { number, bands, reach } => {
                self.bands(block, *number, bands, *reach, &mut own);
            }
            Points::Steps { number, each, points, cap, reach } => {
                let unit = block.prepared.units.roughly(*number);
                let won = |row| self.steps(block, (*number, unit), *each, row, (*points, *cap));
                self.by_row(block, *number, *reach, true, won, &mut own);
            }
            Points::Given { number, reach } => {
                let won = |row| self.given_points(block, *number, row);
                self.by_row(block, *number, *reach, false, won, &mut own);
            }
            Points::Tally { entries, cap } => self.tally(entries, *cap, &mut own),
            Points::Levels { entries, otherwise } => self.levels(entries, *otherwise, &mut own),
            Points::Best(sides) => self.best(sides, &mut own),
            Points::Sum(items) => self.sum(items, &mut own),
            Points::Total(groups) => self.total(groups, &mut own),
        }
        if !matches!(points, Points::Bands { .. } | Points::Sum(_) | Points::Total(_)) {
            let PointsRow { low, high, open, .. } = &mut own;
            *open = differ(self.lanes, low, high) & block.live;
        }
        if let Some(slot) = self.points.get_mut(id) {
            *slot = Some(own);
        }
    }

    fn bands(
        &self,
        block: &Block<'_>,
        number: NumberId,
        bands: &[(TestId, i32)],
        (least, most): (i32, i32),
        own: &mut PointsRow,
    ) {
        let known = self.numbers.get(number).map_or(Bits::NONE, |number| number.known);
        own.low.fill(0);
        let mut taken = Bits::NONE;
        for (test, points) in bands {
            let rows = (self.truths(*test).met & known).but(taken);
            taken |= rows;
            if *points != 0 && rows.any() {
                self.lanes.add(&rows, *points, &mut own.low);
            }
        }
        own.high.copy_from_slice(&own.low[..]);
        // In no band, or not known: all that the scale can give is possible.
        let rest = block.live.but(taken);
        own.open = if least == most { Bits::NONE } else { rest };
        if rest.any() {
            self.lanes.add(&rest, least, &mut own.low);
            self.lanes.add(&rest, most, &mut own.high);
        }
        own.why = self.numbers.get(number).map_or(Whys::NONE, |number| number.whys());
    }

    /// Points that are worked out one by one, in the rows whose number is known.
    fn by_row(
        &self,
        block: &Block<'_>,
        number: NumberId,
        (least, most): (i32, i32),
        judged_if_absent: bool,
        won: impl Fn(usize) -> Option<i32>,
        own: &mut PointsRow,
    ) {
        let Some(amounts) = self.numbers.get(number) else { return };
        own.low.fill(least);
        own.high.fill(most);
        for row in (amounts.known & block.live).rows() {
            if let Some(won) = won(row) {
                put(&mut own.low, row, won);
                put(&mut own.high, row, won);
            }
        }
        own.why = if judged_if_absent { amounts.whys() } else { amounts.why };
    }

    /// The points of the full steps that a value reaches.
    fn steps(
        &self,
        block: &Block<'_>,
        (number, unit): (NumberId, f64),
        each: Fraction,
        row: usize,
        (points, cap): (i32, i32),
    ) -> Option<i32> {
        let (value, error) = self.numbers.get(number)?.at(row);
        let (step, doubt) = each.approximately();
        let (step, doubt) = (step / unit, doubt / unit + step / unit * 4.0 * f64::EPSILON);
        let quotient = value / step;
        let unsure = (error + quotient.abs() * doubt) / step + quotient.abs() * 4.0 * f64::EPSILON;
        let (low, high) = ((quotient - unsure).floor(), (quotient + unsure).floor());
        let steps = if low == high && high < 1e9 {
            low as i64
        } else {
            self.exact(block, number, row)?.over(each.exact())?.floor_at(1)?
        };
        let won = steps.max(0).saturating_mul(i64::from(points)).min(i64::from(cap));
        i32::try_from(won).ok()
    }

    /// What somebody else awards, in hundredths rounded down.
    fn given_points(&self, block: &Block<'_>, number: NumberId, row: usize) -> Option<i32> {
        if let Some(Number::Fact { column, scale: 100, .. }) = block.plan.numbers.get(number)
            && let Some(value) = super::exact::given(block, *column, row)
        {
            return Some(clamped(value));
        }
        self.exact(block, number, row)?.floor_at(100).map(clamped)
    }

    fn tally(&self, entries: &[(TestId, i32)], cap: i32, own: &mut PointsRow) {
        own.low.fill(0);
        own.high.fill(0);
        own.why = Whys::NONE;
        for (test, points) in entries {
            let truths = self.truths(*test);
            // What is unknown may give its points or none; points may be taken off.
            let open = |side: i32| if side == 0 { truths.met } else { truths.met | truths.unknown };
            self.lanes.add(&open((*points).min(0)), *points, &mut own.low);
            self.lanes.add(&open((*points).max(0)), *points, &mut own.high);
            own.why = own.why.and(truths.why.within(truths.unknown));
        }
        for side in [&mut own.low, &mut own.high] {
            self.lanes.zip(
                &[(); BLOCK],
                &mut side[..],
                #[inline(always)]
                |(), won| won.min(cap),
            );
        }
    }

    fn levels(&self, entries: &[(TestId, i32)], otherwise: i32, own: &mut PointsRow) {
        own.low.fill(otherwise);
        own.high.fill(otherwise);
        own.why = Whys::NONE;
        // From the last to the first: the first that holds decides, what is unknown may hold.
        for (test, points) in entries.iter().rev() {
            let (truths, points) = (self.truths(*test), *points);
            for side in [&mut own.low, &mut own.high] {
                self.lanes.put(&truths.met, points, side);
            }
            if truths.unknown.any() {
                let mut low = own.low.clone();
                let mut high = own.high.clone();
                self.lanes.zip(&[(); BLOCK], &mut low[..], |(), won| won.min(points));
                self.lanes.zip(&[(); BLOCK], &mut high[..], |(), won| won.max(points));
                for row in truths.unknown.rows() {
                    put(&mut own.low, row, low.get(row).copied().unwrap_or_default());
                    put(&mut own.high, row, high.get(row).copied().unwrap_or_default());
                }
                own.why = own.why.and(truths.why.within(truths.unknown));
            }
        }
    }

    fn best(&self, sides: &[PointsId], own: &mut PointsRow) {
        own.low.fill(0);
        own.high.fill(0);
        own.why = Whys::NONE;
        for side in sides.iter().filter_map(|side| self.won(*side)) {
            let larger = |theirs: i32, mine: i32| mine.max(theirs);
            self.lanes.zip(&side.low[..], &mut own.low[..], larger);
            self.lanes.zip(&side.high[..], &mut own.high[..], larger);
            own.why = own.why.and(side.why);
        }
    }

    fn sum(&self, items: &[PointsId], own: &mut PointsRow) {
        for side in [&mut own.low, &mut own.high, &mut own.measured] {
            side.fill(0);
        }
        own.why = Whys::NONE;
        own.open = Bits::NONE;
        for item in items.iter().filter_map(|item| self.won(*item)) {
            let plus = |theirs: i32, mine: i32| mine.wrapping_add(theirs);
            self.lanes.zip(&item.low[..], &mut own.low[..], plus);
            self.lanes.zip(&item.high[..], &mut own.high[..], plus);
            // Only what lacks data counts at its fewest.
            let lacking = item.why.data & item.open;
            if lacking.any() {
                let mut measured = *item.high;
                self.lanes.merge(&lacking, &item.low, &mut measured, |fewest, _| fewest);
                self.lanes.zip(&measured[..], &mut own.measured[..], plus);
            } else {
                self.lanes.zip(&item.high[..], &mut own.measured[..], plus);
            }
            own.why = own.why.and(item.why.within(item.open));
            own.open |= item.open;
        }
    }

    fn total(&self, groups: &[PointsId], own: &mut PointsRow) {
        for side in [&mut own.low, &mut own.high, &mut own.measured] {
            side.fill(0);
        }
        own.why = Whys::NONE;
        for group in groups.iter().filter_map(|group| self.won(*group)) {
            let plus = |theirs: i32, mine: i32| mine.wrapping_add(theirs);
            self.lanes.zip(&group.low[..], &mut own.low[..], plus);
            self.lanes.zip(&group.high[..], &mut own.high[..], plus);
            self.lanes.zip(&group.measured[..], &mut own.measured[..], plus);
            own.why = own.why.and(group.why);
        }
    }
}

fn differ(lanes: Lanes, low: &Row<i32>, high: &Row<i32>) -> Bits {
    let mut difference = [0; BLOCK];
    difference.copy_from_slice(low);
    lanes.zip(
        &high[..],
        &mut difference[..],
        #[inline(always)]
        |high, low| high ^ low,
    );
    lanes.rows(
        &difference,
        #[inline(always)]
        |difference| difference != 0,
    )
}

fn put(values: &mut Row<i32>, row: usize, value: i32) {
    if let Some(own) = values.get_mut(row) {
        *own = value;
    }
}

/// Points beyond any table are as good as these.
fn clamped(points: i64) -> i32 {
    const MOST: i64 = 1 << 20;
    i32::try_from(points.clamp(-MOST, MOST)).unwrap_or_default()
}
