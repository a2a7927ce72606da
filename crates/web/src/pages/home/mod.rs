//! The home page: what waits for somebody, the numbers that matter to them, and where each of them leads. What is shown
//! follows from what the policy allows, so that somebody with two roles sees the work of both.

mod changes;
mod city;
mod firms;
mod law;
mod operation;
mod todo;

use access::Action;
use app::Caller;
use app::own::read_own_profile;
use askama::Template;

use crate::ask::{Answer, Ask};
use crate::failure::{Failure, owed};
use crate::lang::Say;
use crate::parts::notice::{Kind, Notice};
use crate::parts::tiles::Tiles;
use crate::view::{Act, Block, View};

/// Something that stands below everything: when somebody came in, and how.
#[derive(Template)]
#[template(path = "home/foot.html")]
struct Foot {
    since: Option<String>,
    /// How they proved who they are, and what there is to do about it.
    factor: String,
    set_up: Option<String>,
}

/// The home page; whoever owes something is sent to settle it.
pub(crate) async fn home(ask: Ask) -> Answer {
    let caller = ask.caller()?;
    if let Some(owes) = caller.owes {
        return ask.go(owed(owes));
    }
    let say = ask.say;
    let mut view = View::new(&ask, say.t1("home.hello", "name", &caller.name));
    if caller.memberships.is_empty() {
        view.push(Block::Note("", say.t("home.no-role")));
    } else {
        view.push(Block::Text(held(caller, say)));
    }
    let waiting = todo::waiting(&ask).await?;
    match waiting {
        todo::Waiting::Never => {}
        todo::Waiting::Nothing => view.push(Block::Text(say.t("home.nothing-to-do"))),
        todo::Waiting::Some(tiles) => {
            view.push(Block::Heading(say.t("home.todo")));
            view.part(&Tiles { tiles })?;
        }
    }
    let above = view.blocks.len();
    city::show(&ask, &mut view).await?;
    firms::show(&ask, &mut view).await?;
    law::show(&ask, &mut view).await?;
    operation::show(&ask, &mut view).await?;
    if view.blocks.len() == above {
        view.part(&nothing_here(&ask))?;
    }
    foot(&ask, &mut view).await?;
    view.show(&ask)
}

/// What somebody is, where, and until when if it ends.
fn held(caller: &Caller, say: Say) -> String {
    let held = caller.memberships.iter().map(|held| {
        let mut words = format!("{} · {}", say.name(held.role.words()), held.organisation_name);
        if let Some(until) = held.until {
            words.push_str(&say.t1("home.role-until", "day", until));
        }
        words
    });
    held.collect::<Vec<_>>().join(say.either("；", "; "))
}

/// For whom nothing is kept here yet: what everybody can do.
fn nothing_here(ask: &Ask) -> Notice {
    let say = ask.say;
    Notice::new(Kind::Empty, say.t("home.nothing-title"), say.t("home.nothing-what"))
        .act(Act::link("/programmes", say.t("law.nav-programmes")))
        .act(Act::link("/self-check", say.t("home.self-check")))
        .act(Act::link("/own/checks", say.t("check.nav")))
}

async fn foot(ask: &Ask, view: &mut View) -> Result<(), Failure> {
    let (say, caller) = (ask.say, ask.caller()?);
    let session = caller.session.as_ref();
    let given = session.is_some_and(|session| session.second_factor.is_some());
    let set = ask.may(Action::OwnReadProfile)
        && read_own_profile(ask.platform(), caller).await?.second_factor_since.is_some();
    let (key, offers) = match (set, given) {
        (true, true) => ("home.with-factor", false),
        (true, false) => ("home.factor-not-given", false),
        // Nobody has given one: a demonstration does without.
        (false, true) => ("home.factor-waived", true),
        (false, false) => ("home.without-factor", true),
    };
    view.part(&Foot {
        since: session.map(|session| say.t1("home.since", "time", say.time(session.created))),
        factor: say.t(key),
        set_up: offers.then(|| say.t("home.set-up")),
    })
}
