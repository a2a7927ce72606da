//! Evaluating firms, planning and telling ahead for them; recording an answer as a decision, and replaying a decision
//! years later.

mod answer;
mod ask_next;
mod evaluate_subject;
mod explain_subjects;
mod forecast_subjects;
mod judge_subjects;
mod plan_subjects;
mod record_decision;
mod replay_decision;

pub use answer::Asked;
pub use ask_next::ask_next;
pub use evaluate_subject::{Evaluated, evaluate_subject};
pub use explain_subjects::{Extent, MOST_EXPLANATIONS, explain_subjects};
pub use forecast_subjects::forecast_subjects;
pub use plan_subjects::{Planned, plan_subjects};
pub use record_decision::{list_decisions, record_decision, show_decision};
pub use replay_decision::{Replayed, replay_decision};
