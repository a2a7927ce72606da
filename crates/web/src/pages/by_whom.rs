//! Who did something, by the name that the reader may see.

use std::collections::BTreeMap;

use access::Action;
use app::people::{Named, name_people};

use crate::ask::Ask;
use crate::failure::Failure;
use crate::view::Cell;

/// What those are called who stand on the page that is seen with this action.
pub(super) async fn names(
    ask: &Ask,
    action: Action,
    people: impl IntoIterator<Item = i64>,
) -> Result<BTreeMap<i64, Named>, Failure> {
    Ok(name_people(ask.platform(), ask.caller()?, action, people).await?)
}

/// Somebody, with the way to their page for whoever may open it; a number where the name may not be seen.
pub(super) fn somebody(ask: &Ask, names: &BTreeMap<i64, Named>, person: i64) -> Cell {
    let name = names.get(&person).and_then(|known| known.name.text.clone());
    let name = name.unwrap_or_else(|| format!("#{person}"));
    match ask.may(Action::PersonRead) {
        true => Cell::link(format!("/people/{person}"), name),
        false => Cell::text(name),
    }
}
