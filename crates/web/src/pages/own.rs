//! What is kept about oneself, and changing it; asking to be erased.

use app::own::{NewProfile, change_own_profile, read_own_profile};
use serde::Deserialize;

use super::memberships::{self, state};
use crate::ask::{Answer, Ask};
use crate::failure::{Wrong, wrong};
use crate::view::{Act, Block, Cell, Confirm, Field, Form, Table, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    version: i64,
    name: String,
    phone: Option<String>,
    mail: Option<String>,
}

/// The profile.
pub(crate) async fn show(ask: Ask) -> Answer {
    page(&ask, None, &Wrong::default()).await
}

/// Changes it.
pub(crate) async fn change(ask: Ask) -> Answer {
    let changed: Changed = ask.form()?;
    let new = NewProfile {
        name: &changed.name,
        phone: changed.phone.as_deref(),
        mail: changed.mail.as_deref(),
    };
    match change_own_profile(ask.platform(), ask.caller()?, changed.version, &new).await {
        Ok(()) => ask.done("/own", "profile-changed"),
        Err(refusal) => {
            let wrong = wrong(refusal, ask.say)?;
            page(&ask, Some(&changed), &wrong).await
        }
    }
}

async fn page(ask: &Ask, typed: Option<&Changed>, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let profile = read_own_profile(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(ask, say.t("own.title"));
    view.acts = vec![
        Act::link("/own/password", say.t("own.password")),
        Act::link("/own/second-factor", say.t("own.factor")),
        Act::link("/own/sessions", say.t("own.sessions")),
        Act::link("/own/tokens", say.t("own.tokens")),
    ];
    if ask.shared.config.provider.is_some() {
        view.acts.push(Act::link("/own/identities", say.t("identities.title")));
    }
    view.push(Block::Facts(vec![
        (say.t("person.login"), Cell::text(&profile.login)),
        (say.t("own.password-since"), Cell::Num(say.maybe(profile.password_set))),
        (
            say.t("person.factor"),
            match profile.second_factor_since {
                Some(since) => {
                    Cell::State("good", say.t1("own.factor-since", "time", say.time(since)))
                }
                None => Cell::State("wait", say.t("own.no-factor")),
            },
        ),
    ]));
    let (name, phone, mail, version) = match typed {
        Some(typed) => (typed.name.clone(), typed.phone.clone(), typed.mail.clone(), typed.version),
        None => (profile.name, profile.phone, profile.mail, profile.version),
    };
    view.push(Block::Heading(say.t("own.contact")));
    let form = Form::new("/own", say.t("form.save"))
        .hide("version", version)
        .field(Field::line("name", say.t("person.name"), &name).required())
        .field(Field::kind("phone", say.t("person.phone"), "tel", &phone.unwrap_or_default()))
        .field(Field::kind("mail", say.t("person.mail"), "email", &mail.unwrap_or_default()))
        .mistakes(wrong);
    view.push(Block::Form(form));
    let rows = profile
        .memberships
        .iter()
        .map(|held| {
            vec![
                Cell::text(say.name(held.role.words())),
                Cell::text(&held.organisation_name),
                Cell::Num(held.from.to_string()),
                Cell::Num(say.day(held.until)),
                state(ask, held),
            ]
        })
        .collect();
    let table = Table { caption: say.t("home.roles"), columns: memberships::columns(say), rows };
    view.table(table, say.t("home.no-role"));
    view.push(Block::Heading(say.t("erasure.title")));
    match profile.erasure_asked {
        Some(since) => view.push(Block::Note("", say.t1("erasure.asked", "time", say.time(since)))),
        None => {
            view.push(Block::Text(say.t("erasure.right")));
            view.push(Block::Acts(vec![Act::danger("/own/erasure", say.t("erasure.ask"))]));
        }
    }
    view.show_as(ask, wrong.status())
}

/// Asks again before the erasure is asked for.
pub(crate) async fn erasure(ask: Ask) -> Answer {
    let say = ask.say;
    let form = Form::new("/own/erasure", say.t("erasure.ask")).cancel("/own");
    let (title, what) = (say.t("erasure.title"), say.t("erasure.own-what"));
    Confirm { title, what, facts: Vec::new(), form, danger: true }.show(&ask, &Wrong::default())
}

/// Asks for it.
pub(crate) async fn ask_erasure(ask: Ask) -> Answer {
    let caller = ask.caller()?;
    app::people::ask_erasure(ask.platform(), caller, caller.person()).await?;
    ask.done("/own", "erasure-asked")
}
