//! Another password for oneself.

use app::Refusal;
use app::caller::Owes;
use app::own::change_own_password;
use serde::Deserialize;

use super::invitation::differs;
use crate::ask::{Answer, Ask};
use crate::failure::{Wrong, wrong};
use crate::view::{Block, Field, Form, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    present: String,
    password: String,
    again: String,
}

/// The form.
pub(crate) async fn form(ask: Ask) -> Answer {
    show(&ask, &Wrong::default())
}

/// Changes it.
pub(crate) async fn change(ask: Ask) -> Answer {
    let Chosen { present, password, again } = ask.form()?;
    if let Some(wrong) = differs(&ask, &password, &again) {
        return show(&ask, &wrong);
    }
    let owed = ask.caller()?.owes.is_some();
    match change_own_password(ask.platform(), ask.caller()?, &present, &password).await {
        Ok(began) => {
            let to = if owed { "/" } else { "/own" };
            ask.with_session(&began.secret, ask.done(to, "password-changed")?)
        }
        Err(refusal @ Refusal::Invalid(_)) => show(&ask, &wrong(refusal, ask.say)?),
        Err(refusal) => Err(refusal.into()),
    }
}

fn show(ask: &Ask, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let owed = ask.caller()?.owes == Some(Owes::Password);
    let mut view = View::new(ask, say.t("password.title"));
    if owed {
        view.push(Block::Note("", say.t("password.owed")));
    } else {
        view = view.up("/own", say.t("own.title"));
    }
    let mut form = Form::new("/own/password", say.t("password.do"))
        .field(Field::password("present", say.t("password.present"), "current-password"))
        .field(
            Field::password("password", say.t("password.new"), "new-password")
                .hint(say.t("password.rule")),
        )
        .field(Field::password("again", say.t("password.again"), "new-password"))
        .mistakes(wrong);
    if !owed {
        form = form.cancel("/own");
    }
    view.push(Block::Form(form));
    view.show_as(ask, wrong.status())
}
