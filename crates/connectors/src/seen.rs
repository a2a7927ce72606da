//! Which enterprises a file has already named, in 16 bytes each. Knows codes only, no facts.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use enterprise::{Uscc, packed_code};

/// Codes with the row or document that named them first.
#[derive(Default)]
pub(crate) struct Seen(HashMap<[u32; 3], u32>);

impl Seen {
    /// Notes that `row` names `uscc`; returns the row that did so before, if any.
    pub(crate) fn note(&mut self, uscc: &Uscc, row: u64) -> Option<u64> {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        match self.0.entry(packed_code(uscc.as_str())) {
            Entry::Occupied(first) => Some(u64::from(*first.get())),
            Entry::Vacant(place) => {
                place.insert(row);
                None
            }
        }
    }
}
