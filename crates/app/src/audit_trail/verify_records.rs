//! Holds the whole chain against its digests and seals.

use access::Action;
use audit::{Head, Place, Report, Unreadable, Verifier};
use crypto::{MacRing, Sm3};
use serde_json::{Value, json};
use store::Store;

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
    head: Head,
    last: i64,
    read: u64,
}

impl<'k> Verification<'k> {
    /// Begins with the seals. Without `macs` they are not held against their keys. Where the chain ends is read
    /// first: what is appended meanwhile is not part of the check.
    pub async fn begin(store: &Store, macs: Option<&'k MacRing>) -> Result<Self, store::Error> {
        let mut verifier = Verifier::new(Head::NONE, macs);
        let unit = store.read().await?;
        for seal in store::audit::seals(&unit).await? {
            verifier.seal(&seal);
        }
        let head = store::audit::head(&unit).await?;
        Ok(Self { verifier, head, last: 0, read: 0 })
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
                Ok(linked) if seq <= self.head.seq => self.verifier.record(&linked),
                // Appended since.
                Ok(_) => continue,
                Err(error) => self.verifier.unreadable(
                    Place::Record(seq),
                    Unreadable::Field { field: "record".to_owned(), found: error.to_string() },
                ),
            }
            self.read += 1;
        }
        Ok(self.last < self.head.seq)
    }

    /// How many records were read, and how many there are.
    pub fn progress(&self) -> (u64, u64) {
        (self.read, u64::try_from(self.head.seq).unwrap_or_default())
    }

    /// What was found.
    pub fn finish(self) -> Report {
        self.verifier.finish(Some(&self.head))
    }
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
