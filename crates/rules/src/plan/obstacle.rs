//! Why nothing passes: what stands in the way of every plan.

use std::collections::BTreeSet;
use std::ptr;

use crate::criterion::Criterion;
use crate::score::Points;
use crate::truth::Truth;
use crate::verdict::{Answer, ConditionResult, CriterionResult, Finding, Outcome, Test};

use super::Obstacle;
use super::cost::Cost;
use super::problem::{Cluster, Pieces, Problem};
use super::reduced::Rule;
use super::search::Search;

/// What stands in the way of the first way to pass (the others are direct paths beside the score).
pub(super) fn obstacles<'r>(
    problem: &Problem<'_, 'r>,
    pieces: &Pieces<'_, 'r>,
    unchanged: &Answer<'r>,
) -> Vec<Obstacle<'r>> {
    let mut obstacles: Vec<Obstacle<'r>> =
        pieces.hopeless.iter().filter_map(|rule| criterion(rule, unchanged)).collect();
    let mut most: i64 = pieces.fixed.iter().sum();
    let mut together = false;
    for cluster in &pieces.clusters {
        let mut search = Search::new(problem, cluster, BTreeSet::new());
        search.first();
        if search.outcomes.is_empty() {
            let alone = |rule: &&&Rule<'r>| {
                let single = Cluster {
                    places: cluster.places.clone(),
                    rules: vec![**rule],
                    items: Vec::new(),
                };
                let mut search = Search::new(problem, &single, BTreeSet::new());
                search.first();
                search.outcomes.is_empty()
            };
            let before = obstacles.len();
            let stuck = cluster.rules.iter().filter(alone);
            obstacles.extend(stuck.filter_map(|rule| criterion(rule, unchanged)));
            together |= obstacles.len() == before;
        } else if problem.score() {
            search.up_to(Cost::MAX);
            let totals = search.outcomes.iter().map(|outcome| outcome.points.iter().sum::<i64>());
            most = most.saturating_add(totals.max().unwrap_or(0));
        }
    }
    if together {
        obstacles.push(Obstacle::Together);
    }
    if let Some(table) = problem.table.filter(|_| obstacles.is_empty()) {
        obstacles.push(Obstacle::Score { most: Points(most), needed: Points(table.pass) });
    }
    obstacles
}

fn criterion<'r>(rule: &Rule<'r>, unchanged: &Answer<'r>) -> Option<Obstacle<'r>> {
    let criterion = rule.criterion?;
    let mut tests = Vec::new();
    if let Outcome::Assessed(assessment) = &unchanged.outcome
        && let Some(result) = find(&assessment.criteria, criterion)
    {
        failing(result, &mut tests);
    }
    Some(Obstacle::Criterion { criterion, tests })
}

fn find<'a, 'r>(
    results: &'a [CriterionResult<'r>],
    criterion: &Criterion,
) -> Option<&'a CriterionResult<'r>> {
    results.iter().find_map(|result| {
        if ptr::eq(result.criterion, criterion) {
            return Some(result);
        }
        match &result.finding {
            Finding::Children(children) => find(children, criterion),
            _ => None,
        }
    })
}

fn failing<'r>(result: &CriterionResult<'r>, into: &mut Vec<ConditionResult<'r>>) {
    if result.truth != Truth::NotMet {
        return;
    }
    match &result.finding {
        Finding::Condition(condition) => tests(condition, Truth::NotMet, into),
        Finding::Children(children) => children.iter().for_each(|child| failing(child, into)),
        _ => {}
    }
}

/// The single tests behind a condition that came out the wrong way.
fn tests<'r>(condition: &ConditionResult<'r>, wrong: Truth, into: &mut Vec<ConditionResult<'r>>) {
    if condition.truth != wrong {
        return;
    }
    match &condition.test {
        Test::All(parts) | Test::AtLeast(_, parts) => {
            parts.iter().for_each(|part| tests(part, wrong, into));
        }
        Test::Not(inner) if inner.truth == !wrong => tests(inner, !wrong, into),
        _ => into.push(condition.clone()),
    }
}
