//! A plan for a whole ladder: the next rung whose criteria are public, and what the one after it will
//! need once that rung is reached. Two plans one after the other; no search over both at once.

use enterprise::{Fact, Facts, Source, Title};
use jiff::civil::{Date, date};

use super::{Plan, Planning, Reach, Wish, plan};
use crate::context::Context;
use crate::programme::{Ladder, Programme, Standing, Version};
use crate::rulebook::Rulebook;

/// Years for which a title that is planned for is taken to be held: longer than anybody plans.
const HELD_FOR: i16 = 10;

/// Where a subject stands on a ladder, and how it gets on.
#[derive(Debug, Clone)]
pub struct Climb<'r> {
    /// The ladder.
    pub ladder: &'r Ladder,
    /// By rung, whether the title is held today; `None` if that is not known.
    pub held: Vec<Option<bool>>,
    /// The next rung whose criteria are public; none at the top, or if nothing above is public.
    pub next: Option<NextRung<'r>>,
    /// The rung after that one, planned as if the next one were held by then.
    pub after: Option<NextRung<'r>>,
}

/// A rung to be reached.
#[derive(Debug, Clone)]
pub struct NextRung<'r> {
    /// Its place on the ladder.
    pub rung: usize,
    /// From when on the rung below is taken to be held, where it is not held today.
    pub below_from: Option<Date>,
    /// The plan for it; where several titles count as the rung, the one that is nearest first.
    pub plannings: Vec<Planning<'r>>,
}

/// Plans the next rung of a ladder and the one after it. The second is planned for the end of the
/// year after the first one's day, with the first plan carried out and its title held from then on.
pub fn climb<'r>(
    rulebook: &'r Rulebook,
    ladder: &'r Ladder,
    facts: &Facts,
    wish: &Wish,
) -> Climb<'r> {
    let held: Vec<Option<bool>> =
        ladder.rungs.iter().map(|rung| holds(rulebook, rung, facts, wish.today)).collect();
    let first = held.iter().rposition(|held| *held == Some(true)).map_or(0, |highest| highest + 1);
    let next = rung_from(rulebook, ladder, first, facts, wish, None);
    let after = next.as_ref().and_then(|next| {
        let (day, reached) = carried_out(next, facts)?;
        let target = date(day.year().saturating_add(1), 12, 31);
        let wish = Wish { target: Some(target), base_year: None, purpose: None, ..wish.clone() };
        rung_from(rulebook, ladder, next.rung + 1, &reached, &wish, Some(day))
    });
    Climb { ladder, held, next, after }
}

/// Whether a rung is held: its own title, or one that counts as it.
fn holds(rulebook: &Rulebook, rung: &str, facts: &Facts, day: Date) -> Option<bool> {
    let context = Context {
        rulebook,
        facts,
        as_of: day,
        base_year: day.year().saturating_sub(1),
        assumptions: &[],
    };
    let titles = rulebook.titles_of_rung(rung);
    let held: Vec<Option<bool>> = titles.map(|title| context.holds(title).0).collect();
    if held.contains(&Some(true)) {
        return Some(true);
    }
    if held.contains(&None) { None } else { Some(false) }
}

/// The first rung from `first` on whose criteria are public on its target day.
fn rung_from<'r>(
    rulebook: &'r Rulebook,
    ladder: &Ladder,
    first: usize,
    facts: &Facts,
    wish: &Wish,
    below_from: Option<Date>,
) -> Option<NextRung<'r>> {
    ladder.rungs.iter().enumerate().skip(first).find_map(|(rung, id)| {
        let ways = rulebook.ways_onto(id).into_iter().filter(|known| speaks(known));
        let mut plannings: Vec<Planning<'r>> = ways
            .map(|programme| plan(rulebook, programme, facts, wish))
            .filter(|planning| !matches!(planning.reach, Reach::NoVersion | Reach::NotPublic))
            .collect();
        plannings.sort_by_key(nearness);
        (!plannings.is_empty()).then_some(NextRung { rung, below_from, plannings })
    })
}

/// Whether any of its criteria are public for more than the past.
fn speaks(programme: &Programme) -> bool {
    let known = |standing| matches!(standing, Standing::Binding | Standing::Indicative);
    programme.versions.iter().any(|version| known(version.standing))
}

/// By which of several titles a rung is nearest: one that can be reached, by a standard that decides,
/// the earliest, then as plans are ordered.
fn nearness(planning: &Planning<'_>) -> impl Ord + use<> {
    let binding = |version: &Version| version.standing == Standing::Binding;
    let decides = planning.programme.versions.iter().any(binding);
    let (day, best) = reached(planning);
    let cost = best.map(|plan| (plan.titles.len(), plan.trusted.len(), plan.effort, plan.relative));
    (day.is_none(), !decides, day, cost)
}

/// The first day on which a plan passes, and the best plan for it.
fn reached<'a, 'r>(planning: &'a Planning<'r>) -> (Option<Date>, Option<&'a Plan<'r>>) {
    match &planning.reach {
        Reach::Plans(plans) => (Some(planning.target), plans.first()),
        Reach::NotByThen { earliest: Some(later), .. } => (Some(later.day), later.plans.first()),
        _ => (None, None),
    }
}

/// The facts once the best plan for a rung is carried out and its title is won, and from when.
fn carried_out(next: &NextRung<'_>, facts: &Facts) -> Option<(Date, Facts)> {
    let planning = next.plannings.first()?;
    let (Some(day), Some(best)) = reached(planning) else { return None };
    let mut facts = facts.clone();
    for step in &best.steps {
        let fact = Fact { value: step.to.clone(), source: Source::default() };
        facts.set(&step.key.indicator, step.key.year, fact);
    }
    let won = best.titles.iter().map(|title| title.programme.as_str());
    for programme in won.chain([planning.programme.id.as_str()]) {
        let until = date(day.year().saturating_add(HELD_FOR).min(9998), 12, 31);
        facts.titles.push(Title { programme: programme.to_owned(), from: day, to: Some(until) });
    }
    Some((day, facts))
}
