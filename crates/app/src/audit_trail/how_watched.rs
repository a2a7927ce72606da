//! How well the trail is watched over: until when it is sealed, when it was verified last, and what came out. Looks at no
//! record but those of verifications, so that looking leaves none.

use access::Action;
use audit::DaySeal;
use jiff::Timestamp;
use store::Page;
use store::job::State;

use crate::caller::Caller;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// How well the trail is watched over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watched {
    /// The last seal; none before the first day is over.
    pub seal: Option<DaySeal>,
    /// The last verification, whoever did it.
    pub verified: Option<Verified>,
}

/// A verification.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verified {
    /// When it ended.
    pub at: Timestamp,
    /// Whether everything was as it had been written.
    pub sound: bool,
}

/// How well the trail is watched over.
pub async fn how_watched(platform: &Platform, caller: &Caller) -> Result<Watched, Refusal> {
    let look = Look::ask(platform, caller, Action::AuditVerify).await?;
    let seal = store::audit::last_seal(look.unit()).await?;
    let by_hand = by_hand(&look).await?;
    let by_schedule = store::job::last_ended(look.unit(), "audit.verify").await?;
    let by_schedule = by_schedule.and_then(|job| {
        // One that was cancelled has found nothing.
        let sound = match job.state {
            State::Done => true,
            State::Dead => false,
            _ => return None,
        };
        Some(Verified { at: job.finished?, sound })
    });
    let verified = [by_hand, by_schedule].into_iter().flatten().max_by_key(|one| one.at);
    Ok(Watched { seal, verified })
}

async fn by_hand(look: &Look) -> Result<Option<Verified>, Refusal> {
    let wanted = store::audit::Wanted {
        action: Some(Action::AuditVerify.code().to_owned()),
        outcome: Some(audit::Outcome::Looked),
        ..Default::default()
    };
    let last = store::audit::list(look.unit(), &wanted, Page { skip: 0, take: 1 }).await?;
    let Some((_, last)) = last.rows.into_iter().next() else { return Ok(None) };
    let act = last?.record.act;
    let details: serde_json::Value =
        serde_json::from_str(act.details.as_str()).map_err(Refusal::broken)?;
    let problems = details.get("problems").and_then(serde_json::Value::as_u64);
    Ok(Some(Verified { at: act.at, sound: problems == Some(0) }))
}
