//! Holds the whole chain against its digests and seals.

use access::Action;
use audit::{Head, Place, Report, Unreadable, Verifier};
use crypto::{MacRing, Sm3};
use jiff::civil::Date;
use serde_json::{Value, json};
use store::Store;

use super::mark::marked;
use crate::caller::Caller;
use crate::jobs::{Running, Stop};
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// So many records are read at once.
const PART: u64 = 1000;

/// A check of the chain that is under way, part by part, so that it holds nothing up.
pub struct Verification<'k> {
    verifier: Verifier<'k>,
    /// The record that should be the last, if anything says so.
    head: Option<Head>,
    /// The last that was there when the check began: what comes after it is no part of it.
    upto: i64,
    last: i64,
    read: u64,
}

impl<'k> Verification<'k> {
    /// Begins with the seals. Without `macs` they are not held against their keys. Which record should be the last
    /// and which is are read in one state: what is appended meanwhile is not taken for what somebody added.
    pub async fn begin(store: &Store, macs: Option<&'k MacRing>) -> Result<Self, store::Error> {
        let mut verifier = Verifier::new(Head::NONE, macs);
        let unit = store.read().await?;
        let (head, upto) = store::audit::ends(&unit).await?;
        for (day, seal) in store::audit::seals(&unit).await? {
            match seal {
                Ok(seal) => verifier.seal(&seal),
                Err(error) => {
                    let place = Place::Seal(day.unwrap_or(Date::MIN));
                    verifier.unreadable(place, unreadable(error));
                }
            }
        }
        let (mark, _) = marked(&unit).await?;
        let accounts = store::person::first_made(&unit).await?;
        // Of a database in which nothing was ever done, nothing is missing.
        if upto > 0 || mark.is_some() || accounts.is_some() {
            verifier.mark(mark.as_ref());
        }
        if let Some(since) = accounts {
            verifier.accounts_since(since);
        }
        Ok(Self { verifier, head, upto, last: 0, read: 0 })
    }

    /// Reads the next records; whether there may be more.
    pub async fn part(&mut self, store: &Store) -> Result<bool, store::Error> {
        let unit = store.read().await?;
        let part = store::audit::after(&unit, self.last, PART).await?;
        drop(unit);
        let Some((seq, _)) = part.last() else {
            return Ok(false);
        };
        self.last = *seq;
        for (seq, found) in part {
            match found {
                Ok(linked) if seq <= self.upto => self.verifier.record(&linked),
                // Appended since. What was erased since is explained there.
                Ok(linked) => {
                    self.verifier.later(&linked);
                    continue;
                }
                Err(error) => self.verifier.unreadable(Place::Record(seq), unreadable(error)),
            }
            self.read += 1;
        }
        // What has no number that can be read stands at the end.
        Ok(self.last < i64::MAX)
    }

    /// How many records were read, and how many there are.
    pub fn progress(&self) -> (u64, u64) {
        (self.read, u64::try_from(self.upto).unwrap_or_default())
    }

    /// What was found.
    pub fn finish(self) -> Report {
        self.verifier.finish(self.head.as_ref())
    }
}

fn unreadable(error: store::Error) -> Unreadable {
    Unreadable::Row(match error {
        store::Error::Damaged(what) => what,
        other => other.words().en,
    })
}

/// Verifies the chain for an auditor. Recorded.
pub async fn verify_records(platform: &Platform, caller: &Caller) -> Result<Report, Refusal> {
    // Whether they may is asked before the work, what came out is recorded after it: a unit that writes holds
    // others up.
    Look::ask(platform, caller, Action::AuditVerify).await?;
    let macs = platform.keys().macs(&Sm3);
    let mut verification = Verification::begin(platform.store(), Some(&macs)).await?;
    while verification.part(platform.store()).await? {}
    let report = verification.finish();
    let details = json!({ "records": report.records, "problems": report.problems.len() });
    let permit = Permit::ask(platform, caller, Action::AuditVerify).await?;
    permit.keep(Said::of("audit", "").saying(details).looked()).await?;
    Ok(report)
}

/// The same as a job, which fails for good if anything is wrong, so that somebody sees it.
pub(crate) async fn verify_job(running: &Running<'_>) -> Result<Value, Stop> {
    let platform = running.platform();
    let macs = platform.keys().macs(&Sm3);
    let mut verification = Verification::begin(platform.store(), Some(&macs)).await?;
    while verification.part(platform.store()).await? {
        let (done, of) = verification.progress();
        running.progress(done, Some(of), None).await?;
    }
    let report = verification.finish();
    match report.problems.first() {
        Some(first) => Err(Stop::Hopeless(format!(
            "{} problems in the audit chain; the first: {}",
            report.problems.len(),
            first.en()
        ))),
        None => Ok(json!({ "records": report.records, "seals": report.seals })),
    }
}
