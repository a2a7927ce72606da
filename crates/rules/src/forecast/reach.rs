//! What the answers about a programme can look at: read off the law alone, so that the days on which
//! something can change are found without trying every day.

use std::collections::BTreeSet;

use enterprise::Value;
use jiff::civil::Date;

use crate::condition::{Comparison, Condition, ElapsedUnit, FactRef, Quantity, Until, Window};
use crate::criterion::{Body, Criterion};
use crate::exact::Exact;
use crate::programme::{Programme, Version};
use crate::rulebook::Rulebook;
use crate::score::Scale;

/// What the answers about a programme can look at.
#[derive(Debug)]
pub(super) struct Reach<'r> {
    rulebook: &'r Rulebook,
    /// Ids of indicators, given or computed.
    pub indicators: BTreeSet<&'r str>,
    /// Ids of event kinds.
    pub events: BTreeSet<&'r str>,
    /// Lengths of rolling windows, in months.
    pub windows: BTreeSet<u32>,
    /// Indicators with a date from which full years run up to the day of the question.
    pub years_from: BTreeSet<&'r str>,
    /// Indicators with a date from which days run up to the day of the question, and the limits that
    /// they are held against.
    pub days_from: Vec<(&'r str, Exact)>,
    /// Whether days run into a quantity in a way that only looking at every day can follow.
    pub every_day: bool,
    /// Dates that versions assume.
    pub assumed_dates: Vec<Date>,
}

impl<'r> Reach<'r> {
    /// What the versions that apply at some time between the two days can look at.
    pub fn of(rulebook: &'r Rulebook, programme: &'r Programme, (from, to): (Date, Date)) -> Self {
        let mut reach = Self {
            rulebook,
            indicators: BTreeSet::new(),
            events: BTreeSet::new(),
            windows: BTreeSet::new(),
            years_from: BTreeSet::new(),
            days_from: Vec::new(),
            every_day: false,
            assumed_dates: Vec::new(),
        };
        let within = |version: &&Version| {
            let mut applies = version.applies.iter();
            applies.any(|one| one.from <= to && one.to.is_none_or(|last| from <= last))
        };
        for version in programme.versions.iter().filter(within) {
            reach.version(version);
        }
        reach
    }

    fn version(&mut self, version: &'r Version) {
        version.criteria.iter().for_each(|criterion| self.criterion(criterion));
        let groups = version.score.iter().flat_map(|table| &table.groups);
        for item in groups.flat_map(|group| &group.items) {
            self.scale(&item.scale);
        }
        for assume in &version.assumptions {
            if let Value::Date(date) = assume.value {
                self.assumed_dates.push(date);
            }
        }
    }

    fn criterion(&mut self, criterion: &'r Criterion) {
        if let Some(when) = &criterion.when {
            self.condition(when);
        }
        match &criterion.body {
            Body::Require(condition) => self.condition(condition),
            Body::Group(_, children) => children.iter().for_each(|child| self.criterion(child)),
            Body::Judged { .. } | Body::Score => {}
        }
    }

    fn condition(&mut self, condition: &'r Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                parts.iter().for_each(|part| self.condition(part));
            }
            Condition::Not(inner) => self.condition(inner),
            Condition::Compare(comparison) => self.compare(comparison),
            Condition::Member(member) => self.fact(&member.fact),
            Condition::Flag(fact) => self.fact(fact),
            // All titles are looked at: there are few.
            Condition::Holds(_) => {}
            Condition::Happened(happened) => {
                self.events.insert(&happened.event.id);
                if let Window::Months(months) = happened.window {
                    self.windows.insert(months);
                }
            }
        }
    }

    fn scale(&mut self, scale: &'r Scale) {
        match scale {
            Scale::Bands { value, .. } | Scale::Steps { value, .. } => self.quantity(value),
            Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
                entries.iter().for_each(|entry| self.condition(&entry.when));
            }
            Scale::Best(sides) => sides.iter().for_each(|side| self.scale(&side.scale)),
            Scale::Given(fact) => self.fact(fact),
        }
    }

    /// Days against a limit turn on a day that can be computed; anything else with days does not.
    fn compare(&mut self, comparison: &'r Comparison) {
        let (left, right) = (&comparison.left, &comparison.right);
        for (days, limit) in [(left, right), (right, left)] {
            if let (Some(from), Some(limit)) = (self.days_alone(days), fixed(limit)) {
                days.each_fact(&mut |fact| {
                    self.indicators.insert(&fact.indicator.id);
                });
                self.indicators.insert(&from.indicator.id);
                self.days_from.push((&from.indicator.id, limit));
                return;
            }
        }
        self.quantity(left);
        self.quantity(right);
    }

    /// The date from which the days are counted, if the quantity is nothing else.
    fn days_alone(&self, quantity: &'r Quantity) -> Option<&'r FactRef> {
        match quantity {
            Quantity::Elapsed { unit: ElapsedUnit::Days, from, to: Until::Today } => Some(from),
            Quantity::Fact(fact) => {
                self.days_alone(self.rulebook.formulas.get(&fact.indicator.id)?)
            }
            _ => None,
        }
    }

    fn quantity(&mut self, quantity: &'r Quantity) {
        let mut parts = Vec::new();
        quantity.each_part(&mut |part| parts.push(part));
        for part in parts {
            match part {
                Quantity::Fact(fact) => self.fact(fact),
                Quantity::Elapsed { unit, from, to } => {
                    self.indicators.insert(&from.indicator.id);
                    match (unit, to) {
                        (_, Until::EndOfYear(_) | Until::StartOfYear(_)) => {}
                        (ElapsedUnit::Days, Until::Today) => self.every_day = true,
                        (ElapsedUnit::Years | ElapsedUnit::YearsBegun, Until::Today) => {
                            self.years_from.insert(&from.indicator.id);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// An indicator, and what it can be computed from when it is not given.
    fn fact(&mut self, fact: &'r FactRef) {
        let id = fact.indicator.id.as_str();
        if !self.indicators.insert(id) {
            return;
        }
        let rulebook = self.rulebook;
        if let Some(formula) = rulebook.formulas.get(id) {
            self.quantity(formula);
        }
        for classification in rulebook.classifications.get(id).into_iter().flatten() {
            self.fact(&classification.by);
            for metric in classification.groups.iter().flat_map(|group| &group.metrics) {
                self.quantity(&metric.value);
            }
        }
    }
}

/// The value of a quantity that no fact changes.
fn fixed(quantity: &Quantity) -> Option<Exact> {
    match quantity {
        Quantity::Limit(limit) => Some(limit.value),
        Quantity::Constant(value) => Some(Exact::whole(*value)),
        _ => None,
    }
}
