//! Opening an account with an invitation: a password is chosen, and a session begins.

use app::own::accept_invitation;
use app::{Refusal, Words};
use serde::Deserialize;

use crate::ask::{Answer, Ask};
use crate::failure::{Wrong, wrong};
use crate::view::{Act, Block, Field, Form, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    code: String,
    password: String,
    again: String,
}

/// The form; a link may bring the code.
pub(crate) async fn form(ask: Ask) -> Answer {
    let code = ask.query.text("code").unwrap_or_default().to_owned();
    show(&ask, &code, &Wrong::default())
}

/// Opens the account.
pub(crate) async fn accept(ask: Ask) -> Answer {
    let Chosen { code, password, again } = ask.form()?;
    let code = code.trim().to_owned();
    ask.shared.meters.try_from(ask.address)?;
    if let Some(wrong) = differs(&ask, &password, &again) {
        return show(&ask, &code, &wrong);
    }
    match accept_invitation(ask.platform(), &code, &password, &ask.origin).await {
        Ok(began) => {
            ask.shared.metrics.signed_in("invitation");
            ask.with_session(&began.secret, ask.done("/", "account-opened")?)
        }
        Err(refusal @ Refusal::Invalid(_)) => show(&ask, &code, &wrong(refusal, ask.say)?),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Whether a password was typed differently the second time.
pub(crate) fn differs(ask: &Ask, password: &str, again: &str) -> Option<Wrong> {
    let words = Words::new("两次输入的密码不一致", "both passwords have to be the same");
    (password != again).then(|| Wrong::one("again", &words, ask.say))
}

fn show(ask: &Ask, code: &str, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let mut view = View::new(ask, say.t("invitation.title"));
    view.push(Block::Text(say.t("invitation.what")));
    let form = Form::new("/invitation", say.t("invitation.do"))
        .field(Field::line("code", say.t("invitation.code"), code).required())
        .field(
            Field::password("password", say.t("password.new"), "new-password")
                .hint(say.t("password.rule")),
        )
        .field(Field::password("again", say.t("password.again"), "new-password"))
        .mistakes(wrong);
    view.push(Block::Form(form));
    // Whoever opened it before comes back with the same link.
    view.push(Block::Acts(vec![Act::link("/sign-in", say.t("invitation.open-already"))]));
    view.show_as(ask, wrong.status())
}
