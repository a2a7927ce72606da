//! A job that is being done, as its work sees it.

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::SignedDuration;
use serde_json::Value;
use store::job::{Job, Progress};

use crate::platform::Platform;
use crate::refusal::Refusal;

/// For so long a job is held without a word of its worker.
pub(crate) const HOLD: SignedDuration = SignedDuration::from_secs(60);

/// A job that is being done.
pub struct Running<'a> {
    pub(crate) platform: &'a Platform,
    pub(crate) job: &'a Job,
    pub(crate) worker: &'a str,
    pub(crate) stopping: &'a AtomicBool,
}

/// Why a job stops before it is done.
#[derive(Debug)]
pub enum Stop {
    /// Somebody has cancelled it.
    Cancelled,
    /// The process stops: it is handed back and begun again later.
    HandBack,
    /// Another worker has it by now: nothing of this attempt counts.
    Lost,
    /// It failed; it may be begun again.
    Failed(String),
    /// It failed and would again: somebody has to look.
    Hopeless(String),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Later(fault) | Refusal::Broken(fault) => Stop::Failed(fault.to_string()),
            other => Stop::Hopeless(other.words().en),
        }
    }
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Changed => Stop::Lost,
            other => Stop::Failed(other.to_string()),
        }
    }
}

impl Running<'_> {
    /// The platform.
    pub fn platform(&self) -> &Platform {
        self.platform
    }

    /// What the job was given.
    pub fn payload(&self) -> Value {
        serde_json::from_str(&self.job.payload).unwrap_or(Value::Null)
    }

    /// Says how far it is, now and then; stops if that is wanted.
    pub async fn progress(
        &self,
        done: u64,
        of: Option<u64>,
        note: Option<&str>,
    ) -> Result<(), Stop> {
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.say(&Progress::At { done: whole(done), of: of.map(whole), note }).await
    }

    /// Says that it is still being done.
    pub(crate) async fn hold(&self) -> Result<(), Stop> {
        self.say(&Progress::Held).await
    }

    async fn say(&self, said: &Progress<'_>) -> Result<(), Stop> {
        let unit = self.platform.store().write().await?;
        let until = self.platform.now() + HOLD;
        let cancel = store::job::progress(&unit, self.job.id, self.worker, until, said).await?;
        unit.commit().await?;
        if cancel {
            Err(Stop::Cancelled)
        } else if self.stopping.load(Ordering::Relaxed) {
            Err(Stop::HandBack)
        } else {
            Ok(())
        }
    }
}
