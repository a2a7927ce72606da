//! The home page: what somebody is, what they owe, where they can go.

use access::Action;
use app::jobs::list_jobs;
use app::people::{list_erasures, list_proposals};
use askama::Template;
use store::job::State;

use crate::ask::{Answer, Ask};
use crate::failure::{Failure, owed};
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    p: Frame,
    memberships: Vec<Held>,
    /// What waits for them: where, and in words.
    todo: Option<Vec<(&'static str, String)>>,
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
            until: say.day(held.until),
        })
        .collect();
    let session = caller.session.as_ref();
    let todo = todo(&ask).await?;
    let page = Page {
        todo,
        p: ask.frame(&say.t("home.title")),
        memberships,
        second_factor: session.is_some_and(|session| session.second_factor.is_some()),
        last: session.map(|session| say.time(session.created)),
    };
    ask.show(&page)
}

/// What waits for somebody; none for those for whom nothing ever waits.
async fn todo(ask: &Ask) -> Result<Option<Vec<(&'static str, String)>>, Failure> {
    let (platform, caller, say) = (ask.platform(), ask.caller()?, ask.say);
    let mut all = Vec::new();
    let mut ever = false;
    if ask.may(Action::MembershipApprove) {
        ever = true;
        let count = list_proposals(platform, caller).await?.len();
        if count > 0 {
            all.push(("/approvals", say.t1("home.todo-approvals", "count", count)));
        }
    }
    if ask.may(Action::PersonErase) {
        ever = true;
        let count = list_erasures(platform, caller).await?.len();
        if count > 0 {
            all.push(("/erasures", say.t1("home.todo-erasures", "count", count)));
        }
    }
    if ask.may(Action::JobRetry) {
        ever = true;
        let page = store::Page { skip: 0, take: 1 };
        let count = list_jobs(platform, caller, Some(State::Dead), page).await?.total;
        if count > 0 {
            all.push(("/jobs?state=dead", say.t1("home.todo-jobs", "count", count)));
        }
    }
    Ok(ever.then_some(all))
}
