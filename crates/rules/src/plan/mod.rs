//! Plans (提升方案): the least that has to change so that the measurable part of a programme passes on
//! a day. Closed fiscal years, words of persons and what the catalogue calls fixed stay as they are.
//!
//! Plans are ordered by: titles to be won first, tests taken on trust, effort (the catalogue's weight
//! of every indicator touched, once each), relative amounts, file order; fewer or smaller is better.
//!
//! The law is reduced to what can still change (`reduced`), cut into pieces that do not touch each
//! other (`problem`), each piece is searched for its cheapest ways (`search`), and points are
//! added up across pieces (`combine`). What comes out is carried out and judged by the evaluator
//! before anybody sees it (`compose`).

mod apply;
mod choose;
mod combine;
mod compose;
mod cost;
mod ladder;
mod later;
mod obstacle;
mod planning;
mod problem;
mod reduced;
mod search;
mod solve;
mod target;
mod tighten;
mod whole;

use enterprise::{Facts, year_end};
use jiff::civil::Date;

use crate::carry::{Carried, carry_over};
use crate::evaluate::{Question, Setting, evaluate, setting};
use crate::programme::{Programme, Standing};
use crate::rulebook::Rulebook;
use crate::verdict::Answer;

use choose::choose;
use compose::Composer;
use obstacle::obstacles;
use problem::problems;
use reduced::reduce;

pub use ladder::{Climb, NextRung, climb};
pub use planning::{
    Later, Obstacle, Plan, Planning, Reach, Serves, Step, TargetBecause, TitleStep, Trusted,
    Undefined, Wish,
};

/// What can be done so that the measurable part of a programme passes.
pub fn plan<'r>(
    rulebook: &'r Rulebook,
    programme: &'r Programme,
    facts: &Facts,
    wish: &Wish,
) -> Planning<'r> {
    let (target, target_because) = target::target(rulebook, programme, facts, wish);
    let look = Look { rulebook, programme, facts, wish };
    let seen = look.at(target, wish.base_year);
    let reach = match seen.found {
        Found::NoVersion => Reach::NoVersion,
        Found::NotPublic => Reach::NotPublic,
        Found::Plans(plans) => Reach::Plans(plans),
        Found::Nothing(obstacles, proven) => {
            let (earliest, looked_until) = look.later(target);
            let earliest = earliest.map(Box::new);
            Reach::NotByThen { obstacles, earliest, proven, looked_until }
        }
    };
    Planning {
        programme,
        today: wish.today,
        target,
        target_because,
        unchanged: seen.unchanged,
        carried: seen.carried.assumed,
        reach,
    }
}

/// What is looked at on one day or another.
struct Look<'r, 'w> {
    rulebook: &'r Rulebook,
    programme: &'r Programme,
    facts: &'w Facts,
    wish: &'w Wish,
}

/// What was seen for one day.
struct Seen<'r> {
    unchanged: Answer<'r>,
    carried: Carried,
    found: Found<'r>,
}

enum Found<'r> {
    NoVersion,
    NotPublic,
    Plans(Vec<Plan<'r>>),
    /// What stands in the way, and whether that is proven.
    Nothing(Vec<Obstacle<'r>>, bool),
}

impl<'r> Look<'r, '_> {
    fn at(&self, day: Date, base_year: Option<i16>) -> Seen<'r> {
        // A pinned base year may lie ahead of the day.
        let years = base_year.and_then(year_end).map_or(day, |end| end.max(day));
        let carried = carry_over(self.rulebook, self.facts, self.wish.today, years);
        let question =
            Question { as_of: day, base_year, purpose: self.wish.purpose, known_on: None };
        let unchanged = evaluate(self.rulebook, self.programme, &carried.facts, &question);
        let found = self.found(&unchanged, &carried, &question);
        Seen { unchanged, carried, found }
    }

    fn found(&self, unchanged: &Answer<'r>, carried: &Carried, question: &Question) -> Found<'r> {
        let Setting { context, purpose, version, .. } =
            setting(self.rulebook, self.programme, &carried.facts, question);
        let Some(version) = version else { return Found::NoVersion };
        if version.standing == Standing::Open || version.criteria.is_empty() {
            return Found::NotPublic;
        }
        let reduced = reduce(&context, version, purpose, self.wish.today);
        let ways: Vec<_> =
            problems(&reduced).into_iter().map(|problem| (problem, problem.pieces())).collect();
        let choices = choose(&ways, &reduced.variables, self.wish.alternatives);
        let composer = Composer {
            rulebook: self.rulebook,
            programme: self.programme,
            context,
            purpose,
            carried,
            proven: choices.proven && reduced.exact,
        };
        let plan = |choice: &choose::Choice| {
            let (problem, _) = ways.get(choice.problem)?;
            composer.plan(problem, choice)
        };
        let plans: Vec<Plan<'r>> = choices.list.iter().filter_map(plan).collect();
        match ways.first() {
            Some((problem, pieces)) if plans.is_empty() => Found::Nothing(
                obstacles(problem, pieces, unchanged),
                choices.proven && reduced.exact,
            ),
            _ => Found::Plans(plans),
        }
    }
}
