//! SQL on populations and results. Read only: a query can neither change a file nor read another one
//! than those that were named.

mod criteria;
mod label;
mod tables;
mod trouble;
mod verdicts;

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{AsArray as _, RecordBatch};
use arrow::datatypes::{Int64Type, SchemaRef};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::ScalarUDF;
use datafusion::prelude::{SQLOptions, SessionContext};
use enterprise::{Lang, Problem};
use futures::StreamExt as _;
use parquet::arrow::ArrowWriter;
use population::carefully;
use tokio::runtime::Runtime;

use crate::failure::Failure;
use crate::session::{self, Limits};
use crate::step::damaged;
use crate::{metadata, write};
use criteria::Criteria;
use label::Label;
use tables::Opened;
pub(crate) use tables::listing;
pub use tables::{Kind, Table};

/// Files as tables, ready to be asked.
pub struct Query {
    context: SessionContext,
    runtime: Runtime,
    tables: Vec<Table>,
    synthetic: bool,
}

impl Query {
    /// Opens files and folders as tables: `population` or `result` by what they are, where only one
    /// is of that kind, and by the names of the files.
    ///
    /// # Errors
    /// What is wrong with a file.
    pub fn open(paths: &[PathBuf], lang: Lang, limits: Limits) -> Result<Self, Failure> {
        let context = session::session(limits)?;
        let runtime = session::runtime(limits)?;
        let opened = tables::open(paths).map_err(|problem| Failure::Refused(vec![*problem], 1))?;
        let known: Vec<_> = opened.iter().filter_map(|table| table.programmes.clone()).collect();
        context.register_udf(ScalarUDF::from(Criteria::new(&known, lang)));
        let labels = opened.iter().map(|table| &table.labels);
        context.register_udf(ScalarUDF::from(Label::new(labels, lang)));
        let synthetic = opened.iter().any(Opened::is_synthetic);
        let tables = runtime.block_on(tables::register(&context, opened))?;
        Ok(Self { context, runtime, tables, synthetic })
    }

    /// The tables there are.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The tables there are, with how many rows each has.
    ///
    /// # Errors
    /// The files cannot be read.
    pub fn counted(&self) -> Result<Vec<Table>, Failure> {
        let mut tables = self.tables.clone();
        for table in tables.iter_mut().filter(|table| table.rows.is_none()) {
            for batch in self.ask(&format!("SELECT count(*) FROM \"{}\"", table.name))? {
                let batch = batch?;
                let counted = batch.columns().first();
                let counted = counted.and_then(|own| own.as_primitive_opt::<Int64Type>());
                let rows = counted.and_then(|own| own.iter().flatten().next());
                table.rows = rows.and_then(|rows| u64::try_from(rows).ok());
            }
        }
        Ok(tables)
    }

    /// Whether some of the subjects are made up.
    pub fn is_synthetic(&self) -> bool {
        self.synthetic
    }

    /// Asks a question; rows come as they are taken.
    ///
    /// # Errors
    /// What is wrong with the question.
    pub fn ask(&self, sql: &str) -> Result<Rows<'_>, Failure> {
        let allowed = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        let stream = carefully(|| {
            self.runtime.block_on(async {
                let frame = self.context.sql_with_options(sql, allowed).await?;
                frame.execute_stream().await
            })
        });
        match stream.unwrap_or_else(|| Err(damaged())) {
            Ok(stream) => {
                let schema = stream.schema();
                Ok(Rows {
                    runtime: &self.runtime,
                    schema,
                    stream: Some(stream),
                    synthetic: self.synthetic,
                })
            }
            Err(error) => Err(Failure::Broken(trouble::explain(&error, &self.tables))),
        }
    }
}

/// The rows of an answer.
pub struct Rows<'q> {
    runtime: &'q Runtime,
    schema: SchemaRef,
    /// Nothing once it turned out to be of damaged files.
    stream: Option<SendableRecordBatchStream>,
    synthetic: bool,
}

impl Rows<'_> {
    /// The columns.
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// Writes the rows into a new Parquet file at `path`, and answers how many they are.
    ///
    /// # Errors
    /// The query failed, the file cannot be written, or `stopped` says so. The file may be there
    /// then, unfinished: who named it takes it away.
    pub fn write_parquet(self, path: &Path, stopped: &dyn Fn() -> bool) -> Result<u64, Failure> {
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        let mut writer = ArrowWriter::try_new_with_options(file, self.schema(), write::options())?;
        // What was made up stays so, whatever was asked about it.
        metadata::synthetic(self.synthetic)
            .into_iter()
            .for_each(|mark| writer.append_key_value_metadata(mark));
        let mut count = 0;
        for batch in self {
            let batch = batch?;
            if stopped() {
                return Err(Failure::Stopped);
            }
            count += batch.num_rows() as u64;
            writer.write(&batch)?;
        }
        writer.finish()?;
        writer.sync()?;
        writer.inner().sync_all()?;
        Ok(count)
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<RecordBatch, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.stream.as_mut()?;
        let next = carefully(|| self.runtime.block_on(stream.next()));
        let next = next.unwrap_or_else(|| Some(Err(damaged())))?;
        if next.is_err() {
            self.stream = None;
        }
        Some(next.map_err(|error| Failure::Broken(trouble::explain(&error, &[]))))
    }
}

/// The problem of a file that cannot be a table.
pub(crate) type Opening<T> = Result<T, Box<Problem>>;
