//! Opening an account with the secret of an invitation: a password is chosen, and a session begins. The secret is the
//! only proof, and nothing that is answered tells of accounts to those who have none.

use audit::Outcome;
use serde_json::json;
use store::Unit;
use store::invitation::Invitation;
use store::person::Person;

use super::proven::not_locked;
use crate::caller::Origin;
use crate::password;
use crate::permit::{Said, record_as};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::sign_in::{Began, begin};

/// Chooses the password of an account that somebody was invited to, and signs in.
pub async fn accept_invitation(
    platform: &Platform,
    secret: &str,
    chosen: &str,
    origin: &Origin,
) -> Result<Began, Refusal> {
    let (known, security) = {
        let unit = platform.store().read().await?;
        (find(platform, &unit, secret).await?, platform.security(&unit).await?)
    };
    let (login, name) = match &known {
        Some((_, person)) => (person.login.as_str(), person.name.as_str()),
        None => ("", ""),
    };
    let good = password::check(chosen, login, name, &security);
    // Worked out for a wrong secret, too, so that the time is the same.
    let hash = match good {
        Ok(()) => password::hash(platform, chosen).await?,
        Err(_) => String::new(),
    };
    let unit = platform.store().write().await?;
    let Some((_, person)) = find(platform, &unit, secret).await? else {
        return Err(unknown(platform, unit, origin).await);
    };
    good?;
    store::person::get_alone(&unit, person.id).await?;
    // Once more: whoever has taken the account back, or invited anew, was quicker.
    let Some((invitation, person)) = find(platform, &unit, secret).await? else {
        return Err(unknown(platform, unit, origin).await);
    };
    // A lock is the security officer's to take away, not the invitation's.
    not_locked(platform, &person)?;
    let now = platform.now();
    if !store::invitation::redeem(&unit, invitation.id, now).await? {
        return Err(unknown(platform, unit, origin).await);
    }
    store::person::set_password(&unit, person.id, &hash, false, now).await?;
    store::session::end_all(&unit, person.id, None, now).await?;
    begin(platform, unit, &person, "invitation", None, origin).await
}

/// The invitation of a secret and whose it is, if both still hold.
async fn find(
    platform: &Platform,
    unit: &Unit,
    secret: &str,
) -> Result<Option<(Invitation, Person)>, Refusal> {
    let hash = platform.hash_secret(secret);
    let Some(found) = store::invitation::by_secret(unit, &hash, platform.now()).await? else {
        return Ok(None);
    };
    let person = store::person::get(unit, found.person).await?;
    let person = person.filter(|person| person.disabled.is_none() && person.erased.is_none());
    Ok(person.map(|person| (found, person)))
}

async fn unknown(platform: &Platform, unit: Unit, origin: &Origin) -> Refusal {
    let said = Said::of("invitation", "").saying(json!({ "why": "unknown" }));
    let said = Said { outcome: Some(Outcome::Refused), ..said };
    let nobody = audit::Actor { person: None, how: audit::How::Session };
    let kept = async {
        record_as(platform, &unit, "session.begin", said, nobody, None, origin).await?;
        Ok::<_, Refusal>(unit.commit().await?)
    };
    match kept.await {
        Ok(()) => Refusal::invalid(
            "invitation",
            "邀请无效、已使用或已过期；账号已经开通的请直接登录，否则请联系邀请您的人重新邀请",
            "the invitation is wrong, used or too old: sign in if the account is open already, or ask who invited you for a new one",
        ),
        Err(error) => error,
    }
}
