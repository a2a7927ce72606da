//! One block of rows through the plan. Mirrors the evaluator of `rules` file by file.

mod amounts;
mod answers;
mod choice;
mod compare;
mod events;
mod exact;
mod founding;
mod input;
mod judged;
mod missing;
mod numbers;
mod points;
mod short;
mod tests;
mod titles;

use crate::bits::Bits;
use crate::lanes::Lanes;
use crate::plan::{Number, Plan, Step};
use crate::prepared::Prepared;
use crate::truths::Truths;
use amounts::Amounts;
pub(crate) use amounts::Side;
use choice::Chosen;
use events::Events;
pub(crate) use founding::{FoundedAfter, founded_after};
pub(crate) use input::Input;
use judged::Judged;
pub(crate) use missing::Fields;
use points::PointsRow;
use short::Shorts;
use titles::Held;

/// The values of a plan for one block, kept from block to block to spare the allocations.
pub(crate) struct Values {
    pub lanes: Lanes,
    numbers: Vec<Amounts>,
    tests: Vec<Truths>,
    points: Vec<Option<PointsRow>>,
    shorts: Vec<Shorts>,
    classes: Vec<Chosen>,
    titles: Vec<Held>,
    events: Events,
    judged: Judged,
    /// Room for sums of several.
    spare: [Amounts; 2],
}

/// What the block's rows are read from, and what is known about the plan beforehand.
#[derive(Clone, Copy)]
pub(crate) struct Block<'a> {
    pub plan: &'a Plan,
    pub prepared: &'a Prepared,
    pub input: &'a Input<'a>,
    pub start: usize,
    pub len: usize,
    /// The rows of the block that there are.
    pub live: Bits,
    /// By year: the rows whose subject was founded after it.
    pub founded_after: &'a FoundedAfter,
    /// Shortfalls and the work list are wanted too.
    pub full: bool,
}

impl Values {
    pub fn new(plan: &Plan) -> Self {
        Self {
            lanes: Lanes::default(),
            numbers: plan.numbers.iter().map(Amounts::new).collect(),
            tests: vec![Truths::NONE; plan.tests.len()],
            points: plan.points.iter().map(|_| None).collect(),
            shorts: plan.shorts.iter().map(|_| Shorts::default()).collect(),
            classes: plan.classes.iter().map(|_| Chosen::default()).collect(),
            titles: vec![Held::default(); plan.titles.len()],
            events: Events::new(plan.events.len()),
            judged: Judged::new(plan.judged.len()),
            spare: [Amounts::new(&Number::Undefined), Amounts::new(&Number::Undefined)],
        }
    }

    /// Computes every step for a block.
    pub fn compute(&mut self, block: &Block<'_>) {
        titles::read(block, &mut self.titles);
        self.events.read(block);
        self.judged.read(block);
        for step in &block.plan.steps {
            match *step {
                Step::Number(id) => self.number(block, id),
                Step::Test(id) => self.test(block, id),
                Step::Points(id) => self.points(block, id),
                Step::Short(id) if block.full => self.short(block, id),
                Step::Short(_) => {}
                Step::Class(id) => self.class(block, id),
            }
        }
    }

    fn truths(&self, id: usize) -> &Truths {
        const NONE: &Truths = &Truths::NONE;
        self.tests.get(id).unwrap_or(NONE)
    }

    fn won(&self, id: usize) -> Option<&PointsRow> {
        self.points.get(id)?.as_ref()
    }
}
