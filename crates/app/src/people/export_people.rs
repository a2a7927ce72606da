//! The list of people taken out of the platform: the rows that the list and the right to export both reach, masked as
//! on the page, under a line that names who took them. Which file is made of it is not said here.

use std::collections::BTreeSet;

use access::Action;
use serde_json::json;
use store::Page;
use store::person::Wanted;

use super::list_people::{ids, of};
use super::view::{PersonView, view};
use crate::caller::{Caller, scope};
use crate::exported::{Exported, watermark};
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Everybody whom the list has, in its order.
pub async fn export_people(
    platform: &Platform,
    caller: &Caller,
    wanted: &Wanted<'_>,
) -> Result<Exported<PersonView>, Refusal> {
    let listed = {
        let look = Look::ask(platform, caller, Action::PersonList).await?;
        look.scope().rows.clone()
    };
    let permit = Permit::ask(platform, caller, Action::DataExport).await?;
    let unit = permit.unit();
    let now = platform.now();
    let on_list = store::person::list(unit, wanted, &scope(&listed, now), Page::ALL).await?;
    let may_go: BTreeSet<i64> = {
        let found = store::person::list(unit, wanted, &permit.scope(), Page::ALL).await?;
        ids(&found.rows).into_iter().collect()
    };
    let mut people = on_list.rows;
    people.retain(|person| may_go.contains(&person.id));
    let mut memberships = Vec::new();
    // Few enough values for each engine's limit.
    for part in ids(&people).chunks(10_000) {
        memberships.extend(store::membership::of_people(unit, part).await?);
    }
    memberships.sort_by_key(|held| held.person);
    let rows = people
        .iter()
        .map(|person| {
            let first = memberships.partition_point(|held| held.person < person.id);
            let after = memberships.partition_point(|held| held.person <= person.id);
            let held = memberships.get(first..after).unwrap_or_default();
            view(platform, caller, &listed, person, &of(person.id, held))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let details = json!({ "list": Action::PersonList.code(), "rows": rows.len() });
    let record = permit.keep_numbered(Said::of("list", "person").saying(details).looked()).await?;
    Ok(Exported { rows, watermark: watermark(caller, now, record), record })
}
