//! The second half: somebody was sent back with a code. Whoever they are at the provider, here they are whom that
//! account was linked to.

use audit::{Actor, How, Outcome};
use openidconnect::{AuthorizationCode, Nonce, PkceCodeVerifier, TokenResponse as _};
use serde_json::json;

use super::begin_sign_on::{CONTEXT, Memory};
use super::provider::{Provider, ask};
use crate::caller::{Caller, Origin};
use crate::permit::{Said, record, record_as};
use crate::platform::Platform;
use crate::refusal::{Fault, Refusal};
use crate::sign_in::{Began, begin};

/// What came of it.
pub enum Finished {
    /// Somebody is signed in.
    SignedIn {
        /// The session.
        began: Began,
        /// Where to go.
        next: String,
    },
    /// The account is linked.
    Linked {
        /// Where to go.
        next: String,
    },
}

/// Finishes a sign-in or a link. `state` is what came in the address; that it is the browser's own was looked at
/// before. `caller` is whoever is signed in with this browser.
pub async fn finish_sign_on(
    platform: &Platform,
    caller: Option<&Caller>,
    provider: &Provider,
    state: &str,
    code: &str,
    origin: &Origin,
) -> Result<Finished, Refusal> {
    let again = || {
        Refusal::conflict(
            "统一认证登录已过期或已用过，请重新开始",
            "this sign-in is too old or was used: begin again",
        )
    };
    let now = platform.now();
    let sealed = {
        let unit = platform.store().write().await?;
        let sealed = store::identity::finish(&unit, &platform.hash_secret(state), now).await?;
        unit.commit().await?;
        sealed.ok_or_else(again)?
    };
    let memory: Memory = serde_json::from_str(&platform.open(&sealed, CONTEXT)?).map_err(Refusal::broken)?;
    if memory.issuer != provider.issuer {
        return Err(again());
    }
    let subject = subject(provider, &memory, code).await?;
    let unit = platform.store().write().await?;
    if let Some(person) = memory.links {
        // Whoever began is whoever ends.
        let caller = caller.filter(|caller| caller.person() == person).ok_or(Refusal::SignIn)?;
        match store::identity::link(&unit, person, &provider.issuer, &subject, now).await {
            Err(store::Error::Taken(_)) => {
                return Err(Refusal::conflict(
                    "这一统一认证账号已绑定到本平台的账号",
                    "this account of the provider is linked already",
                ));
            }
            other => other?,
        }
        record(platform, Some(caller), &unit, "own.link-identity", Said::of("person", person)).await?;
        unit.commit().await?;
        return Ok(Finished::Linked { next: memory.next });
    }
    let person = match store::identity::person_of(&unit, &provider.issuer, &subject).await? {
        Some(person) => store::person::get(&unit, person).await?,
        None => None,
    };
    let person = person.filter(|person| {
        person.disabled.is_none() && person.erased.is_none() && person.locked_until.is_none_or(|until| until <= now)
    });
    let Some(person) = person else {
        let said = Said { outcome: Some(Outcome::Refused), ..Said::of("person", "") };
        let said = said.saying(json!({ "way": provider.issuer, "why": "not-linked" })).personal(subject);
        let nobody = Actor { person: None, how: How::Session };
        record_as(platform, &unit, "session.begin", said, nobody, None, origin).await?;
        unit.commit().await?;
        return Err(Refusal::conflict(
            "这一统一认证账号还没有绑定本平台的账号，或账号暂时不能登录；请先用密码登录，在“本人”页面绑定",
            "this account of the provider is not linked, or the account cannot sign in for now: sign in with the \
             password and link it on your own page",
        ));
    };
    let began = begin(platform, unit, &person, &provider.issuer, None, origin).await?;
    Ok(Finished::SignedIn { began, next: memory.next })
}

/// Who it is at the provider: the code is exchanged, and the token's signature, issuer, audience, time and nonce hold.
async fn subject(provider: &Provider, memory: &Memory, code: &str) -> Result<String, Refusal> {
    let refused = |what: &dyn std::fmt::Display| {
        tracing::warn!(error = %what, "the provider of identities");
        Refusal::conflict("统一认证没有确认您的身份，请重新登录", "the provider has not confirmed who you are: begin again")
    };
    let client = provider.client().await?;
    let answer = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .map_err(|error| Refusal::Later(Fault::new(error)))?
        .set_pkce_verifier(PkceCodeVerifier::new(memory.verifier.clone()))
        .request_async(&ask)
        .await
        .map_err(|error| refused(&error))?;
    let token = answer.id_token().ok_or_else(|| refused(&"no token of identity"))?;
    let nonce = Nonce::new(memory.nonce.clone());
    let claims = token.claims(&client.id_token_verifier(), &nonce).map_err(|error| refused(&error))?;
    Ok(claims.subject().as_str().to_owned())
}
