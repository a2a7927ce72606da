//! Batches to Parquet: each partition of a plan becomes a row group. Row groups are computed and
//! encoded side by side, and written in the order of the partitions.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter};
use std::path::Path;
use std::sync::Arc;

use arrow::array::Array;
use arrow::compute::concat;
use arrow::datatypes::{DataType, SchemaRef};
use datafusion::error::DataFusionError;
use datafusion::execution::TaskContext;
use datafusion::physical_plan::{ExecutionPlan, ExecutionPlanProperties as _};
use futures::{StreamExt as _, stream};
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, ArrowWriterOptions,
    compute_leaves,
};
use parquet::basic::Encoding;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, SchemaDescriptor};

use crate::encode::{self, Chunk};
use crate::failure::Failure;

/// How a run is followed and stopped from outside.
pub trait Watch: Send + Sync {
    /// Whether somebody wants it to end.
    fn stopped(&self) -> bool;
    /// So many more rows are written.
    fn rows(&self, rows: u64);
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub rows: u64,
    pub bytes: u64,
}

/// Where a result goes, what it says of itself, and how many work for it.
pub(crate) struct To<'p> {
    pub path: &'p Path,
    pub says: Vec<KeyValue>,
    /// What there is to say once all rows are known.
    pub ends: &'p (dyn Fn() -> Vec<KeyValue> + Sync),
    pub threads: usize,
}

/// Writes the partitions of `plan` as row groups of a new file.
///
/// # Errors
/// The plan failed, the file cannot be written, or the run was stopped. The file may be there then,
/// unfinished: who named it takes it away.
pub(crate) async fn write(
    plan: Arc<dyn ExecutionPlan>,
    context: Arc<TaskContext>,
    to: To<'_>,
    watch: &dyn Watch,
) -> Result<Written, Failure> {
    let schema = plan.schema();
    let file = OpenOptions::new().write(true).create_new(true).open(to.path)?;
    let parquet = Arc::new(ArrowSchemaConverter::new().convert(&schema)?);
    let properties = Arc::new(properties(&schema, to.says));
    let mut writer = SerializedFileWriter::new(
        BufWriter::with_capacity(1 << 20, file),
        parquet.root_schema_ptr(),
        properties,
    )?;
    let factory = Arc::new(ArrowRowGroupWriterFactory::new(&writer, Arc::clone(&schema)));
    let groups = (0..plan.output_partitioning().partition_count()).map(|partition| {
        let (plan, context) = (Arc::clone(&plan), Arc::clone(&context));
        let (factory, parquet) = (Arc::clone(&factory), Arc::clone(&parquet));
        // Of its own, so that it goes on while others are waited for.
        tokio::spawn(async move { group(plan, partition, context, &factory, &parquet).await })
    });
    // What is ahead of the next one to be written waits in memory: enough that nobody idles.
    let mut groups = stream::iter(groups).buffered(to.threads * 2);
    let mut rows = 0;
    while let Some(group) = groups.next().await {
        let group = group.map_err(|error| DataFusionError::External(Box::new(error)))??;
        if watch.stopped() {
            return Err(Failure::Stopped);
        }
        if group.rows > 0 {
            let mut row_group = writer.next_row_group()?;
            for column in group.columns {
                match column {
                    Encoded::Quick(chunk) => chunk.append_to(&mut row_group)?,
                    Encoded::General(chunk) => chunk.append_to_row_group(&mut row_group)?,
                }
            }
            row_group.close()?;
        }
        rows += group.rows;
        watch.rows(group.rows);
    }
    for said in (to.ends)() {
        writer.append_key_value_metadata(said);
    }
    finish(writer).map(|bytes| Written { rows, bytes })
}

/// Ends the file; answers its size.
fn finish(writer: SerializedFileWriter<BufWriter<File>>) -> Result<u64, Failure> {
    let file = writer.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

/// A row group, encoded.
struct Group {
    columns: Vec<Encoded>,
    rows: u64,
}

/// A column of it.
enum Encoded {
    Quick(Chunk),
    General(ArrowColumnChunk),
}

async fn group(
    plan: Arc<dyn ExecutionPlan>,
    partition: usize,
    context: Arc<TaskContext>,
    factory: &ArrowRowGroupWriterFactory,
    parquet: &SchemaDescriptor,
) -> Result<Group, Failure> {
    let mut stream = plan.execute(partition, context)?;
    let mut batches = Vec::new();
    while let Some(batch) = stream.next().await {
        batches.push(batch?);
    }
    let rows = batches.iter().map(|batch| batch.num_rows() as u64).sum();
    if rows == 0 {
        return Ok(Group { columns: Vec::new(), rows });
    }
    let mut columns = Vec::new();
    let mut general = factory.create_column_writers(partition)?.into_iter();
    for (place, field) in plan.schema().fields().iter().enumerate() {
        let parts: Vec<&dyn Array> = batches
            .iter()
            .filter_map(|batch| batch.columns().get(place))
            .map(AsRef::as_ref)
            .collect();
        let whole = concat(&parts)?;
        // Whether a column is quickly told or not, its general writer is used up with it.
        let leaves = compute_leaves(field, &whole)?;
        let writers: Vec<ArrowColumnWriter> = general.by_ref().take(leaves.len()).collect();
        let quick = match writers.len() {
            1 => encode::column(&parquet.column(columns.len()), &whole)?,
            _ => None,
        };
        match quick {
            Some(chunk) => columns.push(Encoded::Quick(chunk)),
            None => {
                for (mut writer, leaf) in writers.into_iter().zip(&leaves) {
                    writer.write(leaf)?;
                    columns.push(Encoded::General(writer.close()?));
                }
            }
        }
    }
    Ok(Group { columns, rows })
}

/// How tables are written that have nothing to say beside their rows.
pub(crate) fn options() -> ArrowWriterOptions {
    ArrowWriterOptions::new()
        .with_properties(builder().build())
        // Plain Parquet: what other programs read does not depend on Arrow's own notes.
        .with_skip_arrow_metadata(true)
}

fn builder() -> WriterPropertiesBuilder {
    WriterProperties::builder()
        .set_compression(encode::compression())
        .set_created_by(concat!("tidu ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_statistics_enabled(EnabledStatistics::Chunk)
}

fn properties(schema: &SchemaRef, says: Vec<KeyValue>) -> WriterProperties {
    let mut properties = builder()
        .set_key_value_metadata(Some(says))
        .set_max_row_group_row_count(None)
        // All columns have one or none; those that are quickly told are one page.
        .set_offset_index_disabled(true);
    for field in schema.fields() {
        // What comes to the general writer differs from row to row: a dictionary costs its making
        // and gains nothing.
        let encoding = match field.data_type() {
            DataType::Utf8 => Encoding::DELTA_LENGTH_BYTE_ARRAY,
            DataType::Int64 => Encoding::DELTA_BINARY_PACKED,
            _ => continue,
        };
        let column = ColumnPath::from(field.name().as_str());
        properties = properties
            .set_column_dictionary_enabled(column.clone(), false)
            .set_column_encoding(column, encoding);
    }
    properties.build()
}
