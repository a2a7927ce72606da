//! Quantities as numbers of the plan.

use enterprise::{Value, year_end};
use jiff::civil::Date;
use rules::{Exact, FactRef, Measure, Quantity, Until};

use super::{Parts, Unsupported, day_number};
use crate::plan::{Fraction, Number, NumberId, Otherwise};

impl<'r> Parts<'_, 'r> {
    pub fn number(&mut self, quantity: &'r Quantity) -> Result<NumberId, Unsupported> {
        let number = match quantity {
            Quantity::Fact(fact) => return self.fact(fact),
            Quantity::Limit(limit) => Number::Constant(Fraction::of(limit.value)),
            Quantity::Constant(value) => Number::Constant(Fraction::of(Exact::whole(*value))),
            Quantity::Add(left, right) => Number::Add(self.number(left)?, self.number(right)?),
            Quantity::Subtract(left, right) => {
                Number::Subtract(self.number(left)?, self.number(right)?)
            }
            Quantity::Multiply(left, right) => {
                Number::Multiply(self.number(left)?, self.number(right)?)
            }
            Quantity::Divide(left, right) => {
                Number::Divide(self.number(left)?, self.number(right)?)
            }
            Quantity::Least(parts) => Number::Least(self.numbers(parts)?),
            Quantity::Greatest(parts) => Number::Greatest(self.numbers(parts)?),
            Quantity::SumOverYears(parts) => Number::Sum(self.numbers(parts)?),
            Quantity::MeanOverYears(parts) => Number::Mean(self.numbers(parts)?),
            Quantity::Growth(this, last) => {
                let (this, last) = (self.number(this)?, self.number(last)?);
                let increase = self.plan.number(Number::Subtract(this, last));
                Number::Divide(increase, last)
            }
            // It stands alone in a comparison, where it is a ratio.
            Quantity::CompoundGrowth { .. } => return Err(Unsupported),
            Quantity::Elapsed { unit, from, to } => {
                let until = match to {
                    Until::Today => Some(self.setting.as_of),
                    Until::EndOfYear(offset) => {
                        year_end(self.setting.base_year.saturating_add(*offset))
                    }
                    Until::StartOfYear(offset) => {
                        Date::new(self.setting.base_year.saturating_add(*offset), 1, 1).ok()
                    }
                };
                let assumed = match self.assumed(from) {
                    Some(_) if from.offset.is_some() => return Err(Unsupported),
                    Some(Value::Date(date)) => Some(day_number(*date)),
                    _ => None,
                };
                match until {
                    None => Number::Undefined,
                    Some(until) => Number::Elapsed {
                        column: self.column(from),
                        assumed,
                        unit: (*unit).into(),
                        until: day_number(until),
                        lack: self.lack(from),
                    },
                }
            }
        };
        Ok(self.plan.number(number))
    }

    fn numbers(&mut self, parts: &'r [Quantity]) -> Result<Vec<NumberId>, Unsupported> {
        if parts.is_empty() {
            return Err(Unsupported);
        }
        parts.iter().map(|part| self.number(part)).collect()
    }

    /// A fact: given, else computed, else assumed, else absent, else missing.
    pub fn fact(&mut self, fact: &FactRef) -> Result<NumberId, Unsupported> {
        let scale = match Measure::of(&fact.indicator.kind) {
            Measure::Money => 1,
            Measure::Other => return Err(Unsupported),
            _ => fact.indicator.kind.scale(),
        };
        let column = self.column(fact);
        let year = self.year(fact);
        if let Some(formula) = self.setting.rulebook.formulas.get(&fact.indicator.id) {
            let outer = self.setting;
            self.setting.base_year = year.unwrap_or(outer.base_year);
            let formula = self.number(formula);
            self.setting = outer;
            let given = column.map(|column| (column, scale));
            return Ok(self.plan.number(Number::Derived { given, formula: formula? }));
        }
        let otherwise = match self.assumed(fact) {
            Some(Value::Number(value)) => Otherwise::Assumed(*value, year),
            Some(_) => return Err(Unsupported),
            None => Otherwise::Missing(year, self.lack(fact)),
        };
        Ok(self.plan.number(Number::Fact { column, scale, otherwise }))
    }
}
