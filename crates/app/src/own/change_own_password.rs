//! Another password for oneself. The present one is asked for; this session gets another secret; whatever else leads
//! into the account is closed as far as its owner wants: who changes a password because somebody knows it wants all of
//! it, who changes it because it is old may want to go on elsewhere.

use access::Action;
use serde_json::json;

use super::owner::Owner;
use super::proven::{look, permit};
use crate::caller::Caller;
use crate::password;
use crate::people::Closed;
use crate::permit::Said;
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::sign_in::Began;

const ACTION: Action = Action::OwnChangePassword;

/// What else leads into the account besides the password and this session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Close {
    /// Other sessions.
    pub sessions: bool,
    /// Tokens.
    pub tokens: bool,
    /// Accounts at a provider of identities.
    pub identities: bool,
}

impl Close {
    /// All of it.
    pub const ALL: Self = Self { sessions: true, tokens: true, identities: true };
    /// Nothing of it.
    pub const NOTHING: Self = Self { sessions: false, tokens: false, identities: false };
}

/// How many ways lead into the caller's account besides the password and this session.
pub async fn count_own_ways_in(platform: &Platform, caller: &Caller) -> Result<Closed, Refusal> {
    let (look, person) = look(platform, caller, ACTION).await?;
    let (unit, now) = (look.unit(), platform.now());
    let sessions = store::session::of_person(unit, person.id, now).await?;
    let this = caller.session.as_ref().map(|session| session.id);
    let tokens = store::token::of_person(unit, person.id).await?;
    Ok(Closed {
        sessions: sessions.iter().filter(|session| Some(session.id) != this).count() as u64,
        tokens: tokens.iter().filter(|token| token.holds_at(now)).count() as u64,
        identities: store::identity::of_person(unit, person.id).await?.len() as u64,
    })
}

/// Changes the password. Gives the session's new secret, and how much else was closed.
pub async fn change_own_password(
    platform: &Platform,
    caller: &Caller,
    (present, chosen): (&str, &str),
    close: Close,
) -> Result<(Began, Closed), Refusal> {
    let (known, security) = {
        let (look, person) = look(platform, caller, ACTION).await?;
        let security = platform.security(look.unit()).await?;
        (person, security)
    };
    let session = caller.session.as_ref().ok_or(Refusal::SignIn)?;
    if known.password.is_none() {
        return Err(Refusal::conflict(
            "账号没有密码，由统一认证登录；需要密码时请联系系统管理员",
            "the account has no password and signs in elsewhere: ask the administrator for one",
        ));
    }
    let owner = Owner::shown(platform, caller, ACTION, present).await?;
    password::check(chosen, &known.login, &known.name, &security)?;
    if chosen == present {
        return Err(Refusal::invalid(
            "password",
            "新密码不能与现有密码相同",
            "the new password has to be another one",
        ));
    }
    let hash = password::hash(platform, chosen).await?;
    let permit = permit(platform, caller, ACTION).await?;
    let (unit, now) = (permit.unit(), platform.now());
    let person = owner.again(platform, unit).await?;
    store::person::set_password(unit, person.id, &hash, false, now).await?;
    store::person::forget_failures(unit, person.id).await?;
    let mut closed = Closed::default();
    if close.sessions {
        closed.sessions = store::session::end_all(unit, person.id, Some(session.id), now).await?;
    }
    if close.tokens {
        closed.tokens = store::token::revoke_all(unit, person.id, now).await?;
    }
    if close.identities {
        closed.identities = store::identity::unlink(unit, person.id).await?;
    }
    let secret = crypto::secret_token("tidus_")?;
    store::session::rotate(
        unit,
        session.id,
        &platform.hash_secret(&secret),
        &crypto::secret_token("")?,
        session.second_factor,
    )
    .await?;
    permit.keep(Said::of("person", person.id).saying(closed.with(json!({})))).await?;
    Ok((Began { secret, second_factor: false }, closed))
}
