//! Batches to Parquet: each partition of a plan becomes a row group. Row groups are computed and
//! encoded side by side, and written in the order of the partitions.

use std::fs::{File, OpenOptions};
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use datafusion::error::DataFusionError;
use datafusion::execution::TaskContext;
use datafusion::physical_plan::{ExecutionPlan, ExecutionPlanProperties as _};
use futures::{StreamExt as _, stream};
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowRowGroupWriterFactory, ArrowWriterOptions, compute_leaves,
};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;

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

/// Writes the partitions of `plan` as row groups of a new file at `path`.
///
/// # Errors
/// The plan failed, the file cannot be written, or the run was stopped. The file may be there then,
/// unfinished: who named it takes it away.
pub(crate) async fn write(
    plan: Arc<dyn ExecutionPlan>,
    context: Arc<TaskContext>,
    path: &Path,
    says: Vec<KeyValue>,
    watch: &dyn Watch,
) -> Result<Written, Failure> {
    let threads = context.session_config().target_partitions();
    let schema = plan.schema();
    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let parquet = ArrowSchemaConverter::new().convert(&schema)?;
    let properties = Arc::new(properties(&schema, says));
    let mut writer = SerializedFileWriter::new(
        BufWriter::with_capacity(1 << 20, file),
        parquet.root_schema_ptr(),
        properties,
    )?;
    let factory = Arc::new(ArrowRowGroupWriterFactory::new(&writer, Arc::clone(&schema)));
    let groups = (0..plan.output_partitioning().partition_count()).map(|partition| {
        let (plan, context, factory) =
            (Arc::clone(&plan), Arc::clone(&context), Arc::clone(&factory));
        // Of its own, so that it goes on while others are waited for.
        tokio::spawn(async move { group(plan, partition, context, &factory).await })
    });
    // What is ahead of the next one to be written waits in memory: enough that nobody idles.
    let mut groups = stream::iter(groups).buffered(threads * 2);
    let mut rows = 0;
    while let Some(group) = groups.next().await {
        let group = group.map_err(|error| DataFusionError::External(Box::new(error)))??;
        if watch.stopped() {
            return Err(Failure::Stopped);
        }
        if group.rows > 0 {
            let mut row_group = writer.next_row_group()?;
            for column in group.columns {
                column.append_to_row_group(&mut row_group)?;
            }
            row_group.close()?;
        }
        rows += group.rows;
        watch.rows(group.rows);
    }
    finish(writer).map(|bytes| Written { rows, bytes })
}

fn finish(mut writer: SerializedFileWriter<BufWriter<File>>) -> Result<u64, Failure> {
    writer.finish()?;
    let bytes = writer.bytes_written() as u64;
    let file = writer.into_inner()?.into_inner().map_err(|error| error.into_error())?;
    file.sync_all()?;
    Ok(bytes)
}

/// A row group, encoded.
struct Group {
    columns: Vec<ArrowColumnChunk>,
    rows: u64,
}

async fn group(
    plan: Arc<dyn ExecutionPlan>,
    partition: usize,
    context: Arc<TaskContext>,
    factory: &ArrowRowGroupWriterFactory,
) -> Result<Group, Failure> {
    let mut batches = plan.execute(partition, context)?;
    let mut writers = factory.create_column_writers(partition)?;
    let schema = plan.schema();
    let mut rows = 0;
    while let Some(batch) = batches.next().await {
        let batch = batch?;
        rows += batch.num_rows() as u64;
        let mut leaves = writers.iter_mut();
        for (field, column) in schema.fields().iter().zip(batch.columns()) {
            for leaf in compute_leaves(field, column)? {
                if let Some(writer) = leaves.next() {
                    writer.write(&leaf)?;
                }
            }
        }
    }
    let columns = writers.into_iter().map(|writer| writer.close()).collect::<Result<_, _>>()?;
    Ok(Group { columns, rows })
}

/// Texts that differ from row to row gain nothing from a dictionary and cost its making.
const ALL_DIFFERENT: [&str; 3] = ["uscc", "id", "name"];

/// How tables are written that have nothing to say beside their rows.
pub(crate) fn options() -> ArrowWriterOptions {
    ArrowWriterOptions::new()
        .with_properties(builder().build())
        // Plain Parquet: what other programs read does not depend on Arrow's own notes.
        .with_skip_arrow_metadata(true)
}

fn builder() -> WriterPropertiesBuilder {
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(concat!("tidu ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_statistics_enabled(EnabledStatistics::Chunk)
}

fn properties(schema: &SchemaRef, says: Vec<KeyValue>) -> WriterProperties {
    let mut properties =
        builder().set_key_value_metadata(Some(says)).set_max_row_group_row_count(None);
    for name in ALL_DIFFERENT {
        if schema.column_with_name(name).is_some() {
            let column = ColumnPath::from(name);
            properties = properties
                .set_column_dictionary_enabled(column.clone(), false)
                .set_column_encoding(column, Encoding::DELTA_LENGTH_BYTE_ARRAY);
        }
    }
    properties.build()
}
