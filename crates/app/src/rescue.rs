//! The way back for one of the three officers whom no other officer can help: by whoever has the machine. Ordinary
//! accounts have no such way, since two officers can always help them.

use audit::{Actor, How};
use crypto::Keys;
use serde_json::json;
use store::Store;

use crate::caller::holding;
use crate::people::{Closed, close_ways_in};
use crate::permit::{Said, record_as};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::{Clock, Origin, password, rulebooks};

/// What is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rescue {
    /// A password for one time.
    pub password: bool,
    /// The second factor taken away.
    pub second_factor: bool,
}

/// What was done.
#[derive(Clone, PartialEq, Eq)]
pub struct Rescued {
    /// What is typed to sign in.
    pub login: String,
    /// The password for one time. It is not kept and not shown again.
    pub password: Option<String>,
    /// What else led into the account, and does no more.
    pub closed: Closed,
}

/// Lets an officer in again, beside a platform that may be running. A lock ends, too. Recorded as done on the command
/// line of the machine.
pub async fn rescue(
    store: Store,
    keys: Keys,
    clock: impl Clock + 'static,
    login: &str,
    rescue: Rescue,
) -> Result<Rescued, Refusal> {
    let law = rulebooks::uncompiled(&store.read().await?).await?;
    let platform = Platform::new(store, clock, keys, law);
    let done = let_in(&platform, login, rescue).await;
    platform.close().await?;
    done
}

async fn let_in(platform: &Platform, login: &str, rescue: Rescue) -> Result<Rescued, Refusal> {
    let given = if rescue.password { Some(crypto::one_time_password()?) } else { None };
    let hash = match &given {
        Some(given) => Some(password::hash(platform, given).await?),
        None => None,
    };
    let now = platform.now();
    let unit = platform.store().write().await?;
    let known = store::person::by_login(&unit, login).await?;
    let person = known.filter(|person| person.erased.is_none()).ok_or_else(|| {
        Refusal::invalid(
            "login",
            format!("没有登录名为 {login} 的账号"),
            format!("nobody has the login `{login}`"),
        )
    })?;
    if !holding(&unit, person.id, now).await?.iter().any(|held| held.role.is_officer()) {
        return Err(Refusal::conflict(
            "只有三员的账号可以这样找回；其他账号由系统管理员重置密码，安全保密管理员解除锁定或重置二次验证",
            "only accounts of the three officers are helped so: others have their password reset by the administrator, and \
             are released by the security officer",
        ));
    }
    if person.disabled.is_some() {
        return Err(Refusal::conflict(
            "这一账号已停用；请由另一名系统管理员重新启用",
            "the account is disabled: another administrator has to enable it",
        ));
    }
    let id = person.id;
    if let Some(hash) = &hash {
        store::person::set_password(&unit, id, hash, true, now).await?;
        store::invitation::end(&unit, id, now).await?;
    }
    if rescue.second_factor {
        store::person::set_second_factor(&unit, id, None, None).await?;
    }
    store::person::release(&unit, id).await?;
    let closed = close_ways_in(&unit, id, now).await?;
    let done = [
        (rescue.password, "person.reset-password"),
        (rescue.second_factor, "person.reset-second-factor"),
    ];
    for action in done.into_iter().filter_map(|(done, action)| done.then_some(action)) {
        let said = Said::of("person", id).saying(closed.with(json!({ "way": "console" })));
        let machine = Actor { person: None, how: How::Command };
        record_as(platform, &unit, action, said, machine, None, &Origin::default()).await?;
    }
    unit.commit().await?;
    Ok(Rescued { login: person.login, password: given, closed })
}
