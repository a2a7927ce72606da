//! Lists of events that were declared complete for a time that ended before the day of the verdicts.
//! What happened since is not known, so that nothing that asks for events can be told of them.

use std::collections::BTreeMap;

use crate::day::{day_number, day_of};
use crate::shape::Shape;
use crate::special::Special;
use arrow::array::{Array as _, AsArray as _, RecordBatch};
use arrow::datatypes::Date32Type;
use enterprise::Facts;
use jiff::civil::Date;

/// Subjects with such declarations, by the day with which they end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outdated(BTreeMap<i32, u64>);

impl Outdated {
    /// How many subjects.
    pub fn subjects(&self) -> u64 {
        self.0.values().sum()
    }

    /// The last day that is covered for most of them: on that day they can be judged. Of equally many
    /// the later one.
    pub fn day(&self) -> Option<Date> {
        let most = self.0.iter().max_by_key(|(day, subjects)| (**subjects, **day));
        most.and_then(|(day, _)| day_of(*day))
    }

    /// Adds the subjects of a canonical batch, judged on this day.
    pub fn batch(&mut self, shape: &Shape, canonical: &RecordBatch, as_of: Date) {
        let as_of = day_number(as_of);
        let list = shape.column(Special::Complete).and_then(|at| canonical.columns().get(at));
        let Some(list) = list.and_then(|list| list.as_list_opt::<i32>()) else { return };
        let until = list.values().as_struct_opt().and_then(|own| own.column_by_name("until"));
        let Some(until) = until.and_then(|own| own.as_primitive_opt::<Date32Type>()) else {
            return;
        };
        for (row, ends) in list.value_offsets().windows(2).enumerate() {
            let [start, end] = ends else { continue };
            let (Ok(start), Ok(end)) = (usize::try_from(*start), usize::try_from(*end)) else {
                continue;
            };
            let days = (start..end).filter(|place| until.is_valid(*place));
            let last = days.map(|place| until.value(place)).max().filter(|_| list.is_valid(row));
            self.count(last, as_of);
        }
    }

    /// Adds one subject, judged on this day.
    pub fn subject(&mut self, facts: &Facts, as_of: Date) {
        let last = facts.complete.iter().map(|declared| declared.until).max();
        self.count(last.map(day_number), day_number(as_of));
    }

    fn count(&mut self, last: Option<i32>, as_of: i32) {
        if let Some(last) = last.filter(|last| *last < as_of) {
            *self.0.entry(last).or_default() += 1;
        }
    }

    /// Adds other subjects.
    pub fn merge(&mut self, other: &Self) {
        for (day, subjects) in &other.0 {
            *self.0.entry(*day).or_default() += subjects;
        }
    }
}
