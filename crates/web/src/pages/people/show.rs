//! One person: what is kept, masked where it must be, and what can be done.

use access::{Action, Field as Kept, Purpose, Role, Sight};
use app::people::{PersonView, Shown, may_end, may_invite_again, show_person, unmask_field};
use serde::Deserialize;
use store::membership::State;

use super::{name, states};
use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::pages::memberships;
use crate::view::{Act, Block, Cell, Table, View};

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
            if may_invite_again(ask.platform(), ask.caller()?, person) {
                let again = Act::link(to("invite-again"), say.t("people.invite-again"));
                view.offer(ask, Action::PersonInvite, again);
            }
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
        _ => super::shown(shown),
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
        .filter(|(field, _)| person.unmaskable.contains(field))
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
    let end = |held| ask.caller.as_ref().is_some_and(|caller| may_end(caller, held));
    let mut columns = memberships::columns(say);
    columns.push(String::new());
    let rows = person
        .memberships
        .iter()
        .map(|held| {
            let ends = matches!(held.state, State::Proposed | State::Active) && end(held);
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
