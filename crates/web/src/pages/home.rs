//! The home page: what somebody is, what they owe, where they can go.

use askama::Template;

use crate::ask::{Answer, Ask};
use crate::failure::owed;
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    p: Frame,
    memberships: Vec<Held>,
    second_factor: bool,
    last: Option<String>,
}

struct Held {
    role: String,
    organisation: String,
    until: String,
}

/// The home page; whoever owes something is sent to settle it.
pub(crate) async fn home(ask: Ask) -> Answer {
    let caller = ask.caller()?;
    if let Some(owes) = caller.owes {
        return ask.go(owed(owes));
    }
    let say = ask.say;
    let memberships = caller
        .memberships
        .iter()
        .map(|held| Held {
            role: say.name(held.role.words()).to_owned(),
            organisation: held.organisation_name.clone(),
            until: held.until.map_or_else(|| say.t("home.no-end"), |day| day.to_string()),
        })
        .collect();
    let session = caller.session.as_ref();
    let page = Page {
        p: ask.frame(&say.t("home.title")),
        memberships,
        second_factor: session.is_some_and(|session| session.second_factor.is_some()),
        last: session.map(|session| say.time(session.created)),
    };
    ask.show(&page)
}
