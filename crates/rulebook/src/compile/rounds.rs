//! Rounds and ladders, and the order in which they put programmes.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rules::{Document, Ladder, Programme, Round, Rulebook, Stage};

use crate::code::Code;
use crate::compile::duplicate;
use crate::compile::programmes::check_programme;
use crate::compile::tree::Tree;
use crate::diagnostic::Diagnostic;
use crate::expression::resolve::Resolver;
use crate::expression::scope::Names;
use crate::read::cite::{Inherited, need_document};
use crate::read::criterion::{Definitions, Owner, criteria, purposes};
use crate::read::table::{Sink, Table, Value, Word};
use crate::read::version::check_period;

pub(crate) fn read_rounds_and_ladders(
    tree: &Tree<'_>,
    sink: &Sink,
    names: &Names,
    definitions: &Definitions,
    rulebook: &mut Rulebook,
) {
    let mut rounds = Vec::new();
    for file in &tree.rounds {
        let table = file.table();
        let inherited = Inherited {
            document: Arc::new(Document::default()),
            status: None,
            clause: "round".to_owned(),
        }
        .inside(&table);
        for value in table.list("round") {
            rounds.extend(round(&Resolver { names, rulebook }, definitions, &value, &inherited));
        }
        table.text("note");
        table.finish();
    }
    rulebook.rounds = rounds;
    for file in &tree.ladders {
        let table = file.table();
        let Some(id) = table.need_word("id") else { continue };
        let rungs = table.words("rungs");
        for rung in &rungs {
            check_programme(sink, names, rung.text, rung.span.clone());
        }
        let around = |key: &'static str| -> BTreeMap<String, Vec<String>> {
            let Some(inner) = table.get(key).and_then(|value| value.table()) else {
                return BTreeMap::new();
            };
            inner
                .entries()
                .into_iter()
                .map(|(rung, programmes)| {
                    if !rungs.iter().any(|known| known.text == rung.text) {
                        let known = rungs.iter().map(|known| known.text);
                        sink.report(
                            Diagnostic::new(
                                Code::UnknownReference,
                                rung.span.clone(),
                                format!("“{}”不是此梯度的一级", rung.text),
                                format!("`{}` is no rung of this ladder", rung.text),
                            )
                            .suggest(rung.text, known),
                        );
                    }
                    let words: Vec<Word<'_>> =
                        programmes.list().iter().flatten().filter_map(Value::word).collect();
                    for word in &words {
                        check_programme(sink, names, word.text, word.span.clone());
                    }
                    let ids = words.iter().map(|word| word.text.to_owned()).collect();
                    (rung.text.to_owned(), ids)
                })
                .collect()
        };
        let ladder = Ladder {
            beside: around("beside"),
            fed_by: around("fed_by"),
            id: id.text.to_owned(),
            title: table.need_text("title"),
            rungs: rungs.iter().map(|word| word.text.to_owned()).collect(),
            note: table.text("note"),
        };
        table.finish();
        if rulebook.ladders.iter().any(|known| known.id == ladder.id) {
            duplicate(sink, id.text, id.span.clone(), None);
        }
        rulebook.ladders.push(ladder);
    }
}

/// Programmes in the order in which people climb them: ladder by ladder, rung by rung, those that count
/// as a rung with it; what stands on no ladder comes last.
pub(crate) fn order_by_ladder(rulebook: &mut Rulebook) {
    let through: BTreeMap<&str, &[String]> = rulebook
        .programmes
        .iter()
        .map(|programme| (programme.id.as_str(), programme.held_through.as_slice()))
        .collect();
    let mut ranks: BTreeMap<String, usize> = BTreeMap::new();
    let rungs = rulebook.ladders.iter().flat_map(|ladder| &ladder.rungs);
    for (rank, rung) in rungs.enumerate() {
        let with = through.get(rung.as_str()).copied().unwrap_or_default();
        for id in [rung].into_iter().chain(with) {
            ranks.entry(id.clone()).or_insert(rank);
        }
    }
    let rank = |programme: &Programme| ranks.get(&programme.id).copied().unwrap_or(usize::MAX);
    rulebook.programmes.sort_by_key(rank);
}

fn round(
    resolver: &Resolver<'_>,
    definitions: &Definitions,
    value: &Value<'_>,
    inherited: &Inherited,
) -> Option<Round> {
    let table = value.table()?;
    let programme = table.need_word("programme")?;
    let sink = table.file.sink;
    check_programme(sink, resolver.names, programme.text, programme.span.clone());
    let purposes = purposes(&table);
    if purposes.is_empty() {
        match table.get("purposes") {
            Some(empty) => sink.report(Diagnostic::new(
                Code::MissingKey,
                empty.span(),
                "窗口须注明用途，这里一个也没有",
                "a window is open for some purpose; none is named here",
            )),
            None => {
                table.need("purposes");
            }
        }
    }
    need_document(&table);
    let inside = inherited.of_own_document(&table);
    let citation = inside.quiet(&table);
    let base_year = table.get("base_year").and_then(|value| value.whole_within(1900, 9999));
    let window = table.need("window").and_then(|value| value.table())?;
    let (from, to) = period(&window);
    window.finish();
    let owner = Owner {
        id: programme.text,
        resolver,
        definitions,
        day: from,
        has_score: false,
        purposes: purposes.clone(),
    };
    let criteria = criteria(&owner, &table, "criterion", &inside, None);
    let stages = table.list("stages").iter().filter_map(stage).collect();
    let label = table.text("label");
    table.finish();
    Some(Round {
        programme: programme.text.to_owned(),
        purposes,
        label,
        from: from?,
        to: to?,
        stages,
        criteria,
        base_year: base_year.and_then(|year| i16::try_from(year).ok()),
        document: Document::clone(&citation.document),
        status: citation.status,
        note: citation.note,
    })
}

fn stage(value: &Value<'_>) -> Option<Stage> {
    let table = value.table()?;
    let label = table.need_text("label");
    let (from, to) = period(&table);
    // Where a date comes from may be cited; nothing is computed from it.
    for key in ["clause", "status", "sources", "verified"] {
        table.get(key);
    }
    table.finish();
    Some(Stage { label, from: from?, to: to? })
}

fn period(table: &Table<'_>) -> (Option<Date>, Option<Date>) {
    let from = table.need("from").and_then(|value| value.date());
    let to = table.need("to").and_then(|value| value.date());
    check_period(table, from, to);
    (from, to)
}
