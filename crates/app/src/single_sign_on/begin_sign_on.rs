//! The first half: what is remembered until the provider sends somebody back, and where to send them.

use access::Action;
use jiff::SignedDuration;
use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{CsrfToken, Nonce, PkceCodeChallenge};
use serde::{Deserialize, Serialize};

use super::not_signed_on::NotSignedOn;
use super::provider::Provider;
use crate::caller::Caller;
use crate::own::Owner;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Whoever takes longer begins again.
const TIME: SignedDuration = SignedDuration::from_mins(10);
/// What the sealed memory of a sign-in is sealed for.
pub(super) const CONTEXT: &str = "sign-on";

/// What has to be remembered of a sign-in under way.
#[derive(Serialize, Deserialize)]
pub(super) struct Memory {
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) issuer: String,
    /// The person who links the provider's to their own account; none who signs in.
    pub(super) links: Option<i64>,
    /// Where to go afterwards.
    pub(super) next: String,
}

/// Begins to sign in. The address to send the browser to, and the state that its cookie has to bring back.
pub async fn begin_sign_on(
    platform: &Platform,
    provider: &Provider,
    next: &str,
) -> Result<(String, String), NotSignedOn> {
    begin(platform, provider, None, next).await
}

/// Begins to link one's account to somebody at the provider. The present password is asked for here, before anybody is
/// sent away.
pub async fn begin_link(
    platform: &Platform,
    caller: &Caller,
    provider: &Provider,
    present: &str,
    next: &str,
) -> Result<(String, String), NotSignedOn> {
    Owner::shown(platform, caller, Action::OwnLinkIdentity, present).await?;
    begin(platform, provider, Some(caller.person()), next).await
}

async fn begin(
    platform: &Platform,
    provider: &Provider,
    links: Option<i64>,
    next: &str,
) -> Result<(String, String), NotSignedOn> {
    let client = provider.client().await?;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, state, nonce) = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        )
        .set_pkce_challenge(challenge)
        .url();
    let memory = Memory {
        nonce: nonce.secret().clone(),
        verifier: verifier.secret().clone(),
        issuer: provider.issuer.clone(),
        links,
        next: next.to_owned(),
    };
    let sealed =
        platform.seal(&serde_json::to_string(&memory).map_err(Refusal::broken)?, CONTEXT)?;
    let now = platform.now();
    let unit = platform.store().write().await?;
    store::identity::begin(&unit, &platform.hash_secret(state.secret()), sealed, now, now + TIME)
        .await?;
    unit.commit().await?;
    Ok((url.to_string(), state.secret().clone()))
}
