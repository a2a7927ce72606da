//! The cheapest values under which a problem passes, without what is forbidden.

use std::collections::BTreeSet;

use super::combine::combine;
use super::cost::Cost;
use super::problem::{Pieces, Problem};
use super::reduced::Values;
use super::search::{Enough, Search};

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
/// The effort by which the next look goes further.
const FURTHER_LOOK: u32 = 4;

/// Solves one problem again and again; what was found for a cluster is kept for the next time.
pub(super) struct Solver<'p, 'a, 'r> {
    problem: &'p Problem<'a, 'r>,
    pieces: &'p Pieces<'a, 'r>,
    searches: Vec<Search<'p, 'a, 'r>>,
    /// States looked at so far, in all that was solved.
    pub states: usize,
}

impl<'p, 'a, 'r> Solver<'p, 'a, 'r> {
    pub fn new(problem: &'p Problem<'a, 'r>, pieces: &'p Pieces<'a, 'r>) -> Self {
        let search = |cluster| Search::new(problem, cluster, BTreeSet::new());
        let searches = pieces.clusters.iter().map(search).collect();
        Self { problem, pieces, searches, states: 0 }
    }

    /// The cheapest way that costs less than `limit`; nothing that touches a forbidden thing is
    /// considered.
    pub fn solve(&mut self, forbidden: &BTreeSet<usize>, limit: Cost) -> Solved {
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
        let before: usize = self.looked();
        let solved = self.cheapest(limit);
        self.states += self.looked() - before;
        for (place, search) in aside {
            if let Some(slot) = self.searches.get_mut(place) {
                *slot = search;
            }
        }
        solved
    }

    fn cheapest(&mut self, limit: Cost) -> Solved {
        for search in &mut self.searches {
            search.first();
        }
        let none = |search: &Search<'_, '_, '_>| search.outcomes.is_empty();
        if self.searches.iter().any(none) {
            // Where values had to share the work, another share might have done.
            let shared = self.searches.iter().any(|search| none(search) && search.mixed);
            return Solved { best: None, gave_up: shared || self.gave_up() };
        }
        self.say_what_is_enough();
        let base = self.searches.iter().map(first).fold(Cost::NONE, |sum, cost| sum + cost);
        let most = limit.less(base);
        let mut extra = Cost::effort(FIRST_LOOK).min(most);
        let picks = loop {
            if base >= limit {
                break None;
            }
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
                    break Some((cost, picks)).filter(|(cost, _)| *cost < limit);
                }
                Some(_) if extra == most => break None,
                Some((cost, _)) => extra = cost.less(base).min(most),
                None => match nearest {
                    Some(nearest) if extra < most => {
                        extra = (extra + Cost::effort(FURTHER_LOOK)).max(nearest).min(most);
                    }
                    _ => break None,
                },
            }
        };
        let best = picks.map(|(cost, picks)| (cost, self.values(&picks)));
        Solved { best, gave_up: self.gave_up() }
    }

    /// With the cheapest ways of all others, a cluster needs no more than this to pass.
    fn say_what_is_enough(&mut self) {
        let Some(table) = self.problem.table else { return };
        let firsts: Vec<Vec<i64>> = self
            .searches
            .iter()
            .map(|search| {
                search.outcomes.first().map_or_else(Vec::new, |known| known.points.clone())
            })
            .collect();
        let sum = |group: usize| {
            let fixed = self.pieces.fixed.get(group).copied().unwrap_or(0);
            firsts
                .iter()
                .filter_map(|points| points.get(group))
                .fold(fixed, |a, b| a.saturating_add(*b))
        };
        let sums: Vec<i64> = (0..table.floors.len()).map(sum).collect();
        let total = sums.iter().fold(0i64, |sum, points| sum.saturating_add(*points));
        for (search, own) in self.searches.iter_mut().zip(&firsts) {
            let own_total = own.iter().fold(0i64, |sum, points| sum.saturating_add(*points));
            let rest = sums.iter().zip(own).map(|(sum, own)| sum.saturating_sub(*own));
            let floors = table.floors.iter().zip(rest);
            search.set_enough(Enough {
                total: table.pass.saturating_sub(total.saturating_sub(own_total)),
                floors: floors.map(|(floor, rest)| floor.map(|floor| floor - rest)).collect(),
            });
        }
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

    fn looked(&self) -> usize {
        self.searches.iter().map(|search| search.states).sum()
    }

    fn gave_up(&self) -> bool {
        self.searches.iter().any(|search| search.gave_up)
    }
}

/// The cost of the cheapest way of a cluster.
fn first(search: &Search<'_, '_, '_>) -> Cost {
    search.outcomes.first().map_or(Cost::NONE, |outcome| outcome.cost)
}
