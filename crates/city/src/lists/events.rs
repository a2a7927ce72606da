//! Events, and of which kinds they are all there.

use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Builder, Int64Builder, StringBuilder};
use arrow::error::ArrowError;
use population::Special;

use crate::records::{part, records};
use crate::registers::{Complete, Happening};

#[derive(Default)]
pub(super) struct Events {
    lengths: Vec<usize>,
    kind: StringBuilder,
    day: Date32Builder,
    attributes: Vec<usize>,
    ids: StringBuilder,
    numbers: Int64Builder,
    complete: Vec<usize>,
    complete_kind: StringBuilder,
    complete_from: Date32Builder,
    complete_until: Date32Builder,
}

impl Events {
    pub fn push(&mut self, happened: Vec<Happening<'_>>, complete: &[Complete<'_>]) {
        self.lengths.push(happened.len());
        for event in happened {
            self.kind.append_value(event.kind);
            self.day.append_value(event.day);
            self.attributes.push(event.attributes.len());
            for (id, value) in event.attributes {
                self.ids.append_value(id);
                self.numbers.append_value(value);
            }
        }
        self.complete.push(complete.len());
        for kind in complete {
            self.complete_kind.append_value(kind.kind);
            self.complete_from.append_null();
            self.complete_until.append_value(kind.until);
        }
    }

    pub fn finish(mut self) -> Result<Vec<(Special, ArrayRef)>, ArrowError> {
        let events = Special::Events.data_type();
        let numbers: Vec<ArrayRef> =
            vec![Arc::new(self.ids.finish()), Arc::new(self.numbers.finish())];
        let attributes = records(&part(&events, "attributes")?, self.attributes, numbers)?;
        let parts: Vec<ArrayRef> =
            vec![Arc::new(self.kind.finish()), Arc::new(self.day.finish()), attributes];
        let complete: Vec<ArrayRef> = vec![
            Arc::new(self.complete_kind.finish()),
            Arc::new(self.complete_from.finish()),
            Arc::new(self.complete_until.finish()),
        ];
        let of_kinds = Special::Complete.data_type();
        Ok(vec![
            (Special::Events, records(&events, self.lengths, parts)?),
            (Special::Complete, records(&of_kinds, self.complete, complete)?),
        ])
    }
}
