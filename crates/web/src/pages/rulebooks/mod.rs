//! Rulebooks: which there are, what the checker says of one, what it would change, putting it in force.

mod found;
mod one;
mod said;

use std::collections::BTreeMap;

use access::Action;
use app::people::Named;
use app::rulebooks::{Listing, list_rulebooks};
use store::rulebook::Stored;

use super::by_whom::{names, somebody};
use crate::ask::{Answer, Ask};
use crate::view::{Act, Block, Cell, Table, View};

pub(crate) use one::{ask_switch, show, switch};

/// All of them, and how the one in force came to be so.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let listing = list_rulebooks(ask.platform(), ask.caller()?).await?;
    let force = ask.platform().law().hash.clone();
    let brought = listing.rulebooks.iter().filter_map(|one| one.by);
    let switched = listing.switches.iter().filter_map(|one| one.by);
    let names = names(&ask, Action::RulebookRead, brought.chain(switched)).await?;
    let title = |hash: &str| {
        let found = listing.rulebooks.iter().find(|one| one.hash == hash);
        found.map_or_else(|| mark(hash), |one| one.title.clone())
    };
    let mut view = View::new(&ask, say.t("rulebooks.title"));
    view.offer(
        &ask,
        Action::RulebookUpload,
        Act::main("/rulebooks/bring", say.t("rulebooks.bring")),
    );
    let rows = listing
        .rulebooks
        .iter()
        .map(|one| {
            let mut states = Vec::new();
            if one.hash == force {
                states.push(("good", say.t("rulebooks.in-force")));
            }
            if one.errors > 0 {
                states.push(("bad", say.t1("rulebooks.errors", "count", one.errors)));
            }
            if one.warnings > 0 {
                states.push(("wait", say.t1("rulebooks.warnings", "count", one.warnings)));
            }
            if waits(&listing, one) {
                states.push(("wait", say.t("rulebooks.waits")));
            }
            if states.is_empty() {
                states.push(("", say.t("rulebooks.kept")));
            }
            vec![
                Cell::link(format!("/rulebooks/{}", one.hash), &one.title),
                Cell::Code(mark(&one.hash)),
                Cell::States(states),
                by(&ask, &names, one.by),
                Cell::Num(say.time(one.at)),
            ]
        })
        .collect();
    let columns =
        ["rulebooks.name", "rulebooks.hash", "list.state", "rulebooks.by", "rulebooks.at"]
            .iter()
            .map(|key| say.t(key))
            .collect();
    view.table(Table { caption: String::new(), columns, rows }, say.t("rulebooks.none"));
    let rows = listing
        .switches
        .iter()
        .map(|one| {
            vec![
                Cell::Num(say.time(one.at)),
                Cell::link(format!("/rulebooks/{}", one.hash), title(&one.hash)),
                one.previous.as_deref().map_or(Cell::text("—"), |hash| Cell::text(title(hash))),
                by(&ask, &names, one.by),
                Cell::text(match one.by {
                    Some(_) => one.note.clone(),
                    None => say.t("rulebooks.first-start"),
                }),
            ]
        })
        .collect();
    let columns = [
        "rulebooks.switched-at",
        "rulebooks.to",
        "rulebooks.before",
        "rulebooks.switched-by",
        "rulebooks.note",
    ]
    .iter()
    .map(|key| say.t(key))
    .collect();
    view.push(Block::Table(Table { caption: say.t("rulebooks.switches"), columns, rows }));
    view.show(&ask)
}

/// Whether a rulebook waits for a second person: somebody brought it, it can be used, and it never was.
pub(super) fn waits(listing: &Listing, one: &Stored) -> bool {
    one.by.is_some()
        && one.errors == 0
        && listing.switches.iter().all(|switch| switch.hash != one.hash)
}

/// The beginning of a hash: enough to tell rulebooks apart.
fn mark(hash: &str) -> String {
    hash.chars().take(12).collect()
}

/// Who brought or switched something; the program does so, too.
fn by(ask: &Ask, names: &BTreeMap<i64, Named>, person: Option<i64>) -> Cell {
    match person {
        Some(person) => somebody(ask, names, person),
        None => Cell::text(ask.say.t("rulebooks.by-program")),
    }
}
