//! The accounts at the provider of identities that are linked to one's own, and taking one back.

use app::own::{list_own_identities, unlink_own_identity};

use super::present;
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong};
use crate::view::{Act, Block, Cell, Confirm, Form, Table, View};

/// The list.
pub(crate) async fn list(ask: Ask) -> Answer {
    show(&ask, &Wrong::default()).await
}

/// The list, with what stood against linking another one.
pub(super) async fn show(ask: &Ask, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let found = list_own_identities(ask.platform(), ask.caller()?).await?;
    let provider = ask.shared.config.provider.as_ref();
    let mut view = View::new(ask, say.t("identities.title")).up("/own", say.t("own.title"));
    view.push(Block::Text(say.t("identities.what")));
    let rows = found
        .into_iter()
        .map(|one| {
            let name = provider.filter(|provider| provider.issuer == one.issuer);
            let unlink = format!("/own/identities/{}/unlink", one.id);
            vec![
                match name {
                    Some(provider) => Cell::Two { text: provider.name.clone(), small: one.issuer },
                    None => Cell::text(one.issuer),
                },
                Cell::Code(one.subject),
                Cell::Num(say.time(one.since)),
                Cell::Acts(vec![Act::link(unlink, say.t("identities.unlink"))]),
            ]
        })
        .collect();
    let columns =
        ["identities.provider", "identities.account", "identities.since", "identities.act"];
    let columns = columns.map(|column| say.t(column)).to_vec();
    view.table(Table { caption: String::new(), columns, rows }, say.t("identities.none"));
    if let Some(provider) = provider.filter(|_| ask.may(access::Action::OwnLinkIdentity)) {
        let text = say.t1("identities.link", "name", &provider.name);
        let form = present::asking(ask, Form::new("/own/identities/link", text)).await?;
        view.push(Block::Form(form.mistakes(wrong)));
    }
    view.show_as(ask, wrong.status())
}

/// Asks again before one is taken back.
pub(crate) async fn ask_unlink(ask: Ask) -> Answer {
    let say = ask.say;
    let id = ask.id()?;
    let found = list_own_identities(ask.platform(), ask.caller()?).await?;
    let found = found.into_iter().find(|one| one.id == id).ok_or_else(Failure::missing)?;
    let form = Form::new(format!("/own/identities/{id}/unlink"), say.t("identities.unlink"));
    let facts = vec![
        (say.t("identities.provider"), Cell::text(found.issuer)),
        (say.t("identities.account"), Cell::Code(found.subject)),
    ];
    let (title, what) = (say.t("identities.unlink-title"), say.t("identities.unlink-what"));
    let form = form.cancel("/own/identities");
    Confirm { title, what, facts, form, danger: true }.show(&ask, &Wrong::default())
}

/// Takes it back.
pub(crate) async fn unlink(ask: Ask) -> Answer {
    unlink_own_identity(ask.platform(), ask.caller()?, ask.id()?).await?;
    ask.done("/own/identities", "identity-unlinked")
}
