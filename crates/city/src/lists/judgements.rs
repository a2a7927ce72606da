//! Decisions of persons.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanBuilder, Date32Builder, StringBuilder};
use arrow::error::ArrowError;
use enterprise::JudgedCriterion;
use population::Special;

use crate::records::records;

/// Who decided: nobody.
const BY: &str = "示例评审员";

#[derive(Default)]
pub(super) struct Judgements {
    lengths: Vec<usize>,
    owner: StringBuilder,
    criterion: StringBuilder,
    met: BooleanBuilder,
    by: StringBuilder,
    on: Date32Builder,
    note: StringBuilder,
}

impl Judgements {
    pub fn push(&mut self, criteria: &[JudgedCriterion], found: &[(bool, i32)]) {
        self.lengths.push(found.len());
        for (criterion, (met, day)) in criteria.iter().zip(found) {
            self.owner.append_value(&criterion.owner);
            self.criterion.append_value(&criterion.criterion);
            self.met.append_value(*met);
            self.by.append_value(BY);
            self.on.append_value(*day);
            self.note.append_null();
        }
    }

    pub fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let parts: Vec<ArrayRef> = vec![
            Arc::new(self.owner.finish()),
            Arc::new(self.criterion.finish()),
            Arc::new(self.met.finish()),
            Arc::new(self.by.finish()),
            Arc::new(self.on.finish()),
            Arc::new(self.note.finish()),
        ];
        records(&Special::Judgements.data_type(), self.lengths, parts)
    }
}
