//! What a test is about, in one way of writing: the quantity, the choice, the flag, the title, the
//! event. Two tests can only agree or clash where they are about the same.

use std::fmt::Write as _;

use rules::{ElapsedUnit, Exact, FactRef, Quantity, Until};

use crate::check::logic::line::lowest_terms;

pub(crate) fn of_fact(fact: &FactRef) -> String {
    match fact.offset {
        Some(offset) => format!("{}[{offset}]", fact.indicator.id),
        None => fact.indicator.id.clone(),
    }
}

/// A quantity in one way of writing: sums and products in any order are the same.
pub(crate) fn of_quantity(quantity: &Quantity) -> String {
    if let Some(value) = constant(quantity) {
        return lowest_terms(value);
    }
    let each = |parts: &[Quantity]| parts.iter().map(of_quantity).collect::<Vec<String>>();
    match quantity {
        Quantity::Fact(fact) => of_fact(fact),
        Quantity::Limit(limit) => lowest_terms(limit.value),
        Quantity::Constant(value) => value.to_string(),
        Quantity::Add(left, right) => any_order("+", vec![of_quantity(left), of_quantity(right)]),
        Quantity::Multiply(left, right) => {
            any_order("*", vec![of_quantity(left), of_quantity(right)])
        }
        Quantity::Subtract(left, right) => in_order("-", &[of_quantity(left), of_quantity(right)]),
        Quantity::Divide(left, right) => in_order("/", &[of_quantity(left), of_quantity(right)]),
        Quantity::Least(parts) => any_order("min", each(parts)),
        Quantity::Greatest(parts) => any_order("max", each(parts)),
        Quantity::SumOverYears(parts) => any_order("sum", each(parts)),
        Quantity::MeanOverYears(parts) => any_order("mean", each(parts)),
        Quantity::Growth(this, last) => in_order("growth", &[of_quantity(this), of_quantity(last)]),
        Quantity::CompoundGrowth { end, start, years } => {
            in_order(&format!("compound{years}"), &[of_quantity(end), of_quantity(start)])
        }
        Quantity::Elapsed { unit, from, to } => {
            let unit = match unit {
                ElapsedUnit::Years => "years",
                ElapsedUnit::YearsBegun => "begun",
                ElapsedUnit::Days => "days",
            };
            match to {
                Until::Today => in_order(unit, &[of_fact(from)]),
                Until::EndOfYear(offset) => in_order(unit, &[of_fact(from), offset.to_string()]),
                Until::StartOfYear(offset) => {
                    in_order(unit, &[of_fact(from), format!("start {offset}")])
                }
            }
        }
    }
}

/// The value of a quantity that holds no fact.
pub(crate) fn constant(quantity: &Quantity) -> Option<Exact> {
    match quantity {
        Quantity::Limit(limit) => Some(limit.value),
        Quantity::Constant(value) => Some(Exact::whole(*value)),
        Quantity::Add(left, right) => constant(left)?.plus(constant(right)?),
        Quantity::Subtract(left, right) => constant(left)?.minus(constant(right)?),
        Quantity::Multiply(left, right) => constant(left)?.times(constant(right)?),
        Quantity::Divide(left, right) => constant(left)?.over(constant(right)?),
        _ => None,
    }
}

fn any_order(sign: &str, mut parts: Vec<String>) -> String {
    parts.sort();
    in_order(sign, &parts)
}

fn in_order(sign: &str, parts: &[String]) -> String {
    let mut text = format!("{sign}(");
    for part in parts {
        // Writing to a string cannot fail.
        let _ = write!(text, "{part},");
    }
    text.push(')');
    text
}
