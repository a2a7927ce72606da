//! A step that turns each batch of a stream into another one with as many rows, in their order: what
//! reading and screening have in common as nodes of a plan.

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::DataFusionError;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::ReplaceChildrenOptions;
use datafusion::physical_plan::metrics::{BaselineMetrics, ExecutionPlanMetricsSet, MetricsSet};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, ExecutionPlanProperties as _, PlanProperties,
};
use futures::{Stream, StreamExt as _, stream};
use parquet::errors::ParquetError;
use population::carefully;

/// What is done with batches.
pub(crate) trait Step: fmt::Debug + Send + Sync {
    /// What plans call it.
    fn name(&self) -> &'static str;
    /// What comes out.
    fn schema(&self) -> SchemaRef;
    /// Whoever works through one partition.
    fn worker(&self, partition: usize) -> Box<dyn Worker>;
}

/// Works through the batches of one partition.
pub(crate) trait Worker: Send {
    /// One batch.
    fn batch(&mut self, batch: &RecordBatch) -> Result<RecordBatch>;
    /// There are no more.
    fn end(&mut self) {}
}

/// A node of a plan that takes a step.
#[derive(Debug)]
pub(crate) struct StepExec {
    step: Arc<dyn Step>,
    input: Arc<dyn ExecutionPlan>,
    properties: Arc<PlanProperties>,
    metrics: ExecutionPlanMetricsSet,
}

impl StepExec {
    pub fn new(step: Arc<dyn Step>, input: Arc<dyn ExecutionPlan>) -> Self {
        let properties = PlanProperties::new(
            EquivalenceProperties::new(step.schema()),
            input.output_partitioning().clone(),
            input.pipeline_behavior(),
            input.boundedness(),
        );
        let metrics = ExecutionPlanMetricsSet::new();
        Self { step, input, properties: Arc::new(properties), metrics }
    }
}

impl DisplayAs for StepExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: columns={}", self.step.name(), self.step.schema().fields().len())
    }
}

impl ExecutionPlan for StepExec {
    fn name(&self) -> &str {
        self.step.name()
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        vec![&self.input]
    }

    fn maintains_input_order(&self) -> Vec<bool> {
        vec![true]
    }

    /// Rows that are dealt out anew would lose their order.
    fn benefits_from_input_partitioning(&self) -> Vec<bool> {
        vec![false]
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn replace_children(
        self: Arc<Self>,
        mut children: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        match (children.pop(), children.is_empty()) {
            (Some(input), true) => Ok(Arc::new(Self::new(Arc::clone(&self.step), input))),
            _ => Err(DataFusionError::Internal(format!("{} has one input", self.name()))),
        }
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        use datafusion::physical_plan::execution_plan::ChildrenPropertiesMode::Recompute;
        self.replace_children(children, ReplaceChildrenOptions::new(Recompute))
    }

    fn execute(
        &self,
        partition: usize,
        context: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let input = self.input.execute(partition, context)?;
        let metrics = BaselineMetrics::new(&self.metrics, partition);
        let batches = stepped(input, self.step.worker(partition), metrics);
        Ok(Box::pin(RecordBatchStreamAdapter::new(self.step.schema(), batches)))
    }

    fn metrics(&self) -> Option<MetricsSet> {
        Some(self.metrics.clone_inner())
    }
}

/// What a reader would have told if it had not broken down.
pub(crate) fn damaged() -> DataFusionError {
    DataFusionError::ParquetError(Box::new(ParquetError::General("-".to_owned())))
}

fn stepped(
    input: SendableRecordBatchStream,
    worker: Box<dyn Worker>,
    metrics: BaselineMetrics,
) -> impl Stream<Item = Result<RecordBatch>> {
    stream::unfold((input, worker, metrics), |(mut input, mut worker, metrics)| async move {
        let next = poll_fn(|context| {
            // A reader that broke down over damaged data will not be asked again.
            carefully(|| input.poll_next_unpin(context))
                .unwrap_or_else(|| Poll::Ready(Some(Err(damaged()))))
        });
        let Some(batch) = next.await else {
            worker.end();
            metrics.done();
            return None;
        };
        let done = batch.and_then(|batch| {
            let _timer = metrics.elapsed_compute().timer();
            worker.batch(&batch)
        });
        if let Ok(batch) = &done {
            metrics.output_rows().add(batch.num_rows());
        }
        Some((done, (input, worker, metrics)))
    })
}
