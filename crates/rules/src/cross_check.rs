//! Figures that cannot all be right: a given value that differs from its own formula, and a computed
//! one that no firm can have. They are shown, never settled here: the verdict uses what was given.

use std::collections::BTreeSet;
use std::sync::Arc;

use enterprise::{Facts, Indicator, Kind, Period};

use crate::context::Context;
use crate::evaluate::Question;
use crate::exact::Exact;
use crate::rulebook::Rulebook;

/// A figure that contradicts others.
#[derive(Debug, Clone, PartialEq)]
pub struct Discrepancy {
    /// The derived indicator.
    pub indicator: Arc<Indicator>,
    /// Its fiscal year.
    pub year: Option<i16>,
    /// What was given for it, if it was given.
    pub given: Option<Exact>,
    /// What its formula comes to.
    pub computed: Exact,
}

/// People round shares to a tenth of a percent and better; more than that is a difference.
const ROUNDING_PPM: i64 = 1_000;

/// Every figure of a file that contradicts others, by indicator and year.
pub fn cross_check(rulebook: &Rulebook, facts: &Facts, question: &Question) -> Vec<Discrepancy> {
    let years: BTreeSet<i16> = facts.iter().filter_map(|(key, _)| key.year).collect();
    let mut found = Vec::new();
    for (id, formula) in &rulebook.formulas {
        let Some(indicator) = rulebook.catalogue.indicator(id) else { continue };
        let years: Vec<Option<i16>> = match indicator.period {
            Period::State => vec![None],
            Period::Yearly => years.iter().map(|year| Some(*year)).collect(),
        };
        for year in years {
            let base_year = year.unwrap_or(question.as_of.year().saturating_sub(1));
            let as_of = question.as_of;
            let context = Context { rulebook, facts, as_of, base_year, assumptions: &[] };
            let Some(computed) = context.amount(formula).as_exact() else { continue };
            let given = facts.get(id, year).and_then(|fact| match fact.value {
                enterprise::Value::Number(number) => stored(indicator, number),
                _ => None,
            });
            let wrong = match given {
                Some(given) => differs(indicator, given, computed),
                None => is_impossible(indicator, computed),
            };
            if wrong {
                found.push(Discrepancy { indicator: Arc::clone(indicator), year, given, computed });
            }
        }
    }
    found
}

fn stored(indicator: &Indicator, number: i64) -> Option<Exact> {
    match indicator.kind {
        Kind::Money => Some(Exact::whole(number)),
        _ => Exact::scaled(number, indicator.kind.scale()),
    }
}

fn differs(indicator: &Indicator, given: Exact, computed: Exact) -> bool {
    let rounding = match indicator.kind {
        Kind::Ratio => Exact::scaled(ROUNDING_PPM, 1_000_000),
        _ => Some(Exact::ZERO),
    };
    let apart = |high: Exact, low: Exact| {
        let difference = high.minus(low)?;
        Some(difference.compare(rounding?)?.is_gt())
    };
    apart(given, computed) == Some(true) || apart(computed, given) == Some(true)
}

/// Whether no firm can have this value: it lies outside the range of the indicator.
fn is_impossible(indicator: &Indicator, computed: Exact) -> bool {
    let Some((low, high)) = indicator.range else { return false };
    let outside = |edge: i64, beyond: fn(std::cmp::Ordering) -> bool| {
        stored(indicator, edge).and_then(|edge| computed.compare(edge)).is_some_and(beyond)
    };
    outside(low, std::cmp::Ordering::is_lt) || outside(high, std::cmp::Ordering::is_gt)
}
