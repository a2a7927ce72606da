//! A population, judged before and after: Parquet by columns, anything else by the simple evaluator.

mod columns;
mod rows;

use std::io;
use std::path::Path;

use crate::arguments::Simulate;
use crate::commands::firms::Counts;
use crate::commands::told;
use crate::exit::Exit;
use crate::output::Screen;
use simulation::{Ask, Effects};

/// What reading came to.
pub(super) struct Read {
    pub counts: Counts,
    /// Whether some of the subjects are made up.
    pub synthetic: bool,
    /// Whether the file could not be read to its end.
    pub damaged: bool,
}

/// Judges every subject of a file before and after.
pub(super) fn population<'a>(
    path: &Path,
    ask: &'a Ask,
    effects: &mut Effects<'a>,
    simulate: &Simulate,
    screen: &Screen,
) -> io::Result<Result<Read, Exit>> {
    let named = path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("parquet"));
    if path.is_dir() || named || population::is_parquet(path) {
        if simulate.one_by_one {
            let read = rows::of_parquet(path, ask, effects);
            return Ok(read.map_err(|failure| told(&failure, screen)));
        }
        return columns::population(path, ask, effects, &simulate.threads, screen);
    }
    rows::population(path, ask, effects, screen)
}
