//! An invitation: first where to, then who and as what; then the link, once.

use access::Role;
use app::people::{Invite, NewMembership, invite_person};
use serde::Deserialize;
use store::membership::State;

use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::pages::memberships::{choose_organisation, chosen_organisation, day, role_fields};
use crate::view::{Act, Block, Cell, Field, Form, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invited {
    organisation: i64,
    login: String,
    name: String,
    phone: Option<String>,
    mail: Option<String>,
    role: String,
    until: Option<String>,
}

/// An invitation: first where to, then who and as what.
pub(crate) async fn invite_form(ask: Ask) -> Answer {
    invite_page(&ask, None, &Wrong::default()).await
}

/// Invites, and shows the secret of the invitation once.
pub(crate) async fn invite(ask: Ask) -> Answer {
    if let Some(kept) = ask.draft(&["name", "login", "phone", "mail", "role", "until"]).await? {
        return Ok(kept);
    }
    let typed: Invited = ask.form()?;
    let role = Role::from_code(&typed.role).ok_or(Failure::Form)?;
    let until = match day(&ask, typed.until.as_deref()) {
        Ok(until) => until,
        Err(wrong) => return invite_page(&ask, Some(&typed), &wrong).await,
    };
    let invite = Invite {
        login: &typed.login,
        name: &typed.name,
        phone: typed.phone.as_deref(),
        mail: typed.mail.as_deref(),
        membership: NewMembership { organisation: typed.organisation, role, until },
    };
    match invite_person(ask.platform(), ask.caller()?, &invite).await {
        Ok(invited) => {
            ask.sent().await;
            let waits = invited.state == State::Proposed;
            let mut view = told(&ask, &typed.login, &invited.secret, invited.expires);
            if waits {
                view.push(Block::Note("", ask.say.t("invited.waits")));
            }
            let to = format!("/people/{}", invited.person);
            view.push(Block::Acts(vec![Act::link(to, ask.say.t("invited.person"))]));
            view.show(&ask)
        }
        Err(refusal) => {
            let wrong = wrong(refusal, ask.say)?;
            invite_page(&ask, Some(&typed), &wrong).await
        }
    }
}

/// What the one who invites hands on: a link and a code.
pub(in crate::pages) fn told(ask: &Ask, login: &str, secret: &str, until: jiff::Timestamp) -> View {
    let say = ask.say;
    let mut view = View::new(ask, say.t("invited.title")).up("/people", say.t("people.title"));
    let config = &ask.shared.config;
    let host = ask.headers.get(axum::http::header::HOST).and_then(|host| host.to_str().ok());
    let scheme = if config.secure { "https" } else { "http" };
    let origin = config.origin.clone().or_else(|| Some(format!("{scheme}://{}", host?)));
    view.push(Block::Text(say.t1("invited.what", "login", login)));
    if let Some(origin) = origin {
        view.push(Block::Secret(
            say.t1("invited.link", "time", say.time(until)),
            format!("{origin}/invitation?code={secret}"),
        ));
    }
    view
}

async fn invite_page(ask: &Ask, typed: Option<&Invited>, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let mut view = View::new(ask, say.t("people.invite")).up("/people", say.t("people.title"));
    let here = "/people/invite";
    match chosen_organisation(ask, typed.map(|typed| typed.organisation)).await? {
        Some(organisation) => {
            let of = |pick: fn(&Invited) -> Option<&str>| typed.and_then(pick).unwrap_or_default();
            view.push(Block::Facts(vec![
                (say.t("home.organisation"), Cell::text(&organisation.name)),
                (say.t("organisation.kind"), Cell::text(say.name(organisation.kind.words()))),
            ]));
            let mut form = Form::new(here, say.t("people.invite"))
                .hide("organisation", organisation.id)
                .cancel("/people")
                .field(
                    Field::line("name", say.t("person.name"), of(|typed| Some(&typed.name)))
                        .required(),
                )
                .field(
                    Field::line("login", say.t("person.login"), of(|typed| Some(&typed.login)))
                        .hint(say.t("person.login-hint"))
                        .required(),
                )
                .field(Field::kind(
                    "phone",
                    say.t("person.phone"),
                    "tel",
                    of(|typed| typed.phone.as_deref()),
                ))
                .field(Field::kind(
                    "mail",
                    say.t("person.mail"),
                    "email",
                    of(|typed| typed.mail.as_deref()),
                ));
            let role = typed.map(|typed| typed.role.as_str());
            let until = typed.and_then(|typed| typed.until.as_deref());
            form.fields.extend(role_fields(ask, &organisation, role, until)?);
            view.push(Block::Form(ask.drafted(form.mistakes(wrong), wrong).await?));
        }
        None => choose_organisation(ask, &mut view, here).await?,
    }
    view.show_as(ask, wrong.status())
}
