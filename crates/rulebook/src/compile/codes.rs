//! Tables of codes. Each says whether it is complete; a superseded code names its successor.

use std::collections::BTreeMap;

use rules::{CodeEntry, CodeTable};

use crate::code::Code;
use crate::compile::duplicate;
use crate::compile::tree::{RuleFile, Tree};
use crate::diagnostic::{Diagnostic, Span};
use crate::read::cite::Inherited;
use crate::read::table::{Sink, Table, Word};

pub(crate) fn read_codes(tree: &Tree<'_>, sink: &Sink) -> BTreeMap<String, CodeTable> {
    let mut tables: BTreeMap<String, CodeTable> = BTreeMap::new();
    for file in &tree.codes {
        let Some((table, id)) = code_table(file, sink) else { continue };
        if tables.contains_key(&table.id) {
            duplicate(sink, &table.id, id, None);
        }
        tables.insert(table.id.clone(), table);
    }
    tables
}

fn code_table(file: &RuleFile<'_>, sink: &Sink) -> Option<(CodeTable, Span)> {
    let table = file.table();
    let id = table.need_word("id")?;
    id.check_id(table.file, '-');
    let inherited = Inherited { clause: "code".to_owned(), ..Inherited::of_file(&table) };
    let citation = inherited.quiet(&table);
    let title = table.need_text("title");
    let complete = table.need("complete").and_then(|value| value.flag()).unwrap_or(false);
    let mut places: BTreeMap<&str, Span> = BTreeMap::new();
    let mut entries = Vec::new();
    let mut named: Vec<Word<'_>> = Vec::new();
    let list = table.list("code");
    for value in &list {
        let Some(inner) = value.table() else { continue };
        let Some(code) = inner.need_word("code") else { continue };
        check_code(&code, &inner);
        if let Some(first) = places.insert(code.text, code.span.clone()) {
            duplicate(sink, code.text, code.span.clone(), Some(&first));
            continue;
        }
        let mut other = |key| {
            let word = inner.word(key)?;
            named.push(word.clone());
            Some(word.text.to_owned())
        };
        check_section(&code, &inner);
        let (under, successor) = (other("under"), other("successor"));
        entries.push(CodeEntry {
            code: code.text.to_owned(),
            name: inner.need_text("name"),
            under,
            successor,
            divisions: divisions(&inner),
            tile: tile(&inner),
            citation: inherited.of_own_document(&inner).quiet(&inner),
        });
        inner.finish();
    }
    for word in named.iter().filter(|word| !places.contains_key(word.text)) {
        let diagnostic = Diagnostic::new(
            Code::UnknownReference,
            word.span.clone(),
            format!("此表没有代码“{}”", word.text),
            format!("this table has no code `{}`", word.text),
        );
        sink.report(diagnostic.suggest(word.text, places.keys().copied()));
    }
    table.finish();
    let read = CodeTable { id: id.text.to_owned(), title, citation, complete, entries };
    for entry in read.entries.iter().filter(|entry| entry.successor.is_some()) {
        let lost = read.in_force(&entry.code).is_none();
        if let (true, Some(span)) = (
            lost && named.iter().all(|word| places.contains_key(word.text)),
            places.get(entry.code.as_str()),
        ) {
            sink.report(Diagnostic::new(
                Code::UnknownReference,
                span.clone(),
                format!("“{}”的后继代码最终又指向它自己", entry.code),
                format!("the successors of `{}` lead back to it", entry.code),
            ));
        }
    }
    Some((read, id.span))
}

/// A code is short text without spaces: letters, digits, `-` and `.`.
fn check_code(code: &Word<'_>, table: &Table<'_>) {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if code.text.is_empty() || code.text.len() > 64 || !code.text.chars().all(good) {
        table.file.sink.report(
            Diagnostic::new(
                Code::BadId,
                code.span.clone(),
                format!("“{}”不能作代码", code.text),
                format!("`{}` cannot be a code", code.text),
            )
            .help("用字母、数字、“-”和“.”", "use letters, digits, `-` and `.`"),
        );
    }
}

/// An industry section has the divisions that GB/T 4754-2017 gives it: industry codes are read by them.
fn check_section(code: &Word<'_>, table: &Table<'_>) {
    let Some((first, last)) = divisions(table) else { return };
    let letter = code.text.chars().next().filter(|_| code.text.len() == 1);
    let wrong =
        (first..=last).find(|division| enterprise::section_of_division(*division) != letter);
    let wider = [first.checked_sub(1), last.checked_add(1)];
    let cut = wider
        .into_iter()
        .flatten()
        .find(|division| letter.is_some() && enterprise::section_of_division(*division) == letter);
    if let Some(division) = wrong.or(cut) {
        let known = enterprise::section_of_division(division);
        let known = known.map_or_else(|| "—".to_owned(), String::from);
        table.file.sink.report(Diagnostic::new(
            Code::CodeMismatch,
            code.span.clone(),
            format!("按 GB/T 4754-2017，大类 {division:02} 属门类 {known}"),
            format!("by GB/T 4754-2017 division {division:02} lies in section {known}"),
        ));
    }
}

/// The two-digit divisions of an industry section.
fn divisions(table: &Table<'_>) -> Option<(u8, u8)> {
    let read = |key| {
        let word = table.word(key)?;
        let division = word.text.parse::<u8>().ok().filter(|_| word.text.len() == 2);
        if division.is_none() {
            table.file.sink.report(Diagnostic::new(
                Code::BadQuantity,
                word.span.clone(),
                format!("“{}”不是两位数的大类", word.text),
                format!("`{}` is no two-digit division", word.text),
            ));
        }
        division
    };
    let (from, to) = (read("from"), read("to"));
    Some((from?, to?))
}

/// Where a district stands on a map drawn as tiles. No larger map is drawn.
fn tile(table: &Table<'_>) -> Option<(u8, u8)> {
    let inner = table.get("tile")?.table()?;
    let read = |key| {
        let place = inner.need(key)?.whole_within(0, 23)?;
        u8::try_from(place).ok()
    };
    let place = (read("column"), read("row"));
    inner.finish();
    Some((place.0?, place.1?))
}
