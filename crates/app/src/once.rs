//! Doing something once, however often it is asked for.
//!
//! A caller gives a request a key. The key is entered in the very unit in which the change is made ([`Permit::ask`]
//! does it before anything else), and the answer is kept in that unit, too, before it is made lasting: key, change,
//! audit record and answer are there together or not at all, also after a crash. Who asks with the same key at the
//! same time waits for that unit, and is then given its answer. A refusal leaves nothing, so that it can be asked
//! again under the same key.
//!
//! [`Permit::ask`]: crate::Permit::ask

use std::sync::{Mutex, PoisonError};

use crypto::{Digest as _, Sha256};
use jiff::{SignedDuration, Timestamp};
use store::Unit;
use store::reply::Key;

use crate::caller::Caller;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// For so long an answer is given again.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A request that is to be done once.
#[derive(Debug)]
pub struct Once {
    key: Key,
    /// The unit of the change, from when everything is written in it until the answer is, too.
    parked: Mutex<Option<Unit>>,
}

/// An answer from before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answered {
    /// Whether it was asked the same; else the key was used for something else.
    pub same: bool,
    /// The status.
    pub status: u16,
    /// What was answered, as [`Once::finish`] was given it.
    pub answer: String,
}

impl Once {
    /// A request under a key; `parts` are everything that is asked. None if the caller has no token: only programs
    /// ask twice without knowing.
    pub fn new(caller: &Caller, key: &str, parts: &[&[u8]]) -> Option<Self> {
        let token = caller.token?;
        let mut digest: Vec<&[u8]> = vec![b"tidu-request-1"];
        let lengths: Vec<[u8; 8]> =
            parts.iter().map(|part| (part.len() as u64).to_be_bytes()).collect();
        for (part, length) in parts.iter().zip(&lengths) {
            digest.extend([&length[..], part]);
        }
        let key = Key {
            person: caller.person(),
            token,
            key: crypto::hex(&Sha256.digest(&[b"tidu-key-1", key.as_bytes()])),
            request: crypto::hex(&Sha256.digest(&digest)),
        };
        Some(Self { key, parked: Mutex::new(None) })
    }

    /// What was answered under this key, if anything was.
    pub async fn answered(&self, platform: &Platform) -> Result<Option<Answered>, Refusal> {
        let unit = platform.store().read().await?;
        let since = since(platform.now());
        let Some(reply) = store::reply::find(&unit, self.key.token, &self.key.key, since).await?
        else {
            return Ok(None);
        };
        Ok(Some(Answered {
            same: reply.request == self.key.request,
            status: u16::try_from(reply.status).map_err(Refusal::broken)?,
            answer: platform.open(&reply.answer, &self.context())?,
        }))
    }

    /// The unit of the change, with the key in it. Refused as [`Refusal::Repeated`] if it has been done.
    pub(crate) async fn begin(&self, platform: &Platform) -> Result<Unit, Refusal> {
        // The second would wait for the first, which waits for the answer.
        if self.slot().is_some() {
            return Err(Refusal::broken("two changes under one key"));
        }
        let unit = platform.store().write().await?;
        let now = platform.now();
        match store::reply::claim(&unit, &self.key, now, since(now)).await {
            Ok(()) => Ok(unit),
            Err(store::Error::Taken(_)) => Err(Refusal::Repeated),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes the unit in which the change was made, to be made lasting with the answer.
    pub(crate) fn park(&self, unit: Unit) {
        *self.slot() = Some(unit);
    }

    /// Makes the change lasting, with its answer. Without a change there is nothing to keep.
    pub async fn finish(
        &self,
        platform: &Platform,
        status: u16,
        answer: &str,
    ) -> Result<(), Refusal> {
        let parked = self.slot().take();
        let Some(unit) = parked else { return Ok(()) };
        let sealed = platform.seal(answer, &self.context())?;
        store::reply::keep(&unit, &self.key, i64::from(status), sealed).await?;
        unit.commit().await?;
        // Jobs that it asked for can be seen only now.
        platform.wake();
        Ok(())
    }

    /// An answer may have a secret in it, or something personal.
    fn context(&self) -> String {
        format!("reply/{}/{}", self.key.token, self.key.key)
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Unit>> {
        self.parked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn since(now: Timestamp) -> Timestamp {
    now - KEPT
}
