//! What is done to an account: each asks again first, says what follows, and is done by a form.

use access::Action;
use app::Refusal;
use app::people::{
    Closed, PersonView, ask_erasure, disable_person, enable_person, end_session, erase_person,
    has_password, invite_again, list_sessions, list_tokens, may_act, reset_password,
    reset_second_factor, revoke_token, show_person, unlock_person,
};
use serde::Deserialize;

use super::people::{name, told};
use super::{own_sessions, own_tokens};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::lang::Say;
use crate::view::{Act, Block, Cell, Confirm, Form, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version {
    version: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// What a page that asks again is about.
struct Asks {
    action: Action,
    title: String,
    what: String,
    danger: bool,
    /// What the form carries beside its secret.
    sends: Vec<(&'static str, String)>,
}

impl Asks {
    fn again(ask: &Ask, action: Action, title: &str, what: &str) -> Self {
        let (title, what) = (ask.say.t(title), ask.say.t(what));
        Self { action, title, what, danger: false, sends: Vec::new() }
    }

    fn danger(self) -> Self {
        Self { danger: true, ..self }
    }
}

/// The person whom it is about. Refuses already here what would be refused when it is done: `stands` says whether the
/// account is as it has to be.
async fn about(
    ask: &Ask,
    action: Action,
    stands: impl FnOnce(&PersonView) -> bool,
) -> Result<PersonView, Failure> {
    let id = ask.id()?;
    may_act(ask.platform(), ask.caller()?, action, id).await?;
    let person = show_person(ask.platform(), ask.caller()?, id).await?;
    if !stands(&person) {
        return Err(Refusal::conflict(
            "此人的账号目前不需要办理这一事项；请返回人员页面查看",
            "the account is not one for which this is done: see the person's page",
        )
        .into());
    }
    Ok(person)
}

/// The page that asks again.
fn confirm(ask: &Ask, asks: Asks, person: PersonView, wrong: &Wrong) -> Answer {
    let (say, id) = (ask.say, person.id);
    let mut form = Form::new(ask.uri.path(), asks.title.clone()).cancel(format!("/people/{id}"));
    form.hidden.extend(asks.sends);
    let facts = vec![
        (say.t("person.name"), Cell::text(name(&person.name, id))),
        (say.t("person.login"), Cell::text(person.login.unwrap_or_default())),
    ];
    Confirm { title: asks.title, what: asks.what, facts, form, danger: asks.danger }
        .show(ask, wrong)
}

/// Asks again about something that needs nothing but that.
async fn plain(ask: &Ask, asks: Asks, stands: impl FnOnce(&PersonView) -> bool) -> Answer {
    let person = about(ask, asks.action, stands).await?;
    confirm(ask, asks, person, &Wrong::default())
}

/// The same for a change that must not overwrite another one.
async fn versioned(ask: &Ask, asks: Asks, stands: impl FnOnce(&PersonView) -> bool) -> Answer {
    let person = about(ask, asks.action, stands).await?;
    let asks = Asks { sends: vec![("version", person.version.to_string())], ..asks };
    confirm(ask, asks, person, &Wrong::default())
}

fn back(ask: &Ask, done: &str) -> Answer {
    ask.done(&format!("/people/{}", ask.id()?), done)
}

pub(crate) async fn ask_disable(ask: Ask) -> Answer {
    let asks = Asks::again(&ask, Action::PersonDisable, "disable.title", "disable.what").danger();
    versioned(&ask, asks, |person| person.disabled.is_none()).await
}

pub(crate) async fn disable(ask: Ask) -> Answer {
    let Version { version } = ask.form()?;
    disable_person(ask.platform(), ask.caller()?, ask.id()?, version).await?;
    back(&ask, "person-disabled")
}

pub(crate) async fn ask_enable(ask: Ask) -> Answer {
    let asks = Asks::again(&ask, Action::PersonEnable, "enable.title", "enable.what");
    versioned(&ask, asks, |person| person.disabled.is_some()).await
}

pub(crate) async fn enable(ask: Ask) -> Answer {
    let Version { version } = ask.form()?;
    enable_person(ask.platform(), ask.caller()?, ask.id()?, version).await?;
    back(&ask, "person-enabled")
}

pub(crate) async fn ask_unlock(ask: Ask) -> Answer {
    let person = about(&ask, Action::PersonUnlock, |person| person.locked.is_some()).await?;
    let what = if person.held { "unlock.held-what" } else { "unlock.what" };
    let asks = Asks::again(&ask, Action::PersonUnlock, "unlock.title", what);
    confirm(&ask, asks, person, &Wrong::default())
}

pub(crate) async fn unlock(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    unlock_person(ask.platform(), ask.caller()?, ask.id()?).await?;
    back(&ask, "person-unlocked")
}

pub(crate) async fn ask_reset_factor(ask: Ask) -> Answer {
    let action = Action::PersonResetSecondFactor;
    let asks = Asks::again(&ask, action, "reset-factor.title", "reset-factor.what").danger();
    plain(&ask, asks, |person| person.second_factor).await
}

pub(crate) async fn reset_factor(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    let id = ask.id()?;
    let reset = reset_second_factor(ask.platform(), ask.caller()?, id).await?;
    if reset.tokens + reset.identities == 0 {
        return back(&ask, "factor-reset");
    }
    let mut view = person_view(&ask, ask.say.t("reset-factor.done")).await?;
    closed(&mut view, reset, ask.say);
    view.show(&ask)
}

pub(crate) async fn ask_reset_password(ask: Ask) -> Answer {
    let person = about(&ask, Action::PersonResetPassword, |_| true).await?;
    let what =
        if person.second_factor { "reset-password.what" } else { "reset-password.held-what" };
    let action = Action::PersonResetPassword;
    let asks = Asks::again(&ask, action, "reset-password.title", what).danger();
    confirm(&ask, asks, person, &Wrong::default())
}

/// Resets the password and shows the one for one time once.
pub(crate) async fn do_reset_password(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    let id = ask.id()?;
    let reset = reset_password(ask.platform(), ask.caller()?, id).await?;
    let say = ask.say;
    let person = show_person(ask.platform(), ask.caller()?, id).await?;
    let mut view = View::new(&ask, say.t("reset-password.done"))
        .up(format!("/people/{id}"), name(&person.name, id));
    view.push(Block::Secret(say.t("reset-password.once"), reset.password));
    closed(&mut view, reset.closed, say);
    if reset.held {
        view.push(Block::Note("wait", say.t("held.next")));
    }
    view.show(&ask)
}

pub(crate) async fn ask_invite_again(ask: Ask) -> Answer {
    again_page(&ask, &Wrong::default()).await
}

/// Who has a password loses it: that is said, and has to be meant.
async fn again_page(ask: &Ask, wrong: &Wrong) -> Answer {
    let id = ask.id()?;
    let has_password = has_password(ask.platform(), ask.caller()?, id).await?;
    let person = show_person(ask.platform(), ask.caller()?, id).await?;
    let what = match (has_password, person.second_factor) {
        (false, _) => "invited.again-what",
        (true, true) => "invited.void-what",
        (true, false) => "invited.void-held-what",
    };
    let mut asks = Asks::again(ask, Action::PersonInvite, "people.invite-again", what);
    if has_password {
        asks = asks.danger();
        asks.sends = vec![("void_password", "on".to_owned())];
    }
    confirm(ask, asks, person, wrong)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Again {
    #[serde(default)]
    void_password: bool,
}

/// Invites again and shows the new secret once.
pub(crate) async fn do_invite_again(ask: Ask) -> Answer {
    let Again { void_password } = ask.form()?;
    let id = ask.id()?;
    let again = match invite_again(ask.platform(), ask.caller()?, id, void_password).await {
        Ok(again) => again,
        Err(refusal) => return again_page(&ask, &wrong(refusal, ask.say)?).await,
    };
    let person: PersonView = show_person(ask.platform(), ask.caller()?, id).await?;
    let login = person.login.unwrap_or_default();
    let mut view = told(&ask, &login, &again.secret, again.expires);
    closed(&mut view, again.closed, ask.say);
    if again.held {
        view.push(Block::Note("wait", ask.say.t("held.next")));
    }
    view.show(&ask)
}

/// Says what else led into the account and does no more.
fn closed(view: &mut View, closed: Closed, say: Say) {
    if closed.tokens + closed.identities > 0 {
        let (tokens, identities) = (("tokens", closed.tokens), ("identities", closed.identities));
        view.push(Block::Note("", say.t2("ways-in.closed", tokens, identities)));
    }
}

pub(crate) async fn ask_ask_erasure(ask: Ask) -> Answer {
    let asks = Asks::again(&ask, Action::PersonAskErasure, "erasure.ask", "erasure.what").danger();
    plain(&ask, asks, |person| person.erasure_asked.is_none()).await
}

pub(crate) async fn do_ask_erasure(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    ask_erasure(ask.platform(), ask.caller()?, ask.id()?).await?;
    back(&ask, "erasure-asked")
}

pub(crate) async fn ask_erase(ask: Ask) -> Answer {
    let asks = Asks::again(&ask, Action::PersonErase, "erase.title", "erase.what").danger();
    plain(&ask, asks, |person| person.erasure_asked.is_some()).await
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
    if !ask.may(Action::SessionRevoke) {
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
    if !ask.may(Action::TokenRevoke) {
        without_acts(&mut table);
    }
    view.table(table, say.t("tokens.none-other"));
    view.show(&ask)
}

pub(crate) async fn ask_revoke_token(ask: Ask) -> Answer {
    let asks =
        Asks::again(&ask, Action::TokenRevoke, "tokens.revoke", "tokens.revoke-what").danger();
    let id = ask.id()?;
    may_act(ask.platform(), ask.caller()?, Action::TokenRevoke, id).await?;
    let tokens = list_tokens(ask.platform(), ask.caller()?, id).await?;
    if !tokens.iter().any(|token| token.id.to_string() == ask.part("token")) {
        return Err(Failure::missing());
    }
    let person = show_person(ask.platform(), ask.caller()?, id).await?;
    confirm(&ask, asks, person, &Wrong::default())
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
