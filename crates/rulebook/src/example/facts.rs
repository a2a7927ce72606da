//! The facts of an example: the document of a base firm in TOML, and changes to it.

use std::collections::BTreeMap;

use enterprise::{
    Catalogue, Completeness, Event, Fact, Facts, Judgement, Source, Title, admit_value,
};

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::read::table::{Table, Value, Word};

/// Reads the base firm.
pub(crate) fn base(catalogue: &Catalogue, owner: &str, table: &Table<'_>) -> Facts {
    let mut facts = Facts::default();
    facts.name = table.word("name").map(|word| word.text.to_owned());
    table.word("uscc");
    if let Some(inner) = table.get("facts").and_then(|value| value.table()) {
        for (key, value) in inner.entries() {
            if !value.is_table() {
                set(catalogue, &mut facts, &key, &value);
                continue;
            }
            let Some(years) = value.table() else { continue };
            for (year, value) in years.entries() {
                let dated = format!("{}.{}", key.text, year.text);
                set(catalogue, &mut facts, &Word { text: &dated, span: year.span.clone() }, &value);
            }
        }
    }
    lists(catalogue, owner, table, &mut facts);
    table.finish();
    facts
}

/// The lists of a document, each replacing the one before: titles, events, declarations, judgements.
fn lists(catalogue: &Catalogue, owner: &str, table: &Table<'_>, facts: &mut Facts) {
    if let Some(value) = table.get("titles") {
        facts.titles_complete = true;
        facts.titles = value
            .list()
            .unwrap_or_default()
            .iter()
            .filter_map(|value| title(catalogue, value))
            .collect();
    }
    if let Some(value) = table.get("events") {
        facts.events = value
            .list()
            .unwrap_or_default()
            .iter()
            .filter_map(|value| event(catalogue, value))
            .collect();
    }
    if let Some(value) = table.get("complete") {
        facts.complete = value
            .list()
            .unwrap_or_default()
            .iter()
            .filter_map(|value| complete(catalogue, value))
            .collect();
    }
    for value in table.list("judgements") {
        facts.judgements.extend(judgement(catalogue, owner, &value));
    }
}

/// Applies the changes of one example to the base firm.
pub(crate) fn change(catalogue: &Catalogue, owner: &str, table: &Table<'_>, facts: &mut Facts) {
    if let Some(inner) = table.get("set").and_then(|value| value.table()) {
        for (key, value) in inner.entries() {
            set(catalogue, facts, &key, &value);
        }
    }
    for key in table.words("unset") {
        let (id, year) = split(key.text);
        if facts.unset(id, year).is_none() {
            bad(&key, table, "基准企业没有这个数据项", "the base firm has no such fact");
        }
    }
    if table.get("no_titles").is_some_and(|value| value.flag() == Some(true)) {
        facts.titles_complete = false;
        facts.titles.clear();
    }
    lists(catalogue, owner, table, facts);
    if let Some(inner) = table.get("judge").and_then(|value| value.table()) {
        for (key, value) in inner.entries() {
            let Some(met) = value.flag() else { continue };
            let (found_owner, criterion) = criterion_of(owner, key.text);
            check_judged(catalogue, &found_owner, criterion, &key, table);
            forget(facts, &found_owner, criterion);
            facts.judgements.push(decided(found_owner, criterion, met));
        }
    }
    for key in table.words("unjudge") {
        let (found_owner, criterion) = criterion_of(owner, key.text);
        check_judged(catalogue, &found_owner, criterion, &key, table);
        forget(facts, &found_owner, criterion);
    }
}

fn decided(owner: String, criterion: &str, met: bool) -> Judgement {
    Judgement { owner, criterion: criterion.to_owned(), met, by: None, on: None, note: None }
}

fn forget(facts: &mut Facts, owner: &str, criterion: &str) {
    facts.judgements.retain(|known| known.owner != owner || known.criterion != criterion);
}

/// `criterion` of the programme itself, or `owner/criterion`.
fn criterion_of<'k>(owner: &str, key: &'k str) -> (String, &'k str) {
    match key.split_once('/') {
        Some((other, criterion)) => (other.to_owned(), criterion),
        None => (owner.to_owned(), key),
    }
}

fn check_judged(
    catalogue: &Catalogue,
    owner: &str,
    criterion: &str,
    key: &Word<'_>,
    table: &Table<'_>,
) {
    if catalogue.judged(owner, criterion).is_none() {
        bad(key, table, "没有这个由人判断的条件", "no judged criterion is called so");
    }
}

fn split(key: &str) -> (&str, Option<i16>) {
    match key.rsplit_once('.') {
        Some((id, year)) if year.bytes().all(|byte| byte.is_ascii_digit()) => {
            (id, year.parse().ok())
        }
        _ => (key, None),
    }
}

fn set(catalogue: &Catalogue, facts: &mut Facts, key: &Word<'_>, value: &Value<'_>) {
    let (id, year) = split(key.text);
    let report = |diagnostic: Diagnostic| value.file.sink.report(diagnostic);
    let Some(indicator) = catalogue.indicator(id) else {
        let diagnostic = Diagnostic::new(
            Code::BadExample,
            key.span.clone(),
            format!("没有名为“{id}”的指标"),
            format!("no indicator is called `{id}`"),
        );
        return report(
            diagnostic.suggest(id, catalogue.indicators().iter().map(|known| known.id.as_str())),
        );
    };
    if (indicator.period == enterprise::Period::Yearly) != year.is_some() {
        return report(Diagnostic::new(
            Code::BadExample,
            key.span.clone(),
            format!("“{id}”须写明年度，或不应有年度"),
            format!("`{id}` needs a year, or has none"),
        ));
    }
    let Some(text) = value.scalar() else { return };
    match admit_value(indicator, &text, None) {
        Ok(admitted) => {
            facts.set(id, year, Fact { value: admitted, source: Source::default() });
        }
        Err(problem) => report(Diagnostic::new(
            Code::BadExample,
            value.span(),
            problem.message.zh,
            problem.message.en,
        )),
    }
}

fn title(catalogue: &Catalogue, value: &Value<'_>) -> Option<Title> {
    let table = value.table()?;
    let programme = table.need_word("programme")?;
    if catalogue.title(programme.text).is_none() {
        bad(&programme, &table, "没有这个项目", "no programme is called so");
    }
    let from = table.need("from").and_then(|value| value.date());
    let to = table.get("to").and_then(|value| value.date());
    table.finish();
    Some(Title { programme: programme.text.to_owned(), from: from?, to })
}

fn event(catalogue: &Catalogue, value: &Value<'_>) -> Option<Event> {
    let table = value.table()?;
    let kind = table.need_word("kind")?;
    let date = table.need("date").and_then(|value| value.date());
    let mut attributes = BTreeMap::new();
    let Some(known) = catalogue.event(kind.text) else {
        bad(&kind, &table, "没有这种事件", "no event is called so");
        return None;
    };
    for (key, value) in table.entries() {
        if matches!(key.text, "kind" | "date") {
            continue;
        }
        if known.attributes.iter().any(|attribute| attribute.id == key.text) {
            attributes.extend(value.whole().map(|number| (key.text.to_owned(), number)));
        } else {
            bad(&key, &table, "事件没有这个属性", "the event has no such attribute");
        }
    }
    Some(Event { kind: kind.text.to_owned(), date: date?, attributes })
}

fn complete(catalogue: &Catalogue, value: &Value<'_>) -> Option<Completeness> {
    let table = value.table()?;
    let kind = table.need_word("kind")?;
    if kind.text != "*" && catalogue.event(kind.text).is_none() {
        bad(&kind, &table, "没有这种事件", "no event is called so");
    }
    let from = table.get("from").and_then(|value| value.date());
    let until = table.need("until").and_then(|value| value.date());
    table.finish();
    Some(Completeness { kind: kind.text.to_owned(), from, until: until? })
}

fn judgement(catalogue: &Catalogue, owner: &str, value: &Value<'_>) -> Option<Judgement> {
    let table = value.table()?;
    let criterion = table.need_word("criterion")?;
    let owner = table.word("owner").map_or_else(|| owner.to_owned(), |word| word.text.to_owned());
    check_judged(catalogue, &owner, criterion.text, &criterion, &table);
    let met = table.need("met").and_then(|value| value.flag());
    let judgement = Judgement {
        by: table.word("by").map(|word| word.text.to_owned()),
        on: table.get("on").and_then(|value| value.date()),
        note: table.word("note").map(|word| word.text.to_owned()),
        ..decided(owner, criterion.text, met?)
    };
    table.finish();
    Some(judgement)
}

pub(crate) fn bad(word: &Word<'_>, table: &Table<'_>, zh: &str, en: &str) {
    let span: Span = word.span.clone();
    table.file.sink.report(Diagnostic::new(
        Code::BadExample,
        span,
        format!("“{}”：{zh}", word.text),
        format!("`{}`: {en}", word.text),
    ));
}
