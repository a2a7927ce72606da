//! Every edge of a law, and firms that are moved onto them: for a comparison and one of its facts,
//! the value at which the comparison turns is searched with the simple evaluator, and the fact is set
//! there, one step before or one step behind it.

use std::sync::Arc;

use enterprise::{Facts, Kind, Value};
use jiff::ToSpan;
use jiff::civil::Date;
use rules::{
    Body, Comparison, Condition, Criterion, Exact, FactRef, Operator, Outcome, Quantity, Question,
    Rulebook, Scale, Truth, evaluate,
};

use crate::conditions::proven;
use crate::world::{limit, require, state};

/// Which edge, which of its facts, and how many steps beside it.
pub(crate) type Nudge = (usize, usize, i64);

/// Every comparison that the law makes, in bands, steps and tiers too.
pub(crate) fn edges(rulebook: &Rulebook) -> Vec<Comparison> {
    let mut found = Vec::new();
    for version in rulebook.programmes.iter().flat_map(|programme| &programme.versions) {
        version.criteria.iter().flat_map(Criterion::walk).for_each(|own| {
            own.when.iter().for_each(|when| in_condition(when, &mut found));
            if let Body::Require(condition) = &own.body {
                in_condition(condition, &mut found);
            }
        });
        let groups = version.score.iter().flat_map(|score| &score.groups);
        groups.flat_map(|group| &group.items).for_each(|item| in_scale(&item.scale, &mut found));
    }
    for classification in rulebook.classifications.values().flatten() {
        let metrics = classification.groups.iter().flat_map(|group| &group.metrics);
        for metric in metrics {
            for (operator, edge) in &metric.tiers {
                found.extend(against(&metric.value, *operator, edge.value));
            }
        }
    }
    found
}

fn against(value: &Quantity, operator: Operator, edge: Exact) -> Option<Comparison> {
    proven(value.clone(), operator, Quantity::Limit(Arc::new(limit(edge))))
}

fn in_condition(condition: &Condition, found: &mut Vec<Comparison>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| in_condition(part, found));
        }
        Condition::Not(part) => in_condition(part, found),
        Condition::Compare(comparison) => found.push(comparison.clone()),
        _ => {}
    }
}

fn in_scale(scale: &Scale, found: &mut Vec<Comparison>) {
    match scale {
        Scale::Bands { value, bands } => {
            for (operator, edge) in bands.iter().flat_map(|band| &band.edges) {
                found.extend(against(value, *operator, edge.value));
            }
        }
        Scale::Steps { value, each, .. } => {
            for steps in 1..4 {
                let edge = each.value.times(Exact::whole(steps));
                found.extend(edge.and_then(|edge| against(value, Operator::AtLeast, edge)));
            }
        }
        Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
            entries.iter().for_each(|entry| in_condition(&entry.when, found));
        }
        Scale::Best(sides) => sides.iter().for_each(|side| in_scale(&side.scale, found)),
        Scale::Given(_) => {}
    }
}

/// Moves a firm onto or beside an edge, if one of its facts can do that.
pub(crate) fn nudge(
    rulebook: &Rulebook,
    edges: &[Comparison],
    facts: &mut Facts,
    nudge: Nudge,
    question: &Question,
) {
    let (edge, which, steps) = nudge;
    let Some(edge) = edges.get(edge % edges.len().max(1)) else { return };
    let fact_refs = stated_facts(rulebook, edge);
    let Some(fact) = fact_refs.get(which % fact_refs.len().max(1)) else { return };
    let year = fact.offset.map(|offset| question.as_of.year() - 1 + offset);
    let id = &fact.indicator.id;
    let Some((low, high)) = span(fact) else { return };
    let value = |number| value_of(fact, number);
    let programme = require(&Condition::Compare(edge.clone()));
    let question = Question {
        base_year: Some(question.as_of.year() - 1),
        purpose: Some(rules::Purpose::New),
        ..question.clone()
    };
    let mut truth_at = |number: i64| -> Option<bool> {
        state(facts, id, year, value(number));
        match &evaluate(rulebook, &programme, facts, &question).outcome {
            Outcome::Assessed(assessment) => match assessment.criteria[0].truth {
                Truth::Met => Some(true),
                Truth::NotMet => Some(false),
                _ => None,
            },
            Outcome::NoVersion { .. } => None,
        }
    };
    let (mut below, mut above) = (low, high);
    let start = truth_at(below);
    if truth_at(above) != start {
        while i128::from(above) - i128::from(below) > 1 {
            let middle = i64::midpoint(below, above);
            if truth_at(middle) == start { below = middle } else { above = middle }
        }
    } else {
        // It turns nowhere: an edge of the range, or something small.
        above = if steps >= 0 { high } else { 0.clamp(low, high) };
    }
    state(facts, id, year, value(above.saturating_add(steps).clamp(low, high)));
}

/// The facts that a comparison looks at, through formulas too.
fn stated_facts(rulebook: &Rulebook, comparison: &Comparison) -> Vec<FactRef> {
    let mut found = Vec::new();
    for side in [&comparison.left, &comparison.right] {
        side.each_fact(&mut |fact| found.push(fact.clone()));
    }
    let mut stated = Vec::new();
    for fact in found {
        match rulebook.formulas.get(&fact.indicator.id) {
            Some(formula) => formula.each_fact(&mut |part| {
                let offset = part.offset.map(|own| own + fact.offset.unwrap_or(0));
                stated.push(FactRef { indicator: Arc::clone(&part.indicator), offset });
            }),
            None => stated.push(fact),
        }
    }
    stated.retain(|fact| fact.indicator.given);
    stated
}

/// The stored numbers that a fact can have; days for a date.
fn span(fact: &FactRef) -> Option<(i64, i64)> {
    match fact.indicator.kind {
        Kind::Money | Kind::Ratio | Kind::Number { .. } => {
            Some(fact.indicator.range.unwrap_or((0, 1_000_000)))
        }
        Kind::Date => Some((-20_000, 4_000)),
        _ => None,
    }
}

fn value_of(fact: &FactRef, number: i64) -> Value {
    match fact.indicator.kind {
        Kind::Date => {
            let day = crate::world::AS_OF.saturating_add(number.days());
            Value::Date(day.max(Date::new(1900, 1, 1).unwrap()))
        }
        _ => Value::Number(number),
    }
}
