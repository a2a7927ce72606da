//! The cheapest ways for one cluster of variables, cheapest first.
//!
//! Every state is a set of values; a step makes one test come out by the smallest move of one
//! variable. Moves never go back, so costs only grow, and the first state in which everything
//! passes is the cheapest. Where points count, the search goes on to the cheapest state for more.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::cost::Cost;
use super::problem::{Cluster, Problem};
use super::reduced::{Move, Values, measurable};
use super::tighten::tighten;

/// States after which a search is given up; plans are then not proven to be the cheapest.
const MOST_STATES: usize = 30_000;

/// A way for one cluster.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    pub cost: Cost,
    /// Points by group of the score table.
    pub points: Vec<i64>,
    /// The variables of the cluster, in its order.
    pub values: Values,
}

/// A search that can go on where it stopped.
#[derive(Debug)]
pub(super) struct Search<'p, 'a, 'r> {
    problem: &'p Problem<'a, 'r>,
    cluster: &'p Cluster<'a, 'r>,
    forbidden: BTreeSet<usize>,
    open: BinaryHeap<Reverse<(Cost, usize, Values)>>,
    seen: BTreeSet<Values>,
    /// None is at least as good in every way as a later one.
    pub outcomes: Vec<Outcome>,
    /// All values, with those of the state that is looked at.
    scratch: Values,
    states: usize,
    /// Whether a move went as far as it can, since none was enough by itself: what it leads to may
    /// turn out cheaper than it looked.
    mixed: bool,
    pub gave_up: bool,
}

impl<'p, 'a, 'r> Search<'p, 'a, 'r> {
    pub fn new(
        problem: &'p Problem<'a, 'r>,
        cluster: &'p Cluster<'a, 'r>,
        forbidden: BTreeSet<usize>,
    ) -> Self {
        let scratch = problem.variables.start();
        let values: Values =
            cluster.places.iter().filter_map(|p| scratch.get(*p).copied()).collect();
        let mut search = Self {
            problem,
            cluster,
            forbidden,
            open: BinaryHeap::new(),
            seen: BTreeSet::from([values.clone()]),
            outcomes: Vec::new(),
            scratch,
            states: 0,
            mixed: false,
            gave_up: false,
        };
        search.open.push(Reverse((Cost::NONE, 0, values)));
        search
    }

    /// The least that a way which was not found yet can cost; `None` if there is none.
    pub fn next(&self) -> Option<Cost> {
        self.open.peek().map(|Reverse((cost, ..))| *cost)
    }

    /// Finds all ways that cost no more than `limit`.
    pub fn up_to(&mut self, limit: Cost) {
        while self.next().is_some_and(|next| next <= limit) {
            self.step();
        }
    }

    /// Finds the cheapest way.
    pub fn first(&mut self) {
        while self.next().is_some_and(|next| self.may_be_cheaper(next)) {
            self.step();
        }
    }

    fn may_be_cheaper(&self, next: Cost) -> bool {
        match self.outcomes.first() {
            Some(best) => self.mixed && next.without_amounts() <= best.cost,
            None => true,
        }
    }

    fn step(&mut self) {
        let Some(Reverse((cost, _, values))) = self.open.pop() else { return };
        self.states += 1;
        if self.states > MOST_STATES {
            self.gave_up = true;
            self.open.clear();
            return;
        }
        for (place, value) in self.cluster.places.iter().zip(&values) {
            if let Some(slot) = self.scratch.get_mut(*place) {
                *slot = *value;
            }
        }
        let moves = match self.unmet() {
            Some(moves) => moves,
            None => {
                self.keep(cost, &values);
                self.more_points()
            }
        };
        for to in moves {
            self.push(&values, to);
        }
    }

    /// The moves towards a rule that does not pass: the one with the fewest ways.
    fn unmet(&self) -> Option<Vec<Move>> {
        let score = self.problem.score();
        let short =
            self.cluster.rules.iter().filter(|r| !measurable(r.truth(&self.scratch, score)));
        short
            .map(|rule| rule.moves(self.problem.variables, &self.scratch, score))
            .min_by_key(Vec::len)
    }

    fn more_points(&self) -> Vec<Move> {
        let mut moves = Vec::new();
        for item in &self.cluster.items {
            for found in item.moves(self.problem.variables, &self.scratch) {
                if !moves.contains(&found) {
                    moves.push(found);
                }
            }
        }
        moves
    }

    fn keep(&mut self, cost: Cost, values: &Values) {
        let points = self.points(&self.scratch);
        let mut outcome = Outcome { cost, points, values: values.clone() };
        if self.mixed {
            let passes = |values: &Values| {
                let points = self.points(values);
                self.pass(values) && as_good(&points, &outcome.points)
            };
            let all = tighten(self.problem.variables, &self.scratch, &passes);
            let places = self.cluster.places.iter();
            outcome.values = places.filter_map(|place| all.get(*place).copied()).collect();
            outcome.cost = self.cost(&outcome.values);
        }
        let known =
            |known: &Outcome| known.cost <= outcome.cost && as_good(&known.points, &outcome.points);
        if !self.outcomes.iter().any(known) {
            self.outcomes.retain(|known| {
                known.cost < outcome.cost || !as_good(&outcome.points, &known.points)
            });
            let place = self.outcomes.partition_point(|known| known.cost <= outcome.cost);
            self.outcomes.insert(place, outcome);
        }
        if self.cluster.items.is_empty() && !self.mixed {
            self.open.clear();
        }
    }

    fn points(&self, values: &Values) -> Vec<i64> {
        let mut points = vec![0i64; self.problem.table.map_or(0, |table| table.floors.len())];
        for item in &self.cluster.items {
            if let Some(sum) = points.get_mut(item.group) {
                *sum = sum.saturating_add(item.points(values));
            }
        }
        points
    }

    fn pass(&self, values: &Values) -> bool {
        let score = self.problem.score();
        self.cluster.rules.iter().all(|rule| measurable(rule.truth(values, score)))
    }

    fn push(&mut self, from: &Values, step: Move) {
        self.mixed |= step.far;
        let place = self.cluster.places.iter().position(|place| *place == step.place);
        let touch = self.problem.variables.get(step.place).map(|variable| variable.touch);
        if touch.is_none_or(|touch| self.forbidden.contains(&touch)) {
            return;
        }
        let mut values = from.clone();
        if let Some(slot) = place.and_then(|place| values.get_mut(place)) {
            *slot = step.to;
        }
        if self.seen.insert(values.clone()) {
            let cost = self.cost(&values);
            self.open.push(Reverse((cost, self.seen.len(), values)));
        }
    }

    fn cost(&self, values: &Values) -> Cost {
        let places = self.cluster.places.iter().copied();
        self.problem.variables.cost(places.zip(values.iter().copied()))
    }
}

fn as_good(points: &[i64], others: &[i64]) -> bool {
    points.iter().zip(others).all(|(points, other)| points >= other)
}
