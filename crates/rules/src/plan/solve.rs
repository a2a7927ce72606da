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

/// Solves a problem; nothing that touches a forbidden thing is considered.
pub(super) fn solve<'a, 'r>(
    problem: &Problem<'a, 'r>,
    pieces: &Pieces<'a, 'r>,
    forbidden: &BTreeSet<usize>,
) -> Solved {
    if !pieces.hopeless.is_empty() {
        return Solved::default();
    }
    let mut searches: Vec<Search<'_, 'a, 'r>> =
        pieces.clusters.iter().map(|cluster| Search::new(problem, cluster, forbidden)).collect();
    for search in &mut searches {
        search.first();
    }
    let gave_up = |searches: &[Search<'_, 'a, 'r>]| searches.iter().any(|search| search.gave_up);
    if searches.iter().any(|search| search.outcomes.is_empty()) {
        return Solved { best: None, gave_up: gave_up(&searches) };
    }
    let first = |search: &Search<'_, 'a, 'r>| {
        search.outcomes.first().map_or(Cost::NONE, |outcome| outcome.cost)
    };
    let base = searches.iter().map(first).fold(Cost::NONE, |sum, cost| sum + cost);
    let mut extra = Cost::effort(FIRST_LOOK);
    let picks = loop {
        let found = match problem.table {
            None => Some((base, vec![0; searches.len()])),
            Some(table) => {
                for search in &mut searches {
                    search.up_to(first(search) + extra);
                }
                let lists: Vec<_> = searches.iter().map(|s| s.outcomes.as_slice()).collect();
                combine(table, &pieces.fixed, &lists)
            }
        };
        let nearest =
            searches.iter().filter_map(|s| s.next().map(|next| next.less(first(s)))).min();
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
    let best = picks.map(|(cost, picks)| {
        let mut values = problem.variables.start();
        for ((search, cluster), pick) in searches.iter().zip(&pieces.clusters).zip(picks) {
            let Some(outcome) = search.outcomes.get(pick) else { continue };
            for (place, value) in cluster.places.iter().zip(&outcome.values) {
                if let Some(slot) = values.get_mut(*place) {
                    *slot = *value;
                }
            }
        }
        (cost, values)
    });
    Solved { best, gave_up: gave_up(&searches) }
}
