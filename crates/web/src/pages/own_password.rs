//! Another password for oneself.

use app::Refusal;
use app::caller::Owes;
use app::own::{Close, change_own_password, count_own_ways_in};
use app::people::Closed;
use serde::Deserialize;

use super::invitation::differs;
use crate::ask::{Answer, Ask};
use crate::failure::{Wrong, wrong};
use crate::lang::Say;
use crate::view::{Act, Block, Choice, Field, Form, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    present: String,
    password: String,
    again: String,
    /// What else is closed: codes of [`choices`].
    #[serde(default)]
    close: Vec<String>,
}

/// The form.
pub(crate) async fn form(ask: Ask) -> Answer {
    show(&ask, Close::ALL, &Wrong::default()).await
}

/// Changes it.
pub(crate) async fn change(mut ask: Ask) -> Answer {
    let Chosen { present, password, again, close } = ask.form()?;
    let wants = |code: &str| close.iter().any(|one| one == code);
    let close = Close {
        sessions: wants("sessions"),
        tokens: wants("tokens"),
        identities: wants("identities"),
    };
    if let Some(wrong) = differs(&ask, &password, &again) {
        return show(&ask, close, &wrong).await;
    }
    let to = if ask.caller()?.owes.is_some() { "/" } else { "/own" };
    let chosen = (present.as_str(), password.as_str());
    let (began, closed) =
        match change_own_password(ask.platform(), ask.caller()?, chosen, close).await {
            Ok(changed) => changed,
            Err(refusal @ Refusal::Invalid(_)) => {
                return show(&ask, close, &wrong(refusal, ask.say)?).await;
            }
            Err(refusal) => return Err(refusal.into()),
        };
    if closed == Closed::default() {
        return ask.with_session(&began.secret, ask.done(to, "password-changed")?);
    }
    // The page that says what was closed belongs to the session under its new secret.
    ask.caller = app::caller::by_session(ask.platform(), &began.secret, ask.origin.clone()).await?;
    let mut view = View::new(&ask, ask.say.t("password.changed"));
    view.push(Block::Note("good", told(closed, ask.say)));
    view.push(Block::Acts(vec![Act::main(to, ask.say.t("password.go-on"))]));
    ask.with_session(&began.secret, view.show(&ask)?)
}

/// What was closed with it, in a sentence for each kind.
fn told(closed: Closed, say: Say) -> String {
    let parts = [
        ("ways-in.sessions-ended", closed.sessions),
        ("ways-in.tokens-revoked", closed.tokens),
        ("ways-in.identities-unlinked", closed.identities),
    ];
    let said = parts.into_iter().filter(|(_, count)| *count > 0);
    said.map(|(key, count)| say.t1(key, "count", count))
        .collect::<Vec<_>>()
        .join(say.either("", " "))
}

/// What else can be closed; nothing if this session is the only way in.
fn choices(there: Closed, close: Close, say: Say) -> Vec<Choice> {
    let all = [
        ("sessions", "ways-in.close-sessions", there.sessions, close.sessions),
        ("tokens", "ways-in.close-tokens", there.tokens, close.tokens),
        ("identities", "ways-in.close-identities", there.identities, close.identities),
    ];
    all.into_iter()
        .filter(|(_, _, count, _)| *count > 0)
        .map(|(code, key, count, chosen)| Choice::new(code, say.t1(key, "count", count), chosen))
        .collect()
}

async fn show(ask: &Ask, close: Close, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let owed = ask.caller()?.owes == Some(Owes::Password);
    let there = count_own_ways_in(ask.platform(), ask.caller()?).await?;
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
        .field(Field::password("again", say.t("password.again"), "new-password"));
    let ways_in = choices(there, close, say);
    if !ways_in.is_empty() {
        form = form.field(
            Field::checks("close", say.t("ways-in.close"), ways_in)
                .hint(say.t("ways-in.close-hint")),
        );
    }
    form = form.mistakes(wrong);
    if !owed {
        form = form.cancel("/own");
    }
    view.push(Block::Form(form));
    view.show_as(ask, wrong.status())
}
