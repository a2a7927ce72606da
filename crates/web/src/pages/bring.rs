//! Bringing a rulebook with a browser.

use app::rulebooks::bring_rulebook;

use crate::ask::{Answer, Ask};
use crate::failure::{Wrong, wrong};
use crate::view::{Block, Field, Form, View};

/// The form.
pub(crate) async fn form(ask: Ask) -> Answer {
    page(&ask, "", &Wrong::default())
}

/// Keeps it.
pub(crate) async fn bring(ask: Ask) -> Answer {
    let title = ask.form.get("title").unwrap_or_default().to_owned();
    match bring_rulebook(ask.platform(), ask.caller()?, &title, ask.body.to_vec()).await {
        Ok(brought) => ask.done(&format!("/rulebooks/{}", brought.stored.hash), "rulebook-brought"),
        Err(refusal) => page(&ask, &title, &wrong(refusal, ask.say)?),
    }
}

fn page(ask: &Ask, title: &str, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let mut view =
        View::new(ask, say.t("rulebooks.bring")).up("/rulebooks", say.t("rulebooks.title"));
    view.push(Block::Text(say.t("rulebooks.bring-what")));
    let mut form = Form::new("/rulebooks/bring", say.t("rulebooks.bring"))
        .cancel("/rulebooks")
        .field(Field::line("title", say.t("rulebooks.name"), title).required())
        .field(Field::kind("file", say.t("rulebooks.file"), "file", "").required())
        .mistakes(wrong);
    form.file = true;
    view.push(Block::Form(form));
    view.show_as(ask, wrong.status())
}
