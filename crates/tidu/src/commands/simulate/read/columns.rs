//! A population by columns: one pass over the files, all programmes before and after at once. Threads
//! take batches in turn.

use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;

use arrow::array::RecordBatch;
use engine::{Batches, Failure, Population};
use enterprise::{Catalogue, Facts};
use population::Shape;
use screening::{Builder, Columns, Results, Screening, code};

use super::Read;
use crate::arguments::Threads;
use crate::commands::firms::{Counts, Progress};
use crate::commands::simulate::classes::Classes;
use crate::commands::simulate::effects::{Effects, Seen};
use crate::commands::simulate::moves::Stand;
use crate::commands::simulate::pairs::Ask;
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
            (0..threads).map(|_| scope.spawn(|| judge.all(&batches, &progress))).collect();
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

/// The present law and every changed one, compiled together.
struct Judge<'a> {
    ask: &'a Ask,
    shape: Shape,
    screening: Screening,
    /// By programme: its place in the results.
    before: Vec<usize>,
    /// By pair: its place in the results.
    after: Vec<Option<usize>>,
    classes: Classes,
}

impl<'a> Judge<'a> {
    fn new(shape: &Shape, ask: &'a Ask) -> Self {
        let mut builder = Builder::new(shape, ask.question.clone());
        let programmes = (0..ask.programmes.len()).filter_map(|base| ask.programme(base));
        let before = programmes.map(|one| builder.add(ask.rulebook(), one)).collect();
        let after = ask.pairs.iter().map(|pair| {
            let (book, programme) = pair.after(ask)?;
            Some(builder.add(book, programme))
        });
        let after = after.collect();
        let classes = Classes::new(ask, &mut builder);
        let screening = builder.build().only_verdicts();
        Self { ask, shape: shape.clone(), screening, before, after, classes }
    }

    /// Judges batches until there are no more, or one is refused.
    fn all(
        &self,
        batches: &Mutex<Batches<'_>>,
        progress: &Mutex<Progress>,
    ) -> Result<Effects<'a>, Failure> {
        let mut effects = Effects::new(self.ask);
        let mut work = self.screening.work();
        loop {
            // Nobody panics while holding a lock; if somebody did, what it guards is still sound.
            let next = batches.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(batch) = next else { return Ok(effects) };
            let (first, canonical) = batch?;
            let results = self.screening.screen(&canonical, &mut work);
            if self.ask.events {
                effects.outdated.batch(&self.shape, &canonical, self.ask.question.as_of);
            }
            self.count(first, &canonical, &results, &mut effects);
            let rows = canonical.num_rows() as u64;
            progress.lock().unwrap_or_else(PoisonError::into_inner).steps(rows);
        }
    }

    fn count(&self, first: u64, batch: &RecordBatch, results: &Results, effects: &mut Effects<'a>) {
        let columns = |place: usize| results.programmes.get(place);
        let before: Vec<Option<&Columns>> = self.before.iter().map(|at| columns(*at)).collect();
        let after: Vec<Option<&Columns>> =
            self.after.iter().map(|at| at.and_then(columns)).collect();
        let place = |columns: &[Option<&Columns>], at: usize, row: usize| {
            columns.get(at).copied().flatten().and_then(|columns| stand(columns, row))
        };
        for row in 0..results.rows {
            let number = u64::try_from(row).unwrap_or_default();
            let mut facts = None;
            let mut read =
                || -> Facts { facts.get_or_insert_with(|| self.shape.subject(batch, row)).clone() };
            effects.subject(
                first + number,
                Seen {
                    before: |base| place(&before, base, row),
                    after: |pair| place(&after, pair, row),
                    class: |law| self.classes.of(results, law, row),
                },
                &mut read,
            );
        }
    }
}

/// Where a row stands in a programme.
fn stand(columns: &Columns, row: usize) -> Stand {
    let case = columns.case.get(row).filter(|case| **case != code::NO_CASE);
    case.and(columns.population.get(row)).map(|population| code::to_population(*population))
}
