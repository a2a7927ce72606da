//! People as far as the caller has to do with them, in pages, and one of them.

use access::Action;
use store::membership::Membership;
use store::person::{Person, Wanted};
use store::{Listed, Page};

use super::view::{PersonView, view};
use crate::caller::Caller;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A page of people.
pub async fn list_people(
    platform: &Platform,
    caller: &Caller,
    wanted: &Wanted<'_>,
    page: Page,
) -> Result<Listed<PersonView>, Refusal> {
    let look = Look::ask(platform, caller, Action::PersonList).await?;
    let found = store::person::list(look.unit(), wanted, &look.scope(), page).await?;
    let memberships = store::membership::of_people(look.unit(), &ids(&found.rows)).await?;
    let rows = look.scope().rows;
    let seen = found
        .rows
        .iter()
        .map(|person| view(platform, caller, rows, person, &of(person.id, &memberships)));
    Ok(Listed { rows: seen.collect::<Result<_, _>>()?, total: found.total })
}

/// One person.
pub async fn show_person(
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<PersonView, Refusal> {
    let look = Look::ask(platform, caller, Action::PersonRead).await?;
    let found = store::person::find(look.unit(), id, &look.scope()).await?;
    let person = found.ok_or(Refusal::NotFound)?;
    let memberships = store::membership::of_person(look.unit(), id).await?;
    view(platform, caller, look.scope().rows, &person, &memberships)
}

pub(super) fn ids(people: &[Person]) -> Vec<i64> {
    people.iter().map(|person| person.id).collect()
}

pub(super) fn of(person: i64, all: &[Membership]) -> Vec<Membership> {
    all.iter().filter(|held| held.person == person).cloned().collect()
}
