//! One number of the law: what it is for, where it is said, what was found about it; and the form in which a reviewer
//! says what the official text says.

mod said;
mod withdraw;

use access::Action;
use app::confirmations::{Found, Held, confirm_number, held, number_history, read_confirmations};
use rulebook::Number;
use serde::Deserialize;
use store::confirmation::Finding;

use self::said::{around, facts, past};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::law::{Book, Checked, Marks, Told};
use crate::view::{Act, Block, Choice, Field, Form, View};

pub(crate) use withdraw::{ask_withdraw, withdraw};

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
    let seen = read_confirmations(ask.platform(), ask.caller.as_ref(), Some(&owners)).await?;
    let is_open = |number: &&Number| {
        number.owner == here.owner
            && number.version == here.version
            && matches!(held(number, &seen).0, Held::Open | Held::Outdated)
    };
    let after = numbers.iter().skip(at + 1).find(is_open);
    let before = || numbers.iter().take(at).find(is_open);
    Ok(after.or_else(before).map(Number::address))
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
