//! What is done to an account: each asks again first, says what follows, and is done by a form.

use app::people::{
    PersonView, ask_erasure, disable_person, enable_person, end_session, erase_person,
    invite_again, list_sessions, list_tokens, reset_password, reset_second_factor, revoke_token,
    show_person, unlock_person,
};
use serde::Deserialize;

use super::people::{name, told};
use super::{own_sessions, own_tokens};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong};
use crate::view::{Act, Block, Cell, Confirm, Form, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version {
    version: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The page that asks again: `what` is the last part of the path and the table of its messages.
async fn confirm(ask: &Ask, title: String, what: String, danger: bool, versioned: bool) -> Answer {
    let say = ask.say;
    let id = ask.id()?;
    let person = show_person(ask.platform(), ask.caller()?, id).await?;
    let mut form = Form::new(ask.uri.path(), title.clone()).cancel(format!("/people/{id}"));
    if versioned {
        form = form.hide("version", person.version);
    }
    let facts = vec![
        (say.t("person.name"), Cell::text(name(&person.name, id))),
        (say.t("person.login"), Cell::text(person.login.unwrap_or_default())),
    ];
    Confirm { title, what, facts, form, danger }.show(ask, &Wrong::default())
}

fn back(ask: &Ask, done: &str) -> Answer {
    ask.done(&format!("/people/{}", ask.id()?), done)
}

pub(crate) async fn ask_disable(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("disable.title"), ask.say.t("disable.what"), true, true).await
}

pub(crate) async fn disable(ask: Ask) -> Answer {
    let Version { version } = ask.form()?;
    disable_person(ask.platform(), ask.caller()?, ask.id()?, version).await?;
    back(&ask, "person-disabled")
}

pub(crate) async fn ask_enable(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("enable.title"), ask.say.t("enable.what"), false, true).await
}

pub(crate) async fn enable(ask: Ask) -> Answer {
    let Version { version } = ask.form()?;
    enable_person(ask.platform(), ask.caller()?, ask.id()?, version).await?;
    back(&ask, "person-enabled")
}

pub(crate) async fn ask_unlock(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("unlock.title"), ask.say.t("unlock.what"), false, false).await
}

pub(crate) async fn unlock(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    unlock_person(ask.platform(), ask.caller()?, ask.id()?).await?;
    back(&ask, "person-unlocked")
}

pub(crate) async fn ask_reset_factor(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("reset-factor.title"), ask.say.t("reset-factor.what"), true, false)
        .await
}

pub(crate) async fn reset_factor(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    reset_second_factor(ask.platform(), ask.caller()?, ask.id()?).await?;
    back(&ask, "factor-reset")
}

pub(crate) async fn ask_reset_password(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("reset-password.title"), ask.say.t("reset-password.what"), true, false)
        .await
}

/// Resets the password and shows the one for one time once.
pub(crate) async fn do_reset_password(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    let id = ask.id()?;
    let password = reset_password(ask.platform(), ask.caller()?, id).await?;
    let say = ask.say;
    let person = show_person(ask.platform(), ask.caller()?, id).await?;
    let mut view = View::new(&ask, say.t("reset-password.done"))
        .up(format!("/people/{id}"), name(&person.name, id));
    view.push(Block::Secret(say.t("reset-password.once"), password));
    view.show(&ask)
}

pub(crate) async fn ask_invite_again(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("people.invite-again"), ask.say.t("invited.again-what"), false, false)
        .await
}

/// Invites again and shows the new secret once.
pub(crate) async fn do_invite_again(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    let id = ask.id()?;
    let again = invite_again(ask.platform(), ask.caller()?, id).await?;
    let person: PersonView = show_person(ask.platform(), ask.caller()?, id).await?;
    let login = person.login.unwrap_or_default();
    told(&ask, &login, &again.secret, again.expires).show(&ask)
}

pub(crate) async fn ask_ask_erasure(ask: Ask) -> Answer {
    // Everybody may ask for their own; nobody else's is theirs to ask for if they cannot even see them.
    if !ask.may(access::Action::PersonRead) {
        return Err(Failure::missing());
    }
    confirm(&ask, ask.say.t("erasure.ask"), ask.say.t("erasure.what"), true, false).await
}

pub(crate) async fn do_ask_erasure(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    ask_erasure(ask.platform(), ask.caller()?, ask.id()?).await?;
    back(&ask, "erasure-asked")
}

pub(crate) async fn ask_erase(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("erase.title"), ask.say.t("erase.what"), true, false).await
}

pub(crate) async fn erase(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    erase_person(ask.platform(), ask.caller()?, ask.id()?).await?;
    ask.done("/erasures", "person-erased")
}

/// The sessions of somebody.
pub(crate) async fn sessions(ask: Ask) -> Answer {
    let say = ask.say;
    let id = ask.id()?;
    let sessions = list_sessions(ask.platform(), ask.caller()?, id).await?;
    let mut view = person_view(&ask, say.t("sessions.title")).await?;
    let mut table = own_sessions::table(&ask, &sessions, |session| {
        format!("/people/{id}/sessions/{}/end", session.id)
    });
    if !ask.may(access::Action::SessionRevoke) {
        without_acts(&mut table);
    }
    view.table(table, say.t("sessions.none"));
    view.show(&ask)
}

pub(crate) async fn end_of_session(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    let id = ask.id()?;
    let session = ask.part("session").parse().map_err(|_| Failure::missing())?;
    end_session(ask.platform(), ask.caller()?, id, session).await?;
    ask.done(&format!("/people/{id}/sessions"), "session-ended")
}

/// The tokens of somebody.
pub(crate) async fn tokens(ask: Ask) -> Answer {
    let say = ask.say;
    let id = ask.id()?;
    let tokens = list_tokens(ask.platform(), ask.caller()?, id).await?;
    let mut view = person_view(&ask, say.t("tokens.title")).await?;
    let to = |token: &store::token::Token| format!("/people/{id}/tokens/{}/revoke", token.id);
    let mut table = own_tokens::table(&ask, &tokens, to);
    if !ask.may(access::Action::TokenRevoke) {
        without_acts(&mut table);
    }
    view.table(table, say.t("tokens.none-other"));
    view.show(&ask)
}

pub(crate) async fn ask_revoke_token(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("tokens.revoke"), ask.say.t("tokens.revoke-what"), true, false).await
}

pub(crate) async fn do_revoke_token(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    let id = ask.id()?;
    let token = ask.part("token").parse().map_err(|_| Failure::missing())?;
    revoke_token(ask.platform(), ask.caller()?, id, token).await?;
    ask.done(&format!("/people/{id}/tokens"), "token-revoked")
}

async fn person_view(ask: &Ask, title: String) -> Result<View, Failure> {
    let id = ask.id()?;
    let person = show_person(ask.platform(), ask.caller()?, id).await?;
    Ok(View::new(ask, title).up(format!("/people/{id}"), name(&person.name, id)))
}

fn without_acts(table: &mut crate::view::Table) {
    for cell in table.rows.iter_mut().flatten() {
        if matches!(cell, Cell::Acts(_)) {
            *cell = Cell::Acts(Vec::<Act>::new());
        }
    }
}
