//! The list of firms taken out of the platform: the rows that the list and the right to export both reach, under a
//! line that names who took them.

use access::{Action, Words};
use serde_json::json;
use snapshot::Part;

use super::figures::figures_on_lists;
use super::list_enterprises::{ListedEnterprises, Wish, listed};
use super::sight;
use crate::aside::aside;
use crate::caller::Caller;
use crate::exported::watermark;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A list of firms as a file has it.
#[derive(Debug)]
pub struct ExportedEnterprises {
    /// The list.
    pub list: ListedEnterprises,
    /// What stands on every page of it.
    pub watermark: Words<String>,
    /// The number of the audit record.
    pub record: i64,
}

/// The most rows that a sheet takes with its head and the line that names who took it.
const MOST: usize = 1_048_000;

/// Every firm on the list; nothing as long as there is no population. `what` says on the record what was asked for.
pub async fn export_enterprises(
    platform: &Platform,
    caller: &Caller,
    wish: Wish,
    what: &str,
) -> Result<Option<ExportedEnterprises>, Refusal> {
    let on_list = {
        let look = Look::ask(platform, caller, Action::EnterpriseList).await?;
        let Some(city) = platform.city() else { return Ok(None) };
        let catalogue = city.snapshot().shape().catalogue();
        let sight = sight(look.unit(), &look.scope(), catalogue).await?;
        (city, sight)
    };
    let permit = Permit::ask(platform, caller, Action::DataExport).await?;
    let (city, on_list) = on_list;
    let may_go = sight(permit.unit(), &permit.scope(), city.snapshot().shape().catalogue()).await?;
    let part = Part { skip: 0, take: MOST };
    let figures = figures_on_lists(caller);
    let mut found = aside(move || listed(city, &on_list, &wish, part, figures)).await?;
    let snapshot = std::sync::Arc::clone(found.city.snapshot());
    found.rows.retain(|row| may_go.covers(&snapshot, *row));
    found.total = found.rows.len() as u64;
    let details = json!({
        "list": Action::EnterpriseList.code(), "rows": found.rows.len(), "asked": what,
    });
    let record =
        permit.keep_numbered(Said::of("list", "enterprise").saying(details).looked()).await?;
    let watermark = watermark(caller, platform.now(), record);
    Ok(Some(ExportedEnterprises { list: found, watermark, record }))
}
