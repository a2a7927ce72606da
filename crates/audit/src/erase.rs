//! Erasing personal data is itself an act with a record, which says whose numbers lost theirs.
//! A check remarks on personal data that is gone without such a record.

use serde_json::{Value, json};

use crate::act::{Outcome, Record};
use crate::details::{Details, DetailsError};

/// The action of a record that says that personal data of earlier records was erased.
pub const ERASED: &str = "person.erase";

/// The details of such a record: the ranges of numbers (first and last of each), and why.
///
/// # Errors
/// Never, as long as the details of records may be texts and whole numbers.
pub fn erasure(ranges: &[(i64, i64)], reason: &str) -> Result<Details, DetailsError> {
    let ranges: Vec<Value> = ranges.iter().map(|(from, to)| json!([from, to])).collect();
    Details::new(&json!({ "reason": reason, "records": ranges }))
}

/// The ranges that `record` says it erased; empty when it is not about that.
pub fn erased_ranges(record: &Record) -> Vec<(i64, i64)> {
    if record.act.action != ERASED || record.act.outcome != Outcome::Done {
        return Vec::new();
    }
    let details = record.act.details.value();
    let ranges = details.as_ref().and_then(|details| details.get("records")?.as_array());
    let ends = |range: &Value| Some((range.get(0)?.as_i64()?, range.get(1)?.as_i64()?));
    ranges.into_iter().flatten().filter_map(ends).collect()
}
