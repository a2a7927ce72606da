//! The figures of the law that a made-up city is to have firms on: thresholds, edges of bands, days.
//! Read off the compiled rulebook; judges nothing.

use std::collections::BTreeSet;

use city::{Edge, Measured};
use enterprise::{FactKey, IndustryCode, Kind, months_before, year_end};
use jiff::ToSpan as _;
use jiff::civil::Date;
use population::day_number;
use rules::{
    Body, Comparison, Condition, Criterion, ElapsedUnit, Exact, FactRef, Happened, Limit, Measure,
    Quantity, Rulebook, Scale, Until, Version, Window,
};

/// A band whose step repeats has its first edges only.
const STEPS: i64 = 3;

/// The edges of all versions that are in force on a day or later. `industries` are codes that firms
/// have, so that those which a size class is for can be found among them.
pub fn edges(rulebook: &Rulebook, as_of: Date, base_year: i16, industries: &[&str]) -> Vec<Edge> {
    let mut walk = Walk { rulebook, as_of, base_year, edges: BTreeSet::new() };
    let current = |version: &&Version| {
        version.applies.iter().any(|applies| applies.to.is_none_or(|to| as_of <= to))
    };
    let versions = rulebook.programmes.iter().flat_map(|programme| &programme.versions);
    for version in versions.filter(current) {
        for criterion in version.criteria.iter().chain(&version.preferences) {
            walk.criterion(criterion);
        }
        for item in version.score.iter().flat_map(|table| &table.groups).flat_map(|g| &g.items) {
            walk.scale(&item.scale);
        }
    }
    walk.classifications(industries);
    walk.edges.into_iter().collect()
}

struct Walk<'r> {
    rulebook: &'r Rulebook,
    as_of: Date,
    base_year: i16,
    edges: BTreeSet<Edge>,
}

impl<'r> Walk<'r> {
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
            Condition::Compare(comparison) => self.comparison(comparison),
            Condition::Happened(happened) => self.happened(happened),
            Condition::Member(_) | Condition::Flag(_) | Condition::Holds(_) => {}
        }
    }

    fn comparison(&mut self, comparison: &'r Comparison) {
        if let Quantity::Limit(limit) = &comparison.right {
            self.quantity(&comparison.left, limit, None);
        }
    }

    fn happened(&mut self, happened: &Happened) {
        let first = match happened.window {
            Window::Months(months) => months_before(self.as_of, months),
            Window::SinceStartOf(years) => {
                let Ok(day) = Date::new(self.base_year + years, 1, 1) else { return };
                day
            }
        };
        let measured = Measured::Event(happened.event.id.clone());
        self.add(measured, i64::from(day_number(first)), None);
    }

    fn scale(&mut self, scale: &'r Scale) {
        match scale {
            Scale::Bands { value, bands } => {
                for (_, limit) in bands.iter().flat_map(|band| &band.edges) {
                    self.quantity(value, limit, None);
                }
            }
            Scale::Steps { value, each, .. } => {
                for step in 1..=STEPS {
                    let Some(at) = each.value.times(Exact::whole(step)) else { continue };
                    self.quantity(value, &Limit { value: at, ..(**each).clone() }, None);
                }
            }
            Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
                entries.iter().for_each(|entry| self.condition(&entry.when));
            }
            Scale::Best(sides) => sides.iter().for_each(|side| self.scale(&side.scale)),
            Scale::Given(_) => {}
        }
    }

    fn classifications(&mut self, industries: &[&str]) {
        let rulebook = self.rulebook;
        let current = rulebook
            .classifications
            .values()
            .flatten()
            .filter(|classification| classification.to.is_none_or(|to| self.as_of <= to));
        for classification in current.collect::<Vec<_>>() {
            for group in &classification.groups {
                let length = |code: &str, codes: &[String]| {
                    let code = IndustryCode::parse(code)?;
                    codes.iter().map(|group| code.match_length(group)).max()
                };
                // The longest match wins: another group may have the code as an exception.
                let is_of_this = |code: &&&str| {
                    let own = length(code, &group.codes).unwrap_or(0);
                    let others =
                        classification.groups.iter().filter_map(|g| length(code, &g.codes));
                    own > 0 && others.max().is_none_or(|longest| longest <= own)
                };
                let Some(code) = industries.iter().find(is_of_this) else { continue };
                for metric in &group.metrics {
                    for (_, limit) in &metric.tiers {
                        self.quantity(&metric.value, limit, Some(code));
                    }
                }
            }
        }
    }

    fn quantity(&mut self, quantity: &'r Quantity, limit: &Limit, industry: Option<&str>) {
        let Some((measured, at)) = self.measured(quantity, limit, 0) else { return };
        self.add(measured, at, industry);
    }

    fn add(&mut self, measured: Measured, at: i64, industry: Option<&str>) {
        self.edges.insert(Edge { measured, at, industry: industry.map(str::to_owned) });
    }

    /// What stands on the edge, if that is something that a city can put there.
    fn measured(
        &self,
        quantity: &'r Quantity,
        limit: &Limit,
        shift: i16,
    ) -> Option<(Measured, i64)> {
        let ratio = limit.value.exactly_at(1_000_000);
        match quantity {
            Quantity::Divide(part, whole) => {
                let (part, whole) = (self.facts(part, shift)?, self.facts(whole, shift)?);
                Some((Measured::Share { part, whole }, ratio?))
            }
            Quantity::Growth(to, from) => self.growth(from, to, 1, shift).zip(ratio),
            Quantity::CompoundGrowth { end, start, years } => {
                self.growth(start, end, *years, shift).zip(ratio)
            }
            Quantity::MeanOverYears(years) => {
                let count = Exact::whole(i64::try_from(years.len()).ok()?);
                let facts = self.all(years, shift)?;
                let at = limit.value.times(count)?.exactly_at(scale(quantity, limit));
                Some((Measured::Sum(facts), at?))
            }
            Quantity::Elapsed { unit, from, to } => {
                let count = limit.value.exactly_at(1)?;
                let end = match to {
                    Until::EndOfYear(years) => year_end(self.base_year + years + shift)?,
                    Until::StartOfYear(years) => {
                        Date::new(self.base_year + years + shift, 1, 1).ok()?
                    }
                    Until::Today => self.as_of,
                };
                let day = match unit {
                    ElapsedUnit::Years | ElapsedUnit::YearsBegun => {
                        end.checked_sub(count.years()).ok()?
                    }
                    ElapsedUnit::Days => end.checked_sub(count.days()).ok()?,
                };
                Some((Measured::Day(self.key(from, shift)), i64::from(day_number(day))))
            }
            Quantity::Fact(fact) => {
                let formula = self.rulebook.formulas.get(&fact.indicator.id);
                if let Some(formula) = formula {
                    return self.measured(formula, limit, shift + fact.offset.unwrap_or(0));
                }
                let at = limit.value.exactly_at(scale(quantity, limit))?;
                Some((Measured::Sum(vec![self.key(fact, shift)]), at))
            }
            _ => {
                let facts = self.facts(quantity, shift)?;
                Some((Measured::Sum(facts), limit.value.exactly_at(scale(quantity, limit))?))
            }
        }
    }

    fn growth(
        &self,
        from: &'r Quantity,
        to: &'r Quantity,
        years: u32,
        shift: i16,
    ) -> Option<Measured> {
        let one = |quantity| match self.facts(quantity, shift)?.as_slice() {
            [fact] => Some(fact.clone()),
            _ => None,
        };
        Some(Measured::Growth { from: one(from)?, to: one(to)?, years })
    }

    /// The facts that a quantity adds up.
    fn facts(&self, quantity: &'r Quantity, shift: i16) -> Option<Vec<FactKey>> {
        match quantity {
            Quantity::Fact(fact) => match self.rulebook.formulas.get(&fact.indicator.id) {
                Some(formula) => self.facts(formula, shift + fact.offset.unwrap_or(0)),
                None => Some(vec![self.key(fact, shift)]),
            },
            Quantity::Add(left, right) => {
                let mut facts = self.facts(left, shift)?;
                facts.extend(self.facts(right, shift)?);
                Some(facts)
            }
            Quantity::SumOverYears(years) => self.all(years, shift),
            _ => None,
        }
    }

    fn all(&self, quantities: &'r [Quantity], shift: i16) -> Option<Vec<FactKey>> {
        let facts: Option<Vec<_>> = quantities.iter().map(|one| self.facts(one, shift)).collect();
        Some(facts?.concat())
    }

    fn key(&self, fact: &FactRef, shift: i16) -> FactKey {
        let year = fact.offset.map(|offset| self.base_year + offset + shift);
        FactKey { indicator: fact.indicator.id.clone(), year }
    }
}

/// Stored units in one of those in which a limit is written: money is written in fen already.
fn scale(quantity: &Quantity, limit: &Limit) -> i64 {
    let mut kind: Option<&Kind> = None;
    quantity.each_fact(&mut |fact| kind = kind.or(Some(&fact.indicator.kind)));
    match (&limit.measure, kind) {
        (Measure::Money, _) | (_, None) => 1,
        (_, Some(kind)) => kind.scale(),
    }
}
