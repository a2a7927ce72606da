//! The answer for one firm: head, programmes at a glance, and those in full that were asked for or
//! matter most.

use enterprise::Facts;
use rules::{Answer, Outcome, Population, Programme, Question, Rulebook, Standing};

use super::paint::Style;
use super::{header, overview, programme, width};
use crate::output::Screen;

/// The lines of the page; `named` if the programmes were asked for by name.
pub(crate) fn page(
    facts: &Facts,
    answers: &[Answer<'_>],
    rulebook: &Rulebook,
    question: &Question,
    named: bool,
    screen: &Screen,
) -> Vec<String> {
    let year_before = question.as_of.year().saturating_sub(1);
    let base_year = answers.first().map_or(year_before, |answer| answer.base_year);
    let mut lines = header::firm(facts, base_year, rulebook, question, screen);
    lines.push(String::new());
    lines.extend(overview::overview(answers, rulebook, screen));
    let full: Vec<&Answer<'_>> = if named {
        answers.iter().collect()
    } else {
        telling(answers, rulebook).into_iter().collect()
    };
    for answer in &full {
        lines.push(String::new());
        lines.extend(programme::programme(facts, answer, rulebook, screen));
    }
    let ids: Vec<&str> = answers
        .iter()
        .filter(|answer| !full.iter().any(|shown| shown.programme.id == answer.programme.id))
        .map(|answer| answer.programme.id.as_str())
        .collect();
    let separator = screen.say("、", ", ");
    let mut hints = Vec::new();
    if !ids.is_empty() {
        let hint = screen.say("其他项目逐条说明：--programme ", "Others in full: --programme ");
        hints.push(format!("{hint}{}", ids.join(separator)));
    }
    let silent = if named { Vec::new() } else { silent(answers, rulebook, screen) };
    if !silent.is_empty() {
        let hint = screen
            .say("标准未公开、不作判定的项目：", "Not judged, their standard is not public: ");
        hints.push(format!("{hint}{}", silent.join(separator)));
    }
    if !hints.is_empty() {
        lines.push(String::new());
    }
    for line in hints.iter().flat_map(|hint| width::wrap(hint, screen.width)) {
        lines.push(Style::Dim.paint(&line, screen.colour));
    }
    lines
}

/// Programmes for the same kind of subject that are known and whose criteria are not public.
fn silent<'r>(answers: &[Answer<'_>], rulebook: &'r Rulebook, screen: &Screen) -> Vec<&'r str> {
    let subject = answers.first().map(|answer| answer.programme.subject.as_str());
    let open = |programme: &&Programme| {
        let standings = || programme.versions.iter().map(|version| version.standing);
        Some(programme.subject.as_str()) == subject
            && standings().any(|standing| standing == Standing::Open)
            && standings().all(|standing| matches!(standing, Standing::Open | Standing::Historical))
            && !answers.iter().any(|answer| answer.programme.id == programme.id)
    };
    rulebook.programmes.iter().filter(open).map(|p| p.title.get(screen.lang)).collect()
}

/// The programme that is worth reading first: the nearest one not yet reached, on a ladder before
/// others, the lowest rung first; if all are reached, the highest rung.
fn telling<'a, 'r>(answers: &'a [Answer<'r>], rulebook: &Rulebook) -> Option<&'a Answer<'r>> {
    let rung = |answer: &Answer<'_>| {
        let rungs = rulebook
            .ladders
            .iter()
            .find_map(|ladder| ladder.rungs.iter().position(|rung| *rung == answer.programme.id));
        rungs.unwrap_or(usize::MAX)
    };
    let standing = |answer: &Answer<'_>| match &answer.outcome {
        Outcome::Assessed(assessment) => assessment.version.standing,
        Outcome::NoVersion { .. } => Standing::Open,
    };
    // What is only for reference is told first only where nothing decides.
    let decided = answers.iter().any(|answer| standing(answer) == Standing::Binding);
    let assessed = |answer: &&Answer<'_>| match standing(answer) {
        Standing::Binding => true,
        Standing::Open => false,
        Standing::Indicative | Standing::Historical => !decided,
    };
    let population = |answer: &Answer<'_>| match &answer.outcome {
        Outcome::Assessed(assessment) => assessment.population,
        Outcome::NoVersion { .. } => Population::No,
    };
    let nearness = |answer: &Answer<'_>| match population(answer) {
        Population::OneShort => 0,
        Population::JudgementPending => 1,
        Population::LackOfData => 2,
        Population::No => 3,
        Population::Eligible => 4,
    };
    let open = answers
        .iter()
        .filter(assessed)
        .filter(|answer| population(answer) != Population::Eligible)
        .min_by_key(|answer| (nearness(answer), rung(answer)));
    let highest = || {
        let on_ladder = answers.iter().filter(assessed).filter(|answer| rung(answer) < usize::MAX);
        on_ladder.max_by_key(|answer| rung(answer)).or_else(|| answers.iter().find(assessed))
    };
    open.or_else(highest)
}
