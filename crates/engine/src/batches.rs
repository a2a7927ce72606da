//! The canonical rows of a population one batch after the other, on the thread of who asks for them:
//! for who looks at every subject on its own.

use std::fs::File;

use arrow::array::{RecordBatch, RecordBatchOptions, new_null_array};
use arrow::error::ArrowError;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use population::Shape;

use crate::failure::Failure;
use crate::source::{Part, Source};
use crate::trouble;

/// Batches of a source, in the order of its files.
pub struct Batches<'s> {
    source: &'s Source,
    shape: &'s Shape,
    rows: usize,
    part: usize,
    open: Option<ParquetRecordBatchReader>,
    done: u64,
}

impl Source {
    /// Batches of at most so many rows, each with the number of rows before it. `shape` is that of
    /// [`schema`](Self::schema).
    pub fn batches<'s>(&'s self, shape: &'s Shape, rows: usize) -> Batches<'s> {
        Batches { source: self, shape, rows, part: 0, open: None, done: 0 }
    }
}

impl Iterator for Batches<'_> {
    type Item = Result<(u64, RecordBatch), Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.open.as_mut().and_then(Iterator::next) {
                return Some(self.canonical(batch));
            }
            let part = self.source.parts.get(self.part)?;
            self.part += 1;
            match reader(part, self.rows) {
                Ok(reader) => self.open = Some(reader),
                Err(failure) => return Some(Err(failure)),
            }
        }
    }
}

impl Batches<'_> {
    fn canonical(
        &mut self,
        batch: Result<RecordBatch, ArrowError>,
    ) -> Result<(u64, RecordBatch), Failure> {
        let batch = self.whole(&batch?)?;
        let first = self.done;
        self.done += batch.num_rows() as u64;
        match self.shape.canonical(&batch, first) {
            Ok(canonical) => Ok((first, canonical)),
            Err(refused) => Err(Failure::Refused(refused.problems, refused.count)),
        }
    }

    /// The columns of all files, in their order; what a file does not have is unknown.
    fn whole(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let schema = self.source.schema();
        let columns = schema.fields().iter().map(|field| match batch.column_by_name(field.name()) {
            Some(column) => column.clone(),
            None => new_null_array(field.data_type(), batch.num_rows()),
        });
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(schema.clone(), columns.collect(), &options)
    }
}

fn reader(part: &Part, rows: usize) -> Result<ParquetRecordBatchReader, Failure> {
    let unreadable = |problem| Failure::Refused(vec![problem], 1);
    let file = File::open(&part.path)
        .map_err(|error| unreadable(trouble::unreadable(&part.path, &error)))?;
    ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(|builder| builder.with_batch_size(rows).build())
        .map_err(|error| unreadable(trouble::no_parquet(&part.path, &error.to_string())))
}
