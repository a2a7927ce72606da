//! Numbers that were left out so far, as ranges. A number that comes late is taken out again.

use std::collections::BTreeMap;

#[derive(Default)]
pub(crate) struct Gaps(BTreeMap<i64, i64>);

impl Gaps {
    pub(crate) fn add(&mut self, from: i64, to: i64) {
        self.0.insert(from, to);
    }

    /// Whether `seq` was left out; it is not any more.
    pub(crate) fn fill(&mut self, seq: i64) -> bool {
        let Some((&from, &to)) = self.0.range(..=seq).next_back().filter(|(_, to)| **to >= seq)
        else {
            return false;
        };
        self.0.remove(&from);
        if from < seq {
            self.0.insert(from, seq - 1);
        }
        if seq < to {
            self.0.insert(seq + 1, to);
        }
        true
    }

    pub(crate) fn left(self) -> impl Iterator<Item = (i64, i64)> {
        self.0.into_iter()
    }
}
