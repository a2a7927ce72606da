//! The comparison itself: batches of subjects, shared out to all cores, each subject judged twice.

use std::num::NonZeroU64;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use arrow::array::RecordBatch;
use engine::{Batches, Failure, Watch};
use population::{Shape, Special};
use rules::{Programme, Question, Rulebook};
use screening::{RowAnswer, Screened, Screening, Work, simple};

use super::outputs::{Unlike, unlike};

/// What kind of subject a row without a word on it is.
const SUBJECT: &str = "enterprise";
/// Subjects after which a worker says how far it is.
const STEP: u64 = 32;

/// What is compared.
pub(super) struct Check<'a> {
    pub rulebook: &'a Rulebook,
    /// In the order of the screening's programmes.
    pub programmes: &'a [&'a Programme],
    pub question: &'a Question,
    pub shape: &'a Shape,
    pub screening: &'a Screening,
    /// How many subjects there are.
    pub rows: u64,
    /// How many of them are looked at, if not all.
    pub sample: Option<NonZeroU64>,
}

/// What came out.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// Subjects that were judged twice.
    pub subjects: u64,
    /// Answers that were compared.
    pub answers: u64,
    /// Answers in which the two differ.
    pub differing: u64,
    /// The first of them, by row.
    pub differences: Vec<Difference>,
    /// The work list by columns and by the simple evaluator.
    work: (Work, Work),
}

/// An answer in which the columns and the simple evaluator differ.
#[derive(Debug, Clone)]
pub(crate) struct Difference {
    /// The row of the population, from 1.
    pub row: u64,
    /// The unified social credit code, else the identity.
    pub code: Option<String>,
    pub name: Option<String>,
    /// The programme's id.
    pub programme: String,
    pub unlike: Vec<Unlike>,
}

/// More differences than anybody reads; the others are counted.
const MOST: usize = 1000;

/// What a worker hands over for each batch.
type Said = Result<Box<Checked>, Failure>;

impl Check<'_> {
    /// Judges the subjects twice on all cores. `watch` hears how many more are done.
    pub fn run(
        &self,
        batches: Batches<'_>,
        watch: &dyn Watch,
    ) -> Result<Checked, Failure> {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let batches = Mutex::new(batches);
        let (sender, receiver) = channel();
        thread::scope(|scope| {
            for _ in 0..threads {
                let (sender, batches) = (sender.clone(), &batches);
                scope.spawn(move || self.work(batches, &sender, watch));
            }
            drop(sender);
            let mut all = Checked::default();
            let mut failed = None;
            for said in receiver {
                match said {
                    Ok(checked) => all.take(*checked),
                    Err(failure) => failed = Some(failure),
                }
            }
            all.differences.sort_by_key(|difference| difference.row);
            failed.map_or(Ok(all), Err)
        })
    }

    /// Takes batches as long as there are any, nobody failed and nobody wants it to end.
    fn work(&self, batches: &Mutex<Batches<'_>>, sender: &Sender<Said>, watch: &dyn Watch) {
        loop {
            let next = batches.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(next) = next else { return };
            let said = next.and_then(|(first, batch)| self.batch(first, &batch, watch));
            let failed = said.is_err();
            if sender.send(said.map(Box::new)).is_err() || failed {
                return;
            }
        }
    }

    fn batch(
        &self,
        first: u64,
        batch: &RecordBatch,
        watch: &dyn Watch,
    ) -> Result<Checked, Failure> {
        let (programmes, fields) = (self.screening.programmes(), self.screening.fields());
        let mut checked = Checked { work: self.no_work(), ..Checked::default() };
        let results = self.screening.screen(batch, &mut checked.work.0);
        let mut done = 0;
        for (row, place) in (0..batch.num_rows()).zip(first..) {
            if !self.is_looked_at(place) {
                continue;
            }
            let facts = self.shape.subject(batch, row);
            let is = self.shape.identity(Special::Subject, batch, row).unwrap_or(SUBJECT);
            for (number, (screened, programme)) in
                programmes.iter().zip(self.programmes).enumerate()
            {
                let by_columns = results.answer(number, row, screened);
                let one_by_one = (is == programme.subject)
                    .then(|| {
                        simple(self.rulebook, programme, &facts, self.question, screened, fields)
                    })
                    .flatten();
                if let Some(answer) = &one_by_one {
                    checked.work.1.count(number, &answer.missing);
                }
                checked.compare((&by_columns, &one_by_one), screened, fields, || {
                    let code = [Special::Uscc, Special::Id]
                        .into_iter()
                        .find_map(|special| self.shape.identity(special, batch, row));
                    let name = self.shape.identity(Special::Name, batch, row);
                    (place + 1, code.map(str::to_owned), name.map(str::to_owned))
                });
            }
            checked.subjects += 1;
            done += 1;
            if done == STEP {
                watch.rows(std::mem::take(&mut done));
            }
            if watch.stopped() {
                return Err(Failure::Stopped);
            }
        }
        watch.rows(done);
        Ok(checked)
    }

    fn no_work(&self) -> (Work, Work) {
        (self.screening.work(), self.screening.work())
    }

    /// Whether a row is in the sample: rows are taken evenly, the same ones each time.
    fn is_looked_at(&self, place: u64) -> bool {
        let Some(sample) = self.sample else { return true };
        let before =
            |rows: u64| u128::from(rows) * u128::from(sample.get()) / u128::from(self.rows);
        before(place) < before(place + 1)
    }
}

impl Checked {
    fn compare(
        &mut self,
        (columns, simple): (&Option<RowAnswer>, &Option<RowAnswer>),
        screened: &Screened,
        fields: &[screening::Field],
        who: impl FnOnce() -> (u64, Option<String>, Option<String>),
    ) {
        self.answers += u64::from(simple.is_some());
        let unlike = unlike(columns.as_ref(), simple.as_ref(), screened, fields);
        if unlike.is_empty() {
            return;
        }
        self.differing += 1;
        if self.differences.len() < MOST {
            let (row, code, name) = who();
            let programme = screened.id.clone();
            self.differences.push(Difference { row, code, name, programme, unlike });
        }
    }

    fn take(&mut self, other: Self) {
        self.subjects += other.subjects;
        self.answers += other.answers;
        self.differing += other.differing;
        let room = MOST.saturating_sub(self.differences.len());
        self.differences.extend(other.differences.into_iter().take(room));
        self.work.0.merge(&other.work.0);
        self.work.1.merge(&other.work.1);
    }

    /// Whether the lists of missing fields are the same, number for number.
    pub fn lists_agree(&self) -> bool {
        self.work.0 == self.work.1
    }
}
