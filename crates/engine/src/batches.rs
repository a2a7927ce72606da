//! The canonical rows of a population one batch after the other, on the thread of who asks for them:
//! for who looks at every subject on its own. After the last one it is told if anybody stood twice.

use std::fs::File;
use std::sync::Arc;

use arrow::array::{RecordBatch, RecordBatchOptions, new_null_array};
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};

use crate::duplicates::Fingerprints;
use crate::failure::Failure;
use crate::population::Population;
use crate::source::Part;
use crate::{repeated, trouble};

/// Batches of a population, in the order of its files.
pub struct Batches<'p> {
    population: &'p Population,
    rows: usize,
    part: usize,
    open: Option<(&'p Part, ParquetRecordBatchReader)>,
    done: u64,
    /// Who has passed; nothing if nobody wants to know, or once it has been looked at.
    seen: Option<Fingerprints>,
}

impl Population {
    /// Batches of at most so many rows, each with the number of rows before it. If anybody stands
    /// twice, that is an error after the last batch.
    pub fn batches(&self, rows: usize) -> Batches<'_> {
        Batches { seen: Some(Fingerprints::default()), ..self.unchecked(rows) }
    }

    /// The same, whoever stands twice.
    pub(crate) fn unchecked(&self, rows: usize) -> Batches<'_> {
        Batches { population: self, rows, part: 0, open: None, done: 0, seen: None }
    }
}

impl Iterator for Batches<'_> {
    type Item = Result<(u64, RecordBatch), Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.read().transpose().or_else(|| self.twice().err().map(Err));
        if matches!(next, Some(Err(_))) {
            // What comes after damaged or refused rows is of no interest.
            (self.part, self.open, self.seen) = (usize::MAX, None, None);
        }
        next
    }
}

impl Batches<'_> {
    fn read(&mut self) -> Result<Option<(u64, RecordBatch)>, Failure> {
        loop {
            if let Some((part, reader)) = &mut self.open
                && let Some(batch) = trouble::guarded(&part.name, || reader.next())?
            {
                let damaged = |error: ArrowError| {
                    Failure::from(*trouble::no_parquet(&part.name, &error.to_string()))
                };
                let batch = batch.map_err(damaged)?;
                return self.canonical(&batch).map(Some);
            }
            let mut files = self.population.source.parts.iter().zip(&self.population.files);
            let Some((part, schema)) = files.nth(self.part) else { return Ok(None) };
            self.part += 1;
            self.open = Some((part, reader(part, schema, &self.population.schema, self.rows)?));
        }
    }

    fn canonical(&mut self, batch: &RecordBatch) -> Result<(u64, RecordBatch), Failure> {
        let batch = self.whole(batch)?;
        let first = self.done;
        self.done += batch.num_rows() as u64;
        let shape = self.population.shape();
        let canonical = shape
            .canonical(&batch, first)
            .map_err(|refused| self.population.refused(refused.problems, refused.count))?;
        if let Some(seen) = &self.seen {
            seen.add(shape, &canonical);
        }
        Ok((first, canonical))
    }

    /// Fails if anybody has passed twice.
    fn twice(&mut self) -> Result<(), Failure> {
        let repeated = self.seen.take().map(|seen| seen.repeated(1)).unwrap_or_default();
        if repeated.is_empty() { Ok(()) } else { repeated::refuse(self.population, &repeated) }
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

/// Reads the wanted columns of a file.
fn reader(
    part: &Part,
    schema: &SchemaRef,
    wanted: &SchemaRef,
    rows: usize,
) -> Result<ParquetRecordBatchReader, Failure> {
    let file = File::open(&part.path)
        .map_err(|error| Failure::from(*trouble::unreadable(&part.name, &error)))?;
    let options = ArrowReaderOptions::new().with_schema(Arc::clone(schema));
    let reader = trouble::carefully(&part.name, || {
        let metadata = ArrowReaderMetadata::try_new(Arc::clone(&part.metadata), options)?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata);
        let roots = schema.fields().iter().enumerate();
        let roots = roots.filter(|(_, field)| wanted.column_with_name(field.name()).is_some());
        let mask = ProjectionMask::roots(builder.parquet_schema(), roots.map(|(index, _)| index));
        builder.with_projection(mask).with_batch_size(rows).build()
    });
    reader.map_err(|problem| Failure::from(*problem))
}
