//! The check: first the seals, then every record in order, then the head. Reads each once and keeps
//! little: a few bytes for each day, for each gap, and for each run of erased personal data.

use crypto::MacRing;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::append::{Head, Linked};
use crate::erase::{Gone, erased_ranges};
use crate::gaps::Gaps;
use crate::hash::Hash;
use crate::instant::day_of;
use crate::problem::{Place, Problem};
use crate::remark::Remark;
use crate::seal::DaySeal;
use crate::seals::Seals;
use crate::unreadable::Unreadable;

/// Nobody reads more; the others are counted.
const LISTED: usize = 1000;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// How many records were read.
    pub records: u64,
    /// How many seals were read.
    pub seals: u64,
    /// How many records had personal data that was erased.
    pub erased: u64,
    /// What is wrong, in the order in which it was found; the first thousand.
    pub problems: Vec<Problem>,
    /// What should be explained; the first thousand.
    pub remarks: Vec<Remark>,
    /// How many more problems and remarks there are.
    pub unlisted: u64,
}

impl Report {
    /// Whether nothing is wrong; there may be remarks.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    fn problem(&mut self, problem: Problem) {
        if self.problems.len() < LISTED { self.problems.push(problem) } else { self.unlisted += 1 }
    }

    fn remark(&mut self, remark: Remark) {
        if self.remarks.len() < LISTED { self.remarks.push(remark) } else { self.unlisted += 1 }
    }
}

/// A check that is under way.
pub struct Verifier<'k> {
    start: Head,
    /// The highest number so far.
    top: i64,
    /// The hashes that the record `top` may be known by: the stored one and, when that does not fit,
    /// the one that its content has. Empty when it is not known.
    before: Vec<Hash>,
    /// How many things could not be read since the last record: a gap of so many is no second problem.
    blind: i64,
    gaps: Gaps,
    gone: Gone,
    seals: Seals<'k>,
    latest: Option<Timestamp>,
    unsealed: Option<(i64, Date)>,
    report: Report,
}

impl<'k> Verifier<'k> {
    /// Checks the chain after `start`, [`Head::NONE`] for all of it. Without `macs` the tags of the
    /// seals are not checked, which is remarked.
    pub fn new(start: Head, macs: Option<&'k MacRing>) -> Self {
        Self {
            start,
            top: start.seq,
            before: vec![start.hash],
            blind: 0,
            gaps: Gaps::default(),
            gone: Gone::default(),
            seals: Seals::new(macs),
            latest: None,
            unsealed: None,
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
    }

    /// Something in this place could not be read at all.
    pub fn unreadable(&mut self, place: Place, why: Unreadable) {
        self.blind = self.blind.saturating_add(1);
        self.before.clear();
        self.report.problem(Problem::Unreadable { place, why });
    }

    /// The next record, in the order of their numbers.
    pub fn record(&mut self, linked: &Linked) {
        let seq = linked.record.seq;
        self.report.records += 1;
        let digest = crypto::digest_named(&linked.digest);
        let content = digest.map(|digest| linked.record.hash(&linked.previous, digest));
        match content {
            Some(content) if content == linked.hash => {}
            Some(_) => self.report.problem(Problem::Altered { seq }),
            None => {
                let name = linked.digest.clone();
                self.report.problem(Problem::UnknownDigest { seq, name });
            }
        }
        let intact = content == Some(linked.hash);
        let hashes: Vec<Hash> = [Some(linked.hash), content].into_iter().flatten().collect();
        if seq > self.top {
            self.follow(linked, intact);
            (self.top, self.before) = (seq, hashes.clone());
        } else if self.gaps.fill(seq) || seq <= self.start.seq {
            self.report.problem(Problem::OutOfPlace { seq, after: self.top });
        } else {
            self.report.problem(Problem::Doubled { seq });
            return;
        }
        for problem in self.seals.arrived(seq, &hashes) {
            self.report.problem(problem);
        }
        self.personal(linked);
        if intact {
            let earlier = erased_ranges(&linked.record).into_iter().filter(|(_, to)| *to < seq);
            earlier.for_each(|(from, to)| self.gone.explain(from, to));
        }
    }

    /// A record with a higher number than all before.
    fn follow(&mut self, linked: &Linked, intact: bool) {
        let (seq, at) = (linked.record.seq, linked.record.act.at);
        let missing = seq.saturating_sub(self.top).saturating_sub(1);
        if missing > self.blind {
            self.gaps.add(self.top.saturating_add(1), seq.saturating_sub(1));
        }
        // What was altered is named already; what it follows was part of what was altered.
        let known = missing == 0 && intact && !self.before.is_empty();
        if known && !self.before.contains(&linked.previous) {
            self.report.problem(Problem::Relinked { seq });
        }
        self.blind = 0;
        if !intact {
            return;
        }
        if let Some(after) = self.latest.filter(|latest| at < *latest) {
            self.report.remark(Remark::Backwards { seq, at, after });
        }
        self.latest = self.latest.max(Some(at));
        if seq > self.seals.covered() && self.unsealed.is_none() {
            self.unsealed = Some((seq, day_of(at)));
        }
    }

    fn personal(&mut self, linked: &Linked) {
        let seq = linked.record.seq;
        match (&linked.record.personal, &linked.personal) {
            (None, None) => {}
            (None, Some(_)) => self.report.problem(Problem::Personal { seq }),
            (Some(_), None) => {
                self.report.erased += 1;
                self.gone.is_gone(seq);
            }
            (Some(commitment), Some(personal)) => {
                self.gone.is_there();
                let digest = crypto::digest_named(&linked.digest);
                if digest.is_some_and(|digest| personal.commitment(digest) != *commitment) {
                    self.report.problem(Problem::Personal { seq });
                }
            }
        }
    }

    /// The end: `head` is the last record that there should be.
    pub fn finish(mut self, head: Option<&Head>) -> Report {
        for (from, to) in self.gaps.left() {
            self.report.problem(Problem::Removed { from, to });
        }
        let (top, promised) = (self.top, self.seals.promised());
        let last = head.map_or(0, |head| head.seq).max(promised);
        if last.saturating_sub(top) > self.blind {
            self.report.problem(Problem::Removed { from: top.saturating_add(1), to: last });
        }
        match head {
            None if self.blind == 0 => self.report.problem(Problem::NoHead),
            Some(head) if head.seq < top => {
                let from = head.seq.saturating_add(1);
                self.report.problem(Problem::Beyond { from, to: top });
            }
            Some(head) if head.seq == top && !self.before.is_empty() => {
                if !self.before.contains(&head.hash) {
                    self.report.problem(Problem::Head { seq: top });
                }
            }
            _ => {}
        }
        for (from, to) in self.gone.unexplained() {
            self.report.remark(Remark::Unexplained { from, to });
        }
        if let (Some((from, since)), Some(latest)) = (self.unsealed, self.latest) {
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
