//! Sessions of others: looked at by those who watch, which is recorded, and ended by the security officer.

use access::{Action, Field};
use jiff::Timestamp;
use serde_json::json;
use store::session::Session;

use super::shown::{Shown, sight};
use crate::caller::Caller;
use crate::clock::today;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A session as a caller sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionSeen {
    /// Its number.
    pub id: i64,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// Whether the second factor was given.
    pub second_factor: bool,
    /// How the person signed in.
    pub way: String,
    /// From where.
    pub address: Shown,
    /// With which browser, as it says; hidden with the address.
    pub agent: Option<String>,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

impl SessionSeen {
    pub(crate) fn of(session: Session, sight: access::Sight, caller: &Caller) -> Self {
        Self {
            id: session.id,
            created: session.created,
            seen: session.seen,
            expires: session.expires,
            second_factor: session.second_factor.is_some(),
            way: session.way,
            address: Shown::of(Field::SignInAddress, sight, Some(session.address)),
            agent: (sight == access::Sight::Full).then_some(session.agent),
            is_this: caller.session.as_ref().is_some_and(|own| own.id == session.id),
        }
    }
}

/// The sessions of a person that are under way, the one used last first.
pub async fn list_sessions(
    platform: &Platform,
    caller: &Caller,
    person: i64,
) -> Result<Vec<SessionSeen>, Refusal> {
    let permit = Permit::ask(platform, caller, Action::SessionList).await?;
    let about = Said::of("person", person);
    if store::person::find(permit.unit(), person, &permit.scope()).await?.is_none() {
        return Err(permit.not_here(about).await);
    }
    let now = platform.now();
    let memberships = store::membership::of_person(permit.unit(), person).await?;
    let sight = sight(caller, person, &memberships, Field::SignInAddress, today(now))?;
    let found = store::session::of_person(permit.unit(), person, now).await?;
    permit.keep(about.saying(json!({ "sessions": found.len() })).looked()).await?;
    Ok(found.into_iter().map(|session| SessionSeen::of(session, sight, caller)).collect())
}

/// Ends a session of a person.
pub async fn end_session(
    platform: &Platform,
    caller: &Caller,
    person: i64,
    session: i64,
) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::SessionRevoke).await?;
    let about = Said::of("session", session).saying(json!({ "person": person }));
    let found = store::person::find(permit.unit(), person, &permit.scope()).await?;
    let now = platform.now();
    if found.is_none() || !store::session::end(permit.unit(), session, person, now).await? {
        return Err(permit.not_here(about).await);
    }
    permit.keep(about).await
}
