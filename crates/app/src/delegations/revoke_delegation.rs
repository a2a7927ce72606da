//! Taking a delegation back, as the firm, or giving it back, as the adviser.

use access::Action;
use serde_json::json;

use super::list_delegations::visible;
use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Ends a delegation from now on, if nobody has changed it since `version`.
pub async fn revoke_delegation(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    version: i64,
) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::DelegationRevoke).await?;
    let about = Said::of("delegation", id);
    let now = platform.now();
    let found = visible(permit.unit(), permit.rows(), now).await?;
    let Some(given) = found.into_iter().find(|given| given.id == id) else {
        return Err(permit.not_here(about).await);
    };
    store::delegation::revoke(permit.unit(), id, version, now).await?;
    let details = json!({ "organisation": given.organisation, "to": given.to });
    permit.keep(about.saying(details)).await
}
