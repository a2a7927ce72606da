//! From values to a plan that people read: steps with their bounds, dates and purposes.

use enterprise::{Facts, Text, year_end};

use crate::amount::Lacking;
use crate::carry::{Carried, Carry};
use crate::context::Context;
use crate::criterion::{Body, Criterion};
use crate::evaluate::{Question, evaluate};
use crate::programme::{Programme, Purpose};
use crate::rulebook::Rulebook;
use crate::score::Points;
use crate::summary;
use crate::truth::Truth;
use crate::verdict::{Answer, CriterionResult, Finding, Outcome};

use super::apply::{apply, value_of};
use super::choose::Choice;
use super::problem::Problem;
use super::reduced::{NO_POINTS, Place, TAKEN_MET, What};
use super::whole::Whole;
use super::{Plan, Serves, Step, TitleStep, Trusted, Undefined};

/// Everything that a plan is composed from.
pub(super) struct Composer<'a, 'r> {
    pub rulebook: &'r Rulebook,
    pub programme: &'r Programme,
    pub context: Context<'r, 'a>,
    pub purpose: Purpose,
    pub carried: &'a Carried,
    pub proven: bool,
}

impl<'a, 'r> Composer<'a, 'r> {
    /// The plan; `None` if the evaluator does not confirm it.
    pub fn plan(&self, problem: &Problem<'_, 'r>, choice: &Choice) -> Option<Plan<'r>> {
        let values = &choice.values;
        let moved: Vec<Place> = problem
            .variables
            .list()
            .iter()
            .zip(values)
            .enumerate()
            .filter(|(_, (variable, now))| variable.start != **now)
            .map(|(place, _)| place)
            .collect();
        let facts = apply(self.context.facts, problem.variables, values, self.context.as_of);
        let answer = self.evaluate(&facts);
        let mut plan = Plan {
            steps: Vec::new(),
            titles: Vec::new(),
            trusted: Vec::new(),
            pending: Vec::new(),
            undefined: Vec::new(),
            overruled: Vec::new(),
            effort: choice.cost.effort_part(),
            relative: choice.cost.relative_part(),
            proven: self.proven,
            facts,
            answer,
        };
        let whole = Whole::new(problem, values);
        for place in moved {
            self.add(&mut plan, &whole, place);
        }
        // The years of one indicator stand together, the earlier first.
        let order: Vec<String> = plan.steps.iter().map(|step| step.key.indicator.clone()).collect();
        let first = |step: &Step<'_>| order.iter().position(|id| *id == step.key.indicator);
        plan.steps.sort_by_key(|step| (first(step), step.key.year));
        if let Outcome::Assessed(assessment) = &plan.answer.outcome {
            let missing = summary::missing(&assessment.criteria, assessment.score.as_ref());
            plan.pending = missing.into_iter().filter(|what| !what.why().data).collect();
            undefined(&assessment.criteria, &mut plan.undefined);
            let groups = assessment.score.iter().flat_map(|score| &score.groups);
            for item in groups.flat_map(|group| &group.items) {
                note(&item.item.label, &item.lacking, &mut plan.undefined);
            }
            overruled(&assessment.criteria, &mut plan.overruled);
            plan.overruled.dedup_by_key(|criterion| std::ptr::from_ref::<Criterion>(criterion));
        }
        self.confirmed(&plan).then_some(plan)
    }

    fn evaluate(&self, facts: &Facts) -> Answer<'r> {
        let question = Question {
            as_of: self.context.as_of,
            base_year: Some(self.context.base_year),
            purpose: Some(self.purpose),
            known_on: None,
        };
        evaluate(self.rulebook, self.programme, facts, &question)
    }

    /// Whether the evaluator finds the measurable part passed, apart from what is taken on trust.
    fn confirmed(&self, plan: &Plan<'r>) -> bool {
        let Outcome::Assessed(assessment) = &plan.answer.outcome else { return false };
        match summary::measurable_part(&assessment.criteria, assessment.score.as_ref()) {
            Truth::Met | Truth::NotApplicable => true,
            Truth::NotMet => false,
            Truth::Unknown(_) => !plan.trusted.is_empty(),
        }
    }

    fn add(&self, plan: &mut Plan<'r>, whole: &Whole<'_, '_, 'r>, place: Place) {
        let Some(variable) = whole.problem.variables.get(place) else { return };
        let Some(now) = whole.values.get(place).copied() else { return };
        let serves = whole.serves(place, variable);
        match &variable.what {
            What::Fact { key, indicator, .. } => {
                let year_ends = key.year.and_then(year_end);
                let by = year_ends.map_or(self.context.as_of, |end| end.min(self.context.as_of));
                let (bound, tied) = whole.bound(place, variable, now);
                plan.steps.push(Step {
                    key: key.clone(),
                    indicator: indicator.clone(),
                    from: value_of(&indicator.kind, variable.start),
                    carried_from: self.carried_from(key),
                    to: value_of(&indicator.kind, now),
                    bound,
                    tied,
                    by,
                    serves,
                });
            }
            What::Title(holds) => {
                let listed = self.context.facts.titles.iter();
                let held = listed.filter(|title| holds.any_of.contains(&title.programme));
                let criterion = serves.iter().find_map(|serves| match serves {
                    Serves::Criterion(criterion) => Some(*criterion),
                    _ => None,
                });
                plan.titles.push(TitleStep {
                    programme: holds.programme.clone(),
                    criterion,
                    held_until: held.filter_map(|title| title.to).max(),
                });
            }
            What::Test(condition) => {
                let item = serves.iter().find_map(|serves| match serves {
                    Serves::Item { item, .. } => Some(*item),
                    _ => None,
                });
                let criterion = serves.iter().find_map(|serves| match serves {
                    Serves::Criterion(criterion) => Some(*criterion),
                    _ => None,
                });
                let test = self.context.test(condition);
                if test.truth.unknown().is_none() {
                    plan.overruled.extend(criterion);
                    return;
                }
                plan.trusted.push(Trusted {
                    criterion,
                    item,
                    points: None,
                    test: Some(test),
                    to_met: now == TAKEN_MET,
                });
            }
            What::Points(item) => plan.trusted.push(Trusted {
                criterion: None,
                item: Some(item),
                points: Some(Points(now)).filter(|points| points.0 != NO_POINTS),
                test: None,
                to_met: true,
            }),
        }
    }

    fn carried_from(&self, key: &enterprise::FactKey) -> Option<i16> {
        self.carried.assumed.iter().find_map(|assumed| match assumed {
            Carry::Same { key: known, from } | Carry::Grown { key: known, from } => {
                (known == key).then_some(*from)
            }
            Carry::Nothing { .. } | Carry::NoEvents { .. } => None,
        })
    }
}

/// What has no meaning in criteria that are undecided for it.
fn undefined<'r>(results: &[CriterionResult<'r>], into: &mut Vec<Undefined<'r>>) {
    for result in results.iter().filter(|result| result.truth.unknown().is_some()) {
        let label = &result.criterion.label;
        if let Some(when) = &result.when {
            note(label, &when.lacking, into);
        }
        match &result.finding {
            Finding::Condition(condition) => note(label, &condition.lacking, into),
            Finding::Children(children) => undefined(children, into),
            _ => {}
        }
    }
}

fn note<'r>(label: &'r Text, lacking: &Lacking, into: &mut Vec<Undefined<'r>>) {
    if !lacking.pending.is_empty() {
        into.push(Undefined { label, reasons: lacking.pending.clone() });
    }
}

/// Criteria that a person found not met.
fn overruled<'r>(results: &[CriterionResult<'r>], into: &mut Vec<&'r Criterion>) {
    for result in results {
        match &result.finding {
            Finding::Judged(Some(_)) if result.truth == Truth::NotMet => {
                into.push(result.criterion)
            }
            Finding::Children(children)
                if !matches!(result.criterion.body, Body::Group(..))
                    || result.truth == Truth::NotMet =>
            {
                overruled(children, into);
            }
            _ => {}
        }
    }
}
