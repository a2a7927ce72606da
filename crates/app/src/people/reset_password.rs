//! Letting somebody choose a password anew: with a password for one time, or with a new invitation.

use access::{Action, Path, PersonId, second_person};
use jiff::Timestamp;
use serde_json::json;

use super::giving::{is_alive, may_take};
use super::invite_person::invitation;
use crate::caller::Caller;
use crate::clock::today;
use crate::password;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// An invitation that was made anew. The secret is not kept and not shown again.
#[derive(Clone, PartialEq, Eq)]
pub struct Reinvited {
    /// What the person opens the account with.
    pub secret: String,
    /// Until when.
    pub expires: Timestamp,
}

/// Gives somebody a password for one time, which is returned, and ends their sessions. A lock and a second factor
/// stay: they are the security officer's to take away.
pub async fn reset_password(
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<String, Refusal> {
    const ACTION: Action = Action::PersonResetPassword;
    // Nobody who may not do it keeps the machine busy with hashes.
    drop(Look::ask(platform, caller, ACTION).await?);
    let given = crypto::one_time_password()?;
    let hash = password::hash(platform, &given).await?;
    let permit = Permit::ask(platform, caller, ACTION).await?;
    let about = Said::of("person", id);
    let found = store::person::find(permit.unit(), id, &permit.scope()).await?;
    if found.filter(|person| person.erased.is_none()).is_none() {
        return Err(permit.not_here(about).await);
    }
    if let Err(why) = second_person(ACTION, caller.who.person, None, Some(PersonId(id))) {
        return Err(permit.refuse(why, about).await);
    }
    let now = platform.now();
    store::person::set_password(permit.unit(), id, &hash, true, now).await?;
    store::invitation::end(permit.unit(), id, now).await?;
    let ended = store::session::end_all(permit.unit(), id, None, now).await?;
    let details = json!({ "way": "one-time-password", "sessions": ended });
    permit.keep(about.saying(details)).await?;
    Ok(given)
}

/// Invites somebody again. Who has not chosen a password yet is invited again by those who could have invited them;
/// everybody else by the administrator, and their password holds no more.
pub async fn invite_again(
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<Reinvited, Refusal> {
    let waits = {
        let look = Look::ask(platform, caller, Action::PersonInvite).await?;
        let found = store::person::find(look.unit(), id, &look.scope()).await?;
        found.is_none_or(|person| person.password.is_none() && person.erased.is_none())
    };
    let action = if waits { Action::PersonInvite } else { Action::PersonResetPassword };
    let permit = Permit::ask(platform, caller, action).await?;
    let about = Said::of("person", id);
    let found = store::person::find(permit.unit(), id, &permit.scope()).await?;
    let Some(person) = found.filter(|person| person.erased.is_none()) else {
        return Err(permit.not_here(about).await);
    };
    if waits && person.password.is_some() {
        return Err(Refusal::Changed);
    }
    if waits && !could_have_invited(&permit, platform, caller, id).await? {
        return Err(permit.refuse(access::Why::NotYoursToGive, about).await);
    }
    if let Err(why) = second_person(action, caller.who.person, None, Some(PersonId(id))) {
        return Err(permit.refuse(why, about).await);
    }
    let now = platform.now();
    store::person::forget_password(permit.unit(), id).await?;
    let ended = store::session::end_all(permit.unit(), id, None, now).await?;
    let (secret, expires) = invitation(platform, permit.unit(), caller, id).await?;
    let details = json!({ "way": "invitation", "sessions": ended });
    permit.keep(about.saying(details)).await?;
    Ok(Reinvited { secret, expires })
}

/// Whoever has the secret of an invitation becomes the person: only who could give every role of theirs gets one.
async fn could_have_invited(
    permit: &Permit<'_>,
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<bool, Refusal> {
    let today = today(platform.now());
    let all = store::membership::of_person(permit.unit(), id).await?;
    let mut alive = all.iter().filter(|held| is_alive(held, today)).peekable();
    if alive.peek().is_none() {
        return Ok(false);
    }
    for held in alive {
        let path: Path = held.path.parse().map_err(Refusal::broken)?;
        if !may_take(caller, Action::PersonInvite, held.role, &path) {
            return Ok(false);
        }
    }
    Ok(true)
}
