//! The accounts at a provider of identities (统一认证) with which one can sign in, and taking one back. Linking one
//! goes through the provider: see `single_sign_on`.

use access::Action;
use serde_json::json;
use store::identity::Identity;

use super::proven::{look, permit};
use crate::caller::Caller;
use crate::permit::Said;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// The accounts that are linked to the caller's, the oldest first.
pub async fn list_own_identities(
    platform: &Platform,
    caller: &Caller,
) -> Result<Vec<Identity>, Refusal> {
    let (look, person) = look(platform, caller, Action::OwnReadProfile).await?;
    Ok(store::identity::of_person(look.unit(), person.id).await?)
}

/// Takes one of them back: nobody signs in with it any more. The password stays as it is.
pub async fn unlink_own_identity(
    platform: &Platform,
    caller: &Caller,
    identity: i64,
) -> Result<(), Refusal> {
    let permit = permit(platform, caller, Action::OwnUnlinkIdentity).await?;
    let person = caller.person();
    let about = Said::of("person", person);
    match store::identity::unlink_one(permit.unit(), person, identity).await? {
        Some(issuer) => permit.keep(about.saying(json!({ "issuer": issuer }))).await,
        None => Err(permit.not_here(about).await),
    }
}
