//! What the law says, and what it says about one subject.
//!
//! [`evaluate()`] takes a [`Rulebook`], a [`Programme`], one subject's facts and a [`Question`], and
//! answers with a verdict and its whole explanation: every criterion, every operand, every
//! threshold with its source. It is the specification of Tidu: faster evaluators must agree with it.
//! No files, no clock, no floating point, no programme by name.

mod amount;
mod carry;
mod classification;
mod codes;
mod condition;
mod context;
mod criterion;
mod cross_check;
mod evaluate;
mod exact;
pub mod forecast;
mod grant;
pub mod inquiry;
pub mod needs;
pub mod plan;
mod prerequisites;
mod programme;
mod provenance;
mod quantity;
mod range;
mod relative;
mod rulebook;
mod rung;
mod score;
mod shortfall;
mod summary;
mod test_condition;
mod test_score;
mod truth;
mod turn;
mod verdict;

pub use amount::{Amount, LackOrder, Lacking, Missing, Number, Pending};
pub use carry::{Carried, Carry, carry_over};
pub use classification::{Classification, Grouped, IndustryGroup, Metric};
pub use codes::{CodeEntry, CodeTable};
pub use condition::{
    Comparison, Condition, ElapsedUnit, FactRef, Happened, Holds, Limit, Measure, Member, Operator,
    Quantity, Until, Width, Window,
};
pub use criterion::{Body, Criterion, Group};
pub use cross_check::{Discrepancy, cross_check};
pub use evaluate::{Governing, Question, classify, evaluate, governing, title_held};
pub use exact::Exact;
pub use programme::{
    Applies, Assume, Benefit, Ladder, Material, Programme, Provision, Purpose, Round, Stage,
    Standing, Version,
};
pub use provenance::{Citation, Document, Status};
pub use range::{Range, TooWide, range, width};
pub use relative::relative_shortfall;
pub use rulebook::{Rulebook, SEMANTICS};
pub use score::{Band, Entry, Mark, Points, Scale, ScoreGroup, ScoreItem, ScoreTable, Side};
pub use shortfall::Nearest;
pub use test_condition::complete_until;
pub use truth::{Truth, Why};
pub use turn::{Turn, ways_to_turn};
pub use verdict::{
    Answer, Assessment, BenefitResult, Classified, Compared, ConditionResult, CriterionResult,
    Distance, Finding, GroupResult, ItemResult, Operand, Origin, Outcome, Path, Population,
    PurposeBecause, ScaleFinding, ScoreResult, Test, Verdict,
};
