//! Delegations as far as the caller sees. An adviser sees those to the own office, never whom else a firm trusts.

use std::collections::BTreeMap;

use access::{Action, OrganisationId, Rows, Visible};
use jiff::Timestamp;
use store::Unit;
use store::delegation::Delegation;

use crate::caller::{Caller, scope};
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A delegation with the names of both sides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DelegationSeen {
    /// What was given.
    pub delegation: Delegation,
    /// The firm's name.
    pub firm: String,
    /// The name of whom it was given to.
    pub to: String,
}

/// Delegations, the newest first, also those that hold no more.
pub async fn list_delegations(
    platform: &Platform,
    caller: &Caller,
) -> Result<Vec<DelegationSeen>, Refusal> {
    let look = Look::ask(platform, caller, Action::DelegationList).await?;
    let found = visible(look.unit(), look.scope().rows, platform.now()).await?;
    let mut named: Vec<i64> = found.iter().flat_map(|one| [one.organisation, one.to]).collect();
    named.sort_unstable();
    named.dedup();
    let names: BTreeMap<i64, String> =
        store::organisation::names(look.unit(), &named).await?.into_iter().collect();
    let name = |id: i64| names.get(&id).cloned().unwrap_or_default();
    Ok(found
        .into_iter()
        .map(|delegation| DelegationSeen {
            firm: name(delegation.organisation),
            to: name(delegation.to),
            delegation,
        })
        .collect())
}

/// What is reached: through the firm, or because it was given to an organisation of the caller's.
pub(super) async fn visible(
    unit: &Unit,
    rows: &Rows,
    now: Timestamp,
) -> Result<Vec<Delegation>, Refusal> {
    let (given, through): (Vec<Visible>, Vec<Visible>) =
        rows.parts().iter().cloned().partition(|part| matches!(part, Visible::Consented(_)));
    let own: Vec<OrganisationId> = given
        .iter()
        .filter_map(|part| match part {
            Visible::Consented(own) => Some(*own),
            _ => None,
        })
        .collect();
    let (given, through): (Rows, Rows) =
        (given.into_iter().collect(), through.into_iter().collect());
    let mut found = store::delegation::all(unit, &scope(&through, now)).await?;
    let to_own = store::delegation::all(unit, &scope(&given, now)).await?;
    found.extend(to_own.into_iter().filter(|one| own.contains(&OrganisationId(one.to))));
    found.sort_by_key(|one| std::cmp::Reverse(one.id));
    found.dedup_by_key(|one| one.id);
    Ok(found)
}
