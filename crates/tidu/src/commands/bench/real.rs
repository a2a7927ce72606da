//! The rulebook that is in use on a made-up city: what an officer waits for. Nobody wrote loops by hand
//! for it, so it is held against the simple evaluator.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use arrow::array::RecordBatch;
use benchmark::measure;
use enterprise::Text;
use population::Shape;
use rules::{Programme, Question, Rulebook, Standing, evaluate};
use screening::{Builder, Screened, Screening, simple};

use super::case::{broken, figure};
use super::measured::{Case, Way};
use super::{SEED, memory};
use crate::arguments::Bench;
use crate::clock;
use crate::commands::screen::choose;
use tryout::{Size, city};

/// More subjects are not held in memory.
const MOST: u64 = 200_000;
/// Subjects in a batch, as engines hand them on.
const BATCH: usize = 8_192;
/// Subjects that the simple evaluator judges.
const SIMPLY: usize = 500;

/// A way on so many threads for so many subjects, and how to run it once.
type Timed<'a> = (Way, usize, u64, Box<dyn FnMut() -> Duration + 'a>);

/// A law, and who is judged by it on which day.
struct Trial<'r> {
    rulebook: &'r Rulebook,
    programmes: Vec<&'r Programme>,
    question: Question,
    shape: Shape,
    batches: Vec<RecordBatch>,
}

/// Times kernels and the simple evaluator, after holding their answers against each other.
pub(super) fn measure(bench: &Bench, rulebook: &Rulebook) -> Result<Case, Text> {
    let rows = bench.rows.iter().copied().max().unwrap_or(MOST).min(MOST);
    let trial = Trial::new(rulebook, rows)?;
    let leaves = |programme: &&Programme| {
        let cases = Screened::of(rulebook, programme, &trial.question).cases;
        cases.iter().map(|case| case.leaves.len()).sum::<usize>()
    };
    let mut case = Case {
        generated: false,
        rows,
        programmes: trial.programmes.len(),
        criteria: trial.programmes.iter().map(leaves).sum(),
        comparisons: 0,
        bands: 0,
        checked: (0, 0),
        differences: Vec::new(),
        figures: Vec::new(),
        shares: None,
        left_out: Vec::new(),
    };
    trial.check(&mut case);
    if !case.differences.is_empty() {
        case.left_out
            .push(Text::new("结果不一致，不计时", "nothing was timed: the answers differ"));
        return Ok(case);
    }
    let screening = trial.screening();
    let batches = &trial.batches;
    let mut ways: Vec<Timed<'_>> = Vec::new();
    for threads in bench.threads.iter().map(|threads| usize::from(*threads)) {
        let screening = &screening;
        let kernels = move || measure::kernels(screening, batches, threads);
        ways.push((Way::Kernels, threads, rows, Box::new(kernels)));
    }
    let judged = rows.min(SIMPLY as u64);
    ways.push((Way::Simple, 1, judged, Box::new(|| trial.one_by_one())));
    for (way, threads, rows, run) in &mut ways {
        let mut taken = Vec::new();
        let ((), peak) = memory::peak(|| taken.extend((0..bench.times).map(|_| run())));
        let time = measure::median(&mut taken);
        case.figures.push(figure(*way, *threads, time, *rows, peak));
    }
    drop(ways);
    Ok(case)
}

impl<'r> Trial<'r> {
    fn new(rulebook: &'r Rulebook, rows: u64) -> Result<Self, Text> {
        let question = Question::on(clock::today());
        let size = Size { entities: rows, seed: SEED, stratified: false };
        let city = city(rulebook, question.as_of, size).map_err(|error| broken(&error))?;
        let shape = city.shape();
        let mut batches = Vec::new();
        for first in (0..rows).step_by(BATCH) {
            let (batch, _) = city.batch(&shape, first, BATCH).map_err(|error| broken(&error))?;
            batches.push(batch);
        }
        let kinds = BTreeSet::from(["enterprise".to_owned()]);
        let programmes =
            choose::programmes(&[], &[Standing::Binding], rulebook, &question, &kinds)?;
        Ok(Self { rulebook, programmes, question, shape, batches })
    }

    fn screening(&self) -> Screening {
        let mut builder = Builder::new(&self.shape, self.question.clone());
        for programme in &self.programmes {
            builder.add(self.rulebook, programme);
        }
        builder.build()
    }

    /// The first subjects, judged both ways.
    fn check(&self, case: &mut Case) {
        let screening = self.screening().keeping_missing();
        let Some(batch) = self.batches.first() else { return };
        let batch = batch.slice(0, batch.num_rows().min(SIMPLY));
        let results = screening.screen(&batch, &mut screening.work());
        for row in 0..batch.num_rows() {
            let facts = self.shape.subject(&batch, row);
            let programmes = self.programmes.iter().zip(screening.programmes()).enumerate();
            for (place, (programme, screened)) in programmes {
                let fields = screening.fields();
                let simply =
                    simple(self.rulebook, programme, &facts, &self.question, screened, fields);
                let kernels = results.answer(place, row, screened);
                if kernels != simply {
                    case.differences
                        .push(format!("{row} {}: {kernels:?} / {simply:?}", programme.id));
                }
                case.checked.1 += 1;
            }
        }
    }

    /// How long the simple evaluator takes for the first subjects.
    fn one_by_one(&self) -> Duration {
        let Some(batch) = self.batches.first() else { return Duration::ZERO };
        let start = Instant::now();
        for row in 0..batch.num_rows().min(SIMPLY) {
            let facts = self.shape.subject(batch, row);
            for programme in &self.programmes {
                black_box(evaluate(self.rulebook, programme, &facts, &self.question));
            }
        }
        start.elapsed()
    }
}
