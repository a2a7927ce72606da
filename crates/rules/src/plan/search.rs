//! The cheapest ways for one cluster of variables, cheapest first.
//!
//! Every state is a set of values; a step makes one test come out by the smallest move of one
//! variable. Moves never go back, so costs only grow, and the first state in which everything
//! passes is the cheapest. Where points count, the search goes on to the cheapest state for more.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::truth::Truth;

use super::cost::Cost;
use super::problem::{Cluster, Problem};
use super::reduced::{Item, Move, Place, Test, Values, measurable};
use super::tighten::tighten;

/// States after which a search is given up; plans are then not proven to be the cheapest.
const MOST_STATES: usize = 10_000;

/// A way for one cluster.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    pub cost: Cost,
    /// Points by group of the score table.
    pub points: Vec<i64>,
    /// The variables of the cluster, in its order.
    pub values: Values,
}

/// Points with which a cluster passes whatever the others give.
#[derive(Debug)]
pub(super) struct Enough {
    pub total: i64,
    /// By group of the table, where it has a floor.
    pub floors: Vec<Option<i64>>,
}

impl Enough {
    fn is_reached_by(&self, points: &[i64]) -> bool {
        let total = points.iter().fold(0i64, |sum, more| sum.saturating_add(*more));
        let mut floors = self.floors.iter().zip(points);
        total >= self.total && floors.all(|(floor, points)| floor.is_none_or(|f| *points >= f))
    }
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
    /// By item: the variables that it looks at.
    looks: Vec<Vec<Place>>,
    /// All values, with those of the state that is looked at.
    scratch: Values,
    /// States looked at so far.
    pub states: usize,
    /// Points with which nothing dearer is worth looking for.
    enough: Option<Enough>,
    /// Moves towards more points that are known, by item and the values that it looks at.
    ways: BTreeMap<(usize, Values), Vec<Move>>,
    /// Whether a move went as far as it can, since none was enough by itself: what it leads to may
    /// turn out cheaper than it looked.
    pub mixed: bool,
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
            looks: cluster.items.iter().map(|item| looks(item)).collect(),
            scratch,
            states: 0,
            enough: None,
            ways: BTreeMap::new(),
            mixed: false,
            gave_up: false,
        };
        search.open.push(Reverse((Cost::NONE, 0, values)));
        search
    }

    /// The least that a way which was not found yet and is worth finding can cost.
    pub fn next(&self) -> Option<Cost> {
        let next = self.open.peek().map(|Reverse((cost, ..))| *cost)?;
        let Some(enough) = &self.enough else { return Some(next) };
        let best = self.outcomes.iter().find(|known| enough.is_reached_by(&known.points));
        // What looked dear may turn out cheaper where moves went too far.
        let least = if self.mixed { next.without_amounts() } else { next };
        Some(next).filter(|_| best.is_none_or(|best| least < best.cost))
    }

    /// The points that are enough, whatever the other clusters give.
    pub fn set_enough(&mut self, enough: Enough) {
        self.enough = Some(enough);
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

    fn more_points(&mut self) -> Vec<Move> {
        let mut moves = Vec::new();
        for (place, (item, looks)) in self.cluster.items.iter().zip(&self.looks).enumerate() {
            let seen = looks.iter().filter_map(|place| self.scratch.get(*place).copied()).collect();
            let found = self
                .ways
                .entry((place, seen))
                .or_insert_with(|| item.moves(self.problem.variables, &self.scratch));
            for found in found.iter() {
                if !moves.contains(found) {
                    moves.push(*found);
                }
            }
        }
        moves
    }

    fn keep(&mut self, cost: Cost, values: &Values) {
        let points = self.points(&self.scratch);
        let problem = self.problem;
        let is_better = |known: &Outcome, cost: Cost, points: &[i64]| {
            known.cost <= cost && as_good(problem, &known.points, points)
        };
        if self.outcomes.iter().any(|known| is_better(known, cost, &points)) {
            return;
        }
        let mut outcome = Outcome { cost, points, values: values.clone() };
        if self.mixed {
            let passes = |values: &Values| {
                let points = self.points(values);
                self.pass(values) && as_good(self.problem, &points, &outcome.points)
            };
            let all = tighten(self.problem.variables, &self.scratch, &passes);
            let places = self.cluster.places.iter();
            outcome.values = places.filter_map(|place| all.get(*place).copied()).collect();
            outcome.cost = self.cost(&outcome.values);
        }
        if !self.outcomes.iter().any(|known| is_better(known, outcome.cost, &outcome.points)) {
            self.outcomes.retain(|known| {
                known.cost < outcome.cost || !as_good(problem, &outcome.points, &known.points)
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
        let touch = self.problem.variables.get(step.place).map(|variable| variable.touch);
        if touch.is_none_or(|touch| self.forbidden.contains(&touch)) {
            return;
        }
        let Some(at) = self.cluster.places.iter().position(|place| *place == step.place) else {
            return;
        };
        self.add(from, at, step.to);
        for stop in self.stops(step) {
            self.mixed = true;
            self.add(from, at, stop);
        }
    }

    fn add(&mut self, from: &Values, at: usize, to: i64) {
        let mut values = from.clone();
        if let Some(slot) = values.get_mut(at) {
            *slot = to;
        }
        if self.seen.insert(values.clone()) {
            let cost = self.cost(&values);
            self.open.push(Reverse((cost, self.seen.len(), values)));
        }
    }

    /// How far a move can go before it breaks a test that is met so far: another value may have to
    /// do the rest.
    fn stops(&self, step: Move) -> Vec<i64> {
        let Some(now) = self.scratch.get(step.place).copied() else { return Vec::new() };
        let mut moved = self.scratch.clone();
        let mut met = |test: &Test<'_>, value: i64| {
            if let Some(slot) = moved.get_mut(step.place) {
                *slot = value;
            }
            test.truth(&moved) == Truth::Met
        };
        let mut stops = Vec::new();
        let mut look = |test: &Test<'_>| {
            if met(test, step.to) || !met(test, now) {
                return;
            }
            let (mut holds, mut breaks) = (i128::from(now), i128::from(step.to));
            while (breaks - holds).abs() > 1 {
                let middle = holds + (breaks - holds) / 2;
                let value = i64::try_from(middle).unwrap_or(now);
                if met(test, value) { holds = middle } else { breaks = middle }
            }
            let stop = i64::try_from(holds).unwrap_or(now);
            if stop != now && !stops.contains(&stop) {
                stops.push(stop);
            }
        };
        for rule in &self.cluster.rules {
            rule.each_test(&mut look);
        }
        stops
    }

    fn cost(&self, values: &Values) -> Cost {
        let places = self.cluster.places.iter().copied();
        self.problem.variables.cost(places.zip(values.iter().copied()))
    }
}

/// The variables that an item looks at, each once.
fn looks(item: &Item<'_>) -> Vec<Place> {
    let mut places = Vec::new();
    item.each_variable(&mut |place| {
        if !places.contains(&place) {
            places.push(place);
        }
    });
    places
}

/// Whether points are worth as much as others: in all, and in every part that has a floor.
fn as_good(problem: &Problem<'_, '_>, points: &[i64], others: &[i64]) -> bool {
    let floors = problem.table.map_or(&[][..], |table| &table.floors);
    let total = |points: &[i64]| points.iter().fold(0i64, |sum, more| sum.saturating_add(*more));
    let mut parts = floors.iter().zip(points.iter().zip(others));
    total(points) >= total(others)
        && parts.all(|(floor, (points, other))| floor.is_none() || points >= other)
}
