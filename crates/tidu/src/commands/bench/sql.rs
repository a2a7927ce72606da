//! The same rules as plain DataFusion SQL over a table in memory: verdicts, masks and bounds of scores.
//! Why something is unknown, populations and shortfalls are left out, which is to its favour.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow::array::RecordBatch;
use benchmark::{World, sql};
use datafusion::common::Result;
use datafusion::datasource::MemTable;
use datafusion::physical_plan::{ExecutionPlan, execute_stream_partitioned};
use datafusion::prelude::{SessionConfig, SessionContext};
use futures::StreamExt as _;
use tokio::runtime::{Builder, Runtime};

const TABLE: &str = "firms";
/// Expressions of this size nest deeply while they are planned.
const STACK: usize = 64 << 20;

/// The query, planned.
pub(super) struct Query {
    runtime: Runtime,
    context: SessionContext,
    plan: Arc<dyn ExecutionPlan>,
}

impl Query {
    /// Plans the query over these rows on so many threads.
    pub fn new(world: &World, batches: &[RecordBatch], threads: usize) -> Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(threads)
            .thread_stack_size(STACK)
            .build()?;
        let tables: Vec<RecordBatch> =
            batches.iter().filter_map(|batch| sql::table(world, batch)).collect();
        let schema = tables.first().map(RecordBatch::schema).ok_or_else(|| {
            datafusion::error::DataFusionError::Plan("no rows".to_owned())
        })?;
        let mut parts: Vec<Vec<RecordBatch>> = vec![Vec::new(); threads.max(1)];
        let many = parts.len();
        for (number, table) in tables.into_iter().enumerate() {
            if let Some(part) = parts.get_mut(number % many) {
                part.push(table);
            }
        }
        let config = SessionConfig::new().with_target_partitions(threads.max(1));
        let context = SessionContext::new_with_config(config);
        context.register_table(TABLE, Arc::new(MemTable::try_new(schema, parts)?))?;
        let query = sql::query(&world.law.plain, TABLE);
        let asked = context.clone();
        // On a thread of the runtime, since planning needs its deep stack.
        let planning = runtime.spawn(async move {
            asked.sql(&query).await?.create_physical_plan().await
        });
        let plan = runtime
            .block_on(planning)
            .map_err(|error| datafusion::error::DataFusionError::External(Box::new(error)))??;
        Ok(Self { runtime, context, plan })
    }

    /// Runs it once. Results are dropped as they come.
    pub fn run(&mut self) -> Duration {
        let begun = Instant::now();
        let streams = execute_stream_partitioned(Arc::clone(&self.plan), self.context.task_ctx());
        if let Ok(streams) = streams {
            let running: Vec<_> = streams
                .into_iter()
                .map(|mut stream| {
                    self.runtime.spawn(async move {
                        while let Some(Ok(batch)) = stream.next().await {
                            std::hint::black_box(&batch);
                        }
                    })
                })
                .collect();
            for part in running {
                let _ = self.runtime.block_on(part);
            }
        }
        begun.elapsed()
    }
}
