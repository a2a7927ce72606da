//! The page of a table of codes: first whether it is complete, then the codes in force, then those
//! that were replaced.

use enterprise::Lang;
use rules::{CodeEntry, CodeTable};
use words::provenance;

use crate::markdown::{code, escape, lines};
use crate::sheet::Sheet;
use crate::site;

/// The page.
pub(crate) fn sheet(table: &CodeTable, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(lang, &site::codes(&table.id), &table.title);
    let complete = if table.complete {
        sheet.say("**本表未发现缺漏。**", "**Nothing is known to be missing from this table.**")
    } else {
        sheet.say(
            "**本表不完整：已知有条目未收录，查不到不等于不存在。**",
            "**This table is not complete: entries are known to be missing, and what is not found here \
             may exist all the same.**",
        )
    };
    sheet.paragraph(complete);
    let document = escape(&provenance::document(&table.citation.document));
    let mut items = vec![
        sheet.pair(sheet.say("依据", "Document"), &document),
        sheet.pair(
            sheet.say("来源状态", "Source status"),
            &sheet.t(&provenance::official(&table.citation.status)),
        ),
    ];
    if let Some(note) = &table.citation.note {
        items.push(sheet.pair(sheet.say("说明", "Note"), &sheet.t(note)));
    }
    sheet.bullets(&items);
    let (replaced, current): (Vec<&CodeEntry>, Vec<&CodeEntry>) =
        table.entries.iter().partition(|entry| entry.successor.is_some());
    let rows: Vec<Vec<String>> = current.iter().map(|entry| row(&sheet, table, entry)).collect();
    let headings = [
        sheet.say("代码", "Code"),
        sheet.say("名称", "Name"),
        sheet.say("大类", "Divisions"),
        sheet.say("上级", "Belongs to"),
        sheet.say("说明", "Note"),
        sheet.say("来源状态", "Source status"),
    ];
    sheet.table(&headings, &rows);
    if !replaced.is_empty() {
        sheet.heading(2, sheet.say("已停用的代码", "Codes no longer in force"), None);
        let rows: Vec<Vec<String>> =
            replaced.iter().map(|entry| old(&sheet, table, entry)).collect();
        let headings = [
            sheet.say("旧代码", "Old code"),
            sheet.say("名称", "Name"),
            sheet.say("现按", "Read as"),
            sheet.say("说明", "Note"),
            sheet.say("来源状态", "Source status"),
        ];
        sheet.table(&headings, &rows);
    }
    sheet
}

fn row(sheet: &Sheet, table: &CodeTable, entry: &CodeEntry) -> Vec<String> {
    let divisions = entry.divisions.map(|(first, last)| {
        if first == last { format!("{first:02}") } else { format!("{first:02}–{last:02}") }
    });
    let under = entry.under.as_ref().map(|code| named(sheet, table, code));
    vec![
        code(&entry.code),
        sheet.t(&entry.name),
        divisions.unwrap_or_default(),
        under.unwrap_or_default(),
        note(sheet, table, entry),
        status(sheet, table, entry),
    ]
}

fn old(sheet: &Sheet, table: &CodeTable, entry: &CodeEntry) -> Vec<String> {
    let now = table
        .in_force(&entry.code)
        .map(|now| lines(&[format!("{} {}", code(&now.code), sheet.t(&now.name))]));
    vec![
        code(&entry.code),
        sheet.t(&entry.name),
        now.unwrap_or_default(),
        note(sheet, table, entry),
        status(sheet, table, entry),
    ]
}

fn named(sheet: &Sheet, table: &CodeTable, code: &str) -> String {
    table.entry(code).map_or_else(|| escape(code), |entry| sheet.t(&entry.name))
}

/// What is said of the entry and not already of the whole table.
fn note(sheet: &Sheet, table: &CodeTable, entry: &CodeEntry) -> String {
    let own = entry.citation.note.as_ref().filter(|_| entry.citation.note != table.citation.note);
    own.map(|note| sheet.t(note)).unwrap_or_default()
}

fn status(sheet: &Sheet, table: &CodeTable, entry: &CodeEntry) -> String {
    if entry.citation.status == table.citation.status {
        String::new()
    } else {
        sheet.t(&provenance::status(&entry.citation.status))
    }
}
