//! A generated law, compiled, with a population for it and the kernels for both: what is measured.

use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use enterprise::FactKey;
use population::{Shape, shape_for};
use rulebook::{Compiled, compile};
use rules::{Question, Rulebook};
use screening::{Builder, Screened, Screening, simple};

use crate::crowd::Crowd;
use crate::hand::{Hand, Output};
use crate::law::Law;

/// Rows that go through the kernels and the loops at a time.
pub const BATCH: usize = 8_192;
/// Rows that are made at a time.
const MADE: usize = 65_536;

/// A law, its rulebook, and its population.
pub struct World {
    /// The law.
    pub law: Law,
    /// The law as the rulebook compiles it.
    pub rulebook: Rulebook,
    /// Its population.
    pub crowd: Crowd,
}

/// An answer on which two ways of screening differ.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The row.
    pub row: usize,
    /// The programme.
    pub programme: String,
    /// What they say, each in its own words.
    pub said: String,
}

impl World {
    /// A law with so many criteria and its population; none if the law cannot be used.
    pub fn new(criteria: usize, seed: u64) -> Option<Self> {
        let law = Law::generated(criteria, seed);
        let compiled: Compiled = compile(&law.sources);
        let usable = compiled.is_usable() && same_order(&law, &compiled.rulebook);
        let rulebook = compiled.rulebook;
        let keys = law.plain.columns.iter().map(|column| FactKey {
            indicator: column.indicator.to_owned(),
            year: column.year,
        });
        let shape = shape_for(keys, &rulebook.catalogue);
        let crowd = Crowd::new(shape, &law.plain, seed);
        usable.then_some(Self { law, rulebook, crowd })
    }

    /// The columns of the population.
    pub fn shape(&self) -> &Shape {
        self.crowd.shape()
    }

    /// What is asked.
    pub fn question(&self) -> Question {
        Question::on(self.law.plain.as_of)
    }

    /// The kernels for all programmes.
    pub fn screening(&self) -> Screening {
        let mut builder = Builder::new(self.shape(), self.question());
        for programme in &self.rulebook.programmes {
            builder.add(&self.rulebook, programme);
        }
        builder.build()
    }

    /// So many rows in batches.
    ///
    /// # Errors
    /// When the columns are not those of the law.
    pub fn rows(&self, rows: usize) -> Result<Vec<RecordBatch>, ArrowError> {
        let mut batches = Vec::new();
        for (number, start) in (0u64..).zip((0..rows).step_by(MADE)) {
            batches.extend(self.part(number, MADE.min(rows - start))?);
        }
        Ok(batches)
    }

    /// The rows that are made with this number, in batches.
    ///
    /// # Errors
    /// When the columns are not those of the law.
    pub fn part(&self, number: u64, rows: usize) -> Result<Vec<RecordBatch>, ArrowError> {
        Ok(sliced(&self.crowd.batch(number, rows)?))
    }

    /// Answers on which kernels and loops differ, over all rows of a batch.
    pub fn differences(&self, screening: &Screening, batch: &RecordBatch) -> Vec<Difference> {
        let mut hand = Hand::new(&self.law.plain);
        let mut output = Output::default();
        let read = hand.screen(self.shape(), batch, &mut output);
        let results = screening.screen(batch, &mut screening.work());
        let mut found = Vec::new();
        for row in 0..batch.num_rows() {
            for (number, programme) in self.rulebook.programmes.iter().enumerate() {
                let kernels = screening.programmes().get(number).and_then(|of| results.answer(number, row, of));
                let loops = output.answer(number, row).filter(|_| read);
                if kernels != loops {
                    let said = format!("{kernels:?} / {loops:?}");
                    found.push(Difference { row, programme: programme.id.clone(), said });
                }
            }
        }
        found
    }

    /// Answers on which the loops and the simple evaluator differ, over some rows of a batch.
    pub fn differences_from_simple(&self, batch: &RecordBatch, rows: usize) -> Vec<Difference> {
        let question = self.question();
        let mut hand = Hand::new(&self.law.plain);
        let mut output = Output::default();
        let read = hand.screen(self.shape(), batch, &mut output);
        let programmes = &self.rulebook.programmes;
        let screened: Vec<Screened> = programmes
            .iter()
            .map(|programme| Screened::of(&self.rulebook, programme, &question))
            .collect();
        let mut found = Vec::new();
        for row in 0..batch.num_rows().min(rows) {
            let facts = self.shape().subject(batch, row);
            for (number, (programme, screened)) in programmes.iter().zip(&screened).enumerate() {
                let mut law = simple(&self.rulebook, programme, &facts, &question, screened, &[]);
                if let Some(answer) = &mut law {
                    answer.missing.clear();
                }
                let loops = output.answer(number, row).filter(|_| read);
                if law != loops {
                    let said = format!("{law:?} / {loops:?}");
                    found.push(Difference { row, programme: programme.id.clone(), said });
                }
            }
        }
        found
    }
}

/// A batch in pieces of the size in which engines hand them on.
fn sliced(batch: &RecordBatch) -> Vec<RecordBatch> {
    let rows = batch.num_rows();
    let pieces = (0..rows).step_by(BATCH);
    pieces.map(|start| batch.slice(start, BATCH.min(rows - start))).collect()
}

/// The programmes stand in the same order in the text and in the table.
fn same_order(law: &Law, rulebook: &Rulebook) -> bool {
    let (table, text) = (&law.plain.programmes, &rulebook.programmes);
    table.len() == text.len() && table.iter().zip(text).all(|(table, text)| table.id == text.id)
}
