//! Titles held now or formerly, whether they are all, and which are known not to be held.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanBuilder, Date32Builder, StringBuilder};
use arrow::error::ArrowError;
use population::Special;

use crate::records::{records, values};
use crate::registers::Held;

#[derive(Default)]
pub(super) struct Titles {
    lengths: Vec<usize>,
    programme: StringBuilder,
    from: Date32Builder,
    to: Date32Builder,
    complete: BooleanBuilder,
    denied_lengths: Vec<usize>,
    denied: StringBuilder,
}

impl Titles {
    pub fn push(&mut self, held: &[Held<'_>], complete: bool, denied: &[&str]) {
        for title in held {
            self.programme.append_value(title.programme);
            self.from.append_value(title.from);
            self.to.append_option(title.to);
        }
        self.lengths.push(held.len());
        self.complete.append_value(complete);
        denied.iter().for_each(|id| self.denied.append_value(id));
        self.denied_lengths.push(denied.len());
    }

    pub fn finish(mut self) -> Result<Vec<(Special, ArrayRef)>, ArrowError> {
        let parts: Vec<ArrayRef> = vec![
            Arc::new(self.programme.finish()),
            Arc::new(self.from.finish()),
            Arc::new(self.to.finish()),
        ];
        let denied = Arc::new(self.denied.finish());
        let denied = values(&Special::TitlesDenied.data_type(), self.denied_lengths, denied)?;
        Ok(vec![
            (Special::Titles, records(&Special::Titles.data_type(), self.lengths, parts)?),
            (Special::TitlesComplete, Arc::new(self.complete.finish())),
            (Special::TitlesDenied, denied),
        ])
    }
}
