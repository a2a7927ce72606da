//! Relations to other firms.

use std::sync::Arc;

use arrow::array::{ArrayRef, StringBuilder};
use arrow::error::ArrowError;
use population::Special;

use crate::records::records;

#[derive(Default)]
pub(super) struct Relations {
    lengths: Vec<usize>,
    kind: StringBuilder,
    other: StringBuilder,
}

impl Relations {
    /// The code of another firm, and whether it is controlled or only of the same group.
    pub fn push(&mut self, related: Option<(String, bool)>) {
        self.lengths.push(usize::from(related.is_some()));
        if let Some((other, controls)) = related {
            self.kind.append_value(if controls { "controls" } else { "same-group" });
            self.other.append_value(other);
        }
    }

    pub fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let parts: Vec<ArrayRef> =
            vec![Arc::new(self.kind.finish()), Arc::new(self.other.finish())];
        records(&Special::Relations.data_type(), self.lengths, parts)
    }
}
