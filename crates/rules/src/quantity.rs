//! What quantities come to: the meaning of arithmetic over facts, years and dates.

use std::sync::Arc;

use enterprise::{Value, full_years_between, year_end, years_begun_between};
use jiff::civil::Date;

use crate::amount::{Amount, Lacking, Missing, Number, Pending};
use crate::condition::{ElapsedUnit, FactRef, Limit, Measure, Quantity, Until};
use crate::context::Context;
use crate::exact::Exact;
use crate::verdict::{Operand, Origin};

impl<'r> Context<'r, '_> {
    /// What a quantity comes to.
    pub(crate) fn amount(&self, quantity: &'r Quantity) -> Amount {
        match quantity {
            Quantity::Fact(fact) => self.fact(fact),
            Quantity::Limit(limit) => Amount::exact(Some(limit.value)),
            Quantity::Constant(value) => Amount::exact(Some(Exact::whole(*value))),
            Quantity::Add(left, right) => self.both(left, right, Exact::plus),
            Quantity::Subtract(left, right) => self.both(left, right, Exact::minus),
            Quantity::Multiply(left, right) => self.both(left, right, Exact::times),
            Quantity::Divide(left, right) => divide(self.amount(left), self.amount(right)),
            Quantity::Least(parts) => self.fold(parts, false, |a, b| pick(a, b, true)),
            Quantity::Greatest(parts) => self.fold(parts, false, |a, b| pick(a, b, false)),
            Quantity::SumOverYears(parts) => self.fold(parts, true, Exact::plus),
            Quantity::MeanOverYears(parts) => {
                let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
                match self.fold(parts, false, Exact::plus) {
                    Amount::Known(Number::Exact(sum)) => {
                        Amount::exact(sum.over(Exact::whole(count)))
                    }
                    other => other,
                }
            }
            Quantity::Growth(this, last) => {
                let (this, last) = (self.amount(this), self.amount(last));
                let increase = combine(this, last.clone(), Exact::minus);
                divide(increase, last)
            }
            Quantity::CompoundGrowth { end, start, years } => {
                compound(self.amount(end), self.amount(start), *years)
            }
            Quantity::Elapsed { unit, from, to } => self.elapsed(*unit, from, *to),
        }
    }

    /// The facts that a quantity uses, each once, in order of appearance.
    pub(crate) fn operands(&self, quantity: &'r Quantity) -> Vec<Operand<'r>> {
        let mut facts = Vec::new();
        quantity.each_fact(&mut |fact| {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        });
        facts.into_iter().map(|fact| self.operand(fact)).collect()
    }

    pub(crate) fn operand(&self, fact: &'r FactRef) -> Operand<'r> {
        let year = self.year(fact);
        let origin = match self.facts.get(&fact.indicator.id, year) {
            Some(known) => match known.value {
                Value::Date(date) => Origin::GivenDate(date, known.source.clone()),
                _ => Origin::Given(known.source.clone()),
            },
            None => {
                if let Some((formula, context)) = self.formula(fact) {
                    Origin::Computed(context.operands(formula))
                } else if let Some(assume) = self.assumed(fact) {
                    Origin::Assumed(assume)
                } else if self.before_founding(year).is_some() {
                    Origin::BeforeFounding
                } else {
                    let older =
                        year.and_then(|year| self.facts.latest_before(&fact.indicator.id, year));
                    Origin::Missing { older }
                }
            }
        };
        Operand { fact, year, amount: self.fact(fact), origin }
    }

    /// The number of a fact: given, else computed, else assumed, else absent, else missing.
    pub(crate) fn fact(&self, fact: &'r FactRef) -> Amount {
        let year = self.year(fact);
        if let Some(known) = self.facts.get(&fact.indicator.id, year) {
            return number_of(fact, &known.value);
        }
        if let Some((formula, context)) = self.formula(fact) {
            return context.amount(formula);
        }
        if let Some(assume) = self.assumed(fact) {
            return number_of(fact, &assume.value);
        }
        if let Some(year) = self.before_founding(year) {
            return Amount::Absent(year);
        }
        Amount::Lacking(Lacking::missing(self.missing(fact)))
    }

    fn both(
        &self,
        left: &'r Quantity,
        right: &'r Quantity,
        operation: impl Fn(Exact, Exact) -> Option<Exact>,
    ) -> Amount {
        combine(self.amount(left), self.amount(right), operation)
    }

    /// Folds the parts together. An absent year counts zero, or makes the whole absent.
    fn fold(
        &self,
        parts: &'r [Quantity],
        absent_is_zero: bool,
        operation: impl Fn(Exact, Exact) -> Option<Exact>,
    ) -> Amount {
        let amounts = parts.iter().map(|part| match self.amount(part) {
            Amount::Absent(_) if absent_is_zero => Amount::exact(Some(Exact::ZERO)),
            other => other,
        });
        amounts
            .reduce(|left, right| combine(left, right, &operation))
            .unwrap_or_else(|| Amount::exact(Some(Exact::ZERO)))
    }

    fn elapsed(&self, unit: ElapsedUnit, from: &'r FactRef, to: Until) -> Amount {
        let until = match to {
            Until::Today => Some(self.as_of),
            Until::EndOfYear(offset) => year_end(self.base_year.saturating_add(offset)),
            Until::StartOfYear(offset) => {
                Date::new(self.base_year.saturating_add(offset), 1, 1).ok()
            }
        };
        let Some(until) = until else { return Amount::pending(Pending::TooWide) };
        match self.date(from) {
            Some(from) => Amount::exact(Some(Exact::whole(match unit {
                ElapsedUnit::Years => full_years_between(from, until),
                ElapsedUnit::YearsBegun => years_begun_between(from, until),
                ElapsedUnit::Days => days_between(from, until),
            }))),
            None => Amount::Lacking(Lacking::missing(self.missing(from))),
        }
    }

    fn date(&self, fact: &'r FactRef) -> Option<Date> {
        let given = self.facts.get(&fact.indicator.id, self.year(fact)).map(|known| &known.value);
        match given.or_else(|| self.assumed(fact).map(|assume| &assume.value)) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    pub(crate) fn missing(&self, fact: &FactRef) -> Missing {
        Missing::Fact {
            key: enterprise::FactKey {
                indicator: fact.indicator.id.clone(),
                year: self.year(fact),
            },
            lack: fact.indicator.lack.into(),
        }
    }
}

impl Quantity {
    /// Calls `each` with every threshold that the quantity names, in order of appearance.
    pub fn each_limit<'r>(&'r self, each: &mut dyn FnMut(&'r Arc<Limit>)) {
        self.each_part(&mut |part| {
            if let Self::Limit(limit) = part {
                each(limit);
            }
        });
    }

    /// Calls `each` with every fact that the quantity names, in order of appearance.
    pub fn each_fact<'r>(&'r self, each: &mut dyn FnMut(&'r FactRef)) {
        self.each_part(&mut |part| {
            if let Self::Fact(fact) | Self::Elapsed { from: fact, .. } = part {
                each(fact);
            }
        });
    }

    /// Calls `each` with the quantity and everything in it, in order of appearance.
    pub(crate) fn each_part<'r>(&'r self, each: &mut dyn FnMut(&'r Self)) {
        each(self);
        match self {
            Self::Fact(_) | Self::Limit(_) | Self::Constant(_) | Self::Elapsed { .. } => {}
            Self::Add(left, right)
            | Self::Subtract(left, right)
            | Self::Multiply(left, right)
            | Self::Divide(left, right)
            | Self::Growth(left, right)
            | Self::CompoundGrowth { end: left, start: right, .. } => {
                left.each_part(each);
                right.each_part(each);
            }
            Self::Least(parts)
            | Self::Greatest(parts)
            | Self::SumOverYears(parts)
            | Self::MeanOverYears(parts) => parts.iter().for_each(|part| part.each_part(each)),
        }
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days())).max(0)
}

/// A stored value as an exact number in the measure of its indicator.
pub(crate) fn number_of(fact: &FactRef, value: &Value) -> Amount {
    let Value::Number(number) = value else { return Amount::pending(Pending::TooWide) };
    Amount::exact(match Measure::of(&fact.indicator.kind) {
        Measure::Money => Some(Exact::whole(*number)),
        _ => Exact::scaled(*number, fact.indicator.kind.scale()),
    })
}

/// Joins two amounts. What is absent makes the whole absent; what is lacking adds up.
pub(crate) fn combine(
    left: Amount,
    right: Amount,
    operation: impl Fn(Exact, Exact) -> Option<Exact>,
) -> Amount {
    match (left, right) {
        (Amount::Absent(year), _) | (_, Amount::Absent(year)) => Amount::Absent(year),
        (Amount::Lacking(left), Amount::Lacking(right)) => Amount::Lacking(left.and(right)),
        (Amount::Lacking(lacking), _) | (_, Amount::Lacking(lacking)) => Amount::Lacking(lacking),
        (Amount::Known(Number::Exact(left)), Amount::Known(Number::Exact(right))) => {
            Amount::exact(operation(left, right))
        }
        // Rates over several years stand alone; the compiler of rules sees to it.
        _ => Amount::pending(Pending::TooWide),
    }
}

/// A ratio. A year before the founding has none. A divisor that is zero or negative gives it no
/// meaning, whatever else stands above the line.
pub(crate) fn divide(dividend: Amount, divisor: Amount) -> Amount {
    // First, so that learning the divisor cannot turn what the absence has decided.
    if let Amount::Absent(_) = dividend {
        return dividend;
    }
    if let Some(divisor) = divisor.as_exact()
        && !divisor.is_positive()
    {
        return Amount::pending(Pending::NoDivisor);
    }
    combine(dividend, divisor, Exact::over)
}

pub(crate) fn compound(end: Amount, start: Amount, years: u32) -> Amount {
    if let Amount::Absent(_) = end {
        return end;
    }
    if start.as_exact().is_some_and(|start| !start.is_positive()) {
        return Amount::pending(Pending::NoDivisor);
    }
    if end.as_exact().is_some_and(Exact::is_negative) {
        return Amount::pending(Pending::NoGrowthRate);
    }
    match combine(end, start, Exact::over) {
        Amount::Known(Number::Exact(ratio)) => Amount::Known(Number::Growth { ratio, years }),
        other => other,
    }
}

pub(crate) fn pick(left: Exact, right: Exact, least: bool) -> Option<Exact> {
    let left_is_less = left.compare(right)?.is_lt();
    Some(if left_is_less == least { left } else { right })
}
