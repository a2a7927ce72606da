//! The cheapest values under which a problem passes, without what is forbidden.

use std::collections::BTreeSet;

use super::combine::combine;
use super::cost::Cost;
use super::problem::{Pieces, Problem};
use super::reduced::Values;
use super::search::Search;

/// What was found.
#[derive(Debug, Clone, Default)]
pub(super) struct Solved {
    /// The cost and the values, if there is a way.
    pub best: Option<(Cost, Values)>,
    /// Whether a search was given up: a cheaper way, or a way at all, may have been missed.
    pub gave_up: bool,
}

/// The effort up to which clusters are searched at first.
const FIRST_LOOK: u32 = 8;

/// Solves one problem again and again; what was found for a cluster is kept for the next time.
pub(super) struct Solver<'p, 'a, 'r> {
    problem: &'p Problem<'a, 'r>,
    pieces: &'p Pieces<'a, 'r>,
    searches: Vec<Search<'p, 'a, 'r>>,
}

impl<'p, 'a, 'r> Solver<'p, 'a, 'r> {
    pub fn new(problem: &'p Problem<'a, 'r>, pieces: &'p Pieces<'a, 'r>) -> Self {
        let search = |cluster| Search::new(problem, cluster, BTreeSet::new());
        Self { problem, pieces, searches: pieces.clusters.iter().map(search).collect() }
    }

    /// The cheapest way; nothing that touches a forbidden thing is considered.
    pub fn solve(&mut self, forbidden: &BTreeSet<usize>) -> Solved {
        if !self.pieces.hopeless.is_empty() {
            return Solved::default();
        }
        // Where something is forbidden, the search is another one; it is put aside afterwards.
        let mut aside: Vec<(usize, Search<'p, 'a, 'r>)> = Vec::new();
        for (place, cluster) in self.pieces.clusters.iter().enumerate() {
            let touch = |place: &usize| self.problem.variables.get(*place).map(|v| v.touch);
            let touches: BTreeSet<usize> = cluster.places.iter().filter_map(touch).collect();
            let here: BTreeSet<usize> = touches.intersection(forbidden).copied().collect();
            if !here.is_empty()
                && let Some(search) = self.searches.get_mut(place)
            {
                let other = Search::new(self.problem, cluster, here);
                aside.push((place, std::mem::replace(search, other)));
            }
        }
        let solved = self.cheapest();
        for (place, search) in aside {
            if let Some(slot) = self.searches.get_mut(place) {
                *slot = search;
            }
        }
        solved
    }

    fn cheapest(&mut self) -> Solved {
        for search in &mut self.searches {
            search.first();
        }
        if self.searches.iter().any(|search| search.outcomes.is_empty()) {
            return Solved { best: None, gave_up: self.gave_up() };
        }
        let base = self.searches.iter().map(first).fold(Cost::NONE, |sum, cost| sum + cost);
        let mut extra = Cost::effort(FIRST_LOOK);
        let picks = loop {
            let found = match self.problem.table {
                None => Some((base, vec![0; self.searches.len()])),
                Some(table) => {
                    for search in &mut self.searches {
                        search.up_to(first(search) + extra);
                    }
                    let lists: Vec<_> =
                        self.searches.iter().map(|s| s.outcomes.as_slice()).collect();
                    combine(table, &self.pieces.fixed, &lists)
                }
            };
            let ahead = |s: &Search<'_, '_, '_>| s.next().map(|next| next.less(first(s)));
            let nearest = self.searches.iter().filter_map(ahead).min();
            match found {
                // Whatever was not found yet would cost more than this.
                Some((cost, picks)) if cost <= base + extra || nearest.is_none() => {
                    break Some((cost, picks));
                }
                Some((cost, _)) => extra = cost.less(base),
                None => match nearest {
                    Some(nearest) => extra = extra.doubled().max(nearest),
                    None => break None,
                },
            }
        };
        let best = picks.map(|(cost, picks)| (cost, self.values(&picks)));
        Solved { best, gave_up: self.gave_up() }
    }

    /// All values, with the outcome that was picked for every cluster.
    fn values(&self, picks: &[usize]) -> Values {
        let mut values = self.problem.variables.start();
        for ((search, cluster), pick) in self.searches.iter().zip(&self.pieces.clusters).zip(picks)
        {
            let Some(outcome) = search.outcomes.get(*pick) else { continue };
            for (place, value) in cluster.places.iter().zip(&outcome.values) {
                if let Some(slot) = values.get_mut(*place) {
                    *slot = *value;
                }
            }
        }
        values
    }

    fn gave_up(&self) -> bool {
        self.searches.iter().any(|search| search.gave_up)
    }
}

/// The cost of the cheapest way of a cluster.
fn first(search: &Search<'_, '_, '_>) -> Cost {
    search.outcomes.first().map_or(Cost::NONE, |outcome| outcome.cost)
}
