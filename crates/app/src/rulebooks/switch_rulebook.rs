//! Putting another rulebook in force: an act of somebody other than who brought it, with a reason.

use access::{Action, PersonId, second_person};
use serde_json::json;

use super::adopt_rulebook::load;
use crate::caller::Caller;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::populations;
use crate::refusal::Refusal;

/// Puts a rulebook in force. `known` is the switch that the caller has seen: if there was another one since, the
/// comparison that was looked at is not true any more.
pub async fn switch_rulebook(
    platform: &Platform,
    caller: &Caller,
    hash: &str,
    known: Option<i64>,
    note: &str,
) -> Result<(), Refusal> {
    // Compiled anew, before anything is held: this program may see errors that the one it was brought to did not.
    let compiled = {
        let look = Look::ask(platform, caller, Action::RulebookSwitch).await?;
        load(look.unit(), hash).await
    };
    let permit = Permit::ask(platform, caller, Action::RulebookSwitch).await?;
    let note = note.trim();
    if note.is_empty() || note.chars().count() > 500 {
        return Err(Refusal::invalid(
            "note",
            "请写明启用的理由（500 字以内）",
            "say why (500 characters at most)",
        ));
    }
    let Some(stored) = store::rulebook::get(permit.unit(), hash).await? else {
        return Err(permit.not_here(Said::of("rulebook", hash)).await);
    };
    if let Err(why) =
        second_person(Action::RulebookSwitch, caller.who.person, stored.by.map(PersonId), None)
    {
        return Err(permit.refuse(why, Said::of("rulebook", hash)).await);
    }
    // Asked of the database: another process may have switched, and this one not have noticed yet.
    let present = store::rulebook::in_force(permit.unit()).await?;
    if present.is_some_and(|present| present.hash == stored.hash) {
        return Err(Refusal::conflict("这一规则库已经启用", "this rulebook is in force already"));
    }
    let Ok(law) = compiled else {
        return Err(Refusal::conflict(
            "规则库有错误，不能启用；请看检查结果",
            "the rulebook has errors and cannot be put in force: see what the checker says",
        ));
    };
    let switched = store::rulebook::switch_to(
        permit.unit(),
        hash,
        known,
        note,
        Some(caller.person()),
        platform.now(),
    )
    .await?;
    if store::population::in_use(permit.unit()).await?.is_some() {
        populations::ask_anew(platform, permit.unit(), Some(caller.person())).await?;
    }
    let details = json!({ "previous": switched.previous, "note": note });
    permit.keep(Said::of("rulebook", hash).saying(details)).await?;
    platform.set_law(law);
    platform.wake();
    Ok(())
}
