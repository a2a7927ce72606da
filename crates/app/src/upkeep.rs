//! What is of no use any more is forgotten: sessions that ended long ago, jobs that are done, self-checks whose time is
//! over, answers that are given again no more, files that were never finished, drafts that
//! nobody came back to.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::jobs::{Running, Stop};
use crate::once;

/// Jobs and sessions are kept for so long after their end, drafts after they were last kept.
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
    let drafts = store::draft::forget(&unit, now - KEPT).await?;
    let known = store::population::all(&unit).await?;
    let known: BTreeSet<String> = known.into_iter().map(|one| one.file).collect();
    unit.commit().await?;
    let files = match platform.populations() {
        Ok(folder) => folder.sweep(&known).map_err(|error| Stop::Failed(error.to_string()))?,
        Err(_) => 0,
    };
    Ok(json!({
        "sessions": sessions, "jobs": jobs, "self-checks": checks, "replies": replies, "files": files,
        "drafts": drafts,
    }))
}
