//! Withdrawing what was found about a number, as whoever may record it: who found it may have left.

use access::Action;
use serde_json::json;

use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Withdraws one, with a reason. It stays in the history of the number.
pub async fn withdraw_confirmation(
    platform: &Platform,
    caller: &Caller,
    address: &str,
    id: i64,
    why: &str,
) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::RulebookConfirmNumber).await?;
    let why = why.trim();
    if why.is_empty() || why.chars().count() > 500 {
        return Err(Refusal::invalid(
            "why",
            "请写明撤回的理由（500 字以内）",
            "say why (500 characters at most)",
        ));
    }
    let about = Said::of("number", address);
    let known = store::confirmation::get(permit.unit(), id).await?;
    if known.is_none_or(|known| known.address != address) {
        return Err(permit.not_here(about).await);
    }
    store::confirmation::withdraw(permit.unit(), id, caller.person(), why, platform.now()).await?;
    let details = json!({ "confirmation": id, "finding": "withdrawn" });
    permit.keep(about.saying(details)).await
}
