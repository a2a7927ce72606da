//! The ladders that a firm can climb, as stairs.

use enterprise::{ENTERPRISE, Facts};
use jiff::civil::Date;
use rules::{
    Answer, CriterionResult, Finding, Ladder, Outcome, Population, Rulebook, Standing, Truth,
};

use crate::lang::Say;
use crate::parts::ladder::{Ladder as Stairs, Rung, State};

/// The ladders of programmes for firms that any text in force judges, the firm's rungs first to last.
pub(in crate::pages) fn stairs(
    say: Say,
    rulebook: &Rulebook,
    facts: &Facts,
    answers: &[Answer<'_>],
    (code, today): (&str, Date),
) -> Vec<Stairs> {
    let climbed = |ladder: &&Ladder| {
        let mut rungs = ladder.rungs.iter().filter_map(|id| rulebook.programme(id));
        rungs.any(|rung| rung.subject == ENTERPRISE && is_in_force(answers, &rung.id))
    };
    let stairs = |ladder: &Ladder| {
        let mut rungs: Vec<Rung> = Vec::new();
        let mut next = true;
        for id in &ladder.rungs {
            let Some(programme) = rulebook.programme(id) else { continue };
            let held = facts.titles.iter().find(|title| {
                title.programme == *id
                    && title.from <= today
                    && title.to.is_none_or(|to| to >= today)
            });
            let answer = answers.iter().find(|answer| answer.programme.id == *id);
            let state = match (held, answer) {
                (Some(_), _) => State::Held,
                (None, Some(answer)) => state(answer),
                (None, None) => State::NotPublic,
            };
            let reached = matches!(state, State::Held);
            let note =
                held.and_then(|title| title.to).map(|to| say.t1("enterprises.until", "day", to));
            rungs.push(Rung {
                label: say.both(&programme.title),
                to: answer.map(|_| format!("/enterprises/{code}/{id}")),
                state,
                next: next && !reached && state != State::NotPublic,
                note: note.unwrap_or_default(),
                tallies: Vec::new(),
            });
            // The first that is not reached yet is the one to work for.
            next = next && (reached || state == State::NotPublic);
        }
        Stairs { say, title: say.both(&ladder.title), rungs }
    };
    let mut all: Vec<Stairs> = rulebook.ladders.iter().filter(climbed).map(stairs).collect();
    // Where no standard is public there is nothing to climb. The longest is what most come for.
    all.retain(|ladder| ladder.rungs.iter().any(|rung| rung.state != State::NotPublic));
    all.sort_by_key(|ladder| std::cmp::Reverse(ladder.rungs.len()));
    all
}

fn is_in_force(answers: &[Answer<'_>], id: &str) -> bool {
    answers
        .iter()
        .any(|answer| answer.programme.id == id && matches!(answer.outcome, Outcome::Assessed(_)))
}

fn state(answer: &Answer<'_>) -> State {
    let Outcome::Assessed(assessment) = &answer.outcome else { return State::NotPublic };
    if assessment.version.standing == Standing::Open {
        return State::NotPublic;
    }
    match assessment.population {
        Population::Eligible => State::Qualifies,
        Population::JudgementPending => State::Pending,
        Population::OneShort => State::Short(1),
        Population::LackOfData => State::Unknown,
        Population::No => State::Short(missed(&assessment.criteria).max(1)),
    }
}

/// How many criteria at the top are not met.
fn missed(criteria: &[CriterionResult<'_>]) -> u32 {
    let count = criteria.iter().filter(|result| result.truth == Truth::NotMet).count();
    // A group that must hold as a whole counts its parts.
    match criteria {
        [only] => match &only.finding {
            Finding::Children(parts) => missed(parts),
            _ => u32::try_from(count).unwrap_or(u32::MAX),
        },
        _ => u32::try_from(count).unwrap_or(u32::MAX),
    }
}
