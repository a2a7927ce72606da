//! The seals of a check: each by itself, each after the one before, and those that wait for the record
//! that they end with. Keeps a few bytes for each day.

use std::collections::BTreeMap;

use crypto::MacRing;
use jiff::civil::Date;

use crate::append::Head;
use crate::hash::Hash;
use crate::mark::Mark;
use crate::problem::Problem;
use crate::seal::DaySeal;

pub(crate) struct Seals<'k> {
    macs: Option<&'k MacRing>,
    pub(crate) count: u64,
    before: Option<DaySeal>,
    /// Whether the seal before is not as it was made or could not be read: it is named already, and
    /// nothing can be said about what follows it.
    doubt: bool,
    waiting: BTreeMap<i64, Vec<(Date, Hash)>>,
    /// Whether the seal before did not fit its record: a chain that was written anew stays so.
    unfit: bool,
}

impl<'k> Seals<'k> {
    pub(crate) fn new(macs: Option<&'k MacRing>) -> Self {
        Self { macs, count: 0, before: None, doubt: false, waiting: BTreeMap::new(), unfit: false }
    }

    /// The next seal, while the check starts after `start` and has come to record `top`.
    pub(crate) fn push(&mut self, seal: &DaySeal, start: &Head, top: i64) -> Vec<Problem> {
        self.count += 1;
        let mut problems = Vec::new();
        let tag = self.tag(seal);
        let trusted = !matches!(tag, Some(Problem::SealAltered { .. }));
        problems.extend(tag);
        if trusted {
            // All seals come first.
            if top > start.seq || !self.follows(seal) {
                problems.push(Problem::SealOutOfPlace { day: seal.day });
            }
            if seal.last == start.seq {
                problems.extend(self.compare(seal.day, seal.hash, seal.last, start.hash));
            } else if seal.last > top {
                self.waiting.entry(seal.last).or_default().push((seal.day, seal.hash));
            }
        }
        self.before = Some(seal.clone());
        self.doubt = !trusted;
        problems
    }

    fn tag(&self, seal: &DaySeal) -> Option<Problem> {
        let (day, macs) = (seal.day, self.macs?);
        let Some(mac) = macs.named(&seal.mac) else {
            return Some(Problem::SealKey { day, name: seal.mac.clone() });
        };
        match seal.fits(mac) {
            Ok(true) => None,
            Ok(false) => Some(Problem::SealAltered { day }),
            Err(why) => Some(Problem::SealUnchecked { day, why: why.0 }),
        }
    }

    /// Something could not be read; it may have been a seal.
    pub(crate) fn unreadable(&mut self) {
        self.doubt = true;
    }

    /// The seals that there are are held against what is said of them.
    pub(crate) fn marked(&self, mark: &Mark, unreadable: i64) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.macs.is_some_and(|macs| mark.fits(macs) != Ok(true)) {
            return vec![Problem::MarkAltered];
        }
        if mark.begun_after > 0 {
            problems.push(Problem::MarkLate { after: mark.begun_after });
        }
        let found = i64::try_from(self.count).unwrap_or(i64::MAX).saturating_add(unreadable);
        if found != mark.seals {
            problems.push(Problem::SealsMissing { made: mark.seals, found });
        } else if !self.doubt
            && self.before.as_ref().map_or(Hash::NONE, |seal| seal.tag) != mark.last
        {
            problems.push(Problem::LastSeal);
        }
        problems
    }

    fn follows(&self, seal: &DaySeal) -> bool {
        let (tag, last, day) = match &self.before {
            Some(before) => (before.tag, before.last, Some(before.day)),
            None => (Hash::NONE, 0, None),
        };
        self.doubt
            || seal.previous == tag
                && seal.last >= last
                && seal.count == seal.last.saturating_sub(last)
                && day.is_none_or(|day| seal.day > day)
    }

    /// The record `seq` came by, unaltered, and its hash is `found`.
    pub(crate) fn arrived(&mut self, seq: i64, found: Hash) -> Vec<Problem> {
        let waiting = self.waiting.remove(&seq).unwrap_or_default();
        let compare = |(day, hash)| self.compare(day, hash, seq, found);
        waiting.into_iter().filter_map(compare).collect()
    }

    fn compare(&mut self, day: Date, hash: Hash, last: i64, found: Hash) -> Option<Problem> {
        let already = std::mem::replace(&mut self.unfit, found != hash);
        (self.unfit && !already).then_some(Problem::Rewritten { day, last })
    }

    /// The last record that the seals so far cover.
    pub(crate) fn covered(&self) -> i64 {
        self.before.as_ref().map_or(0, |seal| seal.last)
    }

    /// The last record that seals say there was, when it did not come by.
    pub(crate) fn promised(&self) -> i64 {
        self.waiting.last_key_value().map_or(0, |(last, _)| *last)
    }

    /// Whether the tags could not be checked at all.
    pub(crate) fn without_key(&self) -> bool {
        self.macs.is_none() && self.count > 0
    }
}
