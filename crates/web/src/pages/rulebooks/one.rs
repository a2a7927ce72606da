//! One rulebook: what the checker says, and what a switch would change.

use access::Action;
use app::confirmations::read_confirmations;
use app::rulebooks::{compare_rulebooks, switch_rulebook};
use serde::Deserialize;

use super::found::found;
use super::said::{changes_rows, diagnostics, more};
use super::{by, names};
use crate::ask::{Answer, Ask};
use crate::failure::{Wrong, wrong};
use crate::view::{Act, Block, Cell, Field, Form, Table, View};

/// One of them: what the checker says, and what a switch would change.
pub(crate) async fn show(ask: Ask) -> Answer {
    page(&ask, "", &Wrong::default(), false).await
}

/// The same with the form that puts it in force.
pub(crate) async fn ask_switch(ask: Ask) -> Answer {
    page(&ask, "", &Wrong::default(), true).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switched {
    known: Option<i64>,
    note: String,
}

/// Puts it in force.
pub(crate) async fn switch(ask: Ask) -> Answer {
    let Switched { known, note } = ask.form()?;
    let hash = ask.part("hash").to_owned();
    match switch_rulebook(ask.platform(), ask.caller()?, &hash, known, &note).await {
        Ok(()) => ask.done("/rulebooks", "rulebook-switched"),
        Err(refusal) => {
            let wrong = wrong(refusal, ask.say)?;
            page(&ask, &note, &wrong, true).await
        }
    }
}

async fn page(ask: &Ask, note: &str, wrong: &Wrong, asks: bool) -> Answer {
    let say = ask.say;
    let hash = ask.part("hash").to_owned();
    let compared = compare_rulebooks(ask.platform(), ask.caller()?, &hash).await?;
    let stored = &compared.stored;
    let force = ask.platform().law().hash == stored.hash;
    let title = if asks {
        say.t1("rulebooks.switch-title", "title", &stored.title)
    } else {
        stored.title.clone()
    };
    let mut view = View::new(ask, title).up("/rulebooks", say.t("rulebooks.title"));
    let usable = compared.compiled.is_usable();
    // Who brought it needs somebody else to put it in force.
    let own = stored.by == Some(ask.caller()?.person());
    let waits = !force && usable && own && ask.may(Action::RulebookSwitch);
    if !asks && !force && usable && !own {
        let to = format!("/rulebooks/{hash}/switch");
        view.offer(ask, Action::RulebookSwitch, Act::main(to, say.t("rulebooks.switch")));
    }
    if waits {
        view.push(Block::Note("wait", say.t("rulebooks.own")));
    }
    if force {
        view.acts.push(Act::link("/programmes", say.t("law.nav-programmes")));
        view.acts.push(Act::link("/numbers", say.t("law.nav-numbers")));
        view.push(Block::Note("done", say.t("rulebooks.is-in-force")));
    } else if !usable {
        view.push(Block::Note("wrong", say.t("rulebooks.not-usable")));
    }
    view.push(Block::Facts(vec![
        (say.t("rulebooks.hash"), Cell::Code(stored.hash.clone())),
        (say.t("rulebooks.files"), Cell::Num(compared.sources.iter().count().to_string())),
        (
            say.t("rulebooks.programmes"),
            Cell::Num(compared.compiled.rulebook.programmes.len().to_string()),
        ),
        (
            say.t("rulebooks.by"),
            by(ask, &names(ask, Action::RulebookRead, stored.by).await?, stored.by),
        ),
        (say.t("rulebooks.at"), Cell::Num(say.time(stored.at))),
    ]));
    let (count, rows) = diagnostics(say, &compared.compiled.diagnostics, &compared.sources);
    view.push(Block::Heading(say.t("rulebooks.checked")));
    let columns = vec![say.t("list.state"), say.t("rulebooks.place"), say.t("rulebooks.says")];
    view.push(match rows.is_empty() {
        true => Block::Note("done", say.t("rulebooks.nothing-wrong")),
        false => Block::Table(Table { caption: String::new(), columns, rows }),
    });
    more(&mut view, say, count);
    if !force && usable {
        let changed = changes::compare(&compared.present.rulebook, &compared.compiled.rulebook);
        view.push(Block::Heading(say.t("rulebooks.would-change")));
        let seen = read_confirmations(ask.platform(), ask.caller.as_ref(), None).await?;
        let law = ask.platform().law();
        for line in found(say, law.numbers(), &compared.sources, &seen) {
            view.push(Block::Note("wait", line));
        }
        let (count, rows) = changes_rows(say, &changed, &compared.present.rulebook);
        let columns = [
            "rulebooks.subject",
            "rulebooks.what",
            "rulebooks.former",
            "rulebooks.new",
            "rulebooks.weight",
        ]
        .iter()
        .map(|key| say.t(key))
        .collect();
        view.table(Table { caption: String::new(), columns, rows }, say.t("rulebooks.no-change"));
        more(&mut view, say, count);
    }
    if asks && !own {
        let known = compared.known.map(|known| known.to_string()).unwrap_or_default();
        let mut form = Form::new(format!("/rulebooks/{hash}/switch"), say.t("rulebooks.switch"))
            .hide("known", known)
            .cancel(format!("/rulebooks/{hash}"))
            .field(
                Field::area("note", say.t("rulebooks.note"), note)
                    .hint(say.t("rulebooks.note-hint"))
                    .required(),
            )
            .mistakes(wrong);
        form.class = "danger";
        view.push(Block::Heading(say.t("rulebooks.confirm")));
        view.push(Block::Text(say.t("rulebooks.switch-what")));
        view.push(Block::Form(form));
    }
    view.show_as(ask, wrong.status())
}
