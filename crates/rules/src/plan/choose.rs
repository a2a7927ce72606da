//! The best plan and others that differ in what they touch.
//!
//! Every further plan leaves out something that each plan before it touches: what is forbidden grows
//! along a tree, the cheapest leaf first, so that no plan is offered that merely adds to another.

use std::collections::{BTreeSet, VecDeque};

use super::cost::Cost;
use super::problem::{Pieces, Problem};
use super::reduced::{Values, Variables};
use super::solve::Solver;

/// Branches that are looked into for alternatives; fewer where each of them means much to add up.
const MOST_BRANCHES: usize = 48;
const FEWEST_BRANCHES: usize = 6;
/// States that are looked at in all branches together before no further branch is opened.
const MOST_STATES: usize = 6_000;
/// So many branches, each through so many clusters, are looked into together.
const MOST_WORK: usize = 1_500;
/// Things of one plan that are left out in turn.
const MOST_LEFT_OUT: usize = 12;

/// One way to pass.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub cost: Cost,
    pub values: Values,
    /// Which of the problems it solves.
    pub problem: usize,
    /// What it touches.
    touched: BTreeSet<usize>,
    /// What of this is to be done, and not only taken on trust.
    done: BTreeSet<usize>,
}

/// The ways to pass, cheapest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Choices {
    pub list: Vec<Choice>,
    /// Whether it is proven that none is cheaper than the first.
    pub proven: bool,
}

/// The cheapest way over all problems, and up to `more` that differ in what they touch.
pub(super) fn choose<'a, 'r>(
    problems: &[(Problem<'a, 'r>, Pieces<'a, 'r>)],
    variables: &Variables<'r>,
    more: usize,
) -> Choices {
    let mut solvers: Vec<Solver<'_, 'a, 'r>> =
        problems.iter().map(|(problem, pieces)| Solver::new(problem, pieces)).collect();
    let clusters: usize = problems.iter().map(|(_, pieces)| pieces.clusters.len()).sum();
    let most_branches = (MOST_WORK / clusters.max(1)).clamp(FEWEST_BRANCHES, MOST_BRANCHES);
    let nothing = BTreeSet::new();
    let (first, gave_up) = cheapest(&mut solvers, variables, &nothing);
    let mut choices = Choices { list: Vec::new(), proven: !gave_up };
    let mut waiting: Vec<(Choice, BTreeSet<usize>)> =
        first.into_iter().map(|choice| (choice, nothing.clone())).collect();
    let mut seen: BTreeSet<BTreeSet<usize>> = BTreeSet::from([nothing]);
    let mut branches: VecDeque<BTreeSet<usize>> = VecDeque::new();
    let mut looked = 0;
    loop {
        // Of equal costs, the one that was found first stands first in the file.
        let place = (0..waiting.len()).min_by_key(|at| waiting.get(*at).map(|(c, _)| c.cost));
        let Some(place) = place else { break };
        let (choice, forbidden) = waiting.remove(place);
        // What is taken on trust is no choice of the firm: plans differ in what is to be done.
        let adds_nothing =
            |known: &Choice| known.touched.is_subset(&choice.touched) || known.done == choice.done;
        let hopes = variables.list().iter().zip(&choice.values).any(|(v, now)| v.is_hope(*now));
        // What merely adds to a plan that is offered may still lead on to one that does not.
        let offered = choices.list.iter().any(adds_nothing) || (hopes && !choices.list.is_empty());
        if !offered {
            choices.list.push(choice.clone());
        }
        if choices.list.len() > more {
            break;
        }
        for left_out in choice.touched.iter().take(MOST_LEFT_OUT) {
            let mut branch = forbidden.clone();
            branch.insert(*left_out);
            if seen.insert(branch.clone()) {
                branches.push_back(branch);
            }
        }
        while let Some(branch) = branches.pop_front() {
            looked += 1;
            let states: usize = solvers.iter().map(|solver| solver.states).sum();
            if looked > most_branches || states > MOST_STATES {
                break;
            }
            if let (Some(choice), _) = cheapest(&mut solvers, variables, &branch) {
                waiting.push((choice, branch));
            }
        }
    }
    ordered(&mut choices.list);
    choices
}

/// Cheapest first, also where one that was found later turned out cheaper: amounts that several values
/// share are settled way by way.
fn ordered(list: &mut Vec<Choice>) {
    list.sort_by_key(|choice| choice.cost);
    let mut kept: Vec<BTreeSet<usize>> = Vec::new();
    list.retain(|choice| {
        let merely_adds = kept.iter().any(|touched| touched.is_subset(&choice.touched));
        kept.push(choice.touched.clone());
        !merely_adds
    });
}

fn cheapest(
    solvers: &mut [Solver<'_, '_, '_>],
    variables: &Variables<'_>,
    forbidden: &BTreeSet<usize>,
) -> (Option<Choice>, bool) {
    let mut best: Option<Choice> = None;
    let mut gave_up = false;
    // Without the score first: what it costs limits how far the score is looked into.
    for (place, solver) in solvers.iter_mut().enumerate().rev() {
        let limit = best.as_ref().map_or(Cost::MAX, |best| best.cost);
        let solved = solver.solve(forbidden, limit);
        gave_up |= solved.gave_up;
        let Some((cost, values)) = solved.best else { continue };
        if best.as_ref().is_none_or(|best| cost < best.cost) {
            let moved = || {
                let variables = variables.list().iter().zip(&values);
                variables.filter(|(variable, now)| variable.start != **now).map(|(v, _)| v)
            };
            let touched = moved().map(|variable| variable.touch).collect();
            let done = moved().filter(|v| !v.is_trust()).map(|variable| variable.touch).collect();
            best = Some(Choice { cost, values, problem: place, touched, done });
        }
    }
    (best, gave_up)
}
