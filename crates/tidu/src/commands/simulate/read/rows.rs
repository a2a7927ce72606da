//! A population through the simple evaluator, one subject after the other.

use std::io;
use std::path::Path;

use engine::Failure;
use enterprise::Facts;
use simulation::{Ask, Effects, Seen, Stand, Under, size};

use super::Read;
use super::columns::{ROWS, opened};
use crate::commands::firms::{self, Counts, Progress};
use crate::commands::said::Said;
use crate::exit::Exit;
use crate::output::Screen;

/// Judges every subject of a file before and after.
pub(super) fn population(
    path: &Path,
    ask: &Ask,
    effects: &mut Effects<'_>,
    screen: &Screen,
) -> io::Result<Result<Read, Exit>> {
    let mut counts = Counts::default();
    let mut progress = Progress::new(*screen, true);
    let mut said = Said::new(*screen);
    let mut row = 0;
    let read = firms::each(path, None, &ask.rulebook().catalogue, screen, &mut |reading| {
        said.row(&reading.problems);
        match reading.facts {
            Some(facts) => {
                counts.answered += 1;
                one(row, &facts, ask, effects);
            }
            None => counts.refused += 1,
        }
        row += 1;
        progress.step();
        Ok(())
    })?;
    progress.end();
    said.end(("", ""));
    // A table says nothing of itself.
    Ok(read.map(|damaged| Read { counts, synthetic: false, damaged }))
}

/// The same for Parquet: what the columns are held against.
pub(super) fn of_parquet(
    path: &Path,
    ask: &Ask,
    effects: &mut Effects<'_>,
) -> Result<Read, Failure> {
    let population = opened(path, &ask.rulebook().catalogue)?;
    for batch in population.batches(ROWS) {
        let (first, canonical) = batch?;
        for row in 0..canonical.num_rows() {
            one(first + row as u64, &population.shape().subject(&canonical, row), ask, effects);
        }
    }
    let counts = Counts { answered: effects.subjects, refused: 0 };
    Ok(Read { counts, synthetic: population.is_synthetic(), damaged: false })
}

fn one(row: u64, facts: &Facts, ask: &Ask, effects: &mut Effects<'_>) {
    let (before, after) = ask.stands(facts);
    let at = |list: &[Stand], at: usize| list.get(at).copied().flatten();
    let seen = Seen {
        before: |base| at(&before, base),
        after: |pair| at(&after, pair),
        class: |under: Under| size(ask.law(under), facts, &ask.question),
    };
    if ask.events {
        effects.outdated.subject(facts, ask.question.as_of);
    }
    effects.subject(row, seen, &mut || facts.clone());
}
