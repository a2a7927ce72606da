//! Erasing personal data is itself an act with a record, which says whose numbers lost theirs.
//! A check remarks on personal data that is gone without such a record.

use serde_json::{Value, json};

use crate::act::{Outcome, Record};
use crate::details::{Details, DetailsError};

/// The action of a record that says that personal data of earlier records was erased.
pub const ERASED: &str = "personal.erase";

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

/// Numbers of records whose personal data is gone, as ranges; records that never had any may lie within.
#[derive(Default)]
pub(crate) struct Gone {
    ranges: Vec<(i64, i64)>,
    /// Whether the last range still grows: no record with its personal data came since.
    open: bool,
}

impl Gone {
    pub(crate) fn is_gone(&mut self, seq: i64) {
        match self.ranges.last_mut().filter(|_| self.open) {
            Some((_, to)) => *to = seq,
            None => self.ranges.push((seq, seq)),
        }
        self.open = true;
    }

    pub(crate) fn is_there(&mut self) {
        self.open = false;
    }

    /// `from` to `to` were erased, says a later record.
    pub(crate) fn explain(&mut self, from: i64, to: i64) {
        let ranges = std::mem::take(&mut self.ranges);
        self.open = false;
        for (first, last) in ranges {
            let before = (first, last.min(from.saturating_sub(1)));
            let after = (first.max(to.saturating_add(1)), last);
            let left = if from > to { vec![(first, last)] } else { vec![before, after] };
            self.ranges.extend(left.into_iter().filter(|(first, last)| first <= last));
        }
    }

    pub(crate) fn unexplained(self) -> Vec<(i64, i64)> {
        self.ranges
    }
}
