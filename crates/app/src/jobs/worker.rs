//! The worker: takes one job after another, holds it while it is done, and ends it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use audit::{Actor, How};
use futures::FutureExt;
use jiff::SignedDuration;
use serde_json::json;
use store::Unit;
use store::job::{End, Job};
use tokio::sync::Notify;

use super::kinds::{KINDS, Kind};
use super::running::{HOLD, Running, Stop};
use super::schedules;
use crate::Origin;
use crate::permit::{Said, record_as};
use crate::platform::Platform;
use crate::populations;
use crate::refusal::Refusal;
use crate::rulebooks::follow_switch;

/// Looks for work at least as often.
const LOOK: Duration = Duration::from_secs(5);

/// A worker. Copies are the same one.
#[derive(Clone, Debug)]
pub struct Worker {
    platform: Arc<Platform>,
    name: Arc<str>,
    stopping: Arc<AtomicBool>,
    stop: Arc<Notify>,
}

impl Worker {
    /// A worker for a platform, with a name that no other process has.
    pub fn new(platform: Arc<Platform>) -> Result<Self, Refusal> {
        let name = format!("{}-{}", std::process::id(), crypto::hex(&crypto::random_bytes::<6>()?));
        Ok(Self {
            platform,
            name: name.into(),
            stopping: Arc::new(AtomicBool::new(false)),
            stop: Arc::new(Notify::new()),
        })
    }

    /// Wants the worker to end: the job under way is handed back at its next word.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.stop.notify_one();
    }

    /// Works until it is stopped. A database that cannot be reached is waited for.
    pub async fn run(&self) {
        while !self.stopping.load(Ordering::Relaxed) {
            match self.step().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => {
                    tracing::warn!(error = %error.words().en, fault = ?error, "the worker waits")
                }
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                () = self.platform.work.notified() => {}
                () = self.stop.notified() => {}
            }
        }
    }

    /// Asks for what schedules say and does one job, if one is due. Whether there was one.
    pub async fn step(&self) -> Result<bool, Refusal> {
        follow_switch(&self.platform).await?;
        populations::follow(&self.platform).await?;
        schedules::ask_due(&self.platform).await?;
        let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.code).collect();
        let now = self.platform.now();
        let unit = self.platform.store().write().await?;
        let taken = store::job::take(&unit, &self.name, &kinds, now, now + HOLD).await?;
        // What ended the process in its last attempt is not begun again: somebody has to look.
        for dead in store::job::bury(&unit, &kinds, now).await? {
            tracing::warn!(
                job = dead.id,
                kind = dead.kind,
                "the process ended with the job, each time"
            );
            self.record(&unit, &dead, "dead").await?;
        }
        unit.commit().await?;
        match taken {
            Some(job) => {
                self.work(&job).await?;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    async fn work(&self, job: &Job) -> Result<(), Refusal> {
        tracing::info!(job = job.id, kind = job.kind, attempt = job.attempts, "job begins");
        let running =
            Running { platform: &self.platform, job, worker: &self.name, stopping: &self.stopping };
        let done = match Kind::from_code(&job.kind) {
            Some(kind) => {
                // A panic in one job is a failure of that job alone.
                let work = AssertUnwindSafe((kind.work)(&running)).catch_unwind();
                tokio::select! {
                    done = work => done.unwrap_or_else(|_| Err(Stop::Failed("it panicked".to_owned()))),
                    stop = self.beat(&running) => Err(stop),
                }
            }
            None => Err(Stop::Hopeless(format!("there is no kind `{}`", job.kind))),
        };
        match done {
            Ok(result) => self.end(job, &End::Done { result: Some(&result.to_string()) }).await,
            Err(Stop::Cancelled) => self.end(job, &End::Cancelled).await,
            Err(Stop::HandBack) => self.end(job, &End::HandedBack).await,
            Err(Stop::Lost) => {
                tracing::warn!(job = job.id, "another worker has the job");
                Ok(())
            }
            Err(Stop::Hopeless(failure)) => self.end(job, &End::Dead { failure: &failure }).await,
            Err(Stop::Failed(failure)) if job.attempts >= job.attempts_allowed => {
                self.end(job, &End::Dead { failure: &failure }).await
            }
            Err(Stop::Failed(failure)) => {
                let run_at = self.platform.now() + backoff(job.attempts);
                self.end(job, &End::Again { failure: &failure, run_at }).await
            }
        }
    }

    /// Holds the job while it is done, also where its work says nothing for long. Ends only with a reason to stop.
    async fn beat(&self, running: &Running<'_>) -> Stop {
        loop {
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(10)) => {}
                () = self.stop.notified() => return Stop::HandBack,
            }
            match running.hold().await {
                Ok(()) => {}
                // The database may come back before the hold ends.
                Err(Stop::Failed(error)) => {
                    tracing::warn!(job = running.job.id, error, "the job cannot be held")
                }
                Err(stop) => return stop,
            }
        }
    }

    async fn end(&self, job: &Job, end: &End<'_>) -> Result<(), Refusal> {
        let unit = self.platform.store().write().await?;
        match store::job::end(&unit, job.id, &self.name, end, self.platform.now()).await {
            Err(store::Error::Changed) => {
                tracing::warn!(job = job.id, "another worker has the job");
                return Ok(());
            }
            other => other?,
        }
        match end {
            End::Done { .. } => self.record(&unit, job, "done").await?,
            End::Cancelled => self.record(&unit, job, "cancelled").await?,
            End::Dead { .. } => self.record(&unit, job, "dead").await?,
            End::Again { .. } | End::HandedBack => {}
        }
        unit.commit().await?;
        tracing::info!(job = job.id, kind = job.kind, end = ?end, "job ends");
        Ok(())
    }

    async fn record(&self, unit: &Unit, job: &Job, end: &str) -> Result<(), Refusal> {
        let system = Actor { person: job.asked_by, how: How::System };
        let said = Said::of("job", job.id).saying(json!({ "kind": job.kind, "end": end }));
        let nowhere = Origin::default();
        record_as(&self.platform, unit, "job.end", said, system, None, &nowhere).await?;
        Ok(())
    }
}

/// Longer each time: 5, 10, 20 seconds and so on, at most an hour.
fn backoff(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or_default();
    SignedDuration::from_secs((5i64 << doublings).min(3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_attempt_waits_longer_up_to_an_hour() {
        let seconds: Vec<i64> = (1..=12).map(|attempt| backoff(attempt).as_secs()).collect();
        assert_eq!(seconds, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
        assert_eq!(backoff(i64::MAX).as_secs(), 3600);
    }
}
