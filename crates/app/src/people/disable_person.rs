//! Disabling an account, which ends everything that goes on with it, and enabling it again.

use access::{Action, PersonId, Role, second_person};
use serde_json::json;
use store::membership::State;
use store::person::Change;

use super::last_officer::somebody_stays;
use super::ways_in::close_ways_in;
use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Disables an account: its sessions end, its tokens are revoked, its accounts at a provider are linked no more.
pub async fn disable_person(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    version: i64,
) -> Result<(), Refusal> {
    set(platform, caller, Action::PersonDisable, id, version).await
}

/// Enables an account. Sessions and tokens that were ended stay so.
pub async fn enable_person(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    version: i64,
) -> Result<(), Refusal> {
    set(platform, caller, Action::PersonEnable, id, version).await
}

async fn set(
    platform: &Platform,
    caller: &Caller,
    action: Action,
    id: i64,
    version: i64,
) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, action).await?;
    let about = Said::of("person", id);
    // Whoever is coming in at this moment is in before, and put out, or finds the account disabled.
    store::person::get_alone(permit.unit(), id).await?;
    let found = store::person::find(permit.unit(), id, &permit.scope()).await?;
    let Some(person) = found.filter(|person| person.erased.is_none()) else {
        return Err(permit.not_here(about).await);
    };
    if let Err(why) = second_person(action, caller.who.person, None, Some(PersonId(id))) {
        return Err(permit.refuse(why, about).await);
    }
    let now = platform.now();
    let disables = action == Action::PersonDisable;
    if disables == person.disabled.is_some() {
        return Err(Refusal::Changed);
    }
    let mut details = json!({});
    if disables {
        let all = store::membership::of_person(permit.unit(), id).await?;
        let active: Vec<Role> =
            all.iter().filter(|held| held.state == State::Active).map(|held| held.role).collect();
        somebody_stays(permit.unit(), id, &active, now).await?;
        store::invitation::end(permit.unit(), id, now).await?;
        details = close_ways_in(permit.unit(), id, now).await?.with(details);
    }
    let change = Change { disabled: Some(disables.then_some(now)), ..Change::default() };
    store::person::change(permit.unit(), &person, version, change).await?;
    permit.keep(about.saying(details)).await
}
