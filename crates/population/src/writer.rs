//! Canonical batches to a file: complete under its final name, or not there at all.

mod file;
mod store;

use std::fmt;
use std::fs::File;
use std::io;
use std::path::Path;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use crate::shape::{Column, Holds, Shape};
use crate::special::Special;
use file::Unfinished;
use store::{file_schema, stored};

/// So many rows stand together: enough to compress well, few enough for two cores to share a city.
const ROW_GROUP: usize = 128 * 1024;

/// A population being written.
pub struct Writer {
    columns: std::sync::Arc<[Column]>,
    schema: SchemaRef,
    /// Before the file: it is closed first.
    parquet: ArrowWriter<File>,
    unfinished: Unfinished,
    rows: u64,
}

/// What has been written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Rows.
    pub rows: u64,
    /// Size of the file.
    pub bytes: u64,
}

/// Why a population cannot be written.
#[derive(Debug)]
pub enum WriteError {
    /// The file system refuses.
    File(io::Error),
    /// The values cannot be stored.
    Format(ParquetError),
    /// A value has more than 18 digits, and the column of this name was not [widened].
    ///
    /// [widened]: Shape::widened
    TooWide(String),
}

impl Writer {
    /// Begins a file beside `path`, which takes that name when it is finished. `metadata` stands in it as
    /// keys and values.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn create(
        path: &Path,
        shape: &Shape,
        metadata: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, WriteError> {
        let (unfinished, file) = Unfinished::create(path)?;
        let schema = file_schema(shape);
        let metadata: Vec<KeyValue> =
            metadata.into_iter().map(|(key, value)| KeyValue::new(key, value)).collect();
        let options = ArrowWriterOptions::new()
            .with_properties(properties(shape, metadata)?)
            .with_skip_arrow_metadata(true);
        let parquet = ArrowWriter::try_new_with_options(file, schema.clone(), options)?;
        Ok(Self { columns: shape.columns.clone(), schema, parquet, unfinished, rows: 0 })
    }

    /// Adds the rows of a canonical batch.
    ///
    /// # Errors
    /// They cannot be stored; the file is then to be given up.
    pub fn write(&mut self, canonical: &RecordBatch) -> Result<(), WriteError> {
        let batch = stored(&self.columns, &self.schema, canonical)?;
        self.parquet.write(&batch)?;
        self.rows += u64::try_from(canonical.num_rows()).unwrap_or_default();
        Ok(())
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// It cannot be completed; nothing stands under the name then, or what stood there before.
    pub fn finish(self) -> Result<Written, WriteError> {
        let Self { parquet, unfinished, rows, .. } = self;
        let file = parquet.into_inner()?;
        file.sync_all().map_err(WriteError::File)?;
        let bytes = file.metadata().map_err(WriteError::File)?.len();
        drop(file);
        unfinished.finish()?;
        Ok(Written { rows, bytes })
    }
}

fn properties(shape: &Shape, metadata: Vec<KeyValue>) -> Result<WriterProperties, WriteError> {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_created_by(format!("tidu {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata((!metadata.is_empty()).then_some(metadata));
    // No two rows say the same here: looking for repetitions would be time lost.
    for column in shape.columns.iter() {
        if matches!(column.holds, Holds::Special(Special::Uscc | Special::Id | Special::Name)) {
            let path = ColumnPath::new(vec![column.name.clone()]);
            properties = properties.set_column_dictionary_enabled(path, false);
        }
    }
    Ok(properties.build())
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            // What is wrong with a disk says more than that a format could not be written.
            Self::Format(ParquetError::External(error)) => error.fmt(f),
            Self::Format(error) => error.fmt(f),
            Self::TooWide(column) => write!(
                f,
                "“{column}”有超过 18 位的数 / `{column}` has a number of more than 18 digits"
            ),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

impl From<ParquetError> for WriteError {
    fn from(error: ParquetError) -> Self {
        Self::Format(error)
    }
}
