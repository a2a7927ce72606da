//! The list of people taken out of the platform: the rows that the list and the right to export both reach, masked as
//! on the page, under a line that names who took them. Which file is made of it is not said here.

use std::collections::BTreeSet;

use access::{Action, Watermark, Words};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde_json::json;
use store::Page;

use super::list_people::{ids, of};
use super::view::{PersonView, view};
use crate::caller::{Caller, scope};
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// What an export has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exported<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// What stands on every page of it.
    pub watermark: Words<String>,
    /// The number of the audit record.
    pub record: i64,
}

/// Everybody whom the list has, with words in name or login if any are given.
pub async fn export_people(
    platform: &Platform,
    caller: &Caller,
    words: Option<&str>,
) -> Result<Exported<PersonView>, Refusal> {
    let listed = {
        let look = Look::ask(platform, caller, Action::PersonList).await?;
        look.scope().rows.clone()
    };
    let permit = Permit::ask(platform, caller, Action::DataExport).await?;
    let unit = permit.unit();
    let now = platform.now();
    let on_list = store::person::list(unit, words, &scope(&listed, now), Page::ALL).await?;
    let may_go: BTreeSet<i64> = {
        let found = store::person::list(unit, words, &permit.scope(), Page::ALL).await?;
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

/// The line that names who took data out.
pub(crate) fn watermark(caller: &Caller, now: Timestamp, record: i64) -> Words<String> {
    let names: BTreeSet<&str> =
        caller.memberships.iter().map(|held| held.organisation_name.as_str()).collect();
    let organisation = names.into_iter().collect::<Vec<_>>().join("、");
    let at = now.to_zoned(TimeZone::fixed(Offset::constant(8)));
    let at = at.strftime("%Y-%m-%d %H:%M").to_string();
    Watermark { person: &caller.name, organisation: &organisation, at: &at, record }.text()
}
