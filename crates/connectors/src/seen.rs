//! Which enterprises a file has already named, in 16 bytes each. Knows codes only, no facts.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use enterprise::Uscc;

/// Codes with the row or document that named them first.
#[derive(Default)]
pub(crate) struct Seen(HashMap<[u32; 3], u32>);

impl Seen {
    /// Notes that `row` names `uscc`; returns the row that did so before, if any.
    pub(crate) fn note(&mut self, uscc: &Uscc, row: u64) -> Option<u64> {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        match self.0.entry(packed(uscc)) {
            Entry::Occupied(first) => Some(u64::from(*first.get())),
            Entry::Vacant(place) => {
                place.insert(row);
                None
            }
        }
    }
}

/// The first 17 characters in base 36 take 88 bits; the last one follows from them.
fn packed(uscc: &Uscc) -> [u32; 3] {
    let number = uscc.as_str().chars().take(17).fold(0u128, |number, character| {
        number.wrapping_mul(36).wrapping_add(u128::from(character.to_digit(36).unwrap_or(0)))
    });
    // Three truncating casts that together keep every bit.
    [number as u32, (number >> 32) as u32, (number >> 64) as u32]
}
