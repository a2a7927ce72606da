//! What a page says of a number: facts, the lines of the rule file around it, everything that was found.

use access::Action;
use app::confirmations::{Held, Seen};
use rulebook::Number;
use store::confirmation::Finding;
use words::{programme as say_of, provenance};

use crate::ask::Ask;
use crate::law::{Book, Told, class};
use crate::view::{Act, Cell, Table};

/// What it is, what it is for, where it is said.
pub(super) fn facts(book: &Book, number: &Number, told: &Told, ask: &Ask) -> Vec<(String, Cell)> {
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
pub(super) fn around(book: &Book, told: &Told) -> Option<String> {
    let (file, line) = told.place.as_ref()?;
    let text = book.law.sources.text(file)?;
    let first = line.saturating_sub(3);
    let lines = text.lines().enumerate().skip(first).take(5);
    let lines: Vec<String> = lines.map(|(at, text)| format!("{:>4}  {text}", at + 1)).collect();
    Some(lines.join("\n"))
}

/// Everything that was found about it.
pub(super) fn past(ask: &Ask, address: &str, number: &Number, history: &[Seen]) -> Table {
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
