//! Ending a role, or withdrawing one that is only proposed: by those who may give it.

use access::{Action, Path, Why};
use serde_json::json;
use store::membership::State;

use super::giving::{is_alive, may_take};
use super::last_officer::somebody_stays;
use crate::caller::Caller;
use crate::clock::today;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Ends a role from now on.
pub async fn end_membership(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    version: i64,
) -> Result<(), Refusal> {
    const ACTION: Action = Action::MembershipEnd;
    let permit = Permit::ask(platform, caller, ACTION).await?;
    let about = Said::of("membership", id);
    let found = store::membership::find(permit.unit(), id, &permit.scope()).await?;
    let Some(held) = found else {
        return Err(permit.not_here(about).await);
    };
    let path: Path = held.path.parse().map_err(Refusal::broken)?;
    if !may_take(caller, ACTION, held.role, &path) {
        return Err(permit.refuse(Why::NotYoursToGive, about).await);
    }
    let now = platform.now();
    if !is_alive(&held, today(now)) {
        return Err(Refusal::Changed);
    }
    if held.state == State::Active {
        somebody_stays(permit.unit(), held.person, &[held.role], now).await?;
    }
    store::membership::decide(permit.unit(), id, version, State::Ended, None, now).await?;
    let details = json!({
        "person": held.person,
        "organisation": held.organisation,
        "role": held.role.code(),
        "was": held.state.code(),
    });
    permit.keep(about.saying(details)).await
}
