//! Approving or refusing a proposed role: by the security officer, who neither proposed it nor is to have it.

use access::{Action, PersonId, Why, second_person};
use serde_json::json;
use store::membership::State;

use super::giving::is_alive;
use crate::caller::Caller;
use crate::clock::today;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Approves or refuses a proposed role.
pub async fn decide_membership(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    version: i64,
    approve: bool,
) -> Result<(), Refusal> {
    const ACTION: Action = Action::MembershipApprove;
    let permit = Permit::ask(platform, caller, ACTION).await?;
    let about = Said::of("membership", id);
    let found = store::membership::find(permit.unit(), id, &permit.scope()).await?;
    let Some(held) = found else {
        return Err(permit.not_here(about).await);
    };
    if held.state != State::Proposed {
        return Err(Refusal::Changed);
    }
    let concerns = Some(PersonId(held.person));
    let asked_by = held.proposed_by.map(PersonId);
    if let Err(why) = second_person(ACTION, caller.who.person, asked_by, concerns) {
        return Err(permit.refuse(why, about).await);
    }
    let now = platform.now();
    if approve {
        if held.organisation_closed || held.until.is_some_and(|until| until < today(now)) {
            return Err(Refusal::conflict(
                "该单位已经关闭，或申请的截止日期已过，不能批准",
                "the organisation is closed or the last day is past: it cannot be approved",
            ));
        }
        // What the person has become since it was proposed may stand against it, also what is approved just now.
        store::person::get_alone(permit.unit(), held.person).await?;
        let others = store::membership::of_person(permit.unit(), held.person).await?;
        let excluded = others.iter().any(|other| {
            other.state == State::Active
                && is_alive(other, today(now))
                && other.role.excludes(held.role)
        });
        if excluded {
            return Err(permit.refuse(Why::RolesExclude, about).await);
        }
    }
    let state = if approve { State::Active } else { State::Refused };
    let by = Some(caller.person());
    store::membership::decide(permit.unit(), id, version, state, by, now).await?;
    let details = json!({
        "person": held.person,
        "organisation": held.organisation,
        "role": held.role.code(),
        "state": state.code(),
    });
    permit.keep(about.saying(details)).await
}
