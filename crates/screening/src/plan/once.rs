//! A list in which equal things stand once.

use std::collections::HashMap;
use std::hash::Hash;

/// Things by their keys, each once, in order of first use.
#[derive(Debug)]
pub(crate) struct Once<T> {
    list: Vec<T>,
    places: HashMap<T, usize>,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { list: Vec::new(), places: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Once<T> {
    /// The place of a thing, and whether it is new.
    pub fn place(&mut self, thing: T) -> (usize, bool) {
        if let Some(place) = self.places.get(&thing) {
            return (*place, false);
        }
        let place = self.list.len();
        self.list.push(thing.clone());
        self.places.insert(thing, place);
        (place, true)
    }

    pub fn get(&self, place: usize) -> Option<&T> {
        self.list.get(place)
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.list.iter()
    }
}
