//! A population by columns: one pass over the file, all programmes before and after at once. One thread
//! reads, the others judge.

use std::io;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use arrow::array::RecordBatch;
use enterprise::{Facts, Problem, Text};
use population::{Reader, Shape};
use screening::{Builder, Columns, Results, Screening, code};

use super::Read;
use crate::commands::fail;
use crate::commands::firms::{Counts, Progress};
use crate::commands::simulate::classes::Classes;
use crate::commands::simulate::effects::{Effects, Seen};
use crate::commands::simulate::moves::Stand;
use crate::commands::simulate::pairs::Ask;
use crate::exit::Exit;
use crate::output::{Screen, complain};
use crate::text::problems;

/// So many batches may wait for each thread.
const AHEAD: usize = 4;
/// So many refused values are told.
const TOLD: usize = 20;

/// Judges every row of a Parquet file.
pub(super) fn population<'a>(
    path: &Path,
    ask: &'a Ask,
    effects: &mut Effects<'a>,
    threads: Option<NonZeroUsize>,
    screen: &Screen,
) -> io::Result<Result<Read, Exit>> {
    let reader = match Reader::open(path, &ask.rulebook().catalogue) {
        Ok(reader) => reader,
        Err(problems) => {
            tell(&problems, screen);
            let text = Text::new("不能读取企业总体", "the population cannot be read");
            return Ok(Err(fail(screen, &text)));
        }
    };
    tell(reader.warnings(), screen);
    let judged = judge(&reader, ask, threads, screen);
    let (found, refused) = match judged {
        Ok(judged) => judged,
        Err(problem) => {
            tell(&[*problem], screen);
            return Ok(Err(Exit::Nothing));
        }
    };
    if refused.count > 0 {
        tell(refused.problems.get(..TOLD).unwrap_or(&refused.problems), screen);
        let count = refused.count;
        let text = Text::new(
            format!("企业总体中有 {count} 个值不能接受；先用 tidu convert 剔除有误的行"),
            format!(
                "{count} values of the population are refused; let tidu convert leave those rows out first"
            ),
        );
        return Ok(Err(fail(screen, &text)));
    }
    effects.merge(found);
    effects.sort();
    let counts = Counts { answered: effects.subjects, refused: 0 };
    Ok(Ok(Read { counts, damaged: false }))
}

fn tell(problems: &[Problem], screen: &Screen) {
    for problem in problems {
        complain(&problems::problem(problem, &screen.of_stderr()));
    }
}

/// What the threads found together, and what they refused.
fn judge<'a>(
    reader: &Reader,
    ask: &'a Ask,
    threads: Option<NonZeroUsize>,
    screen: &Screen,
) -> Result<(Effects<'a>, population::Refused), Box<Problem>> {
    let batches = reader.batches()?;
    let judge = Judge::new(batches.shape(), ask);
    let threads = threads.or_else(|| thread::available_parallelism().ok()).map_or(1, usize::from);
    let mut progress = Progress::new(*screen, true);
    let mut refused = population::Refused::default();
    let mut effects = Effects::new(ask);
    let mut broken = None;
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(AHEAD * threads);
        // Shared and not lent: with the last of them the reading stops, too.
        let receiver = Arc::new(Mutex::new(receiver));
        let judge = &judge;
        let workers: Vec<_> = (0..threads)
            .map(|_| Arc::clone(&receiver))
            .map(|receiver| scope.spawn(move || judge.all(&receiver)))
            .collect();
        drop(receiver);
        let mut first = 0;
        for batch in batches {
            let batch = match batch {
                Ok(batch) => batch,
                Err(problem) => {
                    broken = Some(problem);
                    break;
                }
            };
            let rows = u64::try_from(batch.num_rows()).unwrap_or_default();
            progress.steps(rows);
            if sender.send((first, batch)).is_err() {
                break;
            }
            first += rows;
        }
        drop(sender);
        for worker in workers {
            match worker.join() {
                Ok((found, other)) => {
                    effects.merge(found);
                    refused.count += other.count;
                    refused.problems.extend(other.problems);
                }
                // What went wrong there goes wrong here.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    progress.end();
    match broken {
        Some(problem) => Err(problem),
        None => Ok((effects, refused)),
    }
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
        let screening = builder.build();
        Self { ask, shape: shape.clone(), screening, before, after, classes }
    }

    /// Judges batches until there are no more.
    fn all(
        &self,
        receiver: &Mutex<Receiver<(u64, RecordBatch)>>,
    ) -> (Effects<'a>, population::Refused) {
        let mut effects = Effects::new(self.ask);
        let mut refused = population::Refused::default();
        let mut work = self.screening.work();
        loop {
            // Nobody panics while holding the lock; if somebody did, the batches are still sound.
            let next = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((first, batch)) = next else { break };
            match self.shape.canonical(&batch, first) {
                Ok(canonical) => {
                    let results = self.screening.screen(&canonical, &mut work);
                    self.count(first, &canonical, &results, &mut effects);
                }
                Err(other) => {
                    refused.count += other.count;
                    refused.problems.extend(other.problems);
                }
            }
        }
        (effects, refused)
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
