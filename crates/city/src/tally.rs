//! How many there are of what, counted as rows are made.

use std::collections::BTreeMap;

use crate::ranks::EntityKind;

/// How many there are of what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entities by kind.
    pub kinds: BTreeMap<EntityKind, u64>,
    /// Enterprises by district code.
    pub districts: BTreeMap<String, u64>,
    /// Firms by title: those that hold it, and those that did.
    pub titles: BTreeMap<String, (u64, u64)>,
    /// Firms that stand on an edge.
    pub on_edges: u64,
}

impl Tally {
    /// One more firm holds a title, or did.
    pub(crate) fn title(&mut self, programme: &str, holds: bool) {
        if !self.titles.contains_key(programme) {
            self.titles.insert(programme.to_owned(), (0, 0));
        }
        if let Some((current, former)) = self.titles.get_mut(programme) {
            *(if holds { current } else { former }) += 1;
        }
    }

    /// Both together.
    pub fn add(&mut self, other: Self) {
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        for (district, count) in other.districts {
            *self.districts.entry(district).or_default() += count;
        }
        for (title, (current, former)) in other.titles {
            let both = self.titles.entry(title).or_default();
            both.0 += current;
            both.1 += former;
        }
        self.on_edges += other.on_edges;
    }
}
