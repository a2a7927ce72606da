//! Rows as they stand in files become canonical rows, or are refused with column and row.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use population::Shape;

use crate::refusals::Refusals;
use crate::step::{Step, Worker};

/// The step from rows of files to canonical rows.
#[derive(Debug)]
pub(crate) struct Canonical {
    shape: Arc<Shape>,
    /// The first row of each partition, counted over the whole population.
    starts: Vec<u64>,
    refusals: Refusals,
}

impl Canonical {
    pub fn new(shape: Arc<Shape>, starts: Vec<u64>, refusals: Refusals) -> Self {
        Self { shape, starts, refusals }
    }
}

impl Step for Canonical {
    fn name(&self) -> &'static str {
        "CanonicalExec"
    }

    fn schema(&self) -> SchemaRef {
        Arc::clone(self.shape.schema())
    }

    fn worker(&self, partition: usize) -> Box<dyn Worker> {
        let next = self.starts.get(partition).copied().unwrap_or(0);
        Box::new(Reader { shape: Arc::clone(&self.shape), next, refusals: self.refusals.clone() })
    }
}

struct Reader {
    shape: Arc<Shape>,
    next: u64,
    refusals: Refusals,
}

impl Worker for Reader {
    fn batch(&mut self, batch: &RecordBatch) -> Result<RecordBatch> {
        let first = self.next;
        self.next += batch.num_rows() as u64;
        match self.shape.canonical(batch, first) {
            Ok(canonical) => Ok(canonical),
            Err(refused) => Ok(self.refusals.take(refused, self.shape.schema())),
        }
    }
}
