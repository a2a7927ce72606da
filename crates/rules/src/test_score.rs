//! The meaning of score tables: points as bounds that close as facts come in.

use crate::amount::{Amount, Lacking};
use crate::condition::Limit;
use crate::context::Context;
use crate::score::{Band, Entry, Mark, Points, Scale, ScoreGroup, ScoreItem, ScoreTable};
use crate::truth::{Truth, Why};
use crate::verdict::{ConditionResult, GroupResult, ItemResult, ScaleFinding, ScoreResult};

impl<'r> Context<'r, '_> {
    /// Adds up a score table.
    pub(crate) fn score(&self, table: &'r ScoreTable) -> ScoreResult<'r> {
        let groups: Vec<GroupResult<'r>> =
            table.groups.iter().map(|group| self.score_group(group)).collect();
        let low = sum(groups.iter().map(|group| group.low));
        let high = sum(groups.iter().map(|group| group.high));
        let why = open_reasons(groups.iter().flat_map(|group| &group.items));
        let pass = reached(&table.pass, low, high, why);
        let floors = groups.iter().filter_map(|group| group.floor);
        let truth = Truth::all(floors.chain([pass]));
        ScoreResult { table, low, high, truth, groups }
    }

    fn score_group(&self, group: &'r ScoreGroup) -> GroupResult<'r> {
        let items: Vec<ItemResult<'r>> =
            group.items.iter().map(|item| self.score_item(item)).collect();
        let low = sum(items.iter().map(|item| item.low));
        let high = sum(items.iter().map(|item| item.high));
        let why = open_reasons(&items);
        let floor = group.floor.as_ref().map(|floor| reached(floor, low, high, why));
        GroupResult { group, low, high, floor, items }
    }

    fn score_item(&self, item: &'r ScoreItem) -> ItemResult<'r> {
        let given = self.scale(&item.scale);
        let lacking = if given.low == given.high { Lacking::default() } else { given.lacking };
        ItemResult { item, low: given.low, high: given.high, lacking, findings: given.findings }
    }

    fn scale(&self, scale: &'r Scale) -> Scaled<'r> {
        match scale {
            Scale::Bands { value, bands } => {
                let amount = self.amount(value).judged_if_absent();
                let (low, high) = match band_of(bands, &amount) {
                    Some(points) => (points, points),
                    None => scale.reach(),
                };
                Scaled::value(low, high, amount, self.operands(value))
            }
            Scale::Steps { value, each, points, cap } => {
                let amount = self.amount(value).judged_if_absent();
                let (low, high) = match steps_won(&amount, each, *points, *cap) {
                    Some(won) => (won, won),
                    None => scale.reach(),
                };
                Scaled::value(low, high, amount, self.operands(value))
            }
            Scale::Tally { entries, cap } => {
                let results = self.entries(entries);
                // What is unknown may give its points or none; points may be taken off.
                let won = |open: fn(i64) -> i64| {
                    let points = entries.iter().zip(&results).map(|(entry, result)| {
                        Points(match result.truth {
                            Truth::Met => entry.points.0,
                            Truth::Unknown(_) => open(entry.points.0),
                            Truth::NotMet | Truth::NotApplicable => 0,
                        })
                    });
                    sum(points).min(*cap)
                };
                let (low, high) = (won(|points| points.min(0)), won(|points| points.max(0)));
                Scaled::entries(low, high, results)
            }
            Scale::Levels { entries, otherwise } => {
                let results = self.entries(entries);
                let mut possible = Vec::new();
                let mut decided = false;
                for (entry, result) in entries.iter().zip(&results) {
                    match result.truth {
                        Truth::Met => {
                            possible.push(entry.points);
                            decided = true;
                            break;
                        }
                        Truth::Unknown(_) => possible.push(entry.points),
                        Truth::NotMet | Truth::NotApplicable => {}
                    }
                }
                if !decided {
                    possible.push(*otherwise);
                }
                let low = possible.iter().min().copied().unwrap_or_default();
                let high = possible.iter().max().copied().unwrap_or_default();
                Scaled::entries(low, high, results)
            }
            Scale::Best(sides) => {
                let mut best = Scaled::default();
                for scaled in sides.iter().map(|side| self.scale(&side.scale)) {
                    best.low = best.low.max(scaled.low);
                    best.high = best.high.max(scaled.high);
                    best.lacking = best.lacking.and(scaled.lacking);
                    best.findings.extend(scaled.findings);
                }
                best
            }
            Scale::Given(fact) => {
                let amount = self.fact(fact);
                let (low, high) = match amount.as_exact().and_then(|value| value.floor_at(100)) {
                    Some(won) => (Points(won), Points(won)),
                    None => scale.reach(),
                };
                Scaled::value(low, high, amount, vec![self.operand(fact)])
            }
        }
    }

    fn entries(&self, entries: &'r [Entry]) -> Vec<ConditionResult<'r>> {
        entries.iter().map(|entry| self.test(&entry.when)).collect()
    }
}

/// Points of one scale as bounds.
#[derive(Default)]
struct Scaled<'r> {
    low: Points,
    high: Points,
    lacking: Lacking,
    findings: Vec<ScaleFinding<'r>>,
}

impl<'r> Scaled<'r> {
    fn value(
        low: Points,
        high: Points,
        amount: Amount,
        operands: Vec<crate::verdict::Operand<'r>>,
    ) -> Self {
        let lacking = amount.lacking();
        Self { low, high, lacking, findings: vec![ScaleFinding::Value(amount, operands)] }
    }

    fn entries(low: Points, high: Points, results: Vec<ConditionResult<'r>>) -> Self {
        let lacking = results
            .iter()
            .filter(|result| result.truth.unknown().is_some())
            .fold(Lacking::default(), |lacking, result| lacking.and(result.lacking.clone()));
        Self { low, high, lacking, findings: vec![ScaleFinding::Entries(results)] }
    }
}

pub(crate) fn band_of(bands: &[Band], amount: &Amount) -> Option<Points> {
    let Amount::Known(value) = amount else { return None };
    let inside = |band: &&Band| {
        band.edges.iter().all(|(operator, limit)| {
            value.compare(limit.value).is_some_and(|order| operator.holds(order))
        })
    };
    bands.iter().find(inside).map(|band| band.points)
}

/// The points of the full steps that a value reaches.
pub(crate) fn steps_won(
    amount: &Amount,
    each: &Limit,
    points: Points,
    cap: Points,
) -> Option<Points> {
    let steps = amount.as_exact()?.over(each.value)?.floor_at(1)?;
    Some(Points(steps.max(0).saturating_mul(points.0).min(cap.0)))
}

fn sum(points: impl Iterator<Item = Points>) -> Points {
    Points(points.map(|points| points.0).fold(0, i64::saturating_add))
}

fn open_reasons<'a, 'r: 'a>(items: impl IntoIterator<Item = &'a ItemResult<'r>>) -> Why {
    items.into_iter().fold(Why::NONE, |why, item| why | item.lacking.why())
}

/// Whether a mark is reached, as soon as the bounds decide.
pub(crate) fn reached(mark: &Mark, low: Points, high: Points, why: Why) -> Truth {
    let holds = |points: Points| mark.operator.holds(points.cmp(&mark.points));
    match (holds(low), holds(high)) {
        (true, true) => Truth::Met,
        (false, false) => Truth::NotMet,
        _ => Truth::Unknown(why),
    }
}
