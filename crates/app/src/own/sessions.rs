//! One's own sessions: where one is signed in, and ending what one does not know.

use access::{Action, Field, of_oneself};
use serde_json::json;

use super::proven::{look, permit};
use crate::caller::Caller;
use crate::people::SessionSeen;
use crate::permit::Said;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// The caller's sessions that are under way, the one used last first.
pub async fn list_own_sessions(
    platform: &Platform,
    caller: &Caller,
) -> Result<Vec<SessionSeen>, Refusal> {
    let (look, person) = look(platform, caller, Action::OwnListSessions).await?;
    let found = store::session::of_person(look.unit(), person.id, platform.now()).await?;
    let sight = of_oneself(Field::SignInAddress);
    Ok(found.into_iter().map(|session| SessionSeen::of(session, sight, caller)).collect())
}

/// Ends one of the caller's sessions.
pub async fn end_own_session(
    platform: &Platform,
    caller: &Caller,
    session: i64,
) -> Result<(), Refusal> {
    let permit = permit(platform, caller, Action::OwnRevokeSession).await?;
    let about = Said::of("session", session);
    if !store::session::end(permit.unit(), session, caller.person(), platform.now()).await? {
        return Err(permit.not_here(about).await);
    }
    permit.keep(about).await
}

/// Ends all of the caller's sessions but this one, and says how many.
pub async fn end_other_own_sessions(platform: &Platform, caller: &Caller) -> Result<u64, Refusal> {
    let permit = permit(platform, caller, Action::OwnRevokeSession).await?;
    let (id, this) = (caller.person(), caller.session.as_ref().map(|session| session.id));
    let ended = store::session::end_all(permit.unit(), id, this, platform.now()).await?;
    permit.keep(Said::of("person", id).saying(json!({ "sessions": ended }))).await?;
    Ok(ended)
}
