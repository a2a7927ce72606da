//! Lists of events that end before the day of the verdicts, as screenings and simulations tell them.

use engine::Outdated;
use schemars::JsonSchema;
use serde::Serialize;

/// Subjects whose lists of events end before the day, so that nothing that asks for events can be told
/// of them.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "EventsOutdated")]
pub(super) struct OutdatedView {
    subjects: u64,
    /// The last day that is covered for most of them.
    until: String,
}

impl OutdatedView {
    pub fn of(outdated: &Outdated) -> Option<Self> {
        let until = outdated.day()?.to_string();
        Some(Self { subjects: outdated.subjects(), until })
    }
}
