//! One's own self-checks that are kept: a list, the way back into one, deleting.

use app::kept_checks::{KeepCheck, drop_check, keep_check, list_checks, open_check};
use app::self_check::{Read, SelfCheck};
use app::{Refusal, today};
use serde::Deserialize;

use super::carry::{secret, work};
use super::{end, keep};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::view::{Act, Block, Cell, Confirm, Form, Table, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    check: String,
    title: String,
    #[serde(default)]
    consent: Vec<String>,
}

/// Keeps a self-check in the account of who has signed in.
pub(crate) async fn keep_own(ask: Ask) -> Answer {
    let Typed { check, title, consent } = ask.form()?;
    let document = work(&ask, Some(check.clone()), move |rulebook, today, check| {
        Ok(check.document(rulebook, today))
    })
    .await?;
    let new = KeepCheck { title: &title, document: &document, consent: !consent.is_empty() };
    match keep_check(ask.platform(), ask.caller()?, &new).await {
        Ok(_) => ask.done("/own/checks", "check-kept"),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let wrong = wrong(refusal, ask.say)?;
            keep::own_form(&ask, &check, Some(&title), &wrong).await
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// The list.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let all = list_checks(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(&ask, say.t("check.kept-title"));
    view.acts.push(Act::main("/self-check", say.t("check.start-new")));
    view.push(Block::Text(say.t("check.kept-what")));
    let rows = all
        .into_iter()
        .map(|kept| {
            let small = if kept.same_rulebook { String::new() } else { say.t("check.newer-law") };
            vec![
                Cell::Link { to: format!("/own/checks/{}", kept.id), text: kept.title, small },
                Cell::Num(say.time(kept.created)),
                Cell::Num(today(kept.expires).to_string()),
                Cell::Acts(vec![Act::danger(
                    format!("/own/checks/{}/drop", kept.id),
                    say.t("check.drop"),
                )]),
            ]
        })
        .collect();
    let columns = vec![
        say.t("check.keep-title"),
        say.t("check.kept-at"),
        say.t("check.kept-until"),
        String::new(),
    ];
    let table = Table { caption: String::new(), columns, rows };
    view.table(table, say.t("check.none-kept"));
    if ask.caller()?.memberships.is_empty() {
        view.push(Block::Note("", say.t("check.ask-for-role")));
    }
    view.show(&ask)
}

/// One of them with its verdicts of today; from there it goes on.
pub(crate) async fn open(ask: Ask) -> Answer {
    let (kept, document) = open_check(ask.platform(), ask.caller()?, ask.id()?).await?;
    let (say, secret) = (ask.say, secret(&ask));
    let until = today(kept.expires);
    let made = work(&ask, None, move |rulebook, today, _| {
        let Some(Read { check, left_out }) = SelfCheck::read_kept(rulebook, &document, today)
        else {
            return Err(Refusal::broken("a kept self-check cannot be read").into());
        };
        // With answers left out it is no longer what lies in the account, but what it says of keeping holds.
        let check = check.kept(until);
        let mut made = end::of(say, &secret, rulebook, today, &check)?;
        made.title = kept.title;
        if left_out > 0 {
            let note = Block::Note("wait", say.t1("check.left-out", "count", left_out));
            made.blocks.insert(1.min(made.blocks.len()), note);
        }
        Ok::<_, Failure>(made)
    })
    .await?;
    made.show(&ask)
}

/// Asks before deleting.
pub(crate) async fn ask_drop(ask: Ask) -> Answer {
    let id = ask.id()?;
    let (kept, _) = open_check(ask.platform(), ask.caller()?, id).await?;
    let say = ask.say;
    let form =
        Form::new(format!("/own/checks/{id}/drop"), say.t("check.drop")).cancel("/own/checks");
    let confirm = Confirm {
        title: say.t("check.drop-title"),
        what: say.t("check.drop-what"),
        facts: vec![
            (say.t("check.keep-title"), Cell::Text(kept.title)),
            (say.t("check.kept-at"), Cell::Num(say.time(kept.created))),
        ],
        form,
        danger: true,
    };
    confirm.show(&ask, &Wrong::default())
}

/// Deletes one.
pub(crate) async fn drop_one(ask: Ask) -> Answer {
    drop_check(ask.platform(), ask.caller()?, ask.id()?).await?;
    ask.done("/own/checks", "check-dropped")
}
