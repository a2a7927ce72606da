//! Closing an organisation, and opening it again.

use app::organisations::{close_organisation, reopen_organisation, show_organisation};
use serde::Deserialize;

use crate::ask::{Answer, Ask};
use crate::failure::Wrong;
use crate::view::{Cell, Confirm, Form};

async fn confirm(ask: &Ask, title: String, what: String, closes: bool) -> Answer {
    let one = show_organisation(ask.platform(), ask.caller()?, ask.id()?).await?;
    if one.closed.is_some() == closes {
        return Err(app::Refusal::Changed.into());
    }
    let form = Form::new(ask.uri.path(), title.clone())
        .hide("version", one.version)
        .cancel(format!("/organisations/{}", one.id));
    let facts = vec![(ask.say.t("organisation.name"), Cell::text(one.name))];
    Confirm { title, what, facts, form, danger: closes }.show(ask, &Wrong::default())
}

/// Asks again before it is closed.
pub(crate) async fn ask_close(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("close.title"), ask.say.t("close.what"), true).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version {
    version: i64,
}

/// Closes it.
pub(crate) async fn close(ask: Ask) -> Answer {
    let Version { version } = ask.form()?;
    let id = ask.id()?;
    close_organisation(ask.platform(), ask.caller()?, id, version).await?;
    ask.done(&format!("/organisations/{id}"), "organisation-closed")
}

/// Asks again before it is opened again.
pub(crate) async fn ask_reopen(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("reopen.title"), ask.say.t("reopen.what"), false).await
}

/// Opens it again.
pub(crate) async fn reopen(ask: Ask) -> Answer {
    let Version { version } = ask.form()?;
    let id = ask.id()?;
    reopen_organisation(ask.platform(), ask.caller()?, id, version).await?;
    ask.done(&format!("/organisations/{id}"), "organisation-reopened")
}
