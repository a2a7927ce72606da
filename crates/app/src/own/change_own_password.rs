//! Another password for oneself. The present one is asked for; all other sessions end; this one gets another secret.

use access::Action;
use serde_json::json;

use super::proven::{look, not_locked, permit, wrong};
use crate::caller::Caller;
use crate::password;
use crate::permit::Said;
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::sign_in::Began;

const ACTION: Action = Action::OwnChangePassword;

/// Changes the password and gives the session's new secret.
pub async fn change_own_password(
    platform: &Platform,
    caller: &Caller,
    present: &str,
    chosen: &str,
) -> Result<Began, Refusal> {
    let (known, security) = {
        let (look, person) = look(platform, caller, ACTION).await?;
        let security = platform.security(look.unit()).await?;
        (person, security)
    };
    let session = caller.session.as_ref().ok_or(Refusal::SignIn)?;
    not_locked(platform, &known)?;
    let Some(before) = known.password.as_deref() else {
        return Err(Refusal::conflict(
            "账号没有密码，由统一认证登录；需要密码时请联系系统管理员",
            "the account has no password and signs in elsewhere: ask the administrator for one",
        ));
    };
    if !password::verify(platform, present, Some(before)).await? {
        let refusal = Refusal::invalid(
            "present",
            "现有密码不对；多次输错后账号会锁定一段时间",
            "the present password is wrong; failing often locks the account for a while",
        );
        return Err(wrong(platform, caller, ACTION, "password", refusal).await);
    }
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
    let now = platform.now();
    let person = store::person::get(permit.unit(), known.id).await?.ok_or(Refusal::SignIn)?;
    if person.password != known.password {
        return Err(Refusal::Changed);
    }
    store::person::set_password(permit.unit(), person.id, &hash, false, now).await?;
    store::person::forget_failures(permit.unit(), person.id).await?;
    let ended = store::session::end_all(permit.unit(), person.id, Some(session.id), now).await?;
    let secret = crypto::secret_token("tidus_")?;
    store::session::rotate(
        permit.unit(),
        session.id,
        &platform.hash_secret(&secret),
        &crypto::secret_token("")?,
        session.second_factor,
    )
    .await?;
    permit.keep(Said::of("person", person.id).saying(json!({ "sessions": ended }))).await?;
    Ok(Began { secret, second_factor: false })
}
