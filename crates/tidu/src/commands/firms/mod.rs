//! The firms of a file, one at a time, or the one that was asked for. Shared by every command that reads facts.

mod choose;
mod population;
mod progress;

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use connectors::{Reading, read_subjects};
use enterprise::{Catalogue, Severity, Text};

use super::fail;
use crate::exit::Exit;
use crate::output::{Screen, complain};
use crate::text::problems;
pub(super) use choose::{Choice, Chosen};
pub(super) use population::one_of;
pub(super) use progress::Progress;

/// How many firms were answered, and how many refused.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub answered: u64,
    pub refused: u64,
}

/// Hands every firm of the file to `take`, or only the wanted one. Answers whether the file was
/// damaged; problems of the file as a whole are told.
pub(super) fn each(
    path: &Path,
    wanted: Option<&str>,
    catalogue: &Catalogue,
    screen: &Screen,
    take: &mut dyn FnMut(Reading) -> io::Result<()>,
) -> io::Result<Result<bool, Exit>> {
    if ::population::is_parquet(path) {
        return population::each(path, wanted, catalogue, screen, take);
    }
    let mut choice = wanted.map(Choice::new);
    let mut failed = None;
    let read = read_subjects(path, catalogue, &mut |reading| {
        if let Some(choice) = &mut choice {
            return choice.offer(reading);
        }
        match take(reading) {
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
            Chosen::One(reading) => take(*reading)?,
            Chosen::None(text) => return Ok(Err(fail(screen, &text))),
        }
    }
    Ok(Ok(damaged))
}

/// How a command ends that answered for so many firms.
pub(super) fn exit(counts: Counts, damaged: bool, screen: &Screen) -> Exit {
    match (counts.answered, counts.refused) {
        (0, refused) => {
            if refused > 0 {
                let text = Text::new(
                    format!("{refused} 户的数据都未读入，没有可判定的企业"),
                    format!("the data of all {refused} firms were refused; nothing to judge"),
                );
                fail(screen, &text);
            }
            Exit::Nothing
        }
        (_, 0) if !damaged => Exit::Answered,
        _ => Exit::Problems,
    }
}
