//! Which enterprises a file has already named, in 20 bytes each. Knows codes only, no facts.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use enterprise::{Uscc, packed_code};

/// Codes with the sheet and the row or document that named them first.
#[derive(Default)]
pub(crate) struct Seen {
    first: HashMap<[u32; 3], (u16, u32)>,
    /// The sheets so far, the present one last.
    sheets: Vec<String>,
}

/// Where somebody was named first: the sheet, if it is another one, and the row or document.
pub(crate) type First<'s> = (Option<&'s str>, u64);

impl Seen {
    /// What follows stands on this sheet.
    pub(crate) fn begin_sheet(&mut self, name: &str) {
        self.sheets.push(name.to_owned());
    }

    /// Notes that `row` names `uscc`; returns where somebody did so before, if anybody did.
    pub(crate) fn note(&mut self, uscc: &Uscc, row: u64) -> Option<First<'_>> {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let sheet = u16::try_from(self.sheets.len()).unwrap_or(u16::MAX);
        match self.first.entry(packed_code(uscc.as_str())) {
            Entry::Occupied(first) => {
                let (on, row) = *first.get();
                let other = usize::from(on).checked_sub(1).filter(|_| on != sheet);
                let other = other.and_then(|place| self.sheets.get(place)).map(String::as_str);
                Some((other, u64::from(row)))
            }
            Entry::Vacant(place) => {
                place.insert((sheet, row));
                None
            }
        }
    }
}
