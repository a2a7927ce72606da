//! Roles of people: waiting for approval, decided, given, ended.

use app::organisations::{list_organisations, show_organisation};
use app::people::{
    NewMembership, decide_membership, end_membership, list_proposals, may_end, propose_membership,
    roles_to_give, show_person,
};
use jiff::civil::Date;
use serde::Deserialize;
use store::membership::{Membership, State};
use store::organisation::{Organisation, Wanted};

use super::people::{name, shown};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::lang::Say;
use crate::view::{Act, Block, Cell, Choice, Confirm, Field, Form, Table, View};

/// The heads of a table of roles.
pub(super) fn columns(say: Say) -> Vec<String> {
    ["home.role", "home.organisation", "membership.from", "membership.until", "list.state"]
        .iter()
        .map(|key| say.t(key))
        .collect()
}

/// How far a role has come.
pub(super) fn state(ask: &Ask, held: &Membership) -> Cell {
    let say = ask.say;
    let today = app::today(ask.platform().now());
    let (kind, key) = match held.state {
        State::Proposed => ("wait", "membership.proposed"),
        State::Active if held.holds_on(today) => ("good", "membership.active"),
        State::Active => ("", "membership.over"),
        State::Refused => ("bad", "membership.refused"),
        State::Ended => ("", "membership.ended"),
    };
    Cell::State(kind, say.t(key))
}

/// The roles that wait for approval.
pub(crate) async fn approvals(ask: Ask) -> Answer {
    let say = ask.say;
    let waiting = list_proposals(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(&ask, say.t("approvals.title"));
    view.push(Block::Text(say.t("approvals.what")));
    let columns = vec![
        say.t("person.name"),
        say.t("home.role"),
        say.t("home.organisation"),
        say.t("membership.until"),
        say.t("approvals.by"),
        say.t("approvals.at"),
        String::new(),
    ];
    let own = Some(ask.caller()?.person());
    let rows = waiting
        .iter()
        .map(|one| {
            let held = &one.membership;
            let sends = |approve: bool| {
                vec![("version", held.version.to_string()), ("approve", approve.to_string())]
            };
            let to = format!("/approvals/{}", held.id);
            vec![
                Cell::link(format!("/people/{}", held.person), name(&one.person, held.person)),
                Cell::text(say.name(held.role.words())),
                Cell::text(&held.organisation_name),
                Cell::Num(say.day(held.until)),
                one.proposed_by.as_ref().map_or(Cell::text("—"), shown),
                Cell::Num(say.time(held.created)),
                // Neither whom it concerns nor who proposed it decides.
                Cell::Acts(if own == Some(held.person) || own == held.proposed_by {
                    Vec::new()
                } else {
                    let refuse = Act::post(&to, say.t("approvals.refuse"), sends(false));
                    vec![
                        Act::post(&to, say.t("approvals.approve"), sends(true)),
                        Act { class: "warn", ..refuse },
                    ]
                }),
            ]
        })
        .collect();
    view.table(Table { caption: String::new(), columns, rows }, say.t("approvals.none"));
    view.show(&ask)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decided {
    version: i64,
    approve: bool,
}

/// Approves or refuses one.
pub(crate) async fn decide(ask: Ask) -> Answer {
    let Decided { version, approve } = ask.form()?;
    decide_membership(ask.platform(), ask.caller()?, ask.id()?, version, approve).await?;
    ask.done("/approvals", if approve { "role-approved" } else { "role-refused" })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Proposed {
    organisation: i64,
    role: String,
    until: Option<String>,
}

/// Another role for somebody: first where, then as what.
pub(crate) async fn propose_form(ask: Ask) -> Answer {
    propose_page(&ask, None, &Wrong::default()).await
}

/// Proposes it.
pub(crate) async fn propose(ask: Ask) -> Answer {
    let typed: Proposed = ask.form()?;
    let person = ask.id()?;
    let role = access::Role::from_code(&typed.role).ok_or(Failure::Form)?;
    let until = match day(&ask, typed.until.as_deref()) {
        Ok(until) => until,
        Err(wrong) => return propose_page(&ask, Some(&typed), &wrong).await,
    };
    let new = NewMembership { organisation: typed.organisation, role, until };
    match propose_membership(ask.platform(), ask.caller()?, person, new).await {
        Ok((_, State::Active)) => ask.done(&format!("/people/{person}"), "role-given"),
        Ok(_) => ask.done(&format!("/people/{person}"), "role-proposed"),
        Err(refusal) => {
            let wrong = wrong(refusal, ask.say)?;
            propose_page(&ask, Some(&typed), &wrong).await
        }
    }
}

async fn propose_page(ask: &Ask, typed: Option<&Proposed>, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let id = ask.id()?;
    let person = show_person(ask.platform(), ask.caller()?, id).await?;
    let mut view = View::new(ask, say.t("membership.propose"))
        .up(format!("/people/{id}"), name(&person.name, id));
    let here = format!("/people/{id}/roles");
    match chosen_organisation(ask, typed.map(|typed| typed.organisation)).await? {
        Some(organisation) => {
            let fields = role_fields(
                ask,
                &organisation,
                typed.map(|typed| typed.role.as_str()),
                typed.and_then(|typed| typed.until.as_deref()),
            )?;
            view.push(Block::Facts(vec![
                (say.t("person.name"), Cell::text(name(&person.name, id))),
                (say.t("home.organisation"), Cell::text(&organisation.name)),
            ]));
            let mut form = Form::new(&here, say.t("membership.propose"))
                .hide("organisation", organisation.id)
                .cancel(format!("/people/{id}"));
            form.fields = fields;
            view.push(Block::Form(form.mistakes(wrong)));
        }
        None => choose_organisation(ask, &mut view, &here).await?,
    }
    view.show_as(ask, wrong.status())
}

/// The organisation that is chosen already, by the form or by the address.
pub(super) async fn chosen_organisation(
    ask: &Ask,
    typed: Option<i64>,
) -> Result<Option<Organisation>, Failure> {
    let asked = ask.query.text("organisation").map(|text| text.parse::<i64>());
    let id = match (typed, asked) {
        (Some(id), _) | (None, Some(Ok(id))) => id,
        (None, Some(Err(_))) => return Err(Failure::missing()),
        (None, None) => return Ok(None),
    };
    Ok(Some(show_organisation(ask.platform(), ask.caller()?, id).await?))
}

/// The list from which an organisation is chosen.
pub(super) async fn choose_organisation(
    ask: &Ask,
    view: &mut View,
    here: &str,
) -> Result<(), Failure> {
    let say = ask.say;
    let words = ask.query.text("q");
    let wanted = Wanted { words, ..Wanted::default() };
    let found = list_organisations(ask.platform(), ask.caller()?, &wanted, ask.page()).await?;
    view.push(Block::Text(say.t("membership.choose")));
    view.push(Block::Filters(Form::new(here, say.t("list.search")).field(Field::kind(
        "q",
        say.t("organisation.words"),
        "search",
        words.unwrap_or_default(),
    ))));
    let rows = found
        .rows
        .iter()
        .map(|organisation| {
            vec![
                Cell::link(format!("{here}?organisation={}", organisation.id), &organisation.name),
                Cell::text(say.name(organisation.kind.words())),
            ]
        })
        .collect();
    let columns = vec![say.t("organisation.name"), say.t("organisation.kind")];
    view.table(Table { caption: String::new(), columns, rows }, say.t("organisations.none"));
    view.pager(ask, found.total);
    Ok(())
}

/// The fields by which a role in an organisation is chosen.
pub(super) fn role_fields(
    ask: &Ask,
    organisation: &Organisation,
    role: Option<&str>,
    until: Option<&str>,
) -> Result<Vec<Field>, Failure> {
    let say = ask.say;
    let choices: Vec<Choice> = roles_to_give(ask.caller()?, organisation)?
        .into_iter()
        .map(|one| Choice::new(one.code(), say.name(one.words()), role == Some(one.code())))
        .collect();
    if choices.is_empty() {
        return Err(app::Refusal::Forbidden(access::Why::NotYoursToGive).into());
    }
    Ok(vec![
        Field::select("role", say.t("home.role"), choices).required(),
        Field::kind("until", say.t("membership.until"), "date", until.unwrap_or_default())
            .hint(say.t("membership.until-hint")),
    ])
}

/// A day as it was typed; what is none stands beside its field.
pub(super) fn day(ask: &Ask, typed: Option<&str>) -> Result<Option<Date>, Wrong> {
    let typed = typed.map(str::trim).filter(|typed| !typed.is_empty());
    typed.map(str::parse).transpose().map_err(|_| {
        let words =
            app::Words::new("请按 2027-06-30 的样子填写日期", "write the day like 2027-06-30");
        Wrong::one("until", &words, ask.say)
    })
}

/// Asks again before a role is ended.
pub(crate) async fn ask_end(ask: Ask) -> Answer {
    let say = ask.say;
    let id = ask.id()?;
    let person = show_person(ask.platform(), ask.caller()?, id).await?;
    let membership = ask.part("membership");
    let held = person.memberships.iter().find(|held| held.id.to_string() == membership);
    let held = held.ok_or(Failure::missing())?;
    if !may_end(ask.caller()?, held) {
        return Err(app::Refusal::Forbidden(access::Why::NotYoursToGive).into());
    }
    let title = say.t("membership.end");
    let form = Form::new(format!("/people/{id}/roles/{membership}/end"), title.clone())
        .hide("version", held.version)
        .cancel(format!("/people/{id}"));
    let facts = vec![
        (say.t("person.name"), Cell::text(name(&person.name, id))),
        (say.t("home.role"), Cell::text(say.name(held.role.words()))),
        (say.t("home.organisation"), Cell::text(&held.organisation_name)),
    ];
    let what = say.t("membership.end-what");
    Confirm { title, what, facts, form, danger: true }.show(&ask, &Wrong::default())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version {
    version: i64,
}

/// Ends it.
pub(crate) async fn end(ask: Ask) -> Answer {
    let Version { version } = ask.form()?;
    let membership = ask.part("membership").parse().map_err(|_| Failure::missing())?;
    end_membership(ask.platform(), ask.caller()?, membership, version).await?;
    ask.done(&format!("/people/{}", ask.id()?), "role-ended")
}
