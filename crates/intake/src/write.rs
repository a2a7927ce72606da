//! The second reading: everything into the file.

use std::path::Path;

use arrow::array::RecordBatch;
use enterprise::Facts;
use population::{Rows, Shape, Writer, Written, origin};

use crate::Inputs;
use crate::reading::{Reading, Taker};
use crate::survey::Survey;
use crate::told::{Failure, Told};

/// Subjects that are gathered before they are written.
const BATCH: usize = 8 * 1024;

/// Writes everything that was surveyed into a population, which has its name when it is complete.
///
/// # Errors
/// It cannot be written, an input was changed since it was surveyed, or somebody wanted it to stop.
pub fn write(
    inputs: &Inputs<'_>,
    survey: &Survey,
    shape: &Shape,
    path: &Path,
    told: &mut dyn Told,
) -> Result<Written, Failure> {
    let says = survey.synthetic.then(|| (origin::SYNTHETIC.to_owned(), "true".to_owned()));
    let writer = Writer::create(path, shape, says).map_err(Failure::Unwritten)?;
    let mut filling = Filling { shape, rows: Rows::new(shape), writer };
    Reading::new(inputs).all(inputs.files, &mut filling, told)?;
    filling.flush()?;
    filling.writer.finish().map_err(Failure::Unwritten)
}

struct Filling<'a> {
    shape: &'a Shape,
    rows: Rows,
    writer: Writer,
}

impl Filling<'_> {
    fn flush(&mut self) -> Result<(), Failure> {
        if self.rows.unplaced().is_some() {
            return Err(Failure::Changed);
        }
        if self.rows.is_empty() {
            return Ok(());
        }
        let batch = self.rows.finish();
        self.writer.write(&batch).map_err(Failure::Unwritten)
    }
}

impl Taker for Filling<'_> {
    fn subject(&mut self, facts: &Facts) -> Result<(), Failure> {
        self.rows.push(facts);
        if self.rows.len() < BATCH { Ok(()) } else { self.flush() }
    }

    fn batch(&mut self, shape: &Shape, canonical: &RecordBatch) -> Result<(), Failure> {
        self.flush()?;
        let batch = self.shape.arrange(shape, canonical).map_err(|_| Failure::Changed)?;
        self.writer.write(&batch).map_err(Failure::Unwritten)
    }
}
