//! Rulebooks: which there are, what the checker says of one, what it would change, putting it in force.

use access::Action;
use app::rulebooks::{compare_rulebooks, list_rulebooks, switch_rulebook};
use changes::{Changes, Direction, Kind, Subject, Weight};
use rulebook::Severity;
use serde::Deserialize;

use crate::ask::{Answer, Ask};
use crate::failure::{Wrong, wrong};
use crate::lang::Say;
use crate::view::{Act, Block, Cell, Field, Form, Table, View};

/// So many lines are shown of each kind; nobody reads more on a page.
const SHOWN: usize = 300;

/// All of them, and how the one in force came to be so.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let listing = list_rulebooks(ask.platform(), ask.caller()?).await?;
    let force = ask.platform().law().hash.clone();
    let title = |hash: &str| {
        let found = listing.rulebooks.iter().find(|one| one.hash == hash);
        found.map_or_else(|| mark(hash), |one| one.title.clone())
    };
    let mut view = View::new(&ask, say.t("rulebooks.title"));
    view.offer(
        &ask,
        Action::RulebookUpload,
        Act::main("/rulebooks/bring", say.t("rulebooks.bring")),
    );
    let rows = listing
        .rulebooks
        .iter()
        .map(|one| {
            let mut states = Vec::new();
            if one.hash == force {
                states.push(("good", say.t("rulebooks.in-force")));
            }
            if one.errors > 0 {
                states.push(("bad", say.t1("rulebooks.errors", "count", one.errors)));
            }
            if one.warnings > 0 {
                states.push(("wait", say.t1("rulebooks.warnings", "count", one.warnings)));
            }
            if states.is_empty() {
                states.push(("", say.t("rulebooks.kept")));
            }
            vec![
                Cell::link(format!("/rulebooks/{}", one.hash), &one.title),
                Cell::Code(mark(&one.hash)),
                Cell::States(states),
                by(&ask, one.by),
                Cell::Num(say.time(one.at)),
            ]
        })
        .collect();
    let columns =
        ["rulebooks.name", "rulebooks.hash", "list.state", "rulebooks.by", "rulebooks.at"]
            .iter()
            .map(|key| say.t(key))
            .collect();
    view.table(Table { caption: String::new(), columns, rows }, say.t("rulebooks.none"));
    let rows = listing
        .switches
        .iter()
        .map(|one| {
            vec![
                Cell::Num(say.time(one.at)),
                Cell::link(format!("/rulebooks/{}", one.hash), title(&one.hash)),
                one.previous.as_deref().map_or(Cell::text("—"), |hash| Cell::text(title(hash))),
                by(&ask, one.by),
                Cell::text(match one.by {
                    Some(_) => one.note.clone(),
                    None => say.t("rulebooks.first-start"),
                }),
            ]
        })
        .collect();
    let columns = [
        "rulebooks.switched-at",
        "rulebooks.to",
        "rulebooks.before",
        "rulebooks.switched-by",
        "rulebooks.note",
    ]
    .iter()
    .map(|key| say.t(key))
    .collect();
    view.push(Block::Table(Table { caption: say.t("rulebooks.switches"), columns, rows }));
    view.show(&ask)
}

/// The beginning of a hash: enough to tell rulebooks apart.
fn mark(hash: &str) -> String {
    hash.chars().take(12).collect()
}

fn by(ask: &Ask, person: Option<i64>) -> Cell {
    match person {
        Some(person) if ask.may(Action::PersonRead) => {
            Cell::link(format!("/people/{person}"), format!("#{person}"))
        }
        Some(person) => Cell::Num(format!("#{person}")),
        None => Cell::text(ask.say.t("rulebooks.by-program")),
    }
}

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
    if !asks && !force && usable {
        let to = format!("/rulebooks/{hash}/switch");
        view.offer(ask, Action::RulebookSwitch, Act::main(to, say.t("rulebooks.switch")));
    }
    if force {
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
        (say.t("rulebooks.by"), by(ask, stored.by)),
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
        let (count, rows) = changes_rows(say, &changed);
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
    if asks {
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

fn more(view: &mut View, say: Say, count: usize) {
    if count > SHOWN {
        view.push(Block::Text(say.t1("rulebooks.more", "count", count - SHOWN)));
    }
}

fn diagnostics(
    say: Say,
    all: &[rulebook::Diagnostic],
    sources: &rulebook::Sources,
) -> (usize, Vec<Vec<Cell>>) {
    let row = |one: &rulebook::Diagnostic| {
        let (class, key) = match one.severity() {
            Severity::Error => ("bad", "rulebooks.error"),
            Severity::Warning => ("wait", "rulebooks.warning"),
        };
        let place = sources.text(&one.span.file).map_or_else(
            || one.span.file.to_string(),
            |text| {
                let at = one.span.position(text);
                format!("{}:{}:{}", one.span.file, at.line, at.column)
            },
        );
        let help = one.help.as_ref().map(|help| say.either(&help.zh, &help.en).to_owned());
        vec![
            Cell::State(class, say.t(key)),
            Cell::Code(place),
            Cell::Two {
                text: say.either(&one.message.zh, &one.message.en).to_owned(),
                small: help.unwrap_or_default(),
            },
        ]
    };
    (all.len(), all.iter().take(SHOWN).map(row).collect())
}

fn changes_rows(say: Say, changed: &Changes) -> (usize, Vec<Vec<Cell>>) {
    let mut rows = Vec::new();
    for section in &changed.sections {
        let subject = subject(say, &section.subject);
        for block in &section.blocks {
            for change in &block.changes {
                let text = |text: &Option<_>| text_of(say, text.as_ref());
                let what = match change.kind {
                    Kind::Added => "rulebooks.added",
                    Kind::Removed => "rulebooks.removed",
                    _ => "rulebooks.changed",
                };
                let (class, weight) = match change.weight {
                    Weight::Verdict => ("bad", "rulebooks.turns"),
                    Weight::Practice => ("wait", "rulebooks.process"),
                    _ => ("", "rulebooks.wording"),
                };
                let mut states = vec![(class, say.t(weight))];
                match change.direction {
                    Some(Direction::Relaxed) => states.push(("", say.t("rulebooks.easier"))),
                    Some(Direction::Tightened) => states.push(("", say.t("rulebooks.harder"))),
                    None => {}
                }
                rows.push(vec![
                    Cell::Two {
                        text: subject.clone(),
                        small: block.version.clone().unwrap_or_default(),
                    },
                    Cell::Two {
                        text: say.either(&change.label.zh, &change.label.en).to_owned(),
                        small: say.t(what),
                    },
                    Cell::text(text(&change.before)),
                    Cell::text(text(&change.after)),
                    Cell::States(states),
                ]);
            }
        }
    }
    let count = rows.len();
    rows.truncate(SHOWN);
    (count, rows)
}

fn text_of(say: Say, text: Option<&enterprise::Text>) -> String {
    text.map_or_else(|| "—".to_owned(), |text| say.either(&text.zh, &text.en).to_owned())
}

fn subject(say: Say, subject: &Subject) -> String {
    match subject {
        Subject::Programme { title, .. }
        | Subject::Codes { title, .. }
        | Subject::Ladder { title, .. } => say.either(&title.zh, &title.en).to_owned(),
        Subject::Definition { id, .. } | Subject::Classification { id, .. } => id.to_string(),
        Subject::Catalogue => say.t("rulebooks.catalogue"),
    }
}
