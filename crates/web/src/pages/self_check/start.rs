//! The beginning: what is looked for, or an answer file to go on from.

use app::self_check::{SelfCheck, offers};
use askama::Template;
use serde::Deserialize;

use super::asking::{Step, page};
use super::carry::work;
use crate::ask::{Answer, Ask};
use crate::failure::Wrong;
use crate::lang::Say;
use crate::view::{Block, Part, View};

#[derive(Template)]
#[template(path = "self_check/start.html")]
struct Start {
    say: Say,
    secret: String,
    groups: Vec<Group>,
    wrong: Vec<String>,
    rulebook: String,
}

struct Group {
    title: String,
    programmes: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Begin {
    #[serde(default)]
    wanted: Vec<String>,
}

/// The page with which it begins.
pub(crate) async fn form(ask: Ask) -> Answer {
    show(&ask, &Wrong::default())
}

/// The same, with what is wrong with a file.
pub(super) fn show(ask: &Ask, wrong: &Wrong) -> Answer {
    let (law, today) = (ask.platform().law(), app::today(ask.platform().now()));
    let say = ask.say;
    let groups = offers(&law.rulebook, today)
        .into_iter()
        .map(|offer| Group {
            title: match offer.title {
                Some(title) => say.both(title),
                None => say.t("check.others"),
            },
            programmes: offer
                .programmes
                .iter()
                .map(|known| (known.id.clone(), say.both(&known.title)))
                .collect(),
        })
        .collect();
    let mut view = View::new(ask, say.t("check.title"));
    let secret = view.p.form_secret.clone();
    let wrong_file = wrong.of("file").into_iter().map(str::to_owned).collect();
    let rulebook = law.rulebook.short_hash().to_owned();
    let part = Start { say, secret, groups, wrong: wrong_file, rulebook };
    view.push(Block::Part(Part::new(&part)?));
    view.show_as(ask, wrong.status())
}

/// A later page asked for by its address, which carries no answers: back to the beginning.
pub(crate) async fn anew(ask: Ask) -> Answer {
    ask.go("/self-check")
}

/// Begins, with the first question.
pub(crate) async fn begin(ask: Ask) -> Answer {
    let Begin { wanted } = ask.form()?;
    let (say, secret) = (ask.say, super::carry::secret(&ask));
    let step = work(&ask, None, move |rulebook, today, _| {
        let check = SelfCheck::about(rulebook, today, &wanted);
        page(say, &secret, rulebook, today, Step::next(check))
    })
    .await?;
    step.show(&ask)
}
