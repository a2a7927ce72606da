//! Evaluating a subject, recording the answer as a decision, and replaying a decision years later.

mod answer;
mod evaluate_subject;
mod record_decision;
mod replay_decision;

pub use answer::Asked;
pub use evaluate_subject::{Evaluated, evaluate_subject};
pub use record_decision::{list_decisions, record_decision, show_decision};
pub use replay_decision::{Replayed, replay_decision};
