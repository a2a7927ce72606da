//! Organisations: the tree, one of them, a new one, changes, closing.

mod close;
mod edit;
mod list;
mod show;

use access::OrganisationKind;
use store::organisation::Organisation;

use crate::ask::Ask;
use crate::view::{Cell, Choice};

pub(crate) use close::{ask_close, ask_reopen, close, reopen};
pub(crate) use edit::{change, change_form, create, new_form};
pub(crate) use list::{export, list};
pub(crate) use show::show;

fn state(ask: &Ask, organisation: &Organisation) -> Cell {
    match organisation.closed {
        Some(_) => Cell::State("", ask.say.t("organisation.closed")),
        None => Cell::State("good", ask.say.t("organisation.open")),
    }
}

fn kind_choices(
    ask: &Ask,
    kinds: &[OrganisationKind],
    chosen: Option<OrganisationKind>,
) -> Vec<Choice> {
    kinds
        .iter()
        .map(|kind| Choice::new(kind.code(), ask.say.name(kind.words()), chosen == Some(*kind)))
        .collect()
}

fn kinds_under(parent: OrganisationKind) -> Vec<OrganisationKind> {
    OrganisationKind::ALL.iter().copied().filter(|kind| kind.stands_under(Some(parent))).collect()
}
