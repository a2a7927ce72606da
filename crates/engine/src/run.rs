//! A whole screening: a population in, a result file out, and what was counted on the way.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::{Extension, LogicalPlan, LogicalPlanBuilder};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::prelude::SessionContext;
use jiff::civil::Date;
use screening::{Screening, Work};

use crate::failure::Failure;
use crate::metadata::{self, Listed};
use crate::plan::ScreenNode;
use crate::population::Population;
use crate::refusals::Refusals;
use crate::repeated;
use crate::screen::{Screen, Totals};
use crate::session::{self, Limits};
use crate::table::PopulationTable;
use crate::units::units;
use crate::write::{self, To, Watch};
use population::Outdated;

/// The choice that results tell beside who a subject is: what to ask a screening for.
///
/// [`Builder::classify`](screening::Builder::classify)
pub const SIZE: &str = crate::columns::SIZE;

/// What a result says of how it came about.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The day of the verdicts.
    pub as_of: Date,
    /// The last fiscal year.
    pub base_year: i16,
    /// The hash of the rulebook.
    pub rulebook: String,
    /// What the population is called.
    pub population: String,
    /// Where the screening tells the size class among its choices, if it does ([`SIZE`]).
    pub size_class: Option<usize>,
}

/// What a screening came to.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Subjects.
    pub rows: u64,
    /// Size of the result.
    pub bytes: u64,
    /// From opening to the last byte.
    pub elapsed: Duration,
    /// By programme, in the order of the screening.
    pub programmes: Vec<Totals>,
    /// Subjects whose lists of events were declared complete up to a day before that of the verdicts,
    /// and no further. Empty where no programme asks for events.
    pub outdated: Outdated,
    /// What is missing.
    pub work: Work,
}

/// Screens a population into a new file at `path`.
///
/// # Errors
/// Data were refused, somebody stands twice, something failed, or the run was stopped. The file may
/// be there then, unfinished: who named it takes it away.
pub fn screen(
    population: &Population,
    screening: Screening,
    asked: &Asked,
    path: &Path,
    limits: Limits,
    watch: &dyn Watch,
) -> Result<Summary, Failure> {
    let begun = Instant::now();
    let context = session::in_units(units(&population.source).len(), limits)?;
    let screen = Screen::new(screening, Arc::clone(&population.shape), asked);
    let refusals = Refusals::default();
    let says = says(population, &screen, asked);
    let runtime = session::runtime(limits)?;
    let written = runtime.block_on(async {
        let table = PopulationTable::new(population, refusals.clone());
        let plan = plan(&context, table, screen.clone()).await?;
        let ends = || metadata::outdated(&screen.counts().outdated);
        let to = To { path, says, ends: &ends, threads: limits.threads.max(1) };
        write::write(plan, context.task_ctx(), to, watch).await
    });
    // What is still under way is of no interest any more.
    runtime.shutdown_background();
    let written = written?;
    if let Some(refused) = refusals.all() {
        return Err(population.refused(refused.problems, refused.count));
    }
    let repeated = screen.seen().repeated(limits.threads);
    if !repeated.is_empty() {
        repeated::refuse(population, &repeated)?;
    }
    let counts = screen.counts();
    Ok(Summary {
        rows: written.rows,
        bytes: written.bytes,
        elapsed: begun.elapsed(),
        programmes: counts.programmes,
        outdated: counts.outdated,
        work: counts.work,
    })
}

async fn plan(
    context: &SessionContext,
    table: PopulationTable,
    screen: Screen,
) -> Result<Arc<dyn ExecutionPlan>, Failure> {
    let source = provider_as_source(Arc::new(table));
    let rows = LogicalPlanBuilder::scan("population", source, None)?.build()?;
    let node = Arc::new(ScreenNode::new(rows, screen)?);
    let plan = LogicalPlan::Extension(Extension { node });
    Ok(context.execute_logical_plan(plan).await?.create_physical_plan().await?)
}

fn says(
    population: &Population,
    screen: &Screen,
    asked: &Asked,
) -> Vec<parquet::file::metadata::KeyValue> {
    let programmes: Vec<Listed> =
        screen.screening().programmes().iter().map(Listed::from).collect();
    let told = serde_json::json!({"name": asked.population, "rows": population.rows()});
    let mut says = vec![
        metadata::says(metadata::RULEBOOK, asked.rulebook.as_str()),
        metadata::says(metadata::SEMANTICS, rules::SEMANTICS.to_string()),
        metadata::says(metadata::AS_OF, asked.as_of.to_string()),
        metadata::says(metadata::BASE_YEAR, asked.base_year.to_string()),
        metadata::says(metadata::POPULATION, told.to_string()),
        metadata::says(metadata::LABELS, metadata::write_labels(&screen.labels())),
        metadata::says(metadata::PROGRAMMES, metadata::write(&programmes)),
    ];
    says.extend(metadata::synthetic(population.is_synthetic()));
    says
}
