//! People: the list, one of them, an invitation, the list as a file.

use access::{Action, Field as Kept, Purpose, Role, Sight};
use app::people::{
    Invite, NewMembership, PersonView, Shown, export_people, invite_person, list_people,
    show_person, unmask_field,
};
use serde::Deserialize;
use store::membership::State;

use super::memberships::{self, choose_organisation, chosen_organisation, day, role_fields};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::lang::Say;
use crate::sheet::Sheet;
use crate::view::{Act, Block, Cell, Field, Form, Table, View};

/// The list.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let words = ask.query.text("q");
    let found = list_people(ask.platform(), ask.caller()?, words, ask.page()).await?;
    let mut view = View::new(&ask, say.t("people.title"));
    view.offer(&ask, Action::PersonInvite, Act::main("/people/invite", say.t("people.invite")));
    let file = words.map_or_else(
        || "/people/export.csv".to_owned(),
        |words| {
            format!(
                "/people/export.csv?{}",
                crate::fields::Fields::default().query_with("q", words)
            )
        },
    );
    view.offer(&ask, Action::DataExport, Act::link(file, say.t("list.export")));
    view.offer(&ask, Action::PersonErase, Act::link("/erasures", say.t("erasures.title")));
    view.push(Block::Filters(Form::new("/people", say.t("list.search")).field(Field::kind(
        "q",
        say.t("people.words"),
        "search",
        words.unwrap_or_default(),
    ))));
    let none = if words.is_some() { say.t("list.none-such") } else { say.t("people.none") };
    view.table(table(&ask, &found.rows), none);
    view.pager(&ask, found.total);
    view.show(&ask)
}

fn table(ask: &Ask, people: &[PersonView]) -> Table {
    let say = ask.say;
    let columns = vec![
        say.t("person.name"),
        say.t("person.roles"),
        say.t("person.phone"),
        say.t("person.mail"),
        say.t("list.state"),
    ];
    let rows = people
        .iter()
        .map(|person| {
            vec![
                Cell::Link {
                    to: format!("/people/{}", person.id),
                    text: name(&person.name, person.id),
                    small: person.login.clone().unwrap_or_default(),
                },
                roles(ask, person),
                shown(&person.phone),
                shown(&person.mail),
                Cell::States(states(ask, person)),
            ]
        })
        .collect();
    Table { caption: String::new(), columns, rows }
}

/// What somebody is where, as far as it holds or waits.
fn roles(ask: &Ask, person: &PersonView) -> Cell {
    let say = ask.say;
    let today = app::today(ask.platform().now());
    let alive = person
        .memberships
        .iter()
        .filter(|held| held.holds_on(today) || held.state == State::Proposed);
    let mut names = Vec::new();
    let mut places = Vec::new();
    for held in alive {
        let waits =
            if held.state == State::Proposed { say.t("membership.waits") } else { String::new() };
        names.push(format!("{}{waits}", say.name(held.role.words())));
        places.push(held.organisation_name.clone());
    }
    places.dedup();
    let joint = say.either("、", ", ");
    let text = if names.is_empty() { "—".to_owned() } else { names.join(joint) };
    Cell::Two { text, small: places.join(joint) }
}

/// The name of somebody, or the number where the name is not shown.
pub(super) fn name(shown: &Shown, id: i64) -> String {
    shown.text.clone().unwrap_or_else(|| format!("#{id}"))
}

/// A field as the caller sees it.
pub(super) fn shown(shown: &Shown) -> Cell {
    Cell::text(shown.text.clone().unwrap_or_else(|| "—".to_owned()))
}

/// Everything that is out of the ordinary about an account; if nothing is, that.
fn states(ask: &Ask, person: &PersonView) -> Vec<(&'static str, String)> {
    let say = ask.say;
    let now = ask.platform().now();
    let mut all = Vec::new();
    if person.erased.is_some() {
        return vec![("", say.t("person.erased"))];
    }
    if person.disabled.is_some() {
        all.push(("bad", say.t("person.disabled")));
    }
    if person.locked.is_some_and(|until| until > now) {
        all.push(("bad", say.t("person.locked")));
    }
    if person.invited {
        all.push(("wait", say.t("person.invited")));
    }
    if person.erasure_asked.is_some() {
        all.push(("wait", say.t("person.erasure-asked")));
    }
    if all.is_empty() {
        all.push(("good", say.t("person.active")));
    }
    all
}

/// One of them.
pub(crate) async fn show(ask: Ask) -> Answer {
    let id = ask.id()?;
    let person = show_person(ask.platform(), ask.caller()?, id).await?;
    page(&ask, &person, None)?.show(&ask)
}

fn page(ask: &Ask, person: &PersonView, unmasked: Option<(Kept, String)>) -> Result<View, Failure> {
    let say = ask.say;
    let id = person.id;
    let own = ask.caller()?.person() == id;
    let mut view = View::new(ask, name(&person.name, id)).up("/people", say.t("people.title"));
    let to = |what: &str| format!("/people/{id}/{what}");
    let now = ask.platform().now();
    let gone = person.erased.is_some();
    view.offer(ask, Action::SessionList, Act::link(to("sessions"), say.t("sessions.title")));
    view.offer(ask, Action::TokenList, Act::link(to("tokens"), say.t("tokens.title")));
    if !gone {
        view.offer(
            ask,
            Action::MembershipPropose,
            Act::link(to("roles"), say.t("membership.propose")),
        );
    }
    // Nobody does any of this to themselves.
    if !own && !gone {
        if person.invited {
            view.offer(
                ask,
                Action::PersonInvite,
                Act::link(to("invite-again"), say.t("people.invite-again")),
            );
        } else {
            view.offer(
                ask,
                Action::PersonResetPassword,
                Act::link(to("reset-password"), say.t("reset-password.title")),
            );
        }
        if person.second_factor {
            view.offer(
                ask,
                Action::PersonResetSecondFactor,
                Act::link(to("reset-factor"), say.t("reset-factor.title")),
            );
        }
        if person.locked.is_some_and(|until| until > now) {
            view.offer(ask, Action::PersonUnlock, Act::link(to("unlock"), say.t("unlock.title")));
        }
        match person.disabled {
            None => view.offer(
                ask,
                Action::PersonDisable,
                Act::danger(to("disable"), say.t("disable.title")),
            ),
            Some(_) => view.offer(
                ask,
                Action::PersonEnable,
                Act::link(to("enable"), say.t("enable.title")),
            ),
        }
        match person.erasure_asked {
            Some(_) => {
                view.offer(ask, Action::PersonErase, Act::danger(to("erase"), say.t("erase.title")))
            }
            None if ask
                .caller()?
                .who
                .memberships
                .iter()
                .any(|held| held.role == Role::Administrator) =>
            {
                view.offer(
                    ask,
                    Action::PersonAskErasure,
                    Act::danger(to("ask-erasure"), say.t("erasure.ask")),
                );
            }
            None => {}
        }
    }
    let whole = |field: Kept, shown: &Shown| match &unmasked {
        Some((one, text)) if *one == field => Cell::text(text.as_str()),
        _ => self::shown(shown),
    };
    view.push(Block::Facts(vec![
        (say.t("person.login"), Cell::text(person.login.clone().unwrap_or_else(|| "—".to_owned()))),
        (say.t("list.state"), Cell::States(states(ask, person))),
        (say.t("person.phone"), whole(Kept::Phone, &person.phone)),
        (say.t("person.mail"), whole(Kept::Mail, &person.mail)),
        (
            say.t("person.factor"),
            Cell::text(if person.second_factor {
                say.t("person.factor-set")
            } else {
                say.t("person.factor-none")
            }),
        ),
        (say.t("person.since"), Cell::Num(say.time(person.created))),
    ]));
    let masked = [(Kept::Phone, &person.phone), (Kept::Mail, &person.mail)];
    let acts: Vec<Act> = masked
        .into_iter()
        .filter(|(_, shown)| shown.sight == Sight::Masked && shown.text.is_some())
        .filter(|_| ask.may(Action::DataUnmask))
        .map(|(field, _)| {
            let text = say.t1("person.unmask", "field", say.name(field.words()));
            Act::post(to("unmask"), text, vec![("field", field.code().to_owned())])
        })
        .collect();
    if !acts.is_empty() {
        view.push(Block::Acts(acts));
    }
    view.table(memberships_table(ask, person), say.t("person.no-role"));
    Ok(view)
}

fn memberships_table(ask: &Ask, person: &PersonView) -> Table {
    let say = ask.say;
    let end = memberships::may_end(ask);
    let mut columns = memberships::columns(say);
    columns.push(String::new());
    let rows = person
        .memberships
        .iter()
        .map(|held| {
            let ends = end && matches!(held.state, State::Proposed | State::Active);
            let to = format!("/people/{}/roles/{}/end", person.id, held.id);
            vec![
                Cell::text(say.name(held.role.words())),
                Cell::text(&held.organisation_name),
                Cell::Num(held.from.to_string()),
                Cell::Num(say.day(held.until)),
                memberships::state(ask, held),
                Cell::Acts(if ends {
                    vec![Act::danger(to, say.t("membership.end"))]
                } else {
                    Vec::new()
                }),
            ]
        })
        .collect();
    Table { caption: say.t("person.roles"), columns, rows }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unmask {
    field: String,
}

/// Shows the whole of a field that is masked. The look is recorded.
pub(crate) async fn unmask(ask: Ask) -> Answer {
    let Unmask { field } = ask.form()?;
    let field = Kept::from_code(&field).ok_or(Failure::Form)?;
    let id = ask.id()?;
    let text =
        unmask_field(ask.platform(), ask.caller()?, id, field, Purpose::Administration).await?;
    let person = show_person(ask.platform(), ask.caller()?, id).await?;
    let mut view = page(&ask, &person, Some((field, text.unwrap_or_else(|| "—".to_owned()))))?;
    view.blocks.insert(0, Block::Note("", ask.say.t("person.unmasked")));
    view.show(&ask)
}

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
pub(super) fn told(ask: &Ask, login: &str, secret: &str, until: jiff::Timestamp) -> View {
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
            view.push(Block::Form(form.mistakes(wrong)));
        }
        None => choose_organisation(ask, &mut view, here).await?,
    }
    view.show_as(ask, wrong.status())
}

/// The list as a file for Excel, with who took it out in its last line.
pub(crate) async fn export(ask: Ask) -> Answer {
    let say = ask.say;
    let exported = export_people(ask.platform(), ask.caller()?, ask.query.text("q")).await?;
    let mut sheet = Sheet::new(&heads(say));
    for person in &exported.rows {
        let text = |shown: &Shown| shown.text.clone().unwrap_or_default();
        let (names, places) = match roles(&ask, person) {
            Cell::Two { text, small } => (text, small),
            _ => Default::default(),
        };
        let states: Vec<String> =
            states(&ask, person).into_iter().map(|(_, state)| state).collect();
        sheet.row(&[
            name(&person.name, person.id),
            person.login.clone().unwrap_or_default(),
            names,
            places,
            text(&person.phone),
            text(&person.mail),
            states.join(say.either("、", ", ")),
        ]);
    }
    let mark = &exported.watermark;
    sheet.row(&[say.either(&mark.zh, &mark.en)]);
    ask.file("people.csv", "text/csv; charset=utf-8", sheet.finish())
}

fn heads(say: Say) -> Vec<String> {
    [
        "person.name",
        "person.login",
        "person.roles",
        "home.organisation",
        "person.phone",
        "person.mail",
        "list.state",
    ]
    .iter()
    .map(|key| say.t(key))
    .collect()
}

/// Those whose personal data waits to be erased.
pub(crate) async fn erasures(ask: Ask) -> Answer {
    let say = ask.say;
    let waiting = app::people::list_erasures(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(&ask, say.t("erasures.title")).up("/people", say.t("people.title"));
    view.push(Block::Text(say.t("erasures.what")));
    view.table(table(&ask, &waiting), say.t("erasures.none"));
    view.show(&ask)
}
