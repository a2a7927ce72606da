//! A population as a table of DataFusion: its canonical rows, unit by unit in the order of the
//! files, only from the columns that are wanted.

use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::Result;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::object_store::ObjectStoreUrl;
use datafusion::datasource::physical_plan::parquet::{
    CachedParquetFileReaderFactory, ParquetAccessPlan, RowGroupAccess,
};
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::object_store::ObjectMeta;
use datafusion::object_store::path::Path as StorePath;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::projection::ProjectionExec;
use parquet::arrow::arrow_reader::{RowSelection, RowSelector};
use population::Shape;

use crate::canonical::Canonical;
use crate::population::Population;
use crate::refusals::Refusals;
use crate::source::{Part, Source};
use crate::step::StepExec;
use crate::units::{Unit, units};

/// The canonical rows of a population.
#[derive(Debug)]
pub(crate) struct PopulationTable {
    source: Arc<Source>,
    /// By file: the types in which its columns are read.
    files: Vec<SchemaRef>,
    /// The columns that are read.
    schema: SchemaRef,
    shape: Arc<Shape>,
    refusals: Refusals,
}

impl PopulationTable {
    pub fn new(population: &Population, refusals: Refusals) -> Self {
        Self {
            source: Arc::clone(&population.source),
            files: population.files.clone(),
            schema: Arc::clone(&population.schema),
            shape: Arc::clone(&population.shape),
            refusals,
        }
    }

    /// The scan of the files, one partition for each unit.
    fn scan_files(&self, session: &dyn Session, units: &[Unit]) -> Result<Arc<dyn ExecutionPlan>> {
        let store_url = ObjectStoreUrl::local_filesystem();
        let runtime = session.runtime_env();
        let store = runtime.object_store(&store_url)?;
        let footers = runtime.cache_manager.get_file_metadata_cache();
        let files = ParquetSource::new(Arc::clone(&self.schema)).with_parquet_file_reader_factory(
            Arc::new(CachedParquetFileReaderFactory::new(store, footers)),
        );
        let groups = units.iter().map(|unit| {
            match (self.source.parts.get(unit.part), self.files.get(unit.part)) {
                (Some(part), Some(schema)) => Ok(FileGroup::new(vec![file(part, schema, unit)?])),
                _ => Err(DataFusionError::Internal("a unit of no file".to_owned())),
            }
        });
        let config = FileScanConfigBuilder::new(store_url, Arc::new(files))
            .with_file_groups(groups.collect::<Result<_>>()?)
            // Rows of a partition are those of its unit, whoever is done first.
            .with_preserve_order(true)
            .build();
        Ok(DataSourceExec::from_data_source(config))
    }
}

/// The rows of one unit, in the types that cost least to read.
fn file(part: &Part, schema: &SchemaRef, unit: &Unit) -> Result<PartitionedFile> {
    let groups = part.metadata.num_row_groups();
    let mut plan = ParquetAccessPlan::new_none(groups);
    let whole = unit.rows == (0..unit.group_rows);
    let access =
        if whole { RowGroupAccess::Scan } else { RowGroupAccess::Selection(selection(unit)) };
    plan.set(unit.group, access);
    let meta = ObjectMeta {
        location: StorePath::from_absolute_path(&part.path)?,
        last_modified: part.modified.into(),
        size: part.size,
        e_tag: None,
        version: None,
    };
    Ok(PartitionedFile::new_from_meta(meta)
        .with_arrow_schema(Arc::clone(schema))
        .with_extension(plan))
}

fn selection(unit: &Unit) -> RowSelection {
    let length = |rows: u64| usize::try_from(rows).unwrap_or(usize::MAX);
    RowSelection::from(vec![
        RowSelector::skip(length(unit.rows.start)),
        RowSelector::select(length(unit.rows.end - unit.rows.start)),
        RowSelector::skip(length(unit.group_rows - unit.rows.end)),
    ])
}

#[async_trait]
impl TableProvider for PopulationTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(self.shape.schema())
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        session: &dyn Session,
        projection: Option<&Vec<usize>>,
        _filters: &[Expr],
        _limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let units = units(&self.source);
        let files = self.scan_files(session, &units)?;
        let starts = units.iter().map(|unit| unit.first).collect();
        let step = Canonical::new(Arc::clone(&self.shape), starts, self.refusals.clone());
        let rows: Arc<dyn ExecutionPlan> = Arc::new(StepExec::new(Arc::new(step), files));
        match projection {
            None => Ok(rows),
            Some(wanted) => {
                let schema = rows.schema();
                let columns = wanted.iter().filter_map(|index| {
                    let field = schema.fields().get(*index)?;
                    let column = Arc::new(Column::new(field.name(), *index));
                    Some((column as Arc<dyn PhysicalExpr>, field.name().clone()))
                });
                Ok(Arc::new(ProjectionExec::try_new(columns.collect::<Vec<_>>(), rows)?))
            }
        }
    }
}
