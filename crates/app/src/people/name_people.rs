//! The names of people whom a row names that the caller sees, as far as the caller sees names; and the way back.

use std::collections::BTreeMap;

use access::{Action, Field, Sight};

use super::list_people::of;
use super::shown::{Shown, sight};
use crate::caller::Caller;
use crate::clock::today;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// What somebody is called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// The name.
    pub name: Shown,
    /// What they type to sign in; seen by those who see the name.
    pub login: Option<String>,
}

/// What people are called, for somebody who sees rows of `action` that name them by number.
pub async fn name_people(
    platform: &Platform,
    caller: &Caller,
    action: Action,
    people: impl IntoIterator<Item = i64>,
) -> Result<BTreeMap<i64, Named>, Refusal> {
    let look = Look::ask(platform, caller, action).await?;
    let mut ids: Vec<i64> = people.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let people = store::person::of_ids(look.unit(), &ids).await?;
    let memberships = store::membership::of_people(look.unit(), &ids).await?;
    let today = today(platform.now());
    people
        .into_iter()
        .map(|person| {
            let field = Field::PersonName;
            let sight = sight(caller, person.id, &of(person.id, &memberships), field, today)?;
            let login = (sight == Sight::Full).then(|| person.login.clone());
            Ok((person.id, Named { name: Shown::of(field, sight, Some(person.name)), login }))
        })
        .collect()
}

/// The number of somebody who is named by it, or by what they type to sign in, as far as the caller sees that.
pub async fn find_person(
    platform: &Platform,
    caller: &Caller,
    action: Action,
    typed: &str,
) -> Result<Option<i64>, Refusal> {
    if let Ok(number) = typed.trim_start_matches('#').parse() {
        return Ok(Some(number));
    }
    let found = {
        let look = Look::ask(platform, caller, action).await?;
        store::person::by_login(look.unit(), typed).await?
    };
    let Some(person) = found else { return Ok(None) };
    let named = name_people(platform, caller, action, [person.id]).await?;
    Ok(named.get(&person.id).and_then(|named| named.login.as_ref()).map(|_| person.id))
}
