//! The check: first the seals, then every record in order, then the head. Reads each once and keeps
//! little: a few bytes for each day, for each gap, and for each run of erased personal data.

use crypto::{Digest, MacRing};
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::act::Record;
use crate::append::{Head, Linked};
use crate::erase::erased_ranges;
use crate::hash::Hash;
use crate::instant::day_of;
use crate::mark::Mark;
use crate::problem::{Place, Problem};
use crate::ranges::Ranges;
use crate::remark::Remark;
use crate::report::{LISTED, Report};
use crate::seal::DaySeal;
use crate::seals::Seals;
use crate::unreadable::Unreadable;

/// A seal is made each night: it covers the records of a day, or of two where a machine was off. More days without a
/// seal are not as it should be.
const DAYS_OF_A_SEAL: usize = 2;

/// Accounts and the first records are made together.
const BEGINNING: SignedDuration = SignedDuration::from_hours(48);

/// A check that is under way.
pub struct Verifier<'k> {
    start: Head,
    /// The highest number so far.
    top: i64,
    /// The hash of the record `top`; none when that could not be read or was altered.
    before: Option<Hash>,
    /// How many things could not be read since the last record: a gap of so many is no second problem.
    blind: i64,
    gaps: Ranges,
    /// Altered records with numbers beyond the next: whether they are there or only say so is known
    /// when the next record comes.
    strange: Vec<i64>,
    gone: Ranges,
    seals: Seals<'k>,
    latest: Option<Timestamp>,
    unsealed: Option<(i64, Date)>,
    /// The seals that are still to come, by the last record that they cover, and the days of the records since the last.
    ends: BTreeMap<i64, Date>,
    days: BTreeSet<Date>,
    blind_seals: i64,
    first: Option<Timestamp>,
    accounts: Option<Timestamp>,
    report: Report,
}

impl<'k> Verifier<'k> {
    /// Checks the chain after `start`, [`Head::NONE`] for all of it. Without `macs` the tags of the
    /// seals are not checked, which is remarked.
    pub fn new(start: Head, macs: Option<&'k MacRing>) -> Self {
        Self {
            start,
            top: start.seq,
            before: Some(start.hash),
            blind: 0,
            gaps: Ranges::default(),
            strange: Vec::new(),
            gone: Ranges::default(),
            seals: Seals::new(macs),
            latest: None,
            unsealed: None,
            ends: BTreeMap::new(),
            days: BTreeSet::new(),
            blind_seals: 0,
            first: None,
            accounts: None,
            report: Report::default(),
        }
    }

    /// The next seal. All seals come before the records that they cover, from the first seal on even
    /// when the check starts later.
    pub fn seal(&mut self, seal: &DaySeal) {
        for problem in self.seals.push(seal, &self.start, self.top) {
            self.report.problem(problem);
        }
        self.unsealed = self.unsealed.filter(|(seq, _)| *seq > seal.last);
        self.ends.entry(seal.last).or_insert(seal.day);
    }

    /// What says how many seals there are, after all of them; none where nothing says so.
    pub fn mark(&mut self, mark: Option<&Mark>) {
        let problems = match mark {
            Some(mark) => self.seals.marked(mark, self.blind_seals),
            None => vec![Problem::NoMark],
        };
        problems.into_iter().for_each(|problem| self.report.problem(problem));
    }

    /// Since when there are accounts: making them is recorded.
    pub fn accounts_since(&mut self, since: Timestamp) {
        self.accounts = Some(since);
    }

    /// Something in this place could not be read at all.
    pub fn unreadable(&mut self, place: Place, why: Unreadable) {
        self.seals.unreadable();
        // A seal is no record: none may be missing in its place.
        if matches!(place, Place::Seal(_)) {
            self.blind_seals = self.blind_seals.saturating_add(1);
        } else {
            self.blind = self.blind.saturating_add(1);
            self.before = None;
        }
        self.report.problem(Problem::Unreadable { place, why });
    }

    /// The next record, in the order of their numbers.
    pub fn record(&mut self, linked: &Linked) {
        self.report.records += 1;
        match crypto::digest_named(&linked.digest) {
            Some(digest) if linked.record.hash(&linked.previous, digest) == linked.hash => {
                self.intact(linked, digest);
            }
            Some(_) => {
                let seq = self.altered(linked);
                self.report.problem(Problem::Altered { seq });
            }
            None => {
                let (seq, name) = (self.altered(linked), linked.digest.clone());
                self.report.problem(Problem::UnknownDigest { seq, name });
            }
        }
    }

    /// A record that came after the check had begun. It is no part of it, but what it says was erased may be gone.
    pub fn later(&mut self, linked: &Linked) {
        let fits = crypto::digest_named(&linked.digest)
            .is_some_and(|digest| linked.record.hash(&linked.previous, digest) == linked.hash);
        if fits {
            self.explained(&linked.record);
        }
    }

    fn explained(&mut self, record: &Record) {
        let earlier = erased_ranges(record).into_iter().filter(|(_, to)| *to < record.seq);
        earlier.for_each(|(from, to)| {
            self.gone.remove(from, to);
        });
    }

    /// What was altered is named, and nothing else is concluded from what it says. Gives the number
    /// of the record that this is: the next one when it follows the last, whatever number it claims.
    fn altered(&mut self, linked: &Linked) -> i64 {
        let (claimed, next) = (linked.record.seq, self.top.saturating_add(1));
        let seq = if self.before == Some(linked.previous) { next } else { claimed };
        if seq == next || seq > next && self.strange.len() >= LISTED {
            self.reach(seq, None);
        } else if seq > next {
            self.strange.push(seq);
        } else {
            self.gaps.remove(seq, seq);
        }
        seq
    }

    fn intact(&mut self, linked: &Linked, digest: &dyn Digest) {
        let seq = linked.record.seq;
        if seq > self.top {
            let next = seq == self.top.saturating_add(1);
            if next && self.before.is_some_and(|before| before != linked.previous) {
                self.report.problem(Problem::Relinked { seq });
            }
            self.reach(seq, Some(linked.hash));
            self.time(linked);
        } else if self.gaps.remove(seq, seq) || seq <= self.start.seq {
            self.report.problem(Problem::OutOfPlace { seq, after: self.top });
        } else {
            self.report.problem(Problem::Doubled { seq });
            return;
        }
        for problem in self.seals.arrived(seq, linked.hash) {
            self.report.problem(problem);
        }
        self.personal(linked, digest);
        self.explained(&linked.record);
    }

    /// The chain has come to `seq`; what lies between is missing.
    fn reach(&mut self, seq: i64, hash: Option<Hash>) {
        self.miss(seq.saturating_sub(1));
        (self.top, self.before, self.blind) = (seq, hash, 0);
    }

    /// Every record after the last up to `to` is missing, but for those that were altered and as many
    /// as could not be read.
    fn miss(&mut self, to: i64) {
        if to.saturating_sub(self.top) > self.blind {
            self.gaps.add(self.top.saturating_add(1), to);
        }
        for seq in self.strange.drain(..) {
            self.gaps.remove(seq, seq);
        }
    }

    fn time(&mut self, linked: &Linked) {
        let (seq, at) = (linked.record.seq, linked.record.act.at);
        if let Some(after) = self.latest.filter(|latest| at < *latest) {
            self.report.remark(Remark::Backwards { seq, at, after });
        }
        self.latest = self.latest.max(Some(at));
        self.first = self.first.or(Some(at));
        self.day(seq, day_of(at));
        if seq > self.seals.covered() && self.unsealed.is_none() {
            self.unsealed = Some((seq, day_of(at)));
        }
    }

    /// Counts the days that each seal covers.
    fn day(&mut self, seq: i64, day: Date) {
        while let Some(end) = self.ends.first_entry().filter(|end| *end.key() < seq) {
            end.remove();
            self.days.clear();
        }
        self.days.insert(day);
        if let Some(sealed) = self.ends.remove(&seq) {
            let (days, since) = (self.days.len(), self.days.first().copied().unwrap_or(day));
            if days > DAYS_OF_A_SEAL {
                self.report.problem(Problem::SealedLate { day: sealed, since, days });
            }
            self.days.clear();
        }
    }

    fn personal(&mut self, linked: &Linked, digest: &dyn Digest) {
        let seq = linked.record.seq;
        match (&linked.record.personal, &linked.personal) {
            (None, None) => {}
            (None, Some(_)) => self.report.problem(Problem::Personal { seq }),
            (Some(_), None) => {
                self.report.erased += 1;
                self.gone.add(seq, seq);
            }
            (Some(commitment), Some(personal)) => {
                if personal.commitment(digest) != *commitment {
                    self.report.problem(Problem::Personal { seq });
                }
            }
        }
    }

    /// The end: `head` is the last record that there should be.
    pub fn finish(mut self, head: Option<&Head>) -> Report {
        let last = head.map_or(0, |head| head.seq).max(self.seals.promised());
        self.miss(last);
        for (from, to) in self.gaps.into_iter() {
            self.report.problem(Problem::Removed { from, to });
        }
        let top = self.top;
        match head {
            None if self.blind == 0 => self.report.problem(Problem::NoHead),
            Some(head) if head.seq < top => {
                let from = head.seq.saturating_add(1);
                self.report.problem(Problem::Beyond { from, to: top });
            }
            Some(head)
                if head.seq == top && self.before.is_some_and(|before| before != head.hash) =>
            {
                self.report.problem(Problem::Head { seq: top });
            }
            _ => {}
        }
        for (from, to) in self.gone.into_iter() {
            self.report.problem(Problem::Unexplained { from, to });
        }
        if let Some(since) = self.accounts
            && self.first.is_none_or(|first| first.duration_since(since) > BEGINNING)
        {
            self.report.problem(Problem::BeginsLate { since, first: self.first });
        }
        if let Some((from, since)) = self.unsealed.filter(|_| self.days.len() > DAYS_OF_A_SEAL) {
            self.report.problem(Problem::Unsealed { from, since, days: self.days.len() });
        } else if let (Some((from, since)), Some(latest)) = (self.unsealed, self.latest) {
            // A day is sealed after it is over: yesterday may still wait.
            let yesterday = day_of(latest).yesterday().unwrap_or(since);
            if since < yesterday {
                self.report.remark(Remark::Unsealed { from, since });
            }
        }
        self.report.seals = self.seals.count;
        if self.seals.without_key() {
            self.report.remark(Remark::NoKey { seals: self.seals.count });
        }
        self.report
    }
}
