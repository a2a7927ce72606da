//! One number of the law: what it is for, where it is said, what was found about it; and the form in which a reviewer
//! says what the official text says.

use access::Action;
use app::confirmations::{
    Found, Held, Seen, confirm_number, held, number_history, withdraw_confirmation,
};
use rulebook::Number;
use serde::Deserialize;
use store::confirmation::Finding;
use words::{programme as say_of, provenance};

use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::law::{Book, Checked, Marks, Told, class};
use crate::view::{Act, Block, Cell, Choice, Confirm, Field, Form, Table, View};

/// What the form has.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Filled {
    value: String,
    #[serde(default)]
    finding: String,
    says: String,
    source: String,
    note: String,
}

/// A number.
pub(crate) async fn show(ask: Ask) -> Answer {
    page(&ask, &Filled::default(), &Wrong::default()).await
}

/// Keeps what somebody found.
pub(crate) async fn confirm(ask: Ask) -> Answer {
    let filled: Filled = ask.form()?;
    let address = ask.part("address").to_owned();
    let Some(finding) = Finding::from_code(&filled.finding) else {
        let missing = app::Refusal::invalid(
            "finding",
            "请选择核对结果",
            "say whether the official text says the same",
        );
        return page(&ask, &filled, &wrong(missing, ask.say)?).await;
    };
    let found = Found {
        address: &address,
        value: &filled.value,
        finding,
        says: &filled.says,
        source: &filled.source,
        note: &filled.note,
    };
    match confirm_number(ask.platform(), ask.caller()?, found).await {
        Ok(_) => ask.done(&format!("/numbers/{address}"), "law.confirmed"),
        Err(refusal) => page(&ask, &filled, &wrong(refusal, ask.say)?).await,
    }
}

/// A number by its address.
fn find<'a>(book: &'a Book, address: &str) -> Result<(usize, &'a Number, &'a Told), Failure> {
    let mut all = book.numbers().enumerate();
    let found = all.find(|(_, (_, told))| told.address == address);
    found.map(|(at, (number, told))| (at, number, told)).ok_or_else(Failure::missing)
}

async fn page(ask: &Ask, filled: &Filled, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let book = ask.book().await?;
    let address = ask.part("address").to_owned();
    let (at, number, told) = find(&book, &address)?;
    let history = number_history(ask.platform(), ask.caller.as_ref(), &address).await?;
    let (state, by) = held(number, &history);
    let checked = Checked { held: state, by };
    let marks = Marks::new(&book, &history, say);
    let owner = book.title(&number.owner, say);
    let numbers = match book.programme(&number.owner) {
        Some(programme) => format!("/programmes/{}/numbers", programme.id),
        None => format!("/numbers?owner={}", number.owner),
    };
    let title =
        format!("{}{}{}", say.both(&told.name), say.either("：", ": "), say.both(&told.value));
    let mut view = View::new(ask, title).up("/numbers", say.t("numbers.title"));
    view = view.up(&numbers, &owner);
    if let Some(next) = next_open(ask, &book, at).await? {
        view.offer(
            ask,
            Action::RulebookConfirmNumber,
            Act::link(format!("/numbers/{next}"), say.t("numbers.next")),
        );
    }
    let kind = match state {
        Held::Agrees => "done",
        Held::Differs => "wrong",
        Held::Outdated | Held::Open => "wait",
    };
    view.push(Block::Note(kind, marks.words(at, &checked)));
    view.push(Block::Facts(facts(&book, number, told, ask)));
    if let Some(text) = around(&book, told) {
        view.push(Block::Heading(say.t("numbers.in-file")));
        view.push(Block::Code(text));
    }
    if !history.is_empty() {
        view.push(Block::Heading(say.t("numbers.history")));
        view.push(Block::Table(past(ask, &address, number, &history)));
    }
    if ask.may(Action::RulebookConfirmNumber) {
        view.push(Block::Heading(say.t("numbers.confirm")));
        view.push(Block::Text(say.t("numbers.confirm-what")));
        view.push(Block::Form(form(ask, number, told, filled).mistakes(wrong)));
    }
    view.show_as(ask, wrong.status())
}

/// The next number of the same owner and version that nobody has looked at.
async fn next_open(ask: &Ask, book: &Book, at: usize) -> Result<Option<String>, Failure> {
    if !ask.may(Action::RulebookConfirmNumber) {
        return Ok(None);
    }
    let numbers = book.law.numbers();
    let Some(here) = numbers.get(at) else { return Ok(None) };
    let owners = [here.owner.as_str()];
    let seen =
        app::confirmations::read_confirmations(ask.platform(), ask.caller.as_ref(), Some(&owners))
            .await?;
    let is_open = |number: &&Number| {
        number.owner == here.owner
            && number.version == here.version
            && matches!(held(number, &seen).0, Held::Open | Held::Outdated)
    };
    let after = numbers.iter().skip(at + 1).find(is_open);
    let before = || numbers.iter().take(at).find(is_open);
    Ok(after.or_else(before).map(Number::address))
}

fn facts(book: &Book, number: &Number, told: &Told, ask: &Ask) -> Vec<(String, Cell)> {
    let say = ask.say;
    let mut facts = vec![(say.t("numbers.value"), Cell::text(say.both(&told.value)))];
    if !told.about.zh.is_empty() {
        facts.push((say.t("numbers.for"), Cell::text(say.both(&told.about))));
    }
    let programme = book.programme(&number.owner);
    match programme {
        Some(programme) => {
            let version = programme.versions.iter().find(|one| one.id == number.version);
            let version = version.map(|version| say.both(&say_of::version(version)));
            facts.push((
                say.t("numbers.programme"),
                Cell::Link {
                    to: format!("/programmes/{}?version={}", programme.id, number.version),
                    text: say.both(&programme.title),
                    small: version.unwrap_or_default(),
                },
            ));
        }
        None => {
            facts.push((say.t("numbers.shared"), Cell::text(book.title(&number.owner, say))));
            let users = book
                .programmes()
                .iter()
                .filter(|programme| book.shared(programme).contains(&number.owner.as_str()));
            let users: Vec<String> = users.map(|programme| say.both(&programme.title)).collect();
            if !users.is_empty() {
                let users = users.join(say.either("、", ", "));
                facts.push((say.t("numbers.used-by"), Cell::text(users)));
            }
        }
    }
    let citation = &number.citation;
    facts.push((say.t("numbers.document"), Cell::text(provenance::document(&citation.document))));
    facts.push((say.t("numbers.clause"), Cell::text(number.clause.clone())));
    let status = say.both(&provenance::official(&citation.status));
    facts.push((say.t("numbers.status"), Cell::text(status)));
    if let Some(note) = &citation.note {
        facts.push((say.t("numbers.remark"), Cell::text(say.both(note))));
    }
    facts.push((say.t("numbers.address"), Cell::Code(told.address.clone())));
    if let Some((file, line)) = &told.place {
        facts.push((say.t("numbers.place"), Cell::Code(format!("{file}:{line}"))));
    }
    facts
}

/// The lines of the rule file around the number.
fn around(book: &Book, told: &Told) -> Option<String> {
    let (file, line) = told.place.as_ref()?;
    let text = book.law.sources.text(file)?;
    let first = line.saturating_sub(3);
    let lines = text.lines().enumerate().skip(first).take(5);
    let lines: Vec<String> = lines.map(|(at, text)| format!("{:>4}  {text}", at + 1)).collect();
    Some(lines.join("\n"))
}

fn past(ask: &Ask, address: &str, number: &Number, history: &[Seen]) -> Table {
    let say = ask.say;
    let columns = [
        "numbers.found",
        "numbers.value-then",
        "numbers.says",
        "numbers.source",
        "numbers.note",
        "numbers.by",
        "",
    ];
    let columns =
        columns.iter().map(|key| if key.is_empty() { String::new() } else { say.t(key) }).collect();
    let rows = history
        .iter()
        .map(|seen| {
            let known = &seen.confirmation;
            let (mark, key) = match (known.finding, &known.withdrawn) {
                (_, Some(_)) => ("", "numbers.withdrawn"),
                (Finding::Differs, None) => (class(Held::Differs), "numbers.differ"),
                (Finding::Agrees, None) if !number.is_still(&known.value) => {
                    (class(Held::Outdated), "numbers.outdated-short")
                }
                (Finding::Agrees, None) => (class(Held::Agrees), "numbers.agree"),
            };
            let why = known.withdrawn.as_ref().map(|how| {
                let by = seen.withdrawn_by.clone().unwrap_or_default();
                format!("{} {by} {}", app::today(how.at), how.why)
            });
            let by = seen.by.clone().unwrap_or_else(|| say.t("numbers.authority"));
            let mut acts = Vec::new();
            if known.withdrawn.is_none() && ask.may(Action::RulebookConfirmNumber) {
                let to = format!("/numbers/{address}/withdraw/{}", known.id);
                acts.push(Act::danger(to, say.t("numbers.withdraw")));
            }
            vec![
                Cell::State(mark, say.t(key)),
                Cell::text(known.value.clone()),
                Cell::maybe(known.says.clone()),
                Cell::text(known.source.clone()),
                Cell::maybe(why.or_else(|| known.note.clone())),
                Cell::Two { text: by, small: app::today(known.at).to_string() },
                Cell::Acts(acts),
            ]
        })
        .collect();
    Table { caption: String::new(), columns, rows }
}

fn form(ask: &Ask, number: &Number, told: &Told, filled: &Filled) -> Form {
    let say = ask.say;
    let chosen = |code: &str| filled.finding == code;
    let choices = vec![
        Choice::new("agrees", say.t("numbers.says-same"), chosen("agrees")),
        Choice::new("differs", say.t("numbers.says-other"), chosen("differs")),
    ];
    Form::new(format!("/numbers/{}", told.address), say.t("numbers.do-confirm"))
        // What is confirmed is the number as it was shown; if it has changed meanwhile, that is said.
        .hide("value", number.value())
        .field(
            Field::radios(
                "finding",
                say.t1("numbers.finding", "value", say.both(&told.value)),
                choices,
            )
            .required(),
        )
        .field(
            Field::area("says", say.t("numbers.says"), &filled.says)
                .hint(say.t("numbers.says-hint")),
        )
        .field(
            Field::line("source", say.t("numbers.source"), &filled.source)
                .hint(say.t("numbers.source-hint"))
                .required(),
        )
        .field(Field::line("note", say.t("numbers.note"), &filled.note))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Taken {
    why: String,
}

/// Asks why something that was found is withdrawn.
pub(crate) async fn ask_withdraw(ask: Ask) -> Answer {
    withdrawing(&ask, "", &Wrong::default()).await
}

/// Withdraws it.
pub(crate) async fn withdraw(ask: Ask) -> Answer {
    let Taken { why } = ask.form()?;
    let address = ask.part("address").to_owned();
    let id = ask.part("confirmation").parse().map_err(|_| Failure::missing())?;
    match withdraw_confirmation(ask.platform(), ask.caller()?, &address, id, &why).await {
        Ok(()) => ask.done(&format!("/numbers/{address}"), "law.withdrawn"),
        Err(refusal) => withdrawing(&ask, &why, &wrong(refusal, ask.say)?).await,
    }
}

async fn withdrawing(ask: &Ask, why: &str, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let book = ask.book().await?;
    let address = ask.part("address").to_owned();
    let (_, _, told) = find(&book, &address)?;
    let id: i64 = ask.part("confirmation").parse().map_err(|_| Failure::missing())?;
    let history = number_history(ask.platform(), ask.caller.as_ref(), &address).await?;
    let found = history.iter().find(|seen| seen.confirmation.id == id);
    let seen = found.ok_or_else(Failure::missing)?;
    let known = &seen.confirmation;
    Confirm {
        title: say.t("numbers.withdraw-title"),
        what: say.t("numbers.withdraw-what"),
        facts: vec![
            (say.t("numbers.number"), Cell::text(say.both(&told.name))),
            (say.t("numbers.value-then"), Cell::text(known.value.clone())),
            (say.t("numbers.source"), Cell::text(known.source.clone())),
            (say.t("numbers.by"), Cell::maybe(seen.by.clone())),
        ],
        form: Form::new(format!("/numbers/{address}/withdraw/{id}"), say.t("numbers.withdraw"))
            .field(Field::area("why", say.t("numbers.why"), why).required())
            .cancel(format!("/numbers/{address}")),
        danger: true,
    }
    .show(ask, wrong)
}
