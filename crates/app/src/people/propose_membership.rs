//! A role for somebody who has an account. It counts when a second person has approved it, or at once where a firm's
//! manager gives it within the firm.

use access::{Action, Approval, Path, Role};
use jiff::civil::Date;
use serde_json::{Value, json};
use store::Unit;
use store::membership::{New, State};
use store::organisation::Organisation;

use super::checks::Checks;
use super::giving::{is_alive, may_give};
use crate::caller::Caller;
use crate::clock::today;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A role that somebody is to have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewMembership {
    /// Where.
    pub organisation: i64,
    /// As what.
    pub role: Role,
    /// The last day; none if it has no end.
    pub until: Option<Date>,
}

/// Proposes a role for a person and gives the membership's number and whether it counts already.
pub async fn propose_membership(
    platform: &Platform,
    caller: &Caller,
    person: i64,
    new: NewMembership,
) -> Result<(i64, State), Refusal> {
    let permit = Permit::ask(platform, caller, Action::MembershipPropose).await?;
    let about = Said::of("person", person);
    // Two who give roles to one person, erase them or close the place follow each other: each sees what the other did.
    store::organisation::hold_alone(permit.unit(), new.organisation).await?;
    store::person::get_alone(permit.unit(), person).await?;
    let found = store::person::find(permit.unit(), person, &permit.scope()).await?;
    let Some(found) = found.filter(|found| found.erased.is_none()) else {
        return Err(permit.not_here(about).await);
    };
    let place = store::organisation::find(permit.unit(), new.organisation, &permit.scope()).await?;
    let Some(place) = place else {
        return Err(permit.not_here(Said::of("organisation", new.organisation)).await);
    };
    let now = platform.now();
    let mut checks = Checks::default();
    checks.until(new.role, new.until, today(now));
    checks.done()?;
    is_open(&place)?;
    let mut alive = store::membership::of_person(permit.unit(), person).await?;
    alive.retain(|held| is_alive(held, today(now)));
    if alive.iter().any(|held| held.organisation == place.id && held.role == new.role) {
        return Err(has_it());
    }
    let holds: Vec<Role> = alive.iter().map(|held| held.role).collect();
    let state = match give(caller, Action::MembershipPropose, &new, &place, &holds)? {
        Ok(state) => state,
        Err(why) => return Err(permit.refuse(why, about).await),
    };
    let id = enter(permit.unit(), platform, caller, found.id, &new, state).await?;
    permit.keep(Said::of("membership", id).saying(details(person, &new, state))).await?;
    Ok((id, state))
}

/// Whether the caller may give it, and whether it counts at once.
pub(super) fn give(
    caller: &Caller,
    action: Action,
    new: &NewMembership,
    place: &Organisation,
    holds: &[Role],
) -> Result<Result<State, access::Why>, Refusal> {
    let path: Path = place.path.parse().map_err(Refusal::broken)?;
    Ok(may_give(caller, action, new.role, (&path, place.kind), holds).map(
        |approval| match approval {
            Approval::AtOnce => State::Active,
            Approval::BySecondPerson => State::Proposed,
        },
    ))
}

pub(super) fn is_open(place: &Organisation) -> Result<(), Refusal> {
    match place.closed {
        None => Ok(()),
        Some(_) => Err(Refusal::conflict("该单位已经关闭", "the organisation is closed")),
    }
}

pub(super) async fn enter(
    unit: &Unit,
    platform: &Platform,
    caller: &Caller,
    person: i64,
    new: &NewMembership,
    state: State,
) -> Result<i64, Refusal> {
    let now = platform.now();
    let entered = New {
        person,
        organisation: new.organisation,
        role: new.role,
        state,
        from: today(now),
        until: new.until,
        proposed_by: Some(caller.person()),
        at: now,
    };
    store::membership::insert(unit, &entered).await.map_err(|error| match error {
        store::Error::Taken(_) => has_it(),
        other => other.into(),
    })
}

fn has_it() -> Refusal {
    Refusal::conflict(
        "此人在该单位已有这一角色，或已经提出申请",
        "the person has this role there already, or it has been proposed",
    )
}

pub(super) fn details(person: i64, new: &NewMembership, state: State) -> Value {
    json!({
        "person": person,
        "organisation": new.organisation,
        "role": new.role.code(),
        "state": state.code(),
        "until": new.until.map(|day| day.to_string()),
    })
}
