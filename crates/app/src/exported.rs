//! What is taken out of the platform: rows, and the line that names who took them. Which file is made of it is not
//! said here.

use std::collections::BTreeSet;

use access::{Watermark, Words};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use crate::caller::Caller;

/// What an export has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exported<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// What stands on every page of it.
    pub watermark: Words<String>,
    /// The number of the audit record.
    pub record: i64,
}

/// The line that names who took data out.
pub(crate) fn watermark(caller: &Caller, now: Timestamp, record: i64) -> Words<String> {
    let names: BTreeSet<&str> =
        caller.memberships.iter().map(|held| held.organisation_name.as_str()).collect();
    let organisation = names.into_iter().collect::<Vec<_>>().join("、");
    let at = now.to_zoned(TimeZone::fixed(Offset::constant(8)));
    let at = at.strftime("%Y-%m-%d %H:%M").to_string();
    Watermark { person: &caller.name, organisation: &organisation, at: &at, record }.text()
}
