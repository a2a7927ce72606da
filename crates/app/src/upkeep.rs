//! What is of no use any more is forgotten: sessions that ended long ago, jobs that are done, self-checks whose time is
//! over, answers that are given again no more.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::jobs::{Running, Stop};
use crate::once;

/// Jobs and sessions are kept for so long after their end.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Forgets them. Safe to repeat.
pub(crate) async fn forget(running: &Running<'_>) -> Result<Value, Stop> {
    let platform = running.platform();
    let now = platform.now();
    let unit = platform.store().write().await?;
    let sessions = store::session::forget(&unit, now - KEPT).await?;
    let jobs = store::job::forget(&unit, now - KEPT).await?;
    let checks = store::self_check::drop_expired(&unit, now).await?;
    let replies = store::reply::forget(&unit, now - once::KEPT).await?;
    unit.commit().await?;
    Ok(json!({ "sessions": sessions, "jobs": jobs, "self-checks": checks, "replies": replies }))
}
