//! What can be worked out about a plan before any row is seen: units and edges in them, tables of
//! anniversaries, who is looked up by which name.

mod counted;
mod threshold;
mod units;

use std::collections::{BTreeSet, HashMap};

use ahash::RandomState;
use jiff::ToSpan as _;
use jiff::civil::Date;
use rules::Missing;

use crate::build::day_number;
use crate::plan::{
    Class, ClassId, Number, NumberId, OtherChoice, Otherwise, Plan, Short, ShortId, Test, TestId,
};
pub(crate) use counted::Counted;
pub(crate) use threshold::{ROOMY, Terms, Threshold};
pub(crate) use units::{Units, WHOLE};

/// Something for each name.
type Names<T> = HashMap<String, T, RandomState>;

/// What is known beforehand.
pub(crate) struct Prepared {
    /// The day, counted as columns count.
    pub as_of: i32,
    /// The years of facts, and New Year's day after each, counted as columns count.
    pub new_years: Vec<(i16, i32)>,
    pub titles: Names<usize>,
    /// By title: where the work list counts that it is not known.
    pub title_fields: Names<usize>,
    /// By kind of event: the tests that it counts for.
    pub events_of: Names<Vec<usize>>,
    judged: Names<Names<usize>>,
    pub units: Units,
    /// By test: the edge of a comparison with a constant.
    tests: Vec<Option<Threshold>>,
    /// By test: what the sides of a comparison are multiplied with to be held against each other.
    between: Vec<Option<(f64, f64)>>,
    shorts: Vec<Option<Threshold>>,
    elapsed: Vec<Option<Counted>>,
    /// By class, group, metric and tier: the edge in the unit of the metric, roughly.
    tiers: Vec<Vec<Vec<Vec<f64>>>>,
}

impl Prepared {
    pub fn new(plan: &Plan, as_of: Date) -> Self {
        let mut events_of: Names<Vec<usize>> = Names::default();
        for (id, event) in plan.events.iter().enumerate() {
            for kind in &event.kinds {
                events_of.entry(kind.clone()).or_default().push(id);
            }
        }
        let mut judged: Names<Names<usize>> = Names::default();
        for (id, (owner, criterion)) in plan.judged.iter().enumerate() {
            judged.entry(owner.clone()).or_default().insert(criterion.clone(), id);
        }
        let elapsed = plan.numbers.iter().map(|number| match number {
            Number::Elapsed { unit, until, .. } => Some(Counted::new(*unit, *until)),
            _ => None,
        });
        let title_fields =
            plan.fields.iter().zip(0..).filter_map(|(field, id)| match &field.missing {
                Missing::Title(programme) => Some((programme.clone(), id)),
                _ => None,
            });
        let units = Units::new(plan);
        let edge = |left: NumberId, right: NumberId| match plan.numbers.get(right)? {
            Number::Constant(limit) => Threshold::of(limit.exact(), units.of(left)?),
            _ => None,
        };
        let tests = plan.tests.iter().map(|test| match test {
            Test::Compare { left, right, .. } => edge(*left, *right),
            _ => None,
        });
        let between = plan.tests.iter().map(|test| match test {
            Test::Compare { left, right, .. } => units.between(*left, *right),
            _ => None,
        });
        let shorts = plan.shorts.iter().map(|short| match short {
            Short::Compare { left, right, .. } => edge(*left, *right),
            _ => None,
        });
        let tiers = plan.classes.iter().map(|class| tiers(class, &units)).collect();
        Self {
            tests: tests.collect(),
            between: between.collect(),
            shorts: shorts.collect(),
            units,
            title_fields: title_fields.collect(),
            as_of: day_number(as_of),
            new_years: years(plan).into_iter().map(|year| (year, new_year_after(year))).collect(),
            titles: plan.titles.iter().cloned().zip(0..).collect(),
            events_of,
            judged,
            elapsed: elapsed.collect(),
            tiers,
        }
    }

    pub fn judged(&self, owner: &str, criterion: &str) -> Option<usize> {
        self.judged.get(owner)?.get(criterion).copied()
    }

    /// The constant edge of a comparison.
    pub fn threshold(&self, test: TestId) -> Option<&Threshold> {
        self.tests.get(test)?.as_ref()
    }

    /// What the sides of a comparison are multiplied with to be held against each other.
    pub fn between(&self, test: TestId) -> Option<(f64, f64)> {
        *self.between.get(test)?
    }

    /// The constant edge that something falls short of.
    pub fn missed(&self, short: ShortId) -> Option<&Threshold> {
        self.shorts.get(short)?.as_ref()
    }

    /// The edges of a group's metrics, tier by tier, off by a few roundings at most.
    pub fn tiers(&self, class: ClassId, group: usize) -> Option<&[Vec<f64>]> {
        Some(self.tiers.get(class)?.get(group)?.as_slice())
    }

    pub fn elapsed(&self, number: NumberId) -> Option<&Counted> {
        self.elapsed.get(number)?.as_ref()
    }
}

fn tiers(class: &Class, units: &Units) -> Vec<Vec<Vec<f64>>> {
    let groups = class.classification.groups.iter().zip(&class.metrics);
    let of_group = groups.map(|(group, numbers)| {
        let metrics = group.metrics.iter().zip(numbers);
        let of_metric = metrics.map(|(metric, number)| {
            let unit = units.roughly(*number);
            let edges = metric.tiers.iter().map(|(_, limit)| limit.value);
            edges
                .map(|edge| edge.numerator().as_f64() / edge.denominator().as_f64() / unit)
                .collect()
        });
        of_metric.collect()
    });
    of_group.collect()
}

/// The years whose facts the plan looks at.
fn years(plan: &Plan) -> BTreeSet<i16> {
    fn of<T>(otherwise: &Otherwise<T>) -> Option<i16> {
        match otherwise {
            Otherwise::Assumed(_, year) | Otherwise::Missing(year, _) => *year,
        }
    }
    let numbers = plan.numbers.iter().filter_map(|number| match number {
        Number::Fact { otherwise, .. } => of(otherwise),
        _ => None,
    });
    let tests = plan.tests.iter().filter_map(|test| match test {
        Test::Flag { otherwise, .. } => of(otherwise),
        Test::Member { otherwise: OtherChoice::Plain(otherwise), .. } => of(otherwise),
        Test::Member { otherwise: OtherChoice::AssumedClass(_, year, _), .. } => *year,
        _ => None,
    });
    numbers.chain(tests).collect()
}

/// New Year's day after a year.
fn new_year_after(year: i16) -> i32 {
    Date::new(year.saturating_add(1), 1, 1).map_or(i32::MAX, day_number)
}

/// The date of a day as columns count them.
pub(crate) fn date_of(day: i32) -> Date {
    const EPOCH: Date = Date::constant(1970, 1, 1);
    EPOCH.checked_add(day.days()).unwrap_or(if day < 0 { Date::MIN } else { Date::MAX })
}
