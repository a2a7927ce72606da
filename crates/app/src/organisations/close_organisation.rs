//! Closing an organisation, which ends what its people may do there, and opening it again.

use access::{Action, Rows, Visible};
use serde_json::json;
use store::organisation::Wanted;
use store::{Page, Unit};

use crate::caller::{Caller, scope};
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Closes an organisation. The one at the top, and one with open organisations below it, stays open.
pub async fn close_organisation(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    version: i64,
) -> Result<(), Refusal> {
    set(platform, caller, id, version, true).await
}

/// Opens a closed organisation again.
pub async fn reopen_organisation(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    version: i64,
) -> Result<(), Refusal> {
    set(platform, caller, id, version, false).await
}

async fn set(
    platform: &Platform,
    caller: &Caller,
    id: i64,
    version: i64,
    closes: bool,
) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::OrganisationClose).await?;
    let about = Said::of("organisation", id);
    let found = store::organisation::find(permit.unit(), id, &permit.scope()).await?;
    let Some(place) = found else {
        return Err(permit.not_here(about).await);
    };
    if closes == place.closed.is_some() {
        return Err(Refusal::Changed);
    }
    let Some(above) = place.parent else {
        return Err(Refusal::conflict(
            "市级主管部门不能关闭",
            "the bureau at the top cannot be closed",
        ));
    };
    // Waits for those who enter an organisation below it meanwhile.
    let same_name =
        store::organisation::is_name_taken(permit.unit(), &place.name, Some(id)).await?;
    if closes && open_below(permit.unit(), platform, &place.path).await? > 1 {
        return Err(Refusal::conflict(
            "还有未关闭的下级单位，请先关闭",
            "there are open organisations below it: close them first",
        ));
    }
    if !closes {
        let above = store::organisation::find(permit.unit(), above, &permit.scope()).await?;
        if above.is_none_or(|above| above.closed.is_some()) {
            return Err(Refusal::conflict(
                "上级单位已经关闭",
                "the organisation above it is closed",
            ));
        }
        if same_name {
            return Err(Refusal::conflict(
                "已有同名的单位，请先改名",
                "another organisation has this name now: change one of them first",
            ));
        }
    }
    let closed = closes.then_some(platform.now());
    store::organisation::close(permit.unit(), id, version, closed).await?;
    permit.keep(about.saying(json!({ "closed": closes }))).await
}

/// How many open organisations there are at a place and below.
async fn open_below(unit: &Unit, platform: &Platform, path: &str) -> Result<u64, Refusal> {
    let path = path.parse().map_err(Refusal::broken)?;
    let rows: Rows = [Visible::Subtree(path)].into_iter().collect();
    let one = Page { skip: 0, take: 1 };
    let scope = scope(&rows, platform.now());
    Ok(store::organisation::list(unit, &Wanted::default(), &scope, one).await?.total)
}
