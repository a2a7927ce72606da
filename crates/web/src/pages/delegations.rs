//! What firms let advisers and banks see and do for them.

use access::{Action, OrganisationKind};
use app::delegations::{grant_delegation, list_delegations, list_recipients, revoke_delegation};
use serde::Deserialize;

use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::view::{Act, Block, Cell, Choice, Confirm, Field, Form, Table, View};

/// All that the caller sees.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let all = list_delegations(ask.platform(), ask.caller()?).await?;
    let today = app::today(ask.platform().now());
    let mut view = View::new(&ask, say.t("delegations.title"));
    view.push(Block::Text(say.t("delegations.what")));
    view.offer(
        &ask,
        Action::DelegationGrant,
        Act::main("/delegations/new", say.t("delegation.new")),
    );
    let may_end = ask.may(Action::DelegationRevoke);
    let rows = all
        .iter()
        .map(|one| {
            let given = &one.delegation;
            let holds = given.revoked.is_none() && given.until >= today;
            let state = match (given.revoked, holds) {
                (Some(_), _) => Cell::State("", say.t("delegation.revoked")),
                (None, true) => Cell::State("good", say.t("delegation.holds")),
                (None, false) => Cell::State("", say.t("delegation.over")),
            };
            let end =
                Act::danger(format!("/delegations/{}/end", given.id), say.t("delegation.end"));
            vec![
                Cell::text(&one.firm),
                Cell::text(&one.to),
                Cell::Num(given.from.to_string()),
                Cell::Num(given.until.to_string()),
                state,
                Cell::Acts(if holds && may_end { vec![end] } else { Vec::new() }),
            ]
        })
        .collect();
    let columns = vec![
        say.t("delegation.firm"),
        say.t("delegation.to"),
        say.t("membership.from"),
        say.t("membership.until"),
        say.t("list.state"),
        String::new(),
    ];
    view.table(Table { caption: String::new(), columns, rows }, say.t("delegations.none"));
    view.show(&ask)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    firm: i64,
    to: i64,
    until: String,
}

/// A new one: first to whom, then until when.
pub(crate) async fn form(ask: Ask) -> Answer {
    page(&ask, None, &Wrong::default()).await
}

/// Gives it.
pub(crate) async fn grant(ask: Ask) -> Answer {
    let typed: New = ask.form()?;
    let until = match super::memberships::day(&ask, Some(&typed.until)) {
        Ok(Some(until)) => until,
        Ok(None) => {
            let words = app::Words::new("请填写最后一天", "say the last day");
            let wrong = Wrong::one("until", &words, ask.say);
            return page(&ask, Some(&typed), &wrong).await;
        }
        Err(wrong) => return page(&ask, Some(&typed), &wrong).await,
    };
    match grant_delegation(ask.platform(), ask.caller()?, typed.firm, typed.to, until).await {
        Ok(_) => ask.done("/delegations", "delegation-granted"),
        Err(refusal) => {
            let wrong = wrong(refusal, ask.say)?;
            page(&ask, Some(&typed), &wrong).await
        }
    }
}

async fn page(ask: &Ask, typed: Option<&New>, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let caller = ask.caller()?;
    let mut view =
        View::new(ask, say.t("delegation.new")).up("/delegations", say.t("delegations.title"));
    let asked =
        ask.query.text("to").map(|to| to.parse().map_err(|_| Failure::missing())).transpose()?;
    let recipients = [OrganisationKind::AdviserOffice, OrganisationKind::Bank];
    let mut unknown = Wrong::default();
    let kind = ask.filter("kind", &mut unknown, |code| {
        recipients.into_iter().find(|kind| kind.code() == code)
    });
    let kind = kind.unwrap_or(OrganisationKind::AdviserOffice);
    let words = ask.query.text("q");
    match typed.map(|typed| typed.to).or(asked) {
        None => {
            view.push(Block::Text(say.t("delegation.choose")));
            let kinds =
                recipients.map(|one| Choice::new(one.code(), say.name(one.words()), one == kind));
            view.push(Block::Filters(
                Form::new("/delegations/new", say.t("list.search"))
                    .field(Field::kind(
                        "q",
                        say.t("organisation.words"),
                        "search",
                        words.unwrap_or_default(),
                    ))
                    .field(Field::select("kind", say.t("organisation.kind"), kinds.into()))
                    .mistakes(&unknown),
            ));
            if !unknown.0.is_empty() {
                return view.show_as(ask, unknown.status());
            }
            let found = list_recipients(ask.platform(), caller, kind, words, ask.page()).await?;
            let rows = found
                .rows
                .iter()
                .map(|one| {
                    let to = format!("/delegations/new?to={}&kind={}", one.id, one.kind.code());
                    vec![Cell::link(to, &one.name), Cell::text(say.name(one.kind.words()))]
                })
                .collect();
            let columns = vec![say.t("organisation.name"), say.t("organisation.kind")];
            view.table(Table { caption: String::new(), columns, rows }, say.t("list.none-such"));
            view.pager(ask, found.total);
        }
        Some(to) => {
            // Which firms are the caller's to speak for is said again by the use case.
            let firms = caller
                .memberships
                .iter()
                .filter(|held| held.role == access::Role::EnterpriseManager)
                .map(|held| {
                    let chosen = typed.is_some_and(|typed| typed.firm == held.organisation);
                    Choice::new(held.organisation, &held.organisation_name, chosen)
                })
                .collect();
            let until = typed.map_or("", |typed| typed.until.as_str());
            let form = Form::new("/delegations/new", say.t("delegation.grant"))
                .hide("to", to)
                .cancel("/delegations")
                .field(Field::select("firm", say.t("delegation.firm"), firms).required())
                .field(
                    Field::kind("until", say.t("membership.until"), "date", until)
                        .hint(say.t("delegation.until-hint"))
                        .required(),
                );
            view.push(Block::Text(say.t("delegation.means")));
            view.push(Block::Form(form.mistakes(wrong)));
        }
    }
    view.show_as(ask, wrong.status())
}

/// Asks again before one is ended.
pub(crate) async fn ask_end(ask: Ask) -> Answer {
    let say = ask.say;
    let id = ask.id()?;
    let all = list_delegations(ask.platform(), ask.caller()?).await?;
    let one = all.iter().find(|one| one.delegation.id == id).ok_or(Failure::missing())?;
    let title = say.t("delegation.end");
    let form = Form::new(format!("/delegations/{id}/end"), title.clone())
        .hide("version", one.delegation.version)
        .cancel("/delegations");
    let facts = vec![
        (say.t("delegation.firm"), Cell::text(&one.firm)),
        (say.t("delegation.to"), Cell::text(&one.to)),
        (say.t("membership.until"), Cell::Num(one.delegation.until.to_string())),
    ];
    let what = say.t("delegation.end-what");
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
    revoke_delegation(ask.platform(), ask.caller()?, ask.id()?, version).await?;
    ask.done("/delegations", "delegation-ended")
}
