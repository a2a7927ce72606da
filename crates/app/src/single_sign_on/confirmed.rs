//! Who somebody is at the provider: the code is exchanged for a token, whose signature, issuer, audience, party,
//! times and nonce have to hold.

use jiff::Timestamp;
use openidconnect::{
    AuthorizationCode, Nonce, PkceCodeVerifier, RequestTokenError, TokenResponse as _,
};

use super::begin_sign_on::Memory;
use super::not_signed_on::NotSignedOn;
use super::provider::{Provider, ask};
use crate::refusal::Fault;

/// Clocks may differ by so many seconds, and so long may the provider have taken over the token.
const ISSUED_WITHIN: i64 = 600;

/// Who it is at the provider.
pub(super) async fn confirmed(
    provider: &Provider,
    memory: &Memory,
    code: &str,
    now: Timestamp,
) -> Result<String, NotSignedOn> {
    let down = |what: String| NotSignedOn::Down(Fault::new(what));
    let unconfirmed = |what: String| NotSignedOn::Unconfirmed(Fault::new(what));
    let client = provider.client().await?;
    let answer = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .map_err(|error| down(format!("the provider has no place to exchange codes: {error}")))?
        .set_pkce_verifier(PkceCodeVerifier::new(memory.verifier.clone()))
        .request_async(&ask)
        .await
        .map_err(|error| match error {
            RequestTokenError::Request(error) => down(error.to_string()),
            // A body that is no answer may hold anything: it is not repeated.
            RequestTokenError::Parse(error, _) => unconfirmed(error.to_string()),
            other => unconfirmed(other.to_string()),
        })?;
    let token = answer.id_token().ok_or_else(|| unconfirmed("no token of identity".to_owned()))?;
    let nonce = Nonce::new(memory.nonce.clone());
    let claims = token
        .claims(&client.id_token_verifier(), &nonce)
        .map_err(|error| unconfirmed(error.to_string()))?;
    // Given to another of the provider's clients, which passed it on.
    if claims.authorized_party().is_some_and(|party| party.as_str() != provider.client) {
        return Err(unconfirmed("a token that was issued to somebody else".to_owned()));
    }
    if (claims.issue_time().timestamp() - now.as_second()).abs() > ISSUED_WITHIN {
        return Err(unconfirmed("a token that was not issued just now".to_owned()));
    }
    Ok(claims.subject().as_str().to_owned())
}
