//! What is asked of a plan and what a plan says. Values only: words for them are another crate's
//! business.

use std::sync::Arc;

use enterprise::{FactKey, Facts, Indicator, Text, Value};
use jiff::civil::Date;

use crate::amount::{Missing, Pending};
use crate::carry::Carry;
use crate::condition::Operator;
use crate::criterion::Criterion;
use crate::programme::{Programme, Purpose, Round};
use crate::score::{Points, ScoreItem};
use crate::verdict::{Answer, ConditionResult};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The day on which the plan is made: fiscal years that ended before it are closed.
    pub today: Date,
    /// The day on which the programme is to be passed; by default the last day of the round that is
    /// open or comes next, else the end of the year of `today`.
    pub target: Option<Date>,
    /// The last fiscal year on the target day; by default as in an evaluation.
    pub base_year: Option<i16>,
    /// The purpose; by default as in an evaluation on the target day.
    pub purpose: Option<Purpose>,
    /// How many plans are wanted beside the best one.
    pub alternatives: usize,
}

/// What can be done about one programme by a day.
#[derive(Debug, Clone)]
pub struct Planning<'r> {
    /// The programme.
    pub programme: &'r Programme,
    /// The day on which the plan is made.
    pub today: Date,
    /// The day on which it is to be passed.
    pub target: Date,
    /// How the day was chosen.
    pub target_because: TargetBecause<'r>,
    /// What the verdict would be on the target day if nothing but time passed.
    pub unchanged: Answer<'r>,
    /// What was taken for granted between today and the target day.
    pub carried: Vec<Carry>,
    /// The result.
    pub reach: Reach<'r>,
}

/// How the target day was chosen.
#[derive(Debug, Clone, Copy)]
pub enum TargetBecause<'r> {
    /// The wish named it.
    Asked,
    /// It is the last day of this round.
    Round(&'r Round),
    /// No round is open or known to come: the end of the year.
    EndOfYear,
}

/// What can be reached by the target day.
#[derive(Debug, Clone)]
pub enum Reach<'r> {
    /// No version is in force for the purpose on the day; see the answer.
    NoVersion,
    /// The criteria are not public: nobody can plan for them.
    NotPublic,
    /// The best plan first, then others that differ in what they touch. A plan without steps says
    /// that nothing has to change.
    Plans(Vec<Plan<'r>>),
    /// Not by then, whatever is done.
    NotByThen {
        /// What stands in the way.
        obstacles: Vec<Obstacle<'r>>,
        /// The first later day on which a plan passes, if there is one within the law that is known.
        earliest: Option<Box<Later<'r>>>,
        /// Whether it is proven that nothing passes on the day; else only nothing was found.
        proven: bool,
        /// The last day that was looked at.
        looked_until: Date,
    },
}

/// What stands in the way of every plan.
#[derive(Debug, Clone)]
pub enum Obstacle<'r> {
    /// This criterion cannot be brought to pass by the day.
    Criterion {
        /// The criterion.
        criterion: &'r Criterion,
        /// The tests in it that fail and that nothing can change by then.
        tests: Vec<ConditionResult<'r>>,
    },
    /// The score cannot reach its mark.
    Score {
        /// The most points that can be reached.
        most: Points,
        /// The points that are needed.
        needed: Points,
    },
    /// Each criterion could be brought to pass, but not all of them together.
    Together,
}

/// A day later than the one that was asked for, and the plans for it.
#[derive(Debug, Clone)]
pub struct Later<'r> {
    /// The day.
    pub day: Date,
    /// What the verdict would be then if nothing but time passed.
    pub unchanged: Answer<'r>,
    /// What was taken for granted until then.
    pub carried: Vec<Carry>,
    /// The plans, best first.
    pub plans: Vec<Plan<'r>>,
}

/// One set of changes under which the measurable part passes.
#[derive(Debug, Clone)]
pub struct Plan<'r> {
    /// What to change, in file order of the criteria that they serve.
    pub steps: Vec<Step<'r>>,
    /// Titles that have to be won, or renewed, before the day.
    pub titles: Vec<TitleStep<'r>>,
    /// Tests that nobody can tell yet and that have to come out well.
    pub trusted: Vec<Trusted<'r>>,
    /// What a person or an outside system still has to say on the day.
    pub pending: Vec<Missing>,
    /// Values that the law gives no meaning on the day, so that a person has to decide.
    pub undefined: Vec<Undefined<'r>>,
    /// Judgements that stand against the firm and would have to be made anew.
    pub overruled: Vec<&'r Criterion>,
    /// The catalogue's weights of the indicators touched.
    pub effort: u64,
    /// The relative amounts of all steps together, in parts per million.
    pub relative: u64,
    /// Whether it is proven that none needs fewer titles, less on trust or less effort.
    pub proven: bool,
    /// The facts with the plan carried out.
    pub facts: Facts,
    /// The answer on the day with the plan carried out.
    pub answer: Answer<'r>,
}

/// One change.
#[derive(Debug, Clone)]
pub struct Step<'r> {
    /// The fact to change.
    pub key: FactKey,
    /// Its indicator.
    pub indicator: Arc<Indicator>,
    /// What stands there on the day if nothing is done.
    pub from: Value,
    /// The fiscal year whose value `from` repeats, where the year is not closed yet.
    pub carried_from: Option<i16>,
    /// What it has to come to.
    pub to: Value,
    /// Whether `to` is the least that is needed, the most that is allowed, or needed exactly.
    pub bound: Operator,
    /// Whether going further needs other steps to go further too.
    pub tied: bool,
    /// The last day for it: the end of its fiscal year, or the target day if that is earlier.
    pub by: Date,
    /// What it is for, in file order.
    pub serves: Vec<Serves<'r>>,
}

/// What a step is for.
#[derive(Debug, Clone)]
pub enum Serves<'r> {
    /// A criterion that would not be met without it.
    Criterion(&'r Criterion),
    /// A part of it that would outgrow it.
    Part(Arc<Indicator>),
    /// Points of an item that would be missing without it.
    Item {
        /// The item.
        item: &'r ScoreItem,
        /// Its points with the plan but without this step.
        from: Points,
        /// Its points with the whole plan.
        to: Points,
    },
}

/// What a person has to decide because a value has no meaning: a divisor of zero, a year before the
/// founding.
#[derive(Debug, Clone)]
pub struct Undefined<'r> {
    /// The criterion or the item.
    pub label: &'r Text,
    /// Why.
    pub reasons: Vec<Pending>,
}

/// A title that has to be held on the day.
#[derive(Debug, Clone)]
pub struct TitleStep<'r> {
    /// The programme.
    pub programme: String,
    /// The criterion that asks for it; none if only the score does.
    pub criterion: Option<&'r Criterion>,
    /// The last day of the title that is held today and ends before the target day.
    pub held_until: Option<Date>,
}

/// A test that nobody can tell for lack of data and that has to come out well.
#[derive(Debug, Clone)]
pub struct Trusted<'r> {
    /// The criterion that it belongs to, unless it is part of the score.
    pub criterion: Option<&'r Criterion>,
    /// The item of the score that it belongs to.
    pub item: Option<&'r ScoreItem>,
    /// The points that the item needs, if it is one.
    pub points: Option<Points>,
    /// The test with what it lacks; none for an item as a whole.
    pub test: Option<ConditionResult<'r>>,
    /// Whether it has to come out met; else not met.
    pub to_met: bool,
}
