//! Numbers of records as ranges, so that many take little room: those left out, those whose personal
//! data is gone.

use std::collections::BTreeMap;

/// More ranges are not kept: the last one grows instead, over numbers that do not belong to it.
const MOST: usize = 1_000_000;

#[derive(Default)]
pub(crate) struct Ranges(BTreeMap<i64, i64>);

impl Ranges {
    /// `from` to `to`, none of which is there; what comes in order takes the least room.
    pub(crate) fn add(&mut self, from: i64, to: i64) {
        let full = self.0.len() >= MOST;
        match self.0.last_entry() {
            Some(mut last) if full || last.get().saturating_add(1) == from => {
                let end = to.max(*last.get());
                last.insert(end);
            }
            _ => {
                self.0.insert(from, to);
            }
        }
    }

    /// Takes out `from` to `to`; whether any of them was there.
    pub(crate) fn remove(&mut self, from: i64, to: i64) -> bool {
        let mut any = false;
        while let Some((&first, &last)) =
            self.0.range(..=to).next_back().filter(|(_, last)| **last >= from && from <= to)
        {
            any = true;
            self.0.remove(&first);
            if to < last {
                self.0.insert(to.saturating_add(1), last);
            }
            if first < from {
                self.0.insert(first, from.saturating_sub(1));
            }
        }
        any
    }

    pub(crate) fn into_iter(self) -> impl Iterator<Item = (i64, i64)> {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn ranges_hold_what_a_set_holds(
            added in prop::collection::vec((1..5_i64, 0..5_i64), 0..8),
            removed in prop::collection::vec((0..40_i64, -2..9_i64), 0..8),
        ) {
            let (mut ranges, mut set, mut end) = (Ranges::default(), BTreeSet::new(), 0);
            for (gap, longer) in added {
                let (from, to) = (end + gap, end + gap + longer);
                ranges.add(from, to);
                set.extend(from..=to);
                end = to;
            }
            for (from, longer) in removed {
                let before = set.len();
                set.retain(|number| !(from..=from + longer).contains(number));
                prop_assert_eq!(ranges.remove(from, from + longer), set.len() < before);
            }
            let left: BTreeSet<i64> = ranges.into_iter().flat_map(|(from, to)| from..=to).collect();
            prop_assert_eq!(left, set);
        }
    }
}
