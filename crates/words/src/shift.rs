//! Quantities and conditions moved by whole years: what a rule means in the year before. By this,
//! a block over years that has been written out year by year is found again.

use rules::{Comparison, Condition, FactRef, Member, Quantity};

/// The same of `by` years later; states, dates and thresholds stay.
pub(crate) fn quantity(of: &Quantity, by: i16) -> Quantity {
    let one = |part: &Quantity| Box::new(quantity(part, by));
    let all = |parts: &[Quantity]| parts.iter().map(|part| quantity(part, by)).collect();
    match of {
        Quantity::Fact(known) => Quantity::Fact(fact(known, by)),
        Quantity::Limit(_) | Quantity::Constant(_) | Quantity::Elapsed { .. } => of.clone(),
        Quantity::Add(left, right) => Quantity::Add(one(left), one(right)),
        Quantity::Subtract(left, right) => Quantity::Subtract(one(left), one(right)),
        Quantity::Multiply(left, right) => Quantity::Multiply(one(left), one(right)),
        Quantity::Divide(left, right) => Quantity::Divide(one(left), one(right)),
        Quantity::Least(parts) => Quantity::Least(all(parts)),
        Quantity::Greatest(parts) => Quantity::Greatest(all(parts)),
        Quantity::SumOverYears(parts) => Quantity::SumOverYears(all(parts)),
        Quantity::MeanOverYears(parts) => Quantity::MeanOverYears(all(parts)),
        Quantity::Growth(this, last) => Quantity::Growth(one(this), one(last)),
        Quantity::CompoundGrowth { end, start, years } => {
            Quantity::CompoundGrowth { end: one(end), start: one(start), years: *years }
        }
    }
}

/// The same of `by` years later.
pub(crate) fn condition(of: &Condition, by: i16) -> Condition {
    let all = |parts: &[Condition]| parts.iter().map(|part| condition(part, by)).collect();
    match of {
        Condition::All(parts) => Condition::All(all(parts)),
        Condition::Any(parts) => Condition::Any(all(parts)),
        Condition::AtLeast(count, parts) => Condition::AtLeast(*count, all(parts)),
        Condition::Not(inner) => Condition::Not(Box::new(condition(inner, by))),
        Condition::Compare(comparison) => Condition::Compare(Comparison {
            left: quantity(&comparison.left, by),
            right: quantity(&comparison.right, by),
            ..comparison.clone()
        }),
        Condition::Member(member) => {
            Condition::Member(Member { fact: fact(&member.fact, by), ..member.clone() })
        }
        Condition::Flag(known) => Condition::Flag(fact(known, by)),
        Condition::Holds(_) | Condition::Happened(_) => of.clone(),
    }
}

fn fact(of: &FactRef, by: i16) -> FactRef {
    FactRef { offset: of.offset.map(|offset| offset.saturating_add(by)), ..of.clone() }
}

/// The years of the facts in a condition, from the base year, in order of appearance.
pub(crate) fn offsets(of: &Condition) -> Vec<i16> {
    let mut offsets = Vec::new();
    collect(of, &mut offsets);
    offsets
}

fn collect(of: &Condition, offsets: &mut Vec<i16>) {
    match of {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            for part in parts {
                collect(part, offsets);
            }
        }
        Condition::Not(inner) => collect(inner, offsets),
        Condition::Compare(comparison) => {
            for side in [&comparison.left, &comparison.right] {
                side.each_fact(&mut |fact| offsets.extend(fact.offset));
            }
        }
        Condition::Member(member) => offsets.extend(member.fact.offset),
        Condition::Flag(fact) => offsets.extend(fact.offset),
        Condition::Holds(_) | Condition::Happened(_) => {}
    }
}

/// The years of the facts in a quantity.
pub(crate) fn offsets_in(of: &Quantity) -> Vec<i16> {
    let mut offsets = Vec::new();
    of.each_fact(&mut |fact| offsets.extend(fact.offset));
    offsets
}
