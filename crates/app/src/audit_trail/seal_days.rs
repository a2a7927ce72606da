//! Seals the audit records of days that are over. A day that was missed is sealed with the next.
//!
//! A clock that was wrong leaves seals of days to come. What was recorded since it was put right is sealed all the same,
//! each night, under the next day after the newest seal: days of seals only go forward.

use audit::{DaySeal, day_begins};
use crypto::Sm3;
use serde_json::{Value, json};

use super::mark::renew_mark;
use crate::clock::today;
use crate::jobs::{Running, Stop};

/// Seals everything up to the end of yesterday. Safe to repeat: a day is sealed once.
pub(crate) async fn seal_days(running: &Running<'_>) -> Result<Value, Stop> {
    let platform = running.platform();
    let now = platform.now();
    let Ok(yesterday) = today(now).yesterday() else {
        return Ok(Value::Null);
    };
    let unit = platform.store().write().await?;
    let before = store::audit::last_seal(&unit).await?;
    if before.as_ref().is_some_and(|seal| seal.day == yesterday) {
        return Ok(json!({ "sealed": false }));
    }
    let end = day_begins(today(now))
        .ok_or_else(|| Stop::Hopeless("the clock is beyond the calendar".to_owned()))?;
    let mut head = store::audit::head_before(&unit, end).await?;
    let ahead = before.as_ref().filter(|seal| seal.day > yesterday);
    if let Some(seal) = ahead {
        tracing::warn!(seal = %seal.day, "the newest audit seal is of a day to come: a clock was wrong");
        if seal.last >= head.seq {
            return Ok(json!({ "sealed": false }));
        }
    }
    let day = match ahead {
        Some(seal) => seal.day.tomorrow().map_err(|error| Stop::Hopeless(error.to_string()))?,
        None => yesterday,
    };
    // A clock that was set back must not make a seal cover less than the one before.
    if let Some(before) = before.as_ref().filter(|before| before.last > head.seq) {
        head = audit::Head { seq: before.last, hash: before.hash };
    }
    let macs = platform.keys().macs(&Sm3);
    let mac = macs.newest().map_err(|error| Stop::Failed(error.to_string()))?;
    let seal = DaySeal::new(day, &head, before.as_ref(), mac)
        .map_err(|error| Stop::Failed(error.to_string()))?;
    match store::audit::keep_seal(&unit, &seal, now).await {
        Err(store::Error::Taken(_)) => return Ok(json!({ "sealed": false })),
        other => other?,
    }
    renew_mark(&unit, &seal, &macs, now).await?;
    unit.commit().await?;
    // Whoever gathers the log has a copy that nobody changes in the database.
    tracing::info!(day = %seal.day, last = seal.last, hash = %seal.hash, tag = %seal.tag, "audit records sealed");
    Ok(json!({ "sealed": true, "day": day.to_string(), "records": seal.count }))
}
