//! Whether what is written comes to lie on the disk, for whoever watches over the process: what the last write came to,
//! and now and then a small one for nothing else.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait as _;

use crate::database::{Store, Unit};
use crate::error::Error;

/// So often it is tried at most.
const EVERY: Duration = Duration::from_secs(3);
/// Whoever asks waits no longer: with one writer, others may be at work for a while.
const PATIENCE: Duration = Duration::from_millis(400);

/// What the last write came to.
#[derive(Default, Debug)]
pub(crate) struct Writes {
    fails: AtomicBool,
    tried: Mutex<Option<Instant>>,
}

impl Writes {
    /// Remembers how a unit that has written ended. That somebody else was quicker is no fault of the disk.
    pub(crate) fn note(&self, ended: &Result<(), Error>) {
        match ended {
            Ok(()) => self.fails.store(false, Ordering::Relaxed),
            Err(error) if error.is_passing() => self.fails.store(true, Ordering::Relaxed),
            Err(_) => {}
        }
    }

    /// Whether it is time to try again; whoever is told so tries.
    fn is_due(&self) -> bool {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        let due = tried.is_none_or(|tried| tried.elapsed() >= EVERY);
        if due {
            *tried = Some(Instant::now());
        }
        due
    }
}

impl Store {
    /// Whether changes can be kept, as far as is known.
    pub async fn takes_writes(&self) -> bool {
        if self.writes().is_due() {
            let store = self.clone();
            // It goes on when nobody waits for it any more, and the next who asks hears what it came to.
            let trying = tokio::spawn(async move {
                if let Err(error) = store.try_write().await {
                    store.writes().fails.store(true, Ordering::Relaxed);
                    tracing::warn!(%error, "nothing can be written");
                }
            });
            let _ = tokio::time::timeout(PATIENCE, trying).await;
        }
        !self.writes().fails.load(Ordering::Relaxed)
    }

    /// Writes what is there already.
    async fn try_write(&self) -> Result<(), Error> {
        let unit: Unit = self.write().await?;
        let same = unit.engine().statement("UPDATE audit_head SET one = one");
        unit.connection().execute_raw(same).await?;
        unit.commit().await
    }
}
