//! People: the list, one of them, an invitation.

mod invite;
mod list;
mod show;

use app::people::{PersonView, Shown};
use store::membership::State;

use crate::ask::Ask;
use crate::view::Cell;

pub(in crate::pages) use invite::told;
pub(crate) use invite::{invite, invite_form};
pub(crate) use list::{erasures, export, list, releases};
pub(crate) use show::{show, unmask};

/// What somebody is where, as far as it holds or waits.
fn roles(ask: &Ask, person: &PersonView) -> Cell {
    let say = ask.say;
    let today = app::today(ask.platform().now());
    let alive = person
        .memberships
        .iter()
        .filter(|held| held.holds_on(today) || held.state == State::Proposed);
    let mut names = Vec::new();
    let mut places = Vec::new();
    for held in alive {
        let waits =
            if held.state == State::Proposed { say.t("membership.waits") } else { String::new() };
        names.push(format!("{}{waits}", say.name(held.role.words())));
        places.push(held.organisation_name.clone());
    }
    places.dedup();
    let joint = say.either("、", ", ");
    let text = if names.is_empty() { "—".to_owned() } else { names.join(joint) };
    Cell::Two { text, small: places.join(joint) }
}

/// The name of somebody, or the number where the name is not shown.
pub(super) fn name(shown: &Shown, id: i64) -> String {
    shown.text.clone().unwrap_or_else(|| format!("#{id}"))
}

/// A field as the caller sees it.
pub(super) fn shown(shown: &Shown) -> Cell {
    Cell::text(shown.text.clone().unwrap_or_else(|| "—".to_owned()))
}

/// Everything that is out of the ordinary about an account; if nothing is, that.
fn states(ask: &Ask, person: &PersonView) -> Vec<(&'static str, String)> {
    let say = ask.say;
    let now = ask.platform().now();
    let mut all = Vec::new();
    if person.erased.is_some() {
        return vec![("", say.t("person.erased"))];
    }
    if person.disabled.is_some() {
        all.push(("bad", say.t("person.disabled")));
    }
    if person.held {
        all.push(("bad", say.t("person.held")));
    } else if person.locked.is_some_and(|until| until > now) {
        all.push(("bad", say.t("person.locked")));
    }
    if person.invited {
        all.push(("wait", say.t("person.invited")));
    }
    if person.erasure_asked.is_some() {
        all.push(("wait", say.t("person.erasure-asked")));
    }
    if all.is_empty() {
        all.push(("good", say.t("person.active")));
    }
    all
}
