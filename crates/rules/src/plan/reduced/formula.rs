//! Quantities reduced to what can still change: everything else is computed once.

use crate::amount::{Amount, Lacking, Missing};
use crate::condition::{FactRef, Measure, Quantity};
use crate::context::Context;
use crate::exact::Exact;
use crate::quantity::{combine, compound, divide, pick};

use super::Reducer;
use super::variable::{Place, Values};

/// A quantity over variables.
#[derive(Debug, Clone)]
pub(in crate::plan) enum Formula {
    Known(Amount),
    /// A variable, and its stored units in one unit of its measure.
    Variable(Place, i64),
    Both(Operation, Box<Formula>, Box<Formula>),
    Least(Vec<Formula>),
    Greatest(Vec<Formula>),
    Sum(Vec<Formula>),
    Mean(Vec<Formula>),
    Growth(Box<Formula>, Box<Formula>),
    Compound {
        end: Box<Formula>,
        start: Box<Formula>,
        years: u32,
    },
}

#[derive(Debug, Clone, Copy)]
pub(in crate::plan) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl<'r> Reducer<'r, '_> {
    pub fn quantity(&mut self, context: &Context<'r, '_>, quantity: &'r Quantity) -> Formula {
        let reduced = match quantity {
            Quantity::Fact(fact) => return self.fact(context, fact),
            Quantity::Limit(_) | Quantity::Constant(_) | Quantity::Elapsed { .. } => None,
            Quantity::Add(left, right) => Some(self.both(context, Operation::Add, left, right)),
            Quantity::Subtract(left, right) => {
                Some(self.both(context, Operation::Subtract, left, right))
            }
            Quantity::Multiply(left, right) => {
                Some(self.both(context, Operation::Multiply, left, right))
            }
            Quantity::Divide(left, right) => {
                Some(self.both(context, Operation::Divide, left, right))
            }
            Quantity::Least(parts) => Some(Formula::Least(self.each(context, parts))),
            Quantity::Greatest(parts) => Some(Formula::Greatest(self.each(context, parts))),
            Quantity::SumOverYears(parts) => Some(Formula::Sum(self.each(context, parts))),
            Quantity::MeanOverYears(parts) => Some(Formula::Mean(self.each(context, parts))),
            Quantity::Growth(this, last) => Some(Formula::Growth(
                Box::new(self.quantity(context, this)),
                Box::new(self.quantity(context, last)),
            )),
            Quantity::CompoundGrowth { end, start, years } => Some(Formula::Compound {
                end: Box::new(self.quantity(context, end)),
                start: Box::new(self.quantity(context, start)),
                years: *years,
            }),
        };
        reduced.filter(Formula::varies).unwrap_or_else(|| Formula::Known(context.amount(quantity)))
    }

    pub(super) fn fact(&mut self, context: &Context<'r, '_>, fact: &'r FactRef) -> Formula {
        let year = context.year(fact);
        let given = context.facts.get(&fact.indicator.id, year).is_some();
        if !given && let Some((formula, inner)) = context.formula(fact) {
            return self.quantity(&inner, formula);
        }
        match self.variable(context, fact) {
            Some(place) => {
                let scale = match Measure::of(&fact.indicator.kind) {
                    Measure::Money => 1,
                    _ => fact.indicator.kind.scale(),
                };
                Formula::Variable(place, scale)
            }
            None => Formula::Known(context.fact(fact)),
        }
    }

    fn both(
        &mut self,
        context: &Context<'r, '_>,
        operation: Operation,
        left: &'r Quantity,
        right: &'r Quantity,
    ) -> Formula {
        let left = self.quantity(context, left);
        let right = self.quantity(context, right);
        Formula::Both(operation, Box::new(left), Box::new(right))
    }

    fn each(&mut self, context: &Context<'r, '_>, parts: &'r [Quantity]) -> Vec<Formula> {
        parts.iter().map(|part| self.quantity(context, part)).collect()
    }
}

impl Formula {
    /// What it comes to; the same as the evaluator says for these values.
    pub fn amount(&self, values: &Values) -> Amount {
        match self {
            Self::Known(amount) => amount.clone(),
            Self::Variable(place, scale) => {
                let value = values.get(*place);
                Amount::exact(value.and_then(|value| Exact::scaled(*value, *scale)))
            }
            Self::Both(operation, left, right) => {
                let (left, right) = (left.amount(values), right.amount(values));
                match operation {
                    Operation::Add => combine(left, right, Exact::plus),
                    Operation::Subtract => combine(left, right, Exact::minus),
                    Operation::Multiply => combine(left, right, Exact::times),
                    Operation::Divide => divide(left, right),
                }
            }
            Self::Least(parts) => fold(parts, values, false, |a, b| pick(a, b, true)),
            Self::Greatest(parts) => fold(parts, values, false, |a, b| pick(a, b, false)),
            Self::Sum(parts) => fold(parts, values, true, Exact::plus),
            Self::Mean(parts) => {
                let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
                let sum = fold(parts, values, false, Exact::plus);
                match sum.as_exact() {
                    Some(sum) => Amount::exact(sum.over(Exact::whole(count))),
                    None => sum,
                }
            }
            Self::Growth(this, last) => {
                let (this, last) = (this.amount(values), last.amount(values));
                divide(combine(this, last.clone(), Exact::minus), last)
            }
            Self::Compound { end, start, years } => {
                compound(end.amount(values), start.amount(values), *years)
            }
        }
    }

    pub fn varies(&self) -> bool {
        let mut varies = false;
        self.each_variable(&mut |_| varies = true);
        varies
    }

    pub fn each_variable(&self, each: &mut dyn FnMut(Place)) {
        match self {
            Self::Known(_) => {}
            Self::Variable(place, _) => each(*place),
            Self::Both(_, left, right)
            | Self::Growth(left, right)
            | Self::Compound { end: left, start: right, .. } => {
                left.each_variable(each);
                right.each_variable(each);
            }
            Self::Least(parts) | Self::Greatest(parts) | Self::Sum(parts) | Self::Mean(parts) => {
                parts.iter().for_each(|part| part.each_variable(each));
            }
        }
    }
}

fn fold(
    parts: &[Formula],
    values: &Values,
    absent_is_zero: bool,
    operation: impl Fn(Exact, Exact) -> Option<Exact>,
) -> Amount {
    let amounts = parts.iter().map(|part| match part.amount(values) {
        Amount::Absent(_) if absent_is_zero => Amount::exact(Some(Exact::ZERO)),
        other => other,
    });
    amounts
        .reduce(|left, right| combine(left, right, &operation))
        .unwrap_or_else(|| Amount::exact(Some(Exact::ZERO)))
}

/// Whether something is missing that somebody could look up.
pub(in crate::plan) fn lacks_data(lacking: &Lacking) -> bool {
    lacking.missing.iter().any(|what| Missing::why(what).data)
}
