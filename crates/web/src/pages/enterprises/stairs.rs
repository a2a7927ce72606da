//! The ladders that a firm can climb, as stairs.

use enterprise::{ENTERPRISE, Facts};
use jiff::civil::Date;
use rules::{Answer, Ladder, Outcome, Population, Rulebook, Standing};
use words::reason::not_met;

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
        rungs.any(|rung| {
            let mut ways = rulebook.ways_onto(&rung.id).into_iter();
            rung.subject == ENTERPRISE && ways.any(|way| is_in_force(answers, &way.id))
        })
    };
    let stairs = |ladder: &Ladder| {
        let mut rungs: Vec<Rung> = Vec::new();
        let mut next = true;
        for id in &ladder.rungs {
            let Some(programme) = rulebook.programme(id) else { continue };
            let held = rulebook.title_on_rung(id, facts, today);
            let way = nearest(rulebook, id, answers);
            let state = match (held, way) {
                (Some(_), _) => State::Held,
                (None, Some((_, state))) => state,
                (None, None) => State::NotPublic,
            };
            // The programme that the rung leads to: of the title that is held, else of the nearest way onto it.
            let by =
                held.map(|title| title.programme.as_str()).filter(|by| is_in_force(answers, by));
            let by = by.or(way.map(|(answer, _)| answer.programme.id.as_str()));
            let reached = matches!(state, State::Held);
            let barred = !reached && way.is_some_and(|(answer, _)| is_barred(answer));
            let through = by.filter(|by| by != id).and_then(|by| rulebook.programme(by));
            let until = held.and_then(|title| title.to);
            let notes = [
                through.map(|known| say.both(&known.title)),
                until.map(|to| say.t1("enterprises.until", "day", to)),
                way.filter(|_| !reached).and_then(|(answer, _)| worth(say, answer)),
            ];
            let notes: Vec<String> = notes.into_iter().flatten().collect();
            rungs.push(Rung {
                label: say.both(&programme.title),
                to: by.map(|by| format!("/enterprises/{code}/{by}")),
                state,
                next: next && !reached && !barred && state != State::NotPublic,
                note: notes.join(say.either("，", ", ")),
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

/// Whether no effort leads there.
fn is_barred(answer: &Answer<'_>) -> bool {
    match &answer.outcome {
        Outcome::Assessed(assessment) => words::short::is_barred(assessment),
        Outcome::NoVersion { .. } => false,
    }
}

/// Of the ways onto a rung that any text in force judges, the one on which the firm stands nearest.
fn nearest<'a, 'r>(
    rulebook: &Rulebook,
    rung: &str,
    answers: &'a [Answer<'r>],
) -> Option<(&'a Answer<'r>, State)> {
    let ways = rulebook.ways_onto(rung);
    let judged = answers.iter().filter(|one| ways.iter().any(|way| way.id == one.programme.id));
    let mut states: Vec<_> = judged.map(|answer| (answer, state(answer))).collect();
    states.sort_by_key(|(_, state)| match state {
        State::Held | State::Qualifies => 0,
        State::Pending => 1,
        State::Short => 2,
        State::Unknown => 3,
        State::NotMet(count) => 4 + *count,
        State::NotPublic | State::LawOnly => u32::MAX,
    });
    states.into_iter().next()
}

fn state(answer: &Answer<'_>) -> State {
    let Outcome::Assessed(assessment) = &answer.outcome else { return State::NotPublic };
    if assessment.version.standing == Standing::Open {
        return State::NotPublic;
    }
    match assessment.population {
        Population::Eligible => State::Qualifies,
        Population::JudgementPending => State::Pending,
        Population::OneShort if assessment.nearest.is_some() => State::Short,
        Population::LackOfData => State::Unknown,
        Population::OneShort | Population::No => {
            State::NotMet(u32::try_from(not_met(assessment).len()).unwrap_or(u32::MAX))
        }
    }
}

/// That the answer is no conclusion, where it is none; what is not public says so already.
fn worth(say: Say, answer: &Answer<'_>) -> Option<String> {
    let Outcome::Assessed(assessment) = &answer.outcome else { return None };
    let standing = Some(assessment.version.standing).filter(|one| *one != Standing::Open)?;
    words::programme::worth(standing).map(|worth| say.both(&worth))
}
