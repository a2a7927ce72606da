//! Tokens of others: seen by those who watch, revoked by the security officer.

use access::Action;
use serde_json::json;
use store::token::Token;

use crate::caller::Caller;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// The tokens of a person, the newest first, also those that hold no more.
pub async fn list_tokens(
    platform: &Platform,
    caller: &Caller,
    person: i64,
) -> Result<Vec<Token>, Refusal> {
    let look = Look::ask(platform, caller, Action::TokenList).await?;
    let found = store::person::find(look.unit(), person, &look.scope()).await?;
    found.ok_or(Refusal::NotFound)?;
    Ok(store::token::of_person(look.unit(), person).await?)
}

/// Revokes a token of a person.
pub async fn revoke_token(
    platform: &Platform,
    caller: &Caller,
    person: i64,
    token: i64,
) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::TokenRevoke).await?;
    let about = Said::of("token", token).saying(json!({ "person": person }));
    let found = store::person::find(permit.unit(), person, &permit.scope()).await?;
    let now = platform.now();
    if found.is_none() || !store::token::revoke(permit.unit(), token, person, now).await? {
        return Err(permit.not_here(about).await);
    }
    permit.keep(about).await
}
