//! A population, judged before and after: Parquet by columns, anything else by the simple evaluator.

mod columns;
mod rows;

use std::io;
use std::num::NonZeroUsize;
use std::path::Path;

use super::effects::Effects;
use super::pairs::Ask;
use crate::commands::firms::Counts;
use crate::exit::Exit;
use crate::output::Screen;

/// What reading came to.
pub(super) struct Read {
    pub counts: Counts,
    /// Whether the file could not be read to its end.
    pub damaged: bool,
}

/// Judges every subject of a file before and after.
pub(super) fn population<'a>(
    path: &Path,
    ask: &'a Ask,
    effects: &mut Effects<'a>,
    threads: Option<NonZeroUsize>,
    screen: &Screen,
) -> io::Result<Result<Read, Exit>> {
    if population::is_parquet(path) {
        return columns::population(path, ask, effects, threads, screen);
    }
    rows::population(path, ask, effects, screen)
}
