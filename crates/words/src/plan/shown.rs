//! Steps as people read them: targets in money rounded to the safe side, and only where the plan
//! still passes with the rounded figures.

use enterprise::{Fact, Kind, Source, Value};
use rules::plan::{Plan, Step};
use rules::{Answer, Operator, Outcome, Question, Rulebook, evaluate};

use super::step::rounder;

/// Digits that are tried, the shortest first: four move a figure by 0.1 % at most.
const DIGITS: [u32; 2] = [4, 5];

/// The steps of a plan with targets that can be read. The exact ones stay in the plan.
pub fn shown<'r>(plan: &Plan<'r>, rulebook: &Rulebook) -> Vec<Step<'r>> {
    for digits in DIGITS {
        for tied in [true, false] {
            let steps = rounded(&plan.steps, digits, tied);
            if passes(plan, &steps, rulebook) {
                return steps;
            }
        }
    }
    plan.steps.clone()
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

fn rounded<'r>(steps: &[Step<'r>], digits: u32, tied: bool) -> Vec<Step<'r>> {
    let round = |step: &Step<'r>| {
        let mut step = step.clone();
        if let Some(to) = target(&step, digits).filter(|_| tied || !step.tied) {
            step.to = Value::Number(to);
        }
        step
    };
    steps.iter().map(round).collect()
}

/// A target in money in so many digits: up for the least, down for the most.
fn target(step: &Step<'_>, digits: u32) -> Option<i64> {
    let (Value::Number(to), Kind::Money) = (&step.to, &step.indicator.kind) else { return None };
    if rounder(&step.indicator, &step.to, step.bound).is_some() {
        return None;
    }
    let length = to.unsigned_abs().checked_ilog10()?.saturating_add(1);
    let unit = 10_i64.checked_pow(length.checked_sub(digits)?)?;
    let below = to.div_euclid(unit).checked_mul(unit)?;
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

    fn at(to: i64, bound: Operator, digits: u32) -> Option<i64> {
        target(&step(Kind::Money, Value::Number(0), Value::Number(to), bound), digits)
    }

    #[test]
    fn the_least_is_rounded_up_and_the_most_down() {
        assert_eq!(at(5_126_625_000, Operator::AtLeast, 4), Some(5_127_000_000));
        assert_eq!(at(5_126_625_000, Operator::AtLeast, 5), Some(5_126_700_000));
        assert_eq!(at(5_126_625_000, Operator::AtMost, 4), Some(5_126_000_000));
        assert_eq!(at(5_000_000_000, Operator::AtLeast, 4), None, "it is round already");
        assert_eq!(at(999, Operator::AtLeast, 4), None);
        assert_eq!(at(-5_126_625_000, Operator::AtLeast, 4), Some(-5_126_000_000));
        assert_eq!(at(5_000_000_001, Operator::AtLeast, 4), None, "said by its open edge");
    }

    #[test]
    fn only_money_is_rounded() {
        let rate = step(Kind::Ratio, Value::Number(0), Value::Number(30_123), Operator::AtLeast);
        assert_eq!(target(&rate, 4), None);
    }
}
