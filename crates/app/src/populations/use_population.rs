//! Putting a population in use: everybody in it is screened next.

use access::Action;
use serde_json::json;

use super::screen_population::ask_anew;
use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Puts a population in use. `known` is the last use that the caller has seen: if there was another one since, what
/// they looked at is not true any more.
pub async fn use_population(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    known: Option<i64>,
) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::PopulationBring).await?;
    let said = || Said::of("population", id);
    let Some(population) = store::population::get(permit.unit(), id).await? else {
        return Err(permit.not_here(said()).await);
    };
    let last = store::population::in_use(permit.unit()).await?;
    if last.is_some_and(|last| last.population == id) {
        return Err(Refusal::conflict("这一底数已在使用", "this population is in use already"));
    }
    if !platform.populations()?.path(&population.file).is_file() {
        return Err(Refusal::conflict(
            "底数文件不在数据文件夹里，不能启用；请联系系统管理员（tidu doctor）",
            "the file of this population is not in its folder: tell the administrator (tidu doctor)",
        ));
    }
    let (now, by) = (platform.now(), caller.person());
    store::population::put_in_use(permit.unit(), id, known, Some(by), now).await?;
    ask_anew(platform, permit.unit(), Some(by)).await?;
    permit.keep(said().saying(json!({ "in-use": true }))).await?;
    platform.wake();
    Ok(())
}
