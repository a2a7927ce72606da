//! What people answer when they are asked for one value: read like a cell of a table, by the same rules.

use enterprise::{Indicator, Problem, Value};
use jiff::civil::Date;

use crate::table::{Cell, date_in, value};

/// The value of `indicator` that somebody wrote; `None` if they wrote that they do not know it.
///
/// # Errors
/// Why it cannot be taken, and what to write instead.
pub fn spoken_value(indicator: &Indicator, text: &str) -> Result<Option<Value>, Box<Problem>> {
    value(indicator, &Cell::text(text), None)
}

/// The date that somebody wrote, in any of the usual ways.
pub fn spoken_date(text: &str) -> Option<Date> {
    date_in(text)
}
