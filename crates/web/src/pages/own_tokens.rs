//! One's tokens, with which programs act in one's name.

use std::collections::{BTreeMap, BTreeSet};

use access::Action;
use app::own::{NewToken, create_own_token, list_own_tokens, may_carry, revoke_own_token};
use serde::Deserialize;

use super::present;
use crate::ask::{Answer, Ask};
use crate::failure::{Wrong, wrong};
use crate::lang::Say;
use crate::view::{Act, Block, Cell, Choice, Confirm, Field, Form, Table, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    name: String,
    days: String,
    #[serde(default)]
    actions: Vec<String>,
    #[serde(default)]
    present: String,
}

/// One's tokens.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let tokens = list_own_tokens(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(&ask, say.t("tokens.title")).up("/own", say.t("own.title"));
    view.offer(&ask, Action::OwnCreateToken, Act::main("/own/tokens/new", say.t("tokens.new")));
    view.acts.push(Act::link("/api", say.t("nav.api")));
    if !ask.may(Action::OwnCreateToken) {
        view.push(Block::Note("", say.t("tokens.need-factor")));
    }
    let table = table(&ask, &tokens, |token| format!("/own/tokens/{}/revoke", token.id));
    view.table(table, say.t("tokens.none"));
    view.show(&ask)
}

/// Tokens as a table; where they are revoked is said by `to`.
pub(super) fn table(
    ask: &Ask,
    tokens: &[store::token::Token],
    to: impl Fn(&store::token::Token) -> String,
) -> Table {
    let say = ask.say;
    let now = ask.platform().now();
    let columns = vec![
        say.t("tokens.name"),
        say.t("tokens.actions"),
        say.t("tokens.created"),
        say.t("tokens.expires"),
        say.t("tokens.used"),
        say.t("list.state"),
        String::new(),
    ];
    let row = |token: &store::token::Token| {
        let holds = token.holds_at(now);
        let state = match (token.revoked, holds) {
            (Some(_), _) => Cell::State("", say.t("tokens.revoked")),
            (None, true) => Cell::State("good", say.t("tokens.holds")),
            (None, false) => Cell::State("", say.t("tokens.expired")),
        };
        let names: Vec<&str> = token
            .actions
            .iter()
            .filter_map(|code| Action::from_code(code))
            .map(|action| say.name(action.words()))
            .collect();
        let revoke = Act::danger(to(token), say.t("tokens.revoke"));
        vec![
            Cell::text(&token.name),
            Cell::text(names.join(say.either("、", ", "))),
            Cell::Num(say.time(token.created)),
            Cell::Num(say.time(token.expires)),
            Cell::Num(say.maybe(token.used)),
            state,
            if holds { Cell::Acts(vec![revoke]) } else { Cell::text("") },
        ]
    };
    Table { caption: String::new(), columns, rows: tokens.iter().map(row).collect() }
}

/// The form for a new one.
pub(crate) async fn form(ask: Ask) -> Answer {
    let (name, days) = (String::new(), "90".to_owned());
    let new = New { name, days, actions: Vec::new(), present: String::new() };
    show(&ask, &new, &Wrong::default()).await
}

async fn show(ask: &Ask, new: &New, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let mut view = View::new(ask, say.t("tokens.new")).up("/own/tokens", say.t("tokens.title"));
    view.push(Block::Text(say.t("tokens.what")));
    view.acts.push(Act::link("/api", say.t("nav.api")));
    let choices = choices(say, may_carry(ask.caller()?), &new.actions);
    let form = Form::new("/own/tokens/new", say.t("tokens.create"))
        .cancel("/own/tokens")
        .field(
            Field::line("name", say.t("tokens.name"), &new.name)
                .hint(say.t("tokens.name-hint"))
                .required(),
        )
        .field(Field::kind("days", say.t("tokens.days"), "number", &new.days).required())
        .field(Field::checks("actions", say.t("tokens.actions"), choices));
    let form = present::asking(ask, form).await?;
    view.push(Block::Form(form.mistakes(wrong)));
    view.show_as(ask, wrong.status())
}

/// What a token can do, under the subjects of the navigation.
fn choices(say: Say, actions: impl IntoIterator<Item = Action>, chosen: &[String]) -> Vec<Choice> {
    let mut by_subject: BTreeMap<usize, Vec<Action>> = BTreeMap::new();
    for action in actions {
        by_subject.entry(subject(action)).or_default().push(action);
    }
    let mut all = Vec::new();
    for (place, actions) in by_subject {
        let heading = SUBJECTS.get(place).map(|(key, _)| say.t(key)).unwrap_or_default();
        for (nth, action) in actions.into_iter().enumerate() {
            let ticked = chosen.iter().any(|code| code == action.code());
            let choice = Choice::new(action.code(), say.name(action.words()), ticked);
            all.push(if nth == 0 { choice.under(heading.clone()) } else { choice });
        }
    }
    all
}

/// The place of an action's subject.
fn subject(action: Action) -> usize {
    let kind = action.code().split('.').next().unwrap_or_default();
    let place = SUBJECTS.iter().position(|(_, kinds)| kinds.contains(&kind));
    place.unwrap_or(SUBJECTS.len())
}

/// Subjects, and the kinds of actions that belong to them.
const SUBJECTS: [(&str, &[&str]); 6] = [
    ("nav.enterprises", &["enterprise", "screening", "population", "decision"]),
    ("nav.law", &["rulebook"]),
    ("nav.people", &["person", "membership", "organisation", "delegation", "data"]),
    ("nav.watch", &["session", "token", "audit", "security"]),
    ("nav.operation", &["job", "operation"]),
    ("nav.own", &["own"]),
];

/// Makes it, and shows its secret once.
pub(crate) async fn create(ask: Ask) -> Answer {
    let new: New = ask.form()?;
    let mut actions = BTreeSet::new();
    for code in &new.actions {
        match Action::from_code(code) {
            Some(action) => actions.insert(action),
            None => {
                let zh = format!("没有“{code}”这一事项，令牌没有创建");
                let words =
                    app::Words::new(zh, format!("there is no action `{code}`: no token was made"));
                return show(&ask, &new, &Wrong::one("actions", &words, ask.say)).await;
            }
        };
    }
    // What is no number is refused with the bounds, like a number out of them.
    let days = new.days.trim().parse().unwrap_or(0);
    let token = NewToken { name: &new.name, actions, days };
    match create_own_token(ask.platform(), ask.caller()?, &token, &new.present).await {
        Ok((_, secret)) => {
            let say = ask.say;
            let mut view =
                View::new(&ask, say.t("tokens.made")).up("/own/tokens", say.t("tokens.title"));
            view.push(Block::Secret(say.t("tokens.once"), secret));
            view.push(Block::Text(say.t("tokens.how")));
            view.acts.push(Act::link("/api", say.t("nav.api")));
            view.show(&ask)
        }
        Err(refusal) => show(&ask, &new, &wrong(refusal, ask.say)?).await,
    }
}

/// Asks again before one is revoked.
pub(crate) async fn ask_revoke(ask: Ask) -> Answer {
    let say = ask.say;
    let id = ask.id()?;
    let tokens = list_own_tokens(ask.platform(), ask.caller()?).await?;
    let token =
        tokens.iter().find(|token| token.id == id).ok_or(crate::failure::Failure::missing())?;
    let form =
        Form::new(format!("/own/tokens/{id}/revoke"), say.t("tokens.revoke")).cancel("/own/tokens");
    let facts = vec![
        (say.t("tokens.name"), Cell::text(&token.name)),
        (say.t("tokens.used"), Cell::Num(say.maybe(token.used))),
    ];
    let (title, what) = (say.t("tokens.revoke"), say.t("tokens.revoke-what"));
    Confirm { title, what, facts, form, danger: true }.show(&ask, &Wrong::default())
}

/// Revokes it.
pub(crate) async fn revoke(ask: Ask) -> Answer {
    revoke_own_token(ask.platform(), ask.caller()?, ask.id()?).await?;
    ask.done("/own/tokens", "token-revoked")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_subject() {
        for action in Action::ALL {
            assert!(subject(*action) < SUBJECTS.len(), "{}", action.code());
        }
    }
}
