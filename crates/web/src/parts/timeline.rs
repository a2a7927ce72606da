//! What happened or will happen when: days and periods, in order.

use askama::Template;
use jiff::civil::Date;

use super::Tone;
use crate::lang::Say;

/// A time line, in the order in which it is given.
#[derive(Template)]
#[template(path = "parts/timeline.html")]
pub(crate) struct Timeline {
    pub say: Say,
    /// The day on which it is looked at: what lies behind it is shown as past.
    pub today: Date,
    pub events: Vec<Event>,
}

/// A day or a period.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub from: Date,
    /// The last day of a period.
    pub until: Option<Date>,
    pub label: String,
    pub to: Option<String>,
    /// May be empty.
    pub note: String,
    pub tone: Tone,
}

impl Event {
    /// A day.
    pub fn on(day: Date, label: impl Into<String>, tone: Tone) -> Self {
        Self { from: day, until: None, label: label.into(), to: None, note: String::new(), tone }
    }

    fn is_over(&self, today: &Date) -> bool {
        self.until.unwrap_or(self.from) < *today
    }

    fn is_now(&self, today: &Date) -> bool {
        self.from <= *today && !self.is_over(today)
    }
}
