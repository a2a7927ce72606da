//! `tidu explain`: every programme for every firm of a file.

use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::path::Path;

use connectors::{Reading, read_subjects};
use rules::{Answer, Question, Rulebook, evaluate};

use super::usable;
use crate::arguments::Explain;
use crate::clock;
use crate::exit::Exit;
use crate::json::{DerivedView, Explanation, ProblemView, SubjectView};
use crate::law;
use crate::output::{Screen, stdout};

pub(super) fn run(explain: &Explain, rulebook: Option<&Path>, screen: Screen) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let rulebook = &law.compiled.rulebook;
    let question = Question {
        as_of: explain.as_of.unwrap_or_else(clock::today),
        base_year: explain.base_year,
        purpose: explain.purpose.map(Into::into),
        known_on: explain.known_on,
    };
    let mut out = stdout();
    let mut failed = None;
    let read = read_subjects(&explain.facts, &rulebook.catalogue, &mut |reading| {
        let written = one(rulebook, &question, reading)
            .map_err(io::Error::from)
            .and_then(|line| writeln!(out, "{line}"));
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    out.flush()?;
    match read {
        Ok(_) => Ok(Exit::Answered),
        Err(problem) => {
            eprintln!("{} {} {}", problem.place, problem.message, problem.help);
            Ok(Exit::Nothing)
        }
    }
}

fn one(rulebook: &Rulebook, question: &Question, reading: Reading) -> serde_json::Result<String> {
    let problems = reading.problems.iter().map(ProblemView::from).collect();
    let Some(facts) = reading.facts else {
        let subject = SubjectView::refused(reading.name.as_deref(), &reading.place);
        return serde_json::to_string(&Explanation::refused(rulebook, question, subject, problems));
    };
    let answers: Vec<Answer<'_>> = rulebook
        .programmes
        .iter()
        .filter(|programme| !programme.versions.is_empty())
        .map(|programme| evaluate(rulebook, programme, &facts, question))
        .collect();
    let subject = SubjectView::of(&facts, &reading.place);
    let derived = DerivedView::all(rulebook, &facts, question);
    serde_json::to_string(&Explanation::of(rulebook, question, subject, problems, derived, &answers))
}
