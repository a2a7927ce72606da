//! One organisation.

use access::Action;
use app::organisations::show_organisation;

use super::{kinds_under, state};
use crate::ask::{Answer, Ask};
use crate::view::{Act, Block, Cell, View};

/// One of them.
pub(crate) async fn show(ask: Ask) -> Answer {
    let say = ask.say;
    let one = show_organisation(ask.platform(), ask.caller()?, ask.id()?).await?;
    let id = one.id;
    let mut view = View::new(&ask, &one.name).up("/organisations", say.t("organisations.title"));
    let to = |what: &str| format!("/organisations/{id}/{what}");
    if one.closed.is_some() {
        view.offer(&ask, Action::OrganisationClose, Act::link(to("reopen"), say.t("reopen.title")));
    } else {
        view.offer(
            &ask,
            Action::PersonInvite,
            Act::link(format!("/people/invite?organisation={id}"), say.t("people.invite")),
        );
        if !kinds_under(one.kind).is_empty() {
            view.offer(
                &ask,
                Action::OrganisationCreate,
                Act::link(
                    format!("/organisations/new?parent={id}"),
                    say.t("organisation.new-below"),
                ),
            );
        }
        view.offer(
            &ask,
            Action::OrganisationChange,
            Act::link(to("change"), say.t("organisation.change")),
        );
        if one.parent.is_some() {
            view.offer(
                &ask,
                Action::OrganisationClose,
                Act::danger(to("close"), say.t("close.title")),
            );
        }
    }
    let mut facts = vec![
        (say.t("organisation.kind"), Cell::text(say.name(one.kind.words()))),
        (say.t("list.state"), state(&ask, &one)),
        (say.t("organisation.uscc"), Cell::Num(one.uscc.clone().unwrap_or_else(|| "—".to_owned()))),
        (
            say.t("organisation.district"),
            Cell::Num(one.district.clone().unwrap_or_else(|| "—".to_owned())),
        ),
        (say.t("organisation.since"), Cell::Num(say.time(one.created))),
    ];
    // The one above may be out of sight.
    if let Some(parent) = one.parent
        && let Ok(above) = show_organisation(ask.platform(), ask.caller()?, parent).await
    {
        let link = Cell::link(format!("/organisations/{parent}"), above.name);
        facts.insert(1, (say.t("organisation.above"), link));
    }
    view.push(Block::Facts(facts));
    view.show(&ask)
}
