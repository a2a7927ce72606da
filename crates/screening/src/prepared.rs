//! What can be worked out about a plan before any row is seen: bounds in stored units, tables of
//! anniversaries, who is looked up by which name.

use std::collections::HashMap;

use enterprise::{full_years_between, years_begun_between};
use ethnum::I256;
use jiff::ToSpan as _;
use jiff::civil::Date;
use rules::{Exact, Missing};

use crate::build::day_number;
use crate::plan::{Edge, Number, Otherwise, Plan, Points, Short, ShortId, Test, TestId, UnitKey};
use crate::run::Share;

/// What is known beforehand.
pub(crate) struct Prepared {
    /// The day, counted as columns count.
    pub as_of: i32,
    pub titles: HashMap<String, usize>,
    /// By title: where the work list counts that it is not known.
    pub title_fields: HashMap<String, usize>,
    /// By kind of event: the tests that it counts for.
    pub events_of: HashMap<String, Vec<usize>>,
    judged: HashMap<String, HashMap<String, usize>>,
    /// Numbers that are needed in floating point.
    pub widened: Vec<bool>,
    intervals: Vec<Option<Interval>>,
    /// By shortfall: what turns a stored value into parts per million of its threshold.
    shares: Vec<Option<Share>>,
    elapsed: HashMap<(UnitKey, i32), Counted>,
}

/// Which stored values of a column meet a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Interval {
    pub column: Option<usize>,
    /// The smallest, if there is one.
    pub from: Option<i64>,
    /// The first that is too large, if there is one.
    pub beyond: Option<i64>,
    pub never: bool,
    /// What holds for a default value.
    pub assumed: Option<bool>,
}

/// Time from a day to a fixed day, in whole units.
pub(crate) struct Counted {
    unit: UnitKey,
    until: i32,
    /// By count: the last day from which it is reached.
    last: Vec<i32>,
}

/// Worked out once: lowest terms of large numbers take long.
fn share(plan: &Plan, short: &Short) -> Option<Share> {
    let Short::Compare { left, right, .. } = short else { return None };
    match (plan.numbers.get(*left)?, plan.numbers.get(*right)?) {
        (Number::Fact { scale, .. }, Number::Constant(limit)) => Share::of(limit.exact(), *scale),
        _ => None,
    }
}

impl Prepared {
    pub fn share(&self, id: ShortId) -> Option<&Share> {
        self.shares.get(id)?.as_ref()
    }

    pub fn new(plan: &Plan, as_of: Date) -> Self {
        let mut events_of: HashMap<String, Vec<usize>> = HashMap::new();
        for (id, event) in plan.events.iter().enumerate() {
            for kind in &event.kinds {
                events_of.entry(kind.clone()).or_default().push(id);
            }
        }
        let mut judged: HashMap<String, HashMap<String, usize>> = HashMap::new();
        for (id, (owner, criterion)) in plan.judged.iter().enumerate() {
            judged.entry(owner.clone()).or_default().insert(criterion.clone(), id);
        }
        let elapsed = plan.numbers.iter().filter_map(|number| match number {
            Number::Elapsed { unit, until, .. } => {
                Some(((*unit, *until), Counted::new(*unit, *until)))
            }
            _ => None,
        });
        let title_fields =
            plan.fields.iter().zip(0..).filter_map(|(field, id)| match &field.missing {
                Missing::Title(programme) => Some((programme.clone(), id)),
                _ => None,
            });
        Self {
            title_fields: title_fields.collect(),
            as_of: day_number(as_of),
            titles: plan.titles.iter().cloned().zip(0..).collect(),
            events_of,
            judged,
            shares: plan.shorts.iter().map(|short| share(plan, short)).collect(),
            intervals: plan.tests.iter().map(|test| interval(plan, test)).collect(),
            widened: widened(plan),
            elapsed: elapsed.collect(),
        }
    }

    pub fn judged(&self, owner: &str, criterion: &str) -> Option<usize> {
        self.judged.get(owner)?.get(criterion).copied()
    }

    pub fn interval(&self, test: TestId) -> Option<&Interval> {
        self.intervals.get(test)?.as_ref()
    }

    pub fn elapsed(&self, unit: UnitKey, until: i32) -> &Counted {
        static NONE: Counted = Counted { unit: UnitKey::Days, until: 0, last: Vec::new() };
        self.elapsed.get(&(unit, until)).unwrap_or(&NONE)
    }

    /// New Year's day after a year, counted as columns count.
    pub fn new_year_after(&self, year: i16) -> i32 {
        Date::new(year.saturating_add(1), 1, 1).map_or(i32::MAX, day_number)
    }
}

impl Counted {
    fn new(unit: UnitKey, until: i32) -> Self {
        const YEARS: i64 = 300;
        let mut last = Vec::new();
        if unit != UnitKey::Days {
            // The count falls as the day moves on: look for the last day of each count.
            let (earliest, latest) = (until - 366 * 301, until + 1);
            for count in 1..=YEARS {
                let (mut low, mut high) = (earliest, latest);
                while low < high {
                    let middle = low + (high - low + 1) / 2;
                    if count_between(unit, middle, until) >= count {
                        low = middle;
                    } else {
                        high = middle - 1;
                    }
                }
                last.push(low);
            }
        }
        Self { unit, until, last }
    }

    /// The count from a day on.
    pub fn at(&self, day: i32) -> f64 {
        if self.unit == UnitKey::Days || self.last.last().is_none_or(|last| day <= *last) {
            return count_between(self.unit, day, self.until) as f64;
        }
        // Near the truth at first, then exactly.
        let years = (i64::from(self.until) - i64::from(day)).max(0) / 366;
        let mut count = usize::try_from(years).unwrap_or(0);
        while self.last.get(count).is_some_and(|last| day <= *last) {
            count += 1;
        }
        while count > 0 && self.last.get(count - 1).is_some_and(|last| day > *last) {
            count -= 1;
        }
        count as f64
    }
}

fn count_between(unit: UnitKey, from: i32, until: i32) -> i64 {
    match unit {
        UnitKey::Days => (i64::from(until) - i64::from(from)).max(0),
        UnitKey::Years => full_years_between(date_of(from), date_of(until)),
        UnitKey::YearsBegun => years_begun_between(date_of(from), date_of(until)),
    }
}

/// The date of a day as columns count them.
pub(crate) fn date_of(day: i32) -> Date {
    const EPOCH: Date = Date::constant(1970, 1, 1);
    EPOCH.checked_add(day.days()).unwrap_or(if day < 0 { Date::MIN } else { Date::MAX })
}

/// A comparison of a plain column with a constant, in stored units.
fn interval(plan: &Plan, test: &Test) -> Option<Interval> {
    let Test::Compare { left, edge, right } = test else { return None };
    let (Number::Fact { column, scale, otherwise }, Number::Constant(limit)) =
        (plan.numbers.get(*left)?, plan.numbers.get(*right)?)
    else {
        return None;
    };
    let limit = limit.exact();
    let product = limit.numerator().checked_mul(I256::from(*scale))?;
    let down = product.div_euclid(limit.denominator());
    let up = -((-product).div_euclid(limit.denominator()));
    let (from, last) = match edge {
        Edge::AtLeast => (Some(up), None),
        Edge::MoreThan => (Some(down + 1), None),
        Edge::AtMost => (None, Some(down)),
        Edge::LessThan => (None, Some(up - 1)),
        Edge::Equal => (Some(up), Some(down)),
    };
    let (least, most) = (I256::from(i64::MIN), I256::from(i64::MAX));
    let never = from.is_some_and(|from| from > most)
        || last.is_some_and(|last| last < least)
        || from.zip(last).is_some_and(|(from, last)| from > last);
    let beyond = last.map(|last| last + 1);
    let within = |bound: Option<I256>| {
        bound.filter(|bound| *bound > least && *bound <= most).map(|bound| bound.as_i64())
    };
    let assumed = match otherwise {
        Otherwise::Assumed(value, _) => {
            Some(edge.holds(Exact::scaled(*value, *scale)?.compare(limit)?))
        }
        Otherwise::Missing(..) => None,
    };
    Some(Interval { column: *column, from: within(from), beyond: within(beyond), never, assumed })
}

/// Which numbers somebody reads in floating point.
fn widened(plan: &Plan) -> Vec<bool> {
    let mut wanted = vec![false; plan.numbers.len()];
    let mut want = |id: &usize| {
        if let Some(own) = wanted.get_mut(*id) {
            *own = true;
        }
    };
    for number in plan.numbers.iter() {
        match number {
            Number::Add(a, b)
            | Number::Subtract(a, b)
            | Number::Multiply(a, b)
            | Number::Divide(a, b)
            | Number::Ratio(a, b) => [a, b].into_iter().for_each(&mut want),
            Number::Least(parts)
            | Number::Greatest(parts)
            | Number::Sum(parts)
            | Number::Mean(parts) => parts.iter().for_each(&mut want),
            Number::Derived { formula, .. } => want(formula),
            _ => {}
        }
    }
    for test in plan.tests.iter().filter(|test| interval(plan, test).is_none()) {
        if let Test::Compare { left, right, .. } = test {
            [left, right].into_iter().for_each(&mut want);
        }
    }
    for points in plan.points.iter() {
        if let Points::Steps { number, .. } | Points::Given { number, .. } = points {
            want(number);
        }
    }
    for short in plan.shorts.iter() {
        // A plain column is divided as it is stored.
        if let Short::Compare { left, right, .. } = short
            && !matches!(plan.numbers.get(*left), Some(Number::Fact { .. }))
        {
            [left, right].into_iter().for_each(&mut want);
        }
    }
    for metric in plan.classes.iter().flat_map(|class| &class.metrics).flatten() {
        want(metric);
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anniversaries_are_counted_as_the_calendar_counts_them() {
        for until in ["2026-02-28", "2024-02-29", "2025-12-31"] {
            let until = day_number(until.parse().unwrap());
            for unit in [UnitKey::Years, UnitKey::YearsBegun, UnitKey::Days] {
                let counted = Counted::new(unit, until);
                for day in (until - 5000..until + 800).chain([until - 40_000, until - 200_000]) {
                    let want = count_between(unit, day, until) as f64;
                    assert_eq!(counted.at(day), want, "{unit:?} {}", date_of(day));
                }
            }
        }
    }
}
