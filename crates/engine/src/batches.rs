//! The canonical rows of a population one batch after the other, on the thread of who asks for them:
//! for who looks at every subject on its own.

use std::fs::File;
use std::sync::Arc;

use arrow::array::{RecordBatch, RecordBatchOptions, new_null_array};
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};

use crate::failure::Failure;
use crate::population::Population;
use crate::source::Part;
use crate::trouble;

/// Batches of a population, in the order of its files.
pub struct Batches<'p> {
    population: &'p Population,
    rows: usize,
    part: usize,
    open: Option<ParquetRecordBatchReader>,
    done: u64,
}

impl Population {
    /// Batches of at most so many rows, each with the number of rows before it.
    pub fn batches(&self, rows: usize) -> Batches<'_> {
        Batches { population: self, rows, part: 0, open: None, done: 0 }
    }
}

impl Iterator for Batches<'_> {
    type Item = Result<(u64, RecordBatch), Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.open.as_mut().and_then(Iterator::next) {
                return Some(self.canonical(batch));
            }
            let part = self.population.source.parts.get(self.part)?;
            let schema = self.population.files.get(self.part)?;
            self.part += 1;
            match reader(part, schema, self.rows) {
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
        match self.population.shape().canonical(&batch, first) {
            Ok(canonical) => Ok((first, canonical)),
            Err(refused) => Err(Failure::Refused(refused.problems, refused.count)),
        }
    }

    /// The columns of all files, in their order; what a file does not have is unknown.
    fn whole(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let schema = &self.population.schema;
        let columns =
            schema.fields().iter().map(|field| match batch.column_by_name(field.name()) {
                Some(column) => Arc::clone(column),
                None => new_null_array(field.data_type(), batch.num_rows()),
            });
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(Arc::clone(schema), columns.collect(), &options)
    }
}

fn reader(
    part: &Part,
    schema: &SchemaRef,
    rows: usize,
) -> Result<ParquetRecordBatchReader, Failure> {
    let unreadable = |problem| Failure::Refused(vec![problem], 1);
    let file = File::open(&part.path)
        .map_err(|error| unreadable(*trouble::unreadable(&part.path, &error)))?;
    let options = ArrowReaderOptions::new().with_schema(Arc::clone(schema));
    ArrowReaderMetadata::try_new(Arc::clone(&part.metadata), options)
        .and_then(|metadata| {
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata);
            builder.with_batch_size(rows).build()
        })
        .map_err(|error| unreadable(*trouble::no_parquet(&part.path, &error.to_string())))
}
