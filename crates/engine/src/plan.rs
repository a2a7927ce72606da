//! How DataFusion learns to screen: the logical node, and the planner that makes a step out of it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::catalog::Session;
use datafusion::common::{DFSchema, DFSchemaRef, Result};
use datafusion::error::DataFusionError;
use datafusion::execution::context::QueryPlanner;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::logical_expr::{
    Expr, LogicalPlan, UserDefinedLogicalNode, UserDefinedLogicalNodeCore,
};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_planner::{DefaultPhysicalPlanner, ExtensionPlanner, PhysicalPlanner};

use crate::screen::Screen;
use crate::step::{Step as _, StepExec};

/// A screening of canonical rows.
#[derive(Debug, Clone)]
pub(crate) struct ScreenNode {
    input: LogicalPlan,
    screen: Screen,
    schema: DFSchemaRef,
}

impl ScreenNode {
    pub fn new(input: LogicalPlan, screen: Screen) -> Result<Self> {
        let schema = Arc::new(DFSchema::try_from(screen.schema())?);
        Ok(Self { input, screen, schema })
    }
}

// Two nodes are the same if they ask the same of the same rows.
impl PartialEq for ScreenNode {
    fn eq(&self, other: &Self) -> bool {
        self.screen.same(&other.screen) && self.input == other.input
    }
}

impl Eq for ScreenNode {}

impl Hash for ScreenNode {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.input.hash(state);
    }
}

impl PartialOrd for ScreenNode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self == other).then_some(Ordering::Equal)
    }
}

impl UserDefinedLogicalNodeCore for ScreenNode {
    fn name(&self) -> &'static str {
        "Screen"
    }

    fn inputs(&self) -> Vec<&LogicalPlan> {
        vec![&self.input]
    }

    fn schema(&self) -> &DFSchemaRef {
        &self.schema
    }

    fn expressions(&self) -> Vec<Expr> {
        Vec::new()
    }

    fn fmt_for_explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Screen: programmes={}", self.screen.programmes())
    }

    fn with_exprs_and_inputs(&self, _: Vec<Expr>, mut inputs: Vec<LogicalPlan>) -> Result<Self> {
        match (inputs.pop(), inputs.is_empty()) {
            (Some(input), true) => Self::new(input, self.screen.clone()),
            _ => Err(DataFusionError::Internal("Screen has one input".to_owned())),
        }
    }

    /// Whatever is asked of the results, the kernels know their columns by place.
    fn necessary_children_exprs(&self, _: &[usize]) -> Option<Vec<Vec<usize>>> {
        Some(vec![(0..self.input.schema().fields().len()).collect()])
    }
}

/// The planner of every session here: DataFusion's own, and the screening.
#[derive(Debug)]
pub(crate) struct ScreenPlanner;

#[async_trait]
impl QueryPlanner for ScreenPlanner {
    async fn create_physical_plan(
        &self,
        plan: &LogicalPlan,
        session: &dyn Session,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let planner = DefaultPhysicalPlanner::with_extension_planners(vec![Arc::new(ScreenStep)]);
        planner.create_physical_plan(plan, session).await
    }
}

struct ScreenStep;

#[async_trait]
impl ExtensionPlanner for ScreenStep {
    async fn plan_extension(
        &self,
        _: &dyn PhysicalPlanner,
        node: &dyn UserDefinedLogicalNode,
        _: &[&LogicalPlan],
        inputs: &[Arc<dyn ExecutionPlan>],
        _: &dyn Session,
        _: &PhysicalPlanningContext,
    ) -> Result<Option<Arc<dyn ExecutionPlan>>> {
        let Some(node) = node.as_any().downcast_ref::<ScreenNode>() else { return Ok(None) };
        let [input] = inputs else {
            return Err(DataFusionError::Internal("Screen has one input".to_owned()));
        };
        let step = Arc::new(node.screen.clone());
        Ok(Some(Arc::new(StepExec::new(step, Arc::clone(input)))))
    }
}
