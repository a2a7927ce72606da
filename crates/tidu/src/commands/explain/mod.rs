//! `tidu explain`: every programme for every firm of a file, one firm at a time.

pub(super) mod ask;
pub(super) mod choose;
mod progress;
mod show;

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use connectors::read_subjects;
use enterprise::{Severity, Text};

use super::{fail, usable};
use crate::arguments::Explain;
use crate::exit::Exit;
use crate::law;
use crate::output::{Screen, complain};
use crate::text::problems;
use ask::Ask;
use choose::{Choice, Chosen};
use show::Show;

pub(super) fn run(explain: &Explain, rulebook: Option<&Path>, screen: Screen) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let ask = match Ask::new(explain, &law.compiled.rulebook) {
        Ok(ask) => ask,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    let mut show = match Show::new(explain, &ask, screen) {
        Ok(show) => show,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    let mut choice = explain.firm.as_deref().map(Choice::new);
    let mut failed = None;
    let read = read_subjects(&explain.facts, &ask.rulebook.catalogue, &mut |reading| {
        if let Some(choice) = &mut choice {
            return choice.offer(reading);
        }
        match show.take(reading) {
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
    let mut damaged = false;
    match read {
        Ok(summary) => {
            for problem in &summary.problems {
                complain(&problems::problem(problem, &screen.of_stderr()));
                damaged |= problem.severity == Severity::Refused;
            }
        }
        Err(problem) => {
            complain(&problems::problem(&problem, &screen.of_stderr()));
            damaged = true;
        }
    }
    if let Some(choice) = choice {
        match choice.end() {
            Chosen::One(reading) => show.take(*reading)?,
            Chosen::None(text) => return Ok(fail(&screen, &text)),
        }
    }
    let counts = match show.finish()? {
        Ok(counts) => counts,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    Ok(match (counts.answered, counts.refused) {
        (0, refused) => {
            if refused > 0 {
                let text = Text::new(
                    format!("{refused} 户的数据都未读入，没有可判定的企业"),
                    format!("the data of all {refused} firms were refused; nothing to judge"),
                );
                fail(&screen, &text);
            }
            Exit::Nothing
        }
        (_, 0) if !damaged => Exit::Answered,
        _ => Exit::Problems,
    })
}
