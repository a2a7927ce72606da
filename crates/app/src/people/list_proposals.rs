//! Roles that wait for somebody's approval.

use access::{Action, Field};
use store::membership::Membership;

use super::list_people::of;
use super::shown::{Shown, sight};
use crate::caller::Caller;
use crate::clock::today;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A role that waits, with the names that belong to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// What is proposed.
    pub membership: Membership,
    /// The name of whom it is for.
    pub person: Shown,
    /// The name of who proposed it.
    pub proposed_by: Option<Shown>,
}

/// The roles that wait where the caller sees.
pub async fn list_proposals(
    platform: &Platform,
    caller: &Caller,
) -> Result<Vec<Proposal>, Refusal> {
    let look = Look::ask(platform, caller, Action::MembershipList).await?;
    let waiting = store::membership::proposed(look.unit(), &look.scope()).await?;
    let mut named: Vec<i64> =
        waiting.iter().flat_map(|one| [Some(one.person), one.proposed_by]).flatten().collect();
    named.sort_unstable();
    named.dedup();
    let people = store::person::of_ids(look.unit(), &named).await?;
    let memberships = store::membership::of_people(look.unit(), &named).await?;
    let today = today(platform.now());
    let name = |id: i64| -> Result<Option<Shown>, Refusal> {
        let Some(person) = people.iter().find(|person| person.id == id) else {
            return Ok(None);
        };
        let field = Field::PersonName;
        let sight = sight(caller, id, &of(id, &memberships), field, today)?;
        Ok(Some(Shown::of(field, sight, Some(person.name.clone()))))
    };
    waiting
        .into_iter()
        .map(|membership| {
            let person = name(membership.person)?
                .ok_or_else(|| Refusal::broken("a membership of nobody"))?;
            let proposed_by = membership.proposed_by.map(name).transpose()?.flatten();
            Ok(Proposal { membership, person, proposed_by })
        })
        .collect()
}
