//! That it is the owner who is there, and not somebody at a screen that was left open: whatever lets somebody in again
//! later asks for the present password. Who has none signs in elsewhere, and has done so within the last minutes.

use access::Action;
use jiff::SignedDuration;
use store::Unit;
use store::person::Person;

use super::proven::{look, not_locked, wrong};
use crate::caller::Caller;
use crate::password;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// For so long after signing in elsewhere somebody is taken for who signed in.
const JUST_NOW: SignedDuration = SignedDuration::from_mins(10);

/// Somebody who has shown that the account is theirs, as it was then.
pub(crate) struct Owner(Person);

impl Owner {
    /// Asks for the present password, once the policy allows it at all. Wrong ones count as failing to sign in.
    pub(crate) async fn shown(
        platform: &Platform,
        caller: &Caller,
        action: Action,
        present: &str,
    ) -> Result<Self, Refusal> {
        // Nothing is held of the database while the password is worked out.
        let (_, person) = look(platform, caller, action).await?;
        not_locked(platform, &person)?;
        let session = caller.session.as_ref().ok_or(Refusal::SignIn)?;
        let Some(hash) = person.password.as_deref() else {
            return if platform.now().duration_since(session.created) <= JUST_NOW {
                Ok(Self(person))
            } else {
                Err(Refusal::conflict(
                    "账号没有密码，由统一认证登录：请退出后重新登录，10 分钟内再来办理",
                    "the account has no password and signs in elsewhere: sign out, sign in again, and come back within 10 \
                     minutes",
                ))
            };
        };
        if password::verify(platform, present, Some(hash)).await? {
            return Ok(Self(person));
        }
        let refusal = Refusal::invalid(
            "present",
            "当前密码不对；多次输错后账号会锁定一段时间",
            "the present password is wrong; failing often locks the account for a while",
        );
        Err(wrong(platform, caller, action, "password", refusal).await)
    }

    /// The owner as they are in the unit of a permit. Whoever has changed the password or locked the account meanwhile
    /// was quicker.
    pub(crate) async fn again(self, platform: &Platform, unit: &Unit) -> Result<Person, Refusal> {
        let person = store::person::get(unit, self.0.id).await?.ok_or(Refusal::SignIn)?;
        not_locked(platform, &person)?;
        if person.password == self.0.password { Ok(person) } else { Err(Refusal::Changed) }
    }
}
