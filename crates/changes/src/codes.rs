//! Tables of codes side by side: new codes, codes that another one replaced, names.

use enterprise::{Kind as IndicatorKind, Text};
use rules::{CodeEntry, CodeTable, Rulebook};

use crate::change::{About, Change, Kind, Weight};
use crate::changes::{Block, Occasion, Section, Subject};
use crate::found::{Found, Here};
use crate::source;
use crate::users::{self, User};

/// What is different about tables of codes.
pub(crate) fn codes(old: &Rulebook, new: &Rulebook) -> Vec<Section> {
    let nothing = |table: &CodeTable| CodeTable { entries: Vec::new(), ..table.clone() };
    let mut ids: Vec<&String> = old.codes.keys().chain(new.codes.keys()).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut sections = Vec::new();
    for id in ids {
        let (before, after) = (old.codes.get(id), new.codes.get(id));
        let Some(known) = after.or(before) else { continue };
        let mut found = Found::default();
        let none = nothing(known);
        table(&mut found, before.unwrap_or(&none), after.unwrap_or(&none));
        if before.is_none() || after.is_none() {
            let kind = if after.is_some() { Kind::Added } else { Kind::Removed };
            found.push(
                &Here::default(),
                Change::new(About::Code, kind, Weight::Practice, id, &known.title),
            );
        }
        let used_by = who(if after.is_some() { new } else { old }, known);
        for change in &mut found.changes {
            // Rules that test such a code read it otherwise.
            if change.weight == Weight::Practice && !used_by.is_empty() {
                change.weight = Weight::Verdict;
            }
        }
        if !found.changes.is_empty() {
            let subject = Subject::Codes { id: id.clone(), title: known.title.clone() };
            let document = source::document(&known.citation.document).zh;
            let changes = found.changes;
            let block = Block { document, used_by, changes, ..Block::new(Occasion::Programme) };
            sections.push(Section { subject, blocks: vec![block] });
        }
    }
    sections
}

/// Who tests an indicator whose options are codes of the table.
fn who(book: &Rulebook, table: &CodeTable) -> Vec<User> {
    let mut all = Vec::new();
    for indicator in book.catalogue.indicators() {
        let uses = match &indicator.kind {
            IndicatorKind::Choice(choices) => {
                !choices.is_empty()
                    && choices.iter().all(|choice| table.entry(&choice.id).is_some())
            }
            IndicatorKind::Industry => table.entries.iter().any(|entry| entry.divisions.is_some()),
            _ => false,
        };
        if uses {
            for user in users::of_indicator(book, &indicator.id) {
                if !all.contains(&user) {
                    all.push(user);
                }
            }
        }
    }
    all
}

fn table(found: &mut Found, old: &CodeTable, new: &CodeTable) {
    let here = Here::default();
    source::label(found, &here, &new.id, &old.title, &new.title);
    if old.complete != new.complete {
        let words = |complete| {
            if complete {
                Text::new("完整", "complete")
            } else {
                Text::new("不完整", "incomplete")
            }
        };
        let change = Change::new(About::Code, Kind::Changed, Weight::Wording, &new.id, &new.title);
        found.push(&here, change.between(words(old.complete), words(new.complete)));
    }
    source::citation(found, &here, &new.title, &new.id, &old.citation, &new.citation);
    for entry in &new.entries {
        match old.entry(&entry.code) {
            None => found.push(&here, sided(entry)),
            Some(before) => self::entry(found, &here, before, entry),
        }
    }
    for entry in old.entries.iter().filter(|entry| new.entry(&entry.code).is_none()) {
        found.push(&here, sided(entry).mirrored());
    }
}

fn label(entry: &CodeEntry) -> Text {
    Text::new(
        format!("{} {}", entry.code, entry.name.zh),
        format!("{} {}", entry.code, entry.name.en),
    )
}

fn sided(entry: &CodeEntry) -> Change {
    let change =
        Change::new(About::Code, Kind::Added, Weight::Practice, &entry.code, &label(entry));
    let after = entry
        .successor
        .as_ref()
        .map(|code| Text::new(format!("按 {code} 读取"), format!("read as {code}")));
    Change { after, ..change.citing(&entry.citation) }
}

fn entry(found: &mut Found, here: &Here, old: &CodeEntry, new: &CodeEntry) {
    let label = label(new);
    let mut differs = |(zh, en): (&str, &str), old: Option<Text>, new_: Option<Text>| {
        let change = Change::new(About::Code, Kind::Changed, Weight::Practice, &new.code, &label)
            .detail(Text::new(zh, en))
            .citing(&new.citation);
        source::optional(found, here, change, old.as_ref(), new_.as_ref());
    };
    let word = |code: &Option<String>| code.as_ref().map(|code| Text::new(code, code));
    differs(("改按此代码读取", "replaced by"), word(&old.successor), word(&new.successor));
    differs(("上级", "belongs to"), word(&old.under), word(&new.under));
    let divisions = |entry: &CodeEntry| {
        entry.divisions.map(|(first, last)| {
            let words = format!("{first:02}–{last:02}");
            Text::new(words.clone(), words)
        })
    };
    differs(("所含大类", "divisions"), divisions(old), divisions(new));
    // Where it is drawn says nothing about anybody.
    let tile = |entry: &CodeEntry| {
        entry.tile.map(|(column, row)| {
            Text::new(format!("列 {column}，行 {row}"), format!("column {column}, row {row}"))
        })
    };
    let moved = Change::new(About::Code, Kind::Changed, Weight::Wording, &new.code, &label)
        .detail(Text::new("示意图位置", "place on the schematic map"))
        .citing(&new.citation);
    source::optional(found, here, moved, tile(old).as_ref(), tile(new).as_ref());
    source::label(found, here, &new.code, &old.name, &new.name);
    source::citation(found, here, &label, &new.code, &old.citation, &new.citation);
}
