//! The second reading: everything into the file.

use arrow::array::RecordBatch;
use engine::metadata;
use enterprise::{Catalogue, Facts, Text};
use population::{Rows, Shape, WriteError, Writer, Written};

use super::intake::{Failure, Intake, Taker};
use super::refusals::Refusals;
use super::survey::Survey;
use crate::arguments::Convert;
use crate::file;
use crate::output::Screen;

/// Subjects that are gathered before they are written.
const BATCH: usize = 8 * 1024;

pub(super) fn write(
    convert: &Convert,
    survey: &Survey,
    shape: &Shape,
    catalogue: &Catalogue,
    screen: Screen,
) -> Result<Written, Failure> {
    let cannot = |error: &WriteError| Failure::Text(file::no_population(&convert.output, error));
    let origin = survey.synthetic.then(|| (metadata::SYNTHETIC.to_owned(), "true".to_owned()));
    let writer = Writer::create(&convert.output, shape, origin).map_err(|error| cannot(&error))?;
    let mut filling = Filling { shape, rows: Rows::new(shape), writer, cannot: &cannot };
    let mut refusals = Refusals::silent(screen);
    let intake = Intake::new(catalogue, &convert.blank, screen);
    intake.all(&convert.inputs, &mut filling, &mut refusals)?;
    filling.flush()?;
    filling.writer.finish().map_err(|error| cannot(&error))
}

struct Filling<'a> {
    shape: &'a Shape,
    rows: Rows,
    writer: Writer,
    cannot: &'a dyn Fn(&WriteError) -> Failure,
}

impl Filling<'_> {
    fn flush(&mut self) -> Result<(), Failure> {
        if self.rows.unplaced().is_some() {
            return Err(changed());
        }
        if self.rows.is_empty() {
            return Ok(());
        }
        let batch = self.rows.finish();
        self.writer.write(&batch).map_err(|error| (self.cannot)(&error))
    }
}

impl Taker for Filling<'_> {
    fn subject(&mut self, facts: &Facts) -> Result<(), Failure> {
        self.rows.push(facts);
        if self.rows.len() < BATCH { Ok(()) } else { self.flush() }
    }

    fn batch(&mut self, shape: &Shape, canonical: &RecordBatch) -> Result<(), Failure> {
        self.flush()?;
        let batch = self.shape.arrange(shape, canonical).map_err(|_| changed())?;
        self.writer.write(&batch).map_err(|error| (self.cannot)(&error))
    }
}

/// The two readings do not agree.
fn changed() -> Failure {
    Failure::Text(Text::new(
        "读取期间输入文件被改动，请重新转换",
        "an input was changed while it was read: convert again",
    ))
}
