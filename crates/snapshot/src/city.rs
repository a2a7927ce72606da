//! A snapshot judged by the law on a day.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use arrow::array::{Array as _, AsArray as _};
use arrow::datatypes::Int64Type;
use enterprise::ENTERPRISE;
use rules::{Programme, Question, Rulebook};
use screening::{Builder, Results, Screened, Screening, Work};

use crate::answers::Answers;
use crate::holders::holders;
use crate::snapshot::Snapshot;

/// The number of a size class that cannot be told.
pub const NO_SIZE: u8 = screening::code::NO_CLASS;

/// The classification and the figure that tell small from large.
const SIZE: &str = "size_class";
const REVENUE: &str = "revenue";

/// A population with its verdicts.
#[derive(Debug)]
pub struct City {
    snapshot: Arc<Snapshot>,
    rulebook: String,
    question: Question,
    programmes: Vec<Screened>,
    answers: Vec<Answers>,
    /// By programme, the rows that hold its title.
    holders: Vec<Vec<u32>>,
    /// The option of the size class of every row; empty if there is no standard.
    size: Vec<u8>,
    /// In fen, of the base year; the smallest number where it is not known.
    revenue: Vec<i64>,
    fields: Vec<screening::Field>,
    work: Work,
}

impl City {
    /// Judges everybody by every programme for enterprises that is in force on the day, with so many threads.
    pub fn screen(
        snapshot: Arc<Snapshot>,
        rulebook: &Rulebook,
        question: &Question,
        threads: usize,
    ) -> Self {
        let mut builder = Builder::new(snapshot.shape(), question.clone());
        let judging: Vec<&Programme> = rulebook
            .programmes
            .iter()
            .filter(|one| judges_firms(rulebook, one, question))
            .collect();
        for programme in &judging {
            builder.add(rulebook, programme);
        }
        let holders = holders(&snapshot, rulebook, &judging, question);
        let sizes = builder.classify(rulebook, SIZE).is_some();
        let screening = builder.build();
        let (results, work) = run(&snapshot, &screening, threads);
        let mut answers = vec![Answers::default(); screening.programmes().len()];
        let mut size = Vec::new();
        for result in results {
            for (own, columns) in answers.iter_mut().zip(result.programmes) {
                own.add(columns);
            }
            if let (true, Some(classes)) = (sizes, result.classes.into_iter().next()) {
                size.extend(classes);
            }
        }
        let revenue = revenue(&snapshot, base_year(question));
        Self {
            rulebook: rulebook.hash.clone(),
            question: question.clone(),
            programmes: screening.programmes().to_vec(),
            answers,
            holders,
            size,
            revenue,
            fields: screening.fields().to_vec(),
            work,
            snapshot,
        }
    }

    /// The population.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// The hash of the rulebook.
    pub fn rulebook(&self) -> &str {
        &self.rulebook
    }

    /// What was asked.
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The last fiscal year where no round pins another.
    pub fn base_year(&self) -> i16 {
        base_year(&self.question)
    }

    /// The programmes that judge enterprises on the day, with what was found.
    pub fn programmes(&self) -> impl Iterator<Item = (&Screened, &Answers)> {
        self.programmes.iter().zip(&self.answers)
    }

    /// One of them.
    pub fn programme(&self, id: &str) -> Option<(&Screened, &Answers)> {
        self.programmes().find(|(programme, _)| programme.id == id)
    }

    /// The rows that hold the title of a programme on the day, in order.
    pub fn holders(&self, id: &str) -> &[u32] {
        let place = self.programmes.iter().position(|programme| programme.id == id);
        place.and_then(|place| self.holders.get(place)).map_or(&[], Vec::as_slice)
    }

    /// Whether a row is one of them.
    pub fn holds(&self, id: &str, row: u32) -> bool {
        self.holders(id).binary_search(&row).is_ok()
    }

    /// What is missing, and how many subjects of the whole population each field would decide.
    pub fn work(&self) -> (&[screening::Field], &Work) {
        (&self.fields, &self.work)
    }

    /// The option of a row's size class, if it can be told.
    pub fn size(&self, row: u32) -> Option<u8> {
        let size = self.size.get(usize::try_from(row).ok()?)?;
        (*size != NO_SIZE).then_some(*size)
    }

    /// The revenue of the base year in fen, if it is known.
    pub fn revenue(&self, row: u32) -> Option<i64> {
        let revenue = self.revenue.get(usize::try_from(row).ok()?)?;
        (*revenue != i64::MIN).then_some(*revenue)
    }
}

fn base_year(question: &Question) -> i16 {
    question.base_year.unwrap_or(question.as_of.year().saturating_sub(1))
}

fn judges_firms(rulebook: &Rulebook, programme: &Programme, question: &Question) -> bool {
    programme.subject == ENTERPRISE && !Screened::of(rulebook, programme, question).cases.is_empty()
}

/// Judges all batches; the results are in their order.
fn run(snapshot: &Snapshot, screening: &Screening, threads: usize) -> (Vec<Results>, Work) {
    let batches: Vec<_> = snapshot.batches().map(|(_, batch)| batch).collect();
    let next = AtomicUsize::new(0);
    let found = Mutex::new((Vec::with_capacity(batches.len()), screening.work()));
    let judge = || {
        let mut work = screening.work();
        let mut own = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(batch) = batches.get(place) else { break };
            own.push((place, screening.screen(batch, &mut work)));
        }
        // Nobody panics while holding it; if somebody did, what is in it is still sound.
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        found.0.extend(own);
        found.1.merge(&work);
    };
    thread::scope(|scope| {
        for _ in 1..threads.max(1) {
            scope.spawn(judge);
        }
        judge();
    });
    let (mut results, work) = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_unstable_by_key(|(place, _)| *place);
    (results.into_iter().map(|(_, result)| result).collect(), work)
}

fn revenue(snapshot: &Snapshot, year: i16) -> Vec<i64> {
    let mut all = Vec::new();
    let column = snapshot.shape().fact(REVENUE, Some(year));
    for (_, batch) in snapshot.batches() {
        let values = column.and_then(|at| batch.columns().get(at));
        match values.and_then(|one| one.as_primitive_opt::<Int64Type>()) {
            Some(values) => all.extend(
                (0..values.len())
                    .map(|row| if values.is_null(row) { i64::MIN } else { values.value(row) }),
            ),
            None => all.extend(std::iter::repeat_n(i64::MIN, batch.num_rows())),
        }
    }
    all
}
