//! One's own tokens, with which programs act in one's name: never more than what one may do oneself, never what asks
//! for a second factor, and not for ever.

use std::collections::BTreeSet;

use access::{Action, decide, fits_token};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::token::Token;

use super::owner::Owner;
use super::proven::{look, permit};
use crate::caller::Caller;
use crate::people::Checks;
use crate::permit::Said;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Nobody keeps more of them in mind.
const MOST: usize = 50;

/// What a new token is to be.
#[derive(Clone, Debug)]
pub struct NewToken<'a> {
    /// What its owner calls it.
    pub name: &'a str,
    /// What it may do.
    pub actions: BTreeSet<Action>,
    /// It ends after so many days.
    pub days: u32,
}

/// The actions that a token of the caller may carry.
pub fn may_carry(caller: &Caller) -> Vec<Action> {
    let may = |action: &Action| fits_token(*action) && decide(&caller.who, *action).is_ok();
    Action::ALL.iter().copied().filter(may).collect()
}

/// The caller's tokens, the newest first, also those that hold no more.
pub async fn list_own_tokens(platform: &Platform, caller: &Caller) -> Result<Vec<Token>, Refusal> {
    let (look, person) = look(platform, caller, Action::OwnListTokens).await?;
    Ok(store::token::of_person(look.unit(), person.id).await?)
}

/// Makes a token and gives its number and its secret, which is not kept and not shown again. The present password is
/// asked for: whoever sits at an unlocked screen for a minute must not leave with one.
pub async fn create_own_token(
    platform: &Platform,
    caller: &Caller,
    new: &NewToken<'_>,
    present: &str,
) -> Result<(i64, String), Refusal> {
    const ACTION: Action = Action::OwnCreateToken;
    let most = {
        let (look, _) = look(platform, caller, ACTION).await?;
        platform.security(look.unit()).await?.token_days
    };
    let mut checks = Checks::default();
    let name = checks.name("name", new.name, 64);
    if new.actions.is_empty() {
        checks.wrong("actions", "请至少选择一个事项", "choose one action at least");
    }
    let may = may_carry(caller);
    for action in new.actions.iter().filter(|action| !may.contains(action)) {
        let words = action.words();
        checks.wrong(
            "actions",
            format!("令牌不能包含“{}”：本人无权办理，或需要二次验证", words.zh),
            format!(
                "a token cannot carry `{}`: you may not do it, or it asks for a second factor",
                words.en
            ),
        );
    }
    if !(1..=most).contains(&new.days) {
        checks.wrong(
            "days",
            format!("有效天数应在 1 到 {most} 之间"),
            format!("a token holds for 1 to {most} days"),
        );
    }
    checks.done()?;
    let owner = Owner::shown(platform, caller, ACTION, present).await?;
    let permit = permit(platform, caller, ACTION).await?;
    let (unit, now) = (permit.unit(), platform.now());
    owner.again(platform, unit).await?;
    let all = store::token::of_person(unit, caller.person()).await?;
    if all.iter().filter(|token| token.holds_at(now)).count() >= MOST {
        return Err(Refusal::conflict(
            format!("每人至多 {MOST} 个有效令牌，请先吊销不用的"),
            format!("nobody has more than {MOST} tokens: revoke what is not used first"),
        ));
    }
    let secret = crypto::secret_token("tidu_")?;
    let codes: Vec<&str> = new.actions.iter().map(|action| action.code()).collect();
    let expires: Timestamp = now + SignedDuration::from_hours(24 * i64::from(new.days));
    let entered = store::token::New {
        person: caller.person(),
        secret_hash: &platform.hash_secret(&secret),
        name: &name,
        actions: &codes,
        at: now,
        expires,
    };
    let id = store::token::insert(unit, &entered).await?;
    let details = json!({ "actions": codes, "days": new.days });
    permit.keep(Said::of("token", id).saying(details)).await?;
    Ok((id, secret))
}

/// Revokes one of the caller's tokens.
pub async fn revoke_own_token(
    platform: &Platform,
    caller: &Caller,
    token: i64,
) -> Result<(), Refusal> {
    let permit = permit(platform, caller, Action::OwnRevokeToken).await?;
    let about = Said::of("token", token);
    if !store::token::revoke(permit.unit(), token, caller.person(), platform.now()).await? {
        return Err(permit.not_here(about).await);
    }
    permit.keep(about).await
}
