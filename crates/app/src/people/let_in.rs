//! Letting somebody in again: taking away a lock, or a second factor that was lost.

use access::{Action, PersonId, second_person};
use serde_json::json;

use super::list_people::{ids, of};
use super::view::{PersonView, view};
use super::ways_in::{Closed, close_ways_in};
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

/// Takes away a second factor and closes every other way in than the password: the next sign-in is by it, and sets up
/// another second factor where the role requires one. Whoever has lost the old one may have lost more with it.
pub async fn reset_second_factor(
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<Closed, Refusal> {
    let (permit, about) = found(platform, caller, Action::PersonResetSecondFactor, id).await?;
    store::person::set_second_factor(permit.unit(), id, None, None).await?;
    let closed = close_ways_in(permit.unit(), id, platform.now()).await?;
    permit.keep(about.saying(closed.with(json!({})))).await?;
    Ok(closed)
}

async fn found<'a>(
    platform: &'a Platform,
    caller: &'a Caller,
    action: Action,
    id: i64,
) -> Result<(Permit<'a>, Said), Refusal> {
    let permit = Permit::ask(platform, caller, action).await?;
    let about = Said::of("person", id);
    store::person::get_alone(permit.unit(), id).await?;
    let found = store::person::find(permit.unit(), id, &permit.scope()).await?;
    if found.filter(|person| person.erased.is_none()).is_none() {
        return Err(permit.not_here(about).await);
    }
    match second_person(action, caller.who.person, None, Some(PersonId(id))) {
        Ok(()) => Ok((permit, about)),
        Err(why) => Err(permit.refuse(why, about).await),
    }
}
