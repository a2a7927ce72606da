//! One change against the whole plan: what would be lost without it, and whether it could go further
//! alone. Looks only at rules and items that the change touches.

use enterprise::Kind;

use crate::condition::Operator;
use crate::score::Points;
use crate::truth::Truth;

use super::planning::Serves;
use super::problem::Problem;
use super::reduced::{Item, Place, Rule, Values, Variable, What, measurable};

/// The values of a plan, and the subtotals that they give.
pub(super) struct Whole<'p, 'a, 'r> {
    pub problem: &'p Problem<'a, 'r>,
    pub values: &'p Values,
    subtotals: Vec<i64>,
}

impl<'p, 'a, 'r> Whole<'p, 'a, 'r> {
    pub fn new(problem: &'p Problem<'a, 'r>, values: &'p Values) -> Self {
        let subtotals = problem.table.map_or_else(Vec::new, |table| table.subtotals(values));
        Self { problem, values, subtotals }
    }

    /// What would be lost without one change of the plan, in file order.
    pub fn serves(&self, place: Place, variable: &Variable<'_>) -> Vec<Serves<'r>> {
        let without = self.with(place, variable.start);
        let score = self.problem.score();
        let mut serves = Vec::new();
        let mut lost = |rule: &Rule<'r>| {
            let met = |values: &Values| rule.truth(values, score) == Truth::Met;
            if names(|each| rule.each_variable(each), place) && met(self.values) && !met(&without) {
                serves.extend(rule.criterion.map(Serves::Criterion));
                serves.extend(rule.part.clone().map(Serves::Part));
            }
        };
        for rule in self.problem.rules() {
            rule.each_leaf(&mut lost);
        }
        for item in self.items(place) {
            let (from, to) = (item.points(&without), item.points(self.values));
            if from < to {
                serves.push(Serves::Item { item: item.item, from: Points(from), to: Points(to) });
            }
        }
        serves
    }

    /// Whether the value is the least that is needed, the most that is allowed, or needed exactly;
    /// and whether going further needs other steps to go further too.
    pub fn bound(&self, place: Place, variable: &Variable<'_>, now: i64) -> (Operator, bool) {
        let What::Fact { indicator, low, high, .. } = &variable.what else {
            return (Operator::Equal, false);
        };
        let raised = now > variable.start;
        let step = if raised { indicator.step.max(1) } else { -indicator.step.max(1) };
        let further = now.saturating_add(step);
        let alone = !(*low..=*high).contains(&further) || self.passes_with(place, further);
        let bound = match indicator.kind {
            // One option in the middle is no bound.
            Kind::Choice(_) if !alone => Operator::Equal,
            _ if raised => Operator::AtLeast,
            _ => Operator::AtMost,
        };
        (bound, !alone)
    }

    fn passes_with(&self, place: Place, value: i64) -> bool {
        let other = self.with(place, value);
        let score = self.problem.score();
        let rules = self.problem.rules();
        let touched = rules.iter().filter(|rule| names(|each| rule.each_variable(each), place));
        let mut subtotals = self.subtotals.clone();
        for item in self.items(place) {
            if let Some(sum) = subtotals.get_mut(item.group) {
                *sum = sum.saturating_add(item.points(&other) - item.points(self.values));
            }
        }
        touched.into_iter().all(|rule| measurable(rule.truth(&other, score)))
            && self.problem.table.is_none_or(|table| table.reached_by(&subtotals))
    }

    fn items(&self, place: Place) -> impl Iterator<Item = &'a Item<'r>> {
        let items = self.problem.table.into_iter().flat_map(|table| &table.items);
        items.filter(move |item| names(|each| item.each_variable(each), place))
    }

    fn with(&self, place: Place, value: i64) -> Values {
        let mut other = self.values.clone();
        if let Some(slot) = other.get_mut(place) {
            *slot = value;
        }
        other
    }
}

fn names(visit: impl FnOnce(&mut dyn FnMut(Place)), place: Place) -> bool {
    let mut found = false;
    visit(&mut |known| found |= known == place);
    found
}
