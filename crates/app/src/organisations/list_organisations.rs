//! Organisations as far as the caller sees, in pages, and one of them.

use access::Action;
use store::organisation::{Organisation, Wanted};
use store::{Listed, Page};

use crate::caller::Caller;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A page of organisations in the order of the tree's growth.
pub async fn list_organisations(
    platform: &Platform,
    caller: &Caller,
    wanted: &Wanted<'_>,
    page: Page,
) -> Result<Listed<Organisation>, Refusal> {
    let look = Look::ask(platform, caller, Action::OrganisationList).await?;
    Ok(store::organisation::list(look.unit(), wanted, &look.scope(), page).await?)
}

/// One organisation.
pub async fn show_organisation(
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<Organisation, Refusal> {
    let look = Look::ask(platform, caller, Action::OrganisationList).await?;
    store::organisation::find(look.unit(), id, &look.scope()).await?.ok_or(Refusal::NotFound)
}
