//! Steps as people read them: targets in money rounded to the safe side, and only where the plan
//! still passes with the rounded figures.

use enterprise::{Fact, Kind, Source, Value};
use rules::plan::{Plan, Step};
use rules::{Answer, Operator, Outcome, Question, Rulebook, evaluate};

use super::step::rounder;

/// Four digits move a figure by 0.1 % at most.
const DIGITS: u32 = 4;
/// Units that are tried for all figures together, each a tenth of the one before. Figures that hang
/// together mostly do so in a common unit still: a revenue and the nine tenths of it.
const UNITS: u32 = 5;

/// The steps of a plan with targets that can be read. The exact ones stay in the plan.
pub fn shown<'r>(plan: &Plan<'r>, rulebook: &Rulebook) -> Vec<Step<'r>> {
    let longest = plan.steps.iter().filter_map(unit).max();
    let coarsest = longest.into_iter().flat_map(|unit| {
        (0..UNITS).filter_map(move |finer| unit.checked_div(10_i64.checked_pow(finer)?))
    });
    for most in coarsest.filter(|most| *most > 1) {
        let steps = rounded(&plan.steps, most, true);
        if passes(plan, &steps, rulebook) {
            return steps;
        }
        if let Some(steps) = with_one_more(plan, &steps, most, rulebook) {
            return steps;
        }
    }
    let steps = rounded(&plan.steps, i64::MAX, false);
    if passes(plan, &steps, rulebook) { steps } else { plan.steps.clone() }
}

/// The rounded steps with one of them a unit further: a whole that was rounded up may ask a little more
/// of its part. Only what may go further by itself is moved.
fn with_one_more<'r>(
    plan: &Plan<'r>,
    steps: &[Step<'r>],
    most: i64,
    rulebook: &Rulebook,
) -> Option<Vec<Step<'r>>> {
    (0..steps.len()).find_map(|place| {
        let mut steps = steps.to_vec();
        let (step, exact) = (steps.get_mut(place)?, plan.steps.get(place)?);
        let Value::Number(to) = step.to else { return None };
        if step.tied || step.bound != Operator::AtLeast || step.to == exact.to {
            return None;
        }
        step.to = Value::Number(to.checked_add(unit(exact)?.min(most))?);
        passes(plan, &steps, rulebook).then_some(steps)
    })
}

/// Whether the plan comes to the same with these figures.
fn passes(plan: &Plan<'_>, steps: &[Step<'_>], rulebook: &Rulebook) -> bool {
    let answer = &plan.answer;
    let mut facts = plan.facts.clone();
    for step in steps {
        let fact = Fact { value: step.to.clone(), source: Source::default() };
        facts.set(&step.key.indicator, step.key.year, fact);
    }
    let question = Question {
        as_of: answer.as_of,
        base_year: Some(answer.base_year),
        purpose: Some(answer.purpose),
        known_on: None,
    };
    let found = evaluate(rulebook, answer.programme, &facts, &question);
    verdict(&found) == verdict(answer)
}

fn verdict(answer: &Answer<'_>) -> Option<(rules::Verdict, rules::Population)> {
    match &answer.outcome {
        Outcome::Assessed(assessment) => Some((assessment.verdict, assessment.population)),
        Outcome::NoVersion { .. } => None,
    }
}

/// Every target in its own unit, but none in a coarser one than `most`; those that hang together only
/// if `tied` says so.
fn rounded<'r>(steps: &[Step<'r>], most: i64, tied: bool) -> Vec<Step<'r>> {
    let round = |step: &Step<'r>| {
        let mut step = step.clone();
        if let Some(to) = target(&step, most).filter(|_| tied || !step.tied) {
            step.to = Value::Number(to);
        }
        step
    };
    steps.iter().map(round).collect()
}

/// The unit in which a target in money has few digits, if it is longer than that.
fn unit(step: &Step<'_>) -> Option<i64> {
    let (Value::Number(to), Kind::Money) = (&step.to, &step.indicator.kind) else { return None };
    if rounder(&step.indicator, &step.to, step.bound).is_some() {
        return None;
    }
    let length = to.unsigned_abs().checked_ilog10()?.saturating_add(1);
    10_i64.checked_pow(length.checked_sub(DIGITS)?)
}

/// A target in money in its unit: up for the least, down for the most.
fn target(step: &Step<'_>, most: i64) -> Option<i64> {
    let Value::Number(to) = &step.to else { return None };
    let unit = unit(step)?.min(most);
    let below = to.checked_div_euclid(unit)?.checked_mul(unit)?;
    match step.bound {
        Operator::AtLeast | Operator::MoreThan if below < *to => below.checked_add(unit),
        Operator::AtMost | Operator::LessThan => Some(below),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::step::tests::step;
    use super::*;

    fn at(to: i64, bound: Operator, most: i64) -> Option<i64> {
        target(&step(Kind::Money, Value::Number(0), Value::Number(to), bound), most)
    }

    #[test]
    fn the_least_is_rounded_up_and_the_most_down() {
        assert_eq!(at(5_126_625_000, Operator::AtLeast, i64::MAX), Some(5_127_000_000));
        assert_eq!(at(5_126_625_000, Operator::AtLeast, 100_000), Some(5_126_700_000));
        assert_eq!(at(5_126_625_000, Operator::AtMost, i64::MAX), Some(5_126_000_000));
        assert_eq!(at(5_000_000_000, Operator::AtLeast, i64::MAX), None, "it is round already");
        assert_eq!(at(999, Operator::AtLeast, i64::MAX), None);
        assert_eq!(at(-5_126_625_000, Operator::AtLeast, i64::MAX), Some(-5_126_000_000));
        assert_eq!(at(5_000_000_001, Operator::AtLeast, i64::MAX), None, "said by its open edge");
    }

    #[test]
    fn only_money_is_rounded() {
        let rate = step(Kind::Ratio, Value::Number(0), Value::Number(30_123), Operator::AtLeast);
        assert_eq!(target(&rate, i64::MAX), None);
    }
}
