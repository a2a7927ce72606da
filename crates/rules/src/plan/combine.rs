//! One way for every cluster such that the points add up to the mark and to every floor, at least
//! cost: a knapsack over points, exact. Subtotals are carried along only between the first and the
//! last cluster that gives points to a part with a floor.

use std::collections::BTreeMap;

use super::cost::Cost;
use super::reduced::Table;
use super::search::Outcome;

/// The most totals that are told apart.
const MOST_TOTALS: i64 = 2_000_000;

/// The least cost and the place of the outcome taken in every list, if the mark can be reached.
pub(super) fn combine(
    table: &Table<'_>,
    fixed: &[i64],
    lists: &[&[Outcome]],
) -> Option<(Cost, Vec<usize>)> {
    let mut base = fixed.to_vec();
    let mut choices: Vec<Choices> = lists
        .iter()
        .enumerate()
        .map(|(cluster, list)| Choices::of(cluster, list, &mut base))
        .collect();
    let floors: Vec<Option<i64>> = table
        .floors
        .iter()
        .zip(&base)
        .map(|(floor, base)| floor.map(|floor| floor - base).filter(|needed| *needed > 0))
        .collect();
    let total: i64 = base.iter().fold(0, |sum, points| sum.saturating_add(*points));
    let needed = table.pass.saturating_sub(total).max(0);
    let unit = choices.iter().flat_map(Choices::totals).fold(needed, gcd).max(1);
    let top = usize::try_from(Some(needed / unit).filter(|top| *top <= MOST_TOTALS)?).ok()?;
    let most = choices.iter().map(|choices| choices.totals().max().unwrap_or(0));
    if most.fold(0i64, i64::saturating_add) < needed {
        return None;
    }
    // What gives to the same part stands together, so that few subtotals are open at a time.
    choices.sort_by_key(|choices| choices.first_floor(&floors));

    let mut knapsack = Knapsack::new(top);
    for (place, cluster) in choices.iter().enumerate() {
        let later = choices.get(place + 1..).unwrap_or_default();
        let open: Vec<usize> = (0..floors.len())
            .filter(|group| floors.get(*group).is_some_and(Option::is_some))
            .collect();
        knapsack.add(cluster, &floors, unit);
        for group in open {
            if !later.iter().any(|choices| choices.gives_to(group)) {
                knapsack.close(group, floors.get(group).copied().flatten().unwrap_or(0));
            }
        }
    }
    if choices.is_empty() && floors.iter().any(Option::is_some) {
        return None;
    }
    knapsack.best(lists.len())
}

fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The outcomes of one cluster, with points counted from the fewest that it gives.
struct Choices {
    cluster: usize,
    /// Cost, points by group, all points.
    outcomes: Vec<(Cost, Vec<i64>, i64)>,
}

impl Choices {
    fn of(cluster: usize, list: &[Outcome], base: &mut [i64]) -> Self {
        let fewest: Vec<i64> = (0..base.len())
            .map(|group| {
                let points = list.iter().filter_map(|outcome| outcome.points.get(group));
                points.min().copied().unwrap_or(0)
            })
            .collect();
        for (sum, fewest) in base.iter_mut().zip(&fewest) {
            *sum = sum.saturating_add(*fewest);
        }
        let outcomes = list
            .iter()
            .map(|outcome| {
                let over: Vec<i64> = outcome
                    .points
                    .iter()
                    .zip(&fewest)
                    .map(|(points, fewest)| points - fewest)
                    .collect();
                let all = over.iter().fold(0i64, |sum, points| sum.saturating_add(*points));
                (outcome.cost, over, all)
            })
            .collect();
        Self { cluster, outcomes }
    }

    fn totals(&self) -> impl Iterator<Item = i64> {
        self.outcomes.iter().map(|(_, _, all)| *all)
    }

    fn gives_to(&self, group: usize) -> bool {
        self.outcomes.iter().any(|(_, over, _)| over.get(group).is_some_and(|points| *points > 0))
    }

    fn first_floor(&self, floors: &[Option<i64>]) -> usize {
        let has_floor = |group: &usize| floors.get(*group).is_some_and(Option::is_some);
        (0..floors.len())
            .filter(has_floor)
            .find(|group| self.gives_to(*group))
            .unwrap_or(usize::MAX)
    }
}

/// A cost, and the last choice that led to it.
type Entry = Option<(Cost, u32)>;

struct Knapsack {
    top: usize,
    /// By open subtotals, then by total: the cheapest choices.
    known: BTreeMap<Vec<i64>, Vec<Entry>>,
    /// Choices made: the one before, the cluster, the outcome.
    made: Vec<(u32, usize, usize)>,
}

impl Knapsack {
    fn new(top: usize) -> Self {
        let mut totals = vec![None; top + 1];
        if let Some(first) = totals.first_mut() {
            *first = Some((Cost::NONE, u32::MAX));
        }
        Self { top, known: BTreeMap::from([(Vec::new(), totals)]), made: Vec::new() }
    }

    fn add(&mut self, choices: &Choices, floors: &[Option<i64>], unit: i64) {
        let before = std::mem::take(&mut self.known);
        // Dearer choices come later, so that of equal sums the one that leaves later clusters alone
        // stays: ties go to what stands first in the file.
        for (place, (cost, over, all)) in choices.outcomes.iter().enumerate() {
            let gain = usize::try_from(all / unit).unwrap_or(0);
            for (subtotals, totals) in &before {
                let subtotals = added(subtotals, over, floors);
                let after = self.known.entry(subtotals).or_insert_with(|| vec![None; self.top + 1]);
                for (total, entry) in totals.iter().enumerate() {
                    let Some((so_far, last)) = entry else { continue };
                    let sum = *so_far + *cost;
                    let reached = total.saturating_add(gain).min(self.top);
                    let Some(slot) = after.get_mut(reached) else { continue };
                    if slot.is_none_or(|(known, _)| sum < known) {
                        let made = u32::try_from(self.made.len()).unwrap_or(u32::MAX);
                        self.made.push((*last, choices.cluster, place));
                        *slot = Some((sum, made));
                    }
                }
            }
        }
    }

    /// Drops what has not reached the floor of a part that nothing can add to any more.
    fn close(&mut self, group: usize, floor: i64) {
        let before = std::mem::take(&mut self.known);
        for (mut subtotals, totals) in before {
            if subtotals.get(group).is_none_or(|points| *points < floor) {
                continue;
            }
            if let Some(points) = subtotals.get_mut(group) {
                // Reached: it tells nothing apart any more, however it was reached.
                *points = i64::MAX;
            }
            match self.known.entry(subtotals) {
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(totals);
                }
                std::collections::btree_map::Entry::Occupied(mut known) => {
                    for (slot, entry) in known.get_mut().iter_mut().zip(totals) {
                        let better = match (&*slot, &entry) {
                            (Some((known, _)), Some((cost, _))) => cost < known,
                            (None, Some(_)) => true,
                            _ => false,
                        };
                        if better {
                            *slot = entry;
                        }
                    }
                }
            }
        }
    }

    fn best(&self, clusters: usize) -> Option<(Cost, Vec<usize>)> {
        let ends = self.known.values().filter_map(|totals| *totals.get(self.top)?);
        let (cost, mut at) = ends.min_by_key(|(cost, _)| *cost)?;
        let mut picks = vec![0; clusters];
        while let Some((before, cluster, place)) =
            usize::try_from(at).ok().and_then(|at| self.made.get(at)).copied()
        {
            if let Some(pick) = picks.get_mut(cluster) {
                *pick = place;
            }
            at = before;
        }
        Some((cost, picks))
    }
}

/// Subtotals with more points, counted no further than their floors.
fn added(subtotals: &[i64], over: &[i64], floors: &[Option<i64>]) -> Vec<i64> {
    if floors.iter().all(Option::is_none) {
        return Vec::new();
    }
    floors
        .iter()
        .enumerate()
        .map(|(group, floor)| match floor {
            Some(floor) => {
                let known = subtotals.get(group).copied().unwrap_or(0);
                known.saturating_add(over.get(group).copied().unwrap_or(0)).min((*floor).max(known))
            }
            None => 0,
        })
        .collect()
}
