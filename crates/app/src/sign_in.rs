//! Signing in: a password, then the second factor if there is one. Whoever fails learns only that it failed.

use audit::{Actor, How, Outcome};
use jiff::Timestamp;
use serde_json::json;
use store::Unit;
use store::person::Person;

use crate::caller::{Caller, Origin};
use crate::permit::{Said, record, record_as};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::{password, second_factor};

/// A session that has begun.
#[derive(Clone, PartialEq, Eq)]
pub struct Began {
    /// What the browser keeps.
    pub secret: String,
    /// Whether the second factor has to be given next.
    pub second_factor: bool,
}

/// Signs in with a password.
pub async fn with_password(
    platform: &Platform,
    login: &str,
    given: &str,
    origin: &Origin,
) -> Result<Began, Refusal> {
    let now = platform.now();
    let known = {
        let unit = platform.store().read().await?;
        store::person::by_login(&unit, login).await?
    };
    // The password is worked out in every case, so that the time tells nothing.
    let hash = known.as_ref().and_then(|person| person.password.as_deref());
    let fits = password::verify(platform, given, hash).await?;
    let unit = platform.store().write().await?;
    // Read again in the unit that writes: others may have tried meanwhile.
    let of = known.as_ref().map_or(0, |person| person.id);
    let Some(person) = store::person::get_alone(&unit, of).await? else {
        store::person::count_nobody(&unit, now).await?;
        let said =
            Said::of("person", "").saying(json!({ "why": "unknown" })).personal(shortened(login));
        return Err(failed(platform, unit, said, None, origin).await);
    };
    let why = if person.disabled.is_some() || person.erased.is_some() {
        Some("disabled")
    } else if person.locked_until.is_some_and(|until| until > now) {
        Some("locked")
    } else if !fits || person.password.as_deref() != hash {
        Some("password")
    } else {
        None
    };
    if let Some(why) = why {
        if why == "password" {
            count_failure(platform, &unit, &person, now).await?;
        }
        let said = Said::of("person", person.id).saying(json!({ "why": why }));
        return Err(failed(platform, unit, said, Some(&person), origin).await);
    }
    // With a second factor the account is not yet safe from who guesses: failures count on until it is given.
    if person.second_factor_since.is_none() && person.failed > 0 {
        store::person::forget_failures(&unit, person.id).await?;
    }
    begin(platform, unit, &person, "password", waived(platform, &person), origin).await
}

/// When a session counts as one with a second factor though none was given: in a demonstration, of whoever has set none
/// up and is not there to show how that is done.
fn waived(platform: &Platform, person: &Person) -> Option<Timestamp> {
    let demo = platform.demo()?;
    let waived = person.second_factor_since.is_none() && demo.waives_second_factor(&person.login);
    waived.then(|| platform.now())
}

/// Begins a session of somebody who has shown who they are.
pub(crate) async fn begin(
    platform: &Platform,
    unit: Unit,
    person: &Person,
    way: &str,
    second_factor: Option<Timestamp>,
    origin: &Origin,
) -> Result<Began, Refusal> {
    let now = platform.now();
    let security = platform.security(&unit).await?;
    let secret = crypto::secret_token("tidus_")?;
    let form_secret = crypto::secret_token("")?;
    let new = store::session::New {
        person: person.id,
        secret_hash: &platform.hash_secret(&secret),
        form_secret: &form_secret,
        at: now,
        expires: now + security.session_idle(),
        second_factor,
        way,
        address: origin.address.as_deref().unwrap_or_default(),
        agent: &shortened(origin.agent.as_deref().unwrap_or_default()),
    };
    let session = store::session::insert(&unit, &new).await?;
    let asked = person.second_factor_since.is_some() && second_factor.is_none();
    let said =
        Said::of("session", session).saying(json!({ "way": way, "second-factor-asked": asked }));
    let actor = Actor { person: Some(person.id), how: How::Session };
    record_as(platform, &unit, "session.begin", said, actor, None, origin).await?;
    unit.commit().await?;
    Ok(Began { secret, second_factor: asked })
}

/// Gives the second factor of a session, which gets another secret.
pub async fn give_second_factor(
    platform: &Platform,
    caller: &Caller,
    code: &str,
) -> Result<Began, Refusal> {
    let now = platform.now();
    let session = caller.session.as_ref().ok_or(Refusal::SignIn)?;
    let unit = platform.store().write().await?;
    let person = store::person::get_alone(&unit, caller.person()).await?.ok_or(Refusal::SignIn)?;
    not_locked(&person, now)?;
    if !second_factor::take(platform, &unit, &person, code).await? {
        count_failure(platform, &unit, &person, now).await?;
        let said = Said { outcome: Some(Outcome::Refused), ..Said::of("session", session.id) };
        record(platform, Some(caller), &unit, "session.second-factor", said).await?;
        unit.commit().await?;
        return Err(Refusal::invalid(
            "code",
            "验证码不对或已用过；请等验证器显示下一个",
            "the code is wrong or was used: wait for the next one",
        ));
    }
    store::person::forget_failures(&unit, person.id).await?;
    let secret = crypto::secret_token("tidus_")?;
    let form_secret = crypto::secret_token("")?;
    store::session::rotate(
        &unit,
        session.id,
        &platform.hash_secret(&secret),
        &form_secret,
        Some(now),
    )
    .await?;
    record(platform, Some(caller), &unit, "session.second-factor", Said::of("session", session.id))
        .await?;
    unit.commit().await?;
    Ok(Began { secret, second_factor: false })
}

/// Ends the session.
pub async fn sign_out(platform: &Platform, caller: &Caller) -> Result<(), Refusal> {
    let session = caller.session.as_ref().ok_or(Refusal::SignIn)?;
    let unit = platform.store().write().await?;
    if store::session::end(&unit, session.id, caller.person(), platform.now()).await? {
        record(platform, Some(caller), &unit, "session.end", Said::of("session", session.id))
            .await?;
    }
    Ok(unit.commit().await?)
}

/// Counts a failed attempt; after so many in a row the account is locked for a while. After a lock it is counted anew.
/// The person was read with [`store::person::get_alone`].
pub(crate) async fn count_failure(
    platform: &Platform,
    unit: &Unit,
    person: &Person,
    now: Timestamp,
) -> Result<(), Refusal> {
    let security = platform.security(unit).await?;
    let first = person.locked_until.is_some_and(|until| until <= now);
    let failed = if first { 1 } else { person.failed.saturating_add(1) };
    let lock = (failed >= i64::from(security.lock_after)).then(|| now + security.lock());
    let failure = store::person::Failure { at: now, first, lock };
    Ok(store::person::count_failure(unit, person.id, &failure).await?)
}

/// Refuses while the account is locked: proofs are not tried on and on.
pub(crate) fn not_locked(person: &Person, now: Timestamp) -> Result<(), Refusal> {
    if person.is_held() {
        return Err(Refusal::conflict(
            "账号已锁定，待安全保密管理员解除锁定后才能使用；请与安全保密管理员联系",
            "the account is locked until the security officer releases it: ask the security officer",
        ));
    }
    match person.locked_until.filter(|until| *until > now) {
        Some(until) => {
            Err(Refusal::TooMany { seconds: until.as_second().saturating_sub(now.as_second()) })
        }
        None => Ok(()),
    }
}

/// Records that somebody failed to sign in. The answer is the same for all reasons.
async fn failed(
    platform: &Platform,
    unit: Unit,
    said: Said,
    person: Option<&Person>,
    origin: &Origin,
) -> Refusal {
    let said = Said { outcome: Some(Outcome::Refused), ..said };
    let actor = Actor { person: person.map(|person| person.id), how: How::Session };
    let kept = async {
        record_as(platform, &unit, "session.begin", said, actor, None, origin).await?;
        Ok::<_, Refusal>(unit.commit().await?)
    };
    match kept.await {
        Ok(()) => Refusal::invalid(
            "login",
            "登录名或密码不对，或账号暂时不能登录；多次失败后账号会锁定一段时间",
            "login or password is wrong, or the account cannot sign in for now; failing often locks it for a while",
        ),
        Err(error) => error,
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}
