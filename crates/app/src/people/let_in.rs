//! Letting somebody in again: taking away a lock, or a second factor that was lost.

use access::{Action, PersonId, second_person};
use serde_json::json;

use super::list_people::{ids, of};
use super::view::{PersonView, view};
use crate::caller::Caller;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Opens a locked account: before its time, or one that waits for it.
pub async fn unlock_person(platform: &Platform, caller: &Caller, id: i64) -> Result<(), Refusal> {
    let (permit, about) = found(platform, caller, Action::PersonUnlock, id).await?;
    store::person::release(permit.unit(), id).await?;
    permit.keep(about).await
}

/// Those whose account waits to be opened after the administrator gave them another way in.
pub async fn list_held(platform: &Platform, caller: &Caller) -> Result<Vec<PersonView>, Refusal> {
    let look = Look::ask(platform, caller, Action::PersonUnlock).await?;
    let waiting = store::person::held(look.unit(), &look.scope()).await?;
    let memberships = store::membership::of_people(look.unit(), &ids(&waiting)).await?;
    let rows = look.scope().rows;
    waiting
        .iter()
        .map(|person| view(platform, caller, rows, person, &of(person.id, &memberships)))
        .collect()
}

/// Takes away a second factor and ends the sessions: the next sign-in is by password, and sets up another where the
/// role requires one.
pub async fn reset_second_factor(
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<(), Refusal> {
    let (permit, about) = found(platform, caller, Action::PersonResetSecondFactor, id).await?;
    store::person::set_second_factor(permit.unit(), id, None, None).await?;
    let ended = store::session::end_all(permit.unit(), id, None, platform.now()).await?;
    permit.keep(about.saying(json!({ "sessions": ended }))).await
}

async fn found<'a>(
    platform: &'a Platform,
    caller: &'a Caller,
    action: Action,
    id: i64,
) -> Result<(Permit<'a>, Said), Refusal> {
    let permit = Permit::ask(platform, caller, action).await?;
    let about = Said::of("person", id);
    let found = store::person::find(permit.unit(), id, &permit.scope()).await?;
    if found.filter(|person| person.erased.is_none()).is_none() {
        return Err(permit.not_here(about).await);
    }
    match second_person(action, caller.who.person, None, Some(PersonId(id))) {
        Ok(()) => Ok((permit, about)),
        Err(why) => Err(permit.refuse(why, about).await),
    }
}
