//! A population by columns: one pass over the files, all programmes before and after at once. Threads
//! take batches in turn.

use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;

use engine::{Batches, Failure, Population};
use enterprise::Catalogue;
use simulation::{Ask, Effects, Judge};

use super::Read;
use crate::arguments::Threads;
use crate::commands::firms::{Counts, Progress};
use crate::commands::{limits, told};
use crate::exit::Exit;
use crate::output::{Screen, complain};
use crate::text::problems;

/// Rows of a batch: several blocks of the columns.
pub(super) const ROWS: usize = 8 * 1024;

/// Judges every row of a Parquet file, or of all Parquet files of a folder.
pub(super) fn population<'a>(
    path: &Path,
    ask: &'a Ask,
    effects: &mut Effects<'a>,
    threads: &Threads,
    screen: &Screen,
) -> io::Result<Result<Read, Exit>> {
    let judged = opened(path, &ask.rulebook().catalogue).and_then(|population| {
        let found = judged(&population, ask, limits(threads).threads, screen)?;
        Ok((found, population.is_synthetic()))
    });
    Ok(match judged {
        Ok((found, synthetic)) => {
            effects.merge(found);
            effects.sort();
            let counts = Counts { answered: effects.subjects, refused: 0 };
            Ok(Read { counts, synthetic, damaged: false })
        }
        Err(failure) => Err(told(&failure, screen)),
    })
}

fn judged<'a>(
    population: &Population,
    ask: &'a Ask,
    threads: usize,
    screen: &Screen,
) -> Result<Effects<'a>, Failure> {
    for warning in population.warnings() {
        complain(&problems::problem(warning, &screen.of_stderr()));
    }
    let judge = Judge::new(population.shape(), ask);
    let batches = Mutex::new(population.batches(ROWS));
    let progress = Mutex::new(Progress::new(*screen, true));
    let mut effects = Effects::new(ask);
    let mut failed = None;
    thread::scope(|scope| {
        let workers: Vec<_> =
            (0..threads).map(|_| scope.spawn(|| all(&judge, ask, &batches, &progress))).collect();
        for worker in workers {
            match worker.join() {
                Ok(Ok(found)) => effects.merge(found),
                Ok(Err(failure)) => failed = Some(failure),
                // What went wrong there goes wrong here.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    progress.into_inner().unwrap_or_else(PoisonError::into_inner).end();
    failed.map_or(Ok(effects), Err)
}

/// The population, opened and held against the catalogue.
pub(super) fn opened(path: &Path, catalogue: &Catalogue) -> Result<Population, Failure> {
    Population::open(path, catalogue).map_err(|problems| {
        let count = problems.len() as u64;
        Failure::Refused(problems, count)
    })
}

/// Judges batches until there are no more, or one is refused.
fn all<'a>(
    judge: &Judge<'a>,
    ask: &'a Ask,
    batches: &Mutex<Batches<'_>>,
    progress: &Mutex<Progress>,
) -> Result<Effects<'a>, Failure> {
    let mut effects = Effects::new(ask);
    loop {
        // Nobody panics while holding a lock; if somebody did, what it guards is still sound.
        let next = batches.lock().unwrap_or_else(PoisonError::into_inner).next();
        let Some(batch) = next else { return Ok(effects) };
        let (first, canonical) = batch?;
        judge.batch(first, &canonical, &mut effects, &|_| true);
        let rows = canonical.num_rows() as u64;
        progress.lock().unwrap_or_else(PoisonError::into_inner).steps(rows);
    }
}
