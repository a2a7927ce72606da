//! Who acts about themselves has shown who they are: a password alone, where a second factor is set up, is not
//! enough to touch anything, and giving a wrong proof counts as failing to sign in.

use access::{Action, Why};
use audit::Outcome;
use store::Unit;
use store::person::Person;

use crate::caller::{Caller, Owes};
use crate::permit::{Look, Permit, Said, record};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::sign_in;

/// Leave to change something about oneself, with everybody else waiting who wants to change the account. Whoever takes
/// it back, disables or erases it at this moment was quicker, and ends what is under way.
pub(super) async fn permit<'a>(
    platform: &'a Platform,
    caller: &'a Caller,
    action: Action,
) -> Result<Permit<'a>, Refusal> {
    let permit = Permit::ask(platform, caller, action).await?;
    match caller.owes {
        Some(Owes::SecondFactor) => Err(permit.refuse(Why::Owes, Said::default()).await),
        _ => {
            still_in(platform, permit.unit(), caller).await?;
            Ok(permit)
        }
    }
}

/// Whoever acts about themselves, held, if they are still there and the session still goes on.
pub(crate) async fn still_in(
    platform: &Platform,
    unit: &Unit,
    caller: &Caller,
) -> Result<Person, Refusal> {
    let person = store::person::get_alone(unit, caller.person()).await?;
    let person = person.filter(|person| person.disabled.is_none() && person.erased.is_none());
    let person = person.ok_or(Refusal::SignIn)?;
    if let Some(this) = &caller.session {
        let sessions = store::session::of_person(unit, person.id, platform.now()).await?;
        if !sessions.iter().any(|session| session.id == this.id) {
            return Err(Refusal::SignIn);
        }
    }
    Ok(person)
}

/// Leave to look at something about oneself, with who one is.
pub(super) async fn look(
    platform: &Platform,
    caller: &Caller,
    action: Action,
) -> Result<(Look, Person), Refusal> {
    if caller.owes == Some(Owes::SecondFactor) {
        drop(permit(platform, caller, action).await?);
    }
    let look = Look::ask(platform, caller, action).await?;
    let person = store::person::get(look.unit(), caller.person()).await?.ok_or(Refusal::SignIn)?;
    Ok((look, person))
}

/// Refuses while the account is locked.
pub(super) fn not_locked(platform: &Platform, person: &Person) -> Result<(), Refusal> {
    sign_in::not_locked(person, platform.now())
}

/// Counts and records a proof that was wrong, and refuses as `refusal`.
pub(super) async fn wrong(
    platform: &Platform,
    caller: &Caller,
    action: Action,
    why: &str,
    refusal: Refusal,
) -> Refusal {
    let kept = async {
        let unit = platform.store().write().await?;
        let id = caller.person();
        let person = store::person::get_alone(&unit, id).await?.ok_or(Refusal::SignIn)?;
        sign_in::count_failure(platform, &unit, &person, platform.now()).await?;
        let said = Said::of("person", id).saying(serde_json::json!({ "why": why }));
        let said = Said { outcome: Some(Outcome::Refused), ..said };
        record(platform, Some(caller), &unit, action.code(), said).await?;
        Ok::<_, Refusal>(unit.commit().await?)
    };
    match kept.await {
        Ok(()) => refusal,
        Err(error) => error,
    }
}
