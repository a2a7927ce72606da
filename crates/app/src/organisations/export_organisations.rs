//! The list of organisations taken out of the platform: the rows that the list and the right to export both reach,
//! under a line that names who took them.

use std::collections::BTreeSet;

use access::Action;
use serde_json::json;
use store::Page;
use store::organisation::{Organisation, Wanted};

use crate::caller::{Caller, scope};
use crate::exported::{Exported, watermark};
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Every organisation that the list has, in its order.
pub async fn export_organisations(
    platform: &Platform,
    caller: &Caller,
    wanted: &Wanted<'_>,
) -> Result<Exported<Organisation>, Refusal> {
    let listed = {
        let look = Look::ask(platform, caller, Action::OrganisationList).await?;
        look.scope().rows.clone()
    };
    let permit = Permit::ask(platform, caller, Action::DataExport).await?;
    let unit = permit.unit();
    let now = platform.now();
    let on_list = store::organisation::list(unit, wanted, &scope(&listed, now), Page::ALL).await?;
    let may_go: BTreeSet<i64> = {
        let found = store::organisation::list(unit, wanted, &permit.scope(), Page::ALL).await?;
        found.rows.iter().map(|one| one.id).collect()
    };
    let mut rows = on_list.rows;
    rows.retain(|one| may_go.contains(&one.id));
    let details = json!({ "list": Action::OrganisationList.code(), "rows": rows.len() });
    let said = Said::of("list", "organisation").saying(details).looked();
    let record = permit.keep_numbered(said).await?;
    Ok(Exported { rows, watermark: watermark(caller, now, record), record })
}
