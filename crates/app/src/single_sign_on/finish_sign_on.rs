//! The second half: somebody was sent back with a code. Whoever they are at the provider, here they are whom that
//! account was linked to.

use access::Action;
use audit::{Actor, How, Outcome};
use serde_json::json;

use super::begin_sign_on::{CONTEXT, Memory};
use super::confirmed::confirmed;
use super::not_signed_on::NotSignedOn;
use super::provider::Provider;
use crate::caller::{Caller, Origin};
use crate::own::still_in;
use crate::permit::{Permit, Said, record_as};
use crate::platform::Platform;
use crate::refusal::{Fault, Refusal};
use crate::sign_in::{Began, begin};

/// With what somebody was sent back.
#[derive(Clone, Copy)]
pub struct Back<'a> {
    /// What says which sign-in it is. That it is the browser's own was looked at before.
    pub state: &'a str,
    /// What the provider gives a token for.
    pub code: &'a str,
    /// Who says to be the provider, if anybody says so.
    pub issuer: Option<&'a str>,
}

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

/// Finishes a sign-in or a link. `caller` is whoever is signed in with this browser.
pub async fn finish_sign_on(
    platform: &Platform,
    caller: Option<&Caller>,
    provider: &Provider,
    back: Back<'_>,
    origin: &Origin,
) -> Result<Finished, NotSignedOn> {
    let refused = |why| refused(platform, provider, why, None, origin);
    let Some(memory) = remembered(platform, provider, back.state).await? else {
        refused("late").await?;
        return Err(NotSignedOn::Late);
    };
    // Another provider's answer in this one's name (RFC 9207).
    if back.issuer.is_some_and(|issuer| issuer != provider.issuer) {
        refused("unconfirmed").await?;
        return Err(NotSignedOn::Unconfirmed(Fault::new(
            "another issuer than the one that was asked",
        )));
    }
    let subject = match confirmed(provider, &memory, back.code, platform.now()).await {
        Ok(subject) => subject,
        Err(why @ NotSignedOn::Unconfirmed(_)) => {
            refused("unconfirmed").await?;
            return Err(why);
        }
        Err(why) => return Err(why),
    };
    match memory.links {
        Some(person) => {
            // Whoever began is whoever ends.
            let caller =
                caller.filter(|caller| caller.person() == person).ok_or(NotSignedOn::Left)?;
            link(platform, caller, provider, subject).await?;
            Ok(Finished::Linked { next: memory.next })
        }
        None => {
            let began = sign_in(platform, provider, subject, origin).await?;
            Ok(Finished::SignedIn { began, next: memory.next })
        }
    }
}

/// What was remembered, once. Nothing if that was too long ago, or at another provider.
async fn remembered(
    platform: &Platform,
    provider: &Provider,
    state: &str,
) -> Result<Option<Memory>, Refusal> {
    let unit = platform.store().write().await?;
    let sealed =
        store::identity::finish(&unit, &platform.hash_secret(state), platform.now()).await?;
    unit.commit().await?;
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let memory: Memory =
        serde_json::from_str(&platform.open(&sealed, CONTEXT)?).map_err(Refusal::broken)?;
    Ok(Some(memory).filter(|memory| memory.issuer == provider.issuer))
}

async fn link(
    platform: &Platform,
    caller: &Caller,
    provider: &Provider,
    subject: String,
) -> Result<(), NotSignedOn> {
    let permit = Permit::ask(platform, caller, Action::OwnLinkIdentity).await?;
    let (person, now) = (caller.person(), platform.now());
    // Whoever takes the account back at this moment ends the session, too: then nothing is linked any more.
    match still_in(platform, permit.unit(), caller).await {
        Err(Refusal::SignIn) => return Err(NotSignedOn::Left),
        other => other?,
    };
    match store::identity::link(permit.unit(), person, &provider.issuer, &subject, now).await {
        Err(store::Error::Taken(_)) => return Err(NotSignedOn::Taken),
        other => other?,
    }
    let said =
        Said::of("person", person).saying(json!({ "issuer": provider.issuer })).personal(subject);
    Ok(permit.keep(said).await?)
}

async fn sign_in(
    platform: &Platform,
    provider: &Provider,
    subject: String,
    origin: &Origin,
) -> Result<Began, NotSignedOn> {
    let now = platform.now();
    let unit = platform.store().write().await?;
    let linked = store::identity::person_of(&unit, &provider.issuer, &subject).await?;
    let person = match linked {
        Some(person) => store::person::get_alone(&unit, person).await?,
        None => None,
    };
    // Once more: it may have been unlinked while somebody else held the account.
    let still = store::identity::person_of(&unit, &provider.issuer, &subject).await?;
    let person = person.filter(|person| still == Some(person.id));
    let person = person.filter(|person| {
        person.disabled.is_none()
            && person.erased.is_none()
            && person.locked_until.is_none_or(|until| until <= now)
    });
    let Some(person) = person else {
        drop(unit);
        refused(platform, provider, "not-linked", Some(subject), origin).await?;
        return Err(NotSignedOn::NotLinked);
    };
    Ok(begin(platform, unit, &person, &provider.issuer, None, origin).await?)
}

/// Records that nobody was signed in.
async fn refused(
    platform: &Platform,
    provider: &Provider,
    why: &str,
    subject: Option<String>,
    origin: &Origin,
) -> Result<(), Refusal> {
    let said =
        Said { outcome: Some(Outcome::Refused), personal: subject, ..Said::of("person", "") };
    let said = said.saying(json!({ "way": provider.issuer, "why": why }));
    let nobody = Actor { person: None, how: How::Session };
    let unit = platform.store().write().await?;
    record_as(platform, &unit, "session.begin", said, nobody, None, origin).await?;
    Ok(unit.commit().await?)
}
