//! What people answer when they are asked for one value: read like a cell of a table, by the same rules.

use enterprise::{Indicator, Problem, Uscc, Value, uscc_problem};
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

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

/// The unified social credit code that somebody wrote.
///
/// # Errors
/// What is wrong with it, down to the character.
pub fn spoken_code(text: &str) -> Result<Uscc, Box<Problem>> {
    let text: String = text.nfkc().filter(|character| !character.is_whitespace()).collect();
    text.to_ascii_uppercase().parse().map_err(|error| Box::new(uscc_problem(&text, &error)))
}
