//! A population through the simple evaluator, one subject after the other.

use std::io;
use std::path::Path;

use super::effects::Effects;
use super::pairs::Ask;
use crate::commands::firms::{self, Counts, Progress};
use crate::exit::Exit;
use crate::output::{Screen, complain};
use crate::text::problems;

/// What reading came to.
pub(super) struct Read {
    pub counts: Counts,
    /// Whether the file could not be read to its end.
    pub damaged: bool,
}

/// Judges every subject of a file before and after.
pub(super) fn population(
    path: &Path,
    ask: &Ask,
    effects: &mut Effects<'_>,
    screen: &Screen,
) -> io::Result<Result<Read, Exit>> {
    let mut counts = Counts::default();
    let mut progress = Progress::new(*screen, true);
    let mut row = 0;
    let read = firms::each(path, None, &ask.rulebook().catalogue, screen, &mut |reading| {
        for problem in &reading.problems {
            complain(&problems::problem(problem, &screen.of_stderr()));
        }
        match reading.facts {
            Some(facts) => {
                counts.answered += 1;
                let (before, after) = ask.stands(&facts);
                let at = |list: &[super::Stand], at: usize| list.get(at).copied().flatten();
                effects.subject(row, |base| at(&before, base), |pair| at(&after, pair), || facts);
            }
            None => counts.refused += 1,
        }
        row += 1;
        progress.step();
        Ok(())
    })?;
    progress.end();
    Ok(read.map(|damaged| Read { counts, damaged }))
}
