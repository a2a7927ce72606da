//! Sessions of DataFusion and the threads that work for them: so many as asked for, within so much
//! memory.

use std::sync::Arc;

use datafusion::common::config::ConfigOptions;
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use tokio::runtime::{Builder, Runtime};

use crate::failure::Failure;
use crate::plan::ScreenPlanner;

/// Rows that are worked on at once: enough that what a batch costs by itself does not count.
const BATCH: usize = 16_384;
/// Footers of many wide files.
const FOOTERS: usize = 256 << 20;
/// Deeply nested queries need room.
const STACK: usize = 16 << 20;

/// How much a run may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Threads that compute.
    pub threads: usize,
    /// Bytes for sorting, grouping and joining; beyond, they go on on disk.
    pub memory: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self { threads, memory: 2 << 30 }
    }
}

/// Threads for a run.
pub(crate) fn runtime(limits: Limits) -> Result<Runtime, Failure> {
    let threads = limits.threads.max(1);
    let runtime = Builder::new_multi_thread()
        .worker_threads(threads)
        .thread_stack_size(STACK)
        // Damaged files can make the reader of Parquet break down: that is told as an error.
        .on_thread_start(population::quietly)
        .build()?;
    Ok(runtime)
}

/// A session for queries: DataFusion deals the rows out among the threads.
pub(crate) fn session(limits: Limits) -> Result<SessionContext, Failure> {
    let mut options = ConfigOptions::new();
    options.execution.target_partitions = limits.threads.max(1);
    with(options, limits)
}

/// A session that screens so many units of work, each of which stays whole and in its place.
pub(crate) fn in_units(units: usize, limits: Limits) -> Result<SessionContext, Failure> {
    let mut options = ConfigOptions::new();
    options.execution.target_partitions = units.max(1);
    options.optimizer.repartition_file_scans = false;
    with(options, limits)
}

fn with(mut options: ConfigOptions, limits: Limits) -> Result<SessionContext, Failure> {
    options.execution.collect_statistics = false;
    options.catalog.information_schema = true;
    // `0.1` is meant as it stands: a fen decides.
    options.sql_parser.parse_float_as_decimal = true;
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_limit(limits.memory, 1.0)
        .with_metadata_cache_limit(FOOTERS)
        .build_arc()?;
    let state = SessionStateBuilder::new()
        .with_config(SessionConfig::from(options).with_batch_size(BATCH))
        .with_runtime_env(runtime)
        .with_default_features()
        .with_query_planner(Arc::new(ScreenPlanner))
        .build();
    Ok(SessionContext::new_with_state(state))
}
