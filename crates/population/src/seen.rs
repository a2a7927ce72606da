//! Who a population has named already, in a few bytes each.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use enterprise::packed_code;

/// Subjects with the place that named them first; what a place is, the caller knows.
#[derive(Debug, Default)]
pub struct Seen {
    codes: HashMap<[u32; 3], u64>,
    ids: HashMap<String, u64>,
}

impl Seen {
    /// Notes a subject by its id, else by its code; returns the place that named it before, if any. A
    /// subject with neither is not noted.
    pub fn note(&mut self, code: Option<&str>, id: Option<&str>, place: u64) -> Option<u64> {
        match (id, code) {
            (Some(id), _) => first(self.ids.entry(id.to_owned()), place),
            (None, Some(code)) => first(self.codes.entry(packed_code(code)), place),
            (None, None) => None,
        }
    }
}

fn first<K>(entry: Entry<'_, K, u64>, place: u64) -> Option<u64> {
    match entry {
        Entry::Occupied(first) => Some(*first.get()),
        Entry::Vacant(free) => {
            free.insert(place);
            None
        }
    }
}
