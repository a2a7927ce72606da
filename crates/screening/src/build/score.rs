//! Score tables as points of the plan.

use rules::{Entry, Mark, Measure, Quantity, Scale, ScoreGroup, ScoreTable, Truth};

use super::criterion::Scored;
use super::{Parts, Unsupported};
use crate::plan::{
    Edge, Fraction, Number, NumberId, Points, PointsId, Short, ShortId, Test, TestId,
};

impl<'r> Parts<'_, 'r> {
    pub(super) fn score(&mut self, table: &'r ScoreTable) -> Result<Scored, Unsupported> {
        let (mut subtotals, mut items) = (Vec::new(), Vec::new());
        let (mut truths, mut measured, mut shorts) = (Vec::new(), Vec::new(), Vec::new());
        for group in &table.groups {
            let (subtotal, mut own) = self.group(group)?;
            items.append(&mut own);
            subtotals.push(subtotal);
            if let Some(floor) = &group.floor {
                let (truth, as_measured, short) = self.mark(floor, subtotal)?;
                truths.push(truth);
                measured.push(as_measured);
                shorts.push((truth, short));
            }
        }
        // Floors first, the mark last, as the evaluator has it.
        let total = self.plan.points(Points::Total(subtotals));
        let (truth, as_measured, short) = self.mark(&table.pass, total)?;
        truths.push(truth);
        measured.push(as_measured);
        shorts.push((truth, short));
        Ok(Scored {
            total: Some(total),
            truth: self.plan.test(Test::All(truths)),
            measured: self.plan.test(Test::All(measured)),
            short: self.every(shorts),
            items,
        })
    }

    fn mark(
        &mut self,
        mark: &Mark,
        points: PointsId,
    ) -> Result<(TestId, TestId, Option<ShortId>), Unsupported> {
        let (edge, mark) = (Edge::from(mark.operator), small(mark.points.0)?);
        let short = (mark != 0).then(|| self.plan.short(Short::Mark { points, mark }));
        Ok((
            self.plan.test(Test::Reached { points, edge, mark }),
            self.plan.test(Test::ReachedMeasured { points, edge, mark }),
            short,
        ))
    }

    fn group(&mut self, group: &'r ScoreGroup) -> Result<(PointsId, Vec<PointsId>), Unsupported> {
        let items: Result<Vec<PointsId>, Unsupported> =
            group.items.iter().map(|item| self.scale(&item.scale)).collect();
        let items = items?;
        Ok((self.plan.points(Points::Sum(items.clone())), items))
    }

    fn scale(&mut self, scale: &'r Scale) -> Result<PointsId, Unsupported> {
        let (low, high) = scale.reach();
        let reach = (small(low.0)?, small(high.0)?);
        let points = match scale {
            Scale::Bands { value, bands } => {
                let mut tested = Vec::new();
                let number = self.value(value)?;
                for band in bands {
                    let mut edges = Vec::new();
                    for (operator, limit) in &band.edges {
                        edges.push(self.edge(value, number, (*operator).into(), limit.value)?);
                    }
                    let inside = match edges.is_empty() {
                        true => self.same(Truth::Met),
                        false => self.plan.test(Test::All(edges)),
                    };
                    tested.push((inside, small(band.points.0)?));
                }
                Points::Bands { number, bands: tested, reach }
            }
            Scale::Steps { value: Quantity::CompoundGrowth { .. }, .. } => return Err(Unsupported),
            Scale::Steps { value, each, points, cap } => {
                let number = self.number(value)?;
                if !each.value.is_positive() {
                    return Err(Unsupported);
                }
                let each = Fraction::of(each.value);
                let (points, cap) = (small(points.0)?, small(cap.0)?);
                Points::Steps { number, each, points, cap, reach }
            }
            Scale::Tally { entries, cap } => {
                Points::Tally { entries: self.entries(entries)?, cap: small(cap.0)? }
            }
            Scale::Levels { entries, otherwise } => {
                Points::Levels { entries: self.entries(entries)?, otherwise: small(otherwise.0)? }
            }
            Scale::Best(sides) => {
                let sides: Result<Vec<PointsId>, Unsupported> =
                    sides.iter().map(|side| self.scale(&side.scale)).collect();
                Points::Best(sides?)
            }
            Scale::Given(fact) => {
                if Measure::of(&fact.indicator.kind) == Measure::Money {
                    return Err(Unsupported);
                }
                Points::Given { number: self.fact(fact)?, reach }
            }
        };
        Ok(self.plan.points(points))
    }

    /// The number that bands look at: the ratio, for a growth over years.
    fn value(&mut self, value: &'r Quantity) -> Result<NumberId, Unsupported> {
        match value {
            Quantity::CompoundGrowth { end, start, .. } => {
                let (end, start) = (self.number(end)?, self.number(start)?);
                Ok(self.plan.number(Number::Ratio(end, start)))
            }
            other => self.number(other),
        }
    }

    fn edge(
        &mut self,
        value: &'r Quantity,
        left: NumberId,
        edge: Edge,
        limit: rules::Exact,
    ) -> Result<TestId, Unsupported> {
        if let Quantity::CompoundGrowth { end, start, years } = value {
            return Ok(self.growth(end, start, *years, edge, limit)?.1);
        }
        let right = self.plan.number(Number::Constant(Fraction::of(limit)));
        Ok(self.plan.test(Test::Compare { left, edge, right }))
    }

    fn entries(&mut self, entries: &'r [Entry]) -> Result<Vec<(TestId, i32)>, Unsupported> {
        let entry = |entry: &'r Entry| Ok((self.condition(&entry.when)?.0, small(entry.points.0)?));
        entries.iter().map(entry).collect()
    }
}

/// Points that leave room for adding up a table of them.
fn small(points: i64) -> Result<i32, Unsupported> {
    const MOST: i64 = 1 << 20;
    if (-MOST..=MOST).contains(&points) {
        i32::try_from(points).map_err(|_| Unsupported)
    } else {
        Err(Unsupported)
    }
}
