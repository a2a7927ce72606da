//! Another name, code or district. What an organisation is and where it stands does not change.

use access::Action;
use serde_json::json;

use super::described::{Described, taken};
use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Changes an organisation, if nobody has changed it since `version`.
pub async fn change_organisation(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    version: i64,
    described: &Described<'_>,
) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::OrganisationChange).await?;
    let about = Said::of("organisation", id);
    let found = store::organisation::find(permit.unit(), id, &permit.scope()).await?;
    let Some(was) = found else {
        return Err(permit.not_here(about).await);
    };
    let is = described.checked(was.kind)?;
    is.is_free(permit.unit(), Some(id)).await?;
    let (uscc, district) = (is.uscc.as_deref(), is.district.as_deref());
    store::organisation::change(permit.unit(), id, version, &is.name, uscc, district)
        .await
        .map_err(taken)?;
    let details = json!({
        "was": { "name": was.name, "uscc": was.uscc, "district": was.district },
        "is": { "name": is.name, "uscc": is.uscc, "district": is.district },
    });
    permit.keep(about.saying(details)).await
}
