//! What a programme is, and which version applies for whom and when.

use std::sync::Arc;

use rules::{Applies, Citation, Document, Programme, Rulebook, Version};
use words::{programme as say, provenance, verdict};

use crate::ladders;
use crate::markdown::{code, escape};
use crate::sheet::Sheet;

pub(super) fn section(sheet: &mut Sheet, programme: &Programme, rulebook: &Rulebook) {
    let mut items = vec![
        sheet.pair(sheet.say("主管部门", "Granted by"), &sheet.t(&programme.authority)),
        sheet.pair(sheet.say("评定对象", "Subject"), &sheet.t(&say::subject(&programme.subject))),
        sheet.pair(sheet.say("类别", "Kind"), &sheet.t(&say::kind(&programme.kind))),
    ];
    let mut lists = |name: &str, ids: &[&str]| {
        if !ids.is_empty() {
            let names: Vec<String> =
                ids.iter().map(|id| ladders::linked(sheet, rulebook, id)).collect();
            items.push(sheet.pair(name, &sheet.list(&names)));
        }
    };
    lists(sheet.say("前置称号", "Prerequisite title"), &prerequisites(programme));
    let through: Vec<&str> = programme.held_through.iter().map(String::as_str).collect();
    lists(sheet.say("持有下列任一称号即视为持有", "Held by holding any of"), &through);
    lists(sheet.say("以本项目为前置条件", "Prerequisite of"), &dependents(programme, rulebook));
    for ladder in &rulebook.ladders {
        if let Some(at) = ladder.rungs.iter().position(|rung| *rung == programme.id) {
            let title = sheet.link(
                &sheet.t(&ladder.title),
                &format!("{}#ladder-{}", crate::site::INDEX, ladder.id),
            );
            let (number, count) = (at + 1, ladder.rungs.len());
            let place = match sheet.lang() {
                enterprise::Lang::Zh => format!("{title}（第 {number} 级，共 {count} 级）"),
                enterprise::Lang::En => format!("{title} (rung {number} of {count})"),
            };
            items.push(sheet.pair(sheet.say("所在梯度", "Ladder"), &place));
        }
    }
    items.push(sheet.pair(sheet.say("代码", "Id"), &code(&programme.id)));
    sheet.bullets(&items);
    versions(sheet, programme);
}

fn versions(sheet: &mut Sheet, programme: &Programme) {
    let title = sheet.say("适用版本", "Which version applies");
    sheet.heading(2, title, None);
    if programme.versions.is_empty() {
        let words = sheet.say(
            "规则库只收录此称号的名称，未收录其标准。",
            "The rulebook knows the name of this title only; its standard is not recorded.",
        );
        sheet.paragraph(words);
        return;
    }
    let mut rows = Vec::new();
    for version in &programme.versions {
        for applies in &version.applies {
            let link = format!("[{}](#{})", sheet.t(&say::version(version)), version.id);
            rows.push((
                applies.purpose,
                applies.from,
                vec![
                    sheet.t(&verdict::purpose(applies.purpose)),
                    sheet.t(&say::period(applies.from, applies.to)),
                    link,
                    sheet.t(&say::standing(version.standing)),
                    since(sheet, applies, version),
                    sheet.t(&provenance::status(&applies.citation.status)),
                ],
            ));
        }
    }
    rows.sort_by_key(|(purpose, from, _)| (*purpose, *from));
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(_, _, row)| row).collect();
    let headings = [
        sheet.say("用途", "Purpose"),
        sheet.say("适用期", "Period"),
        sheet.say("版本", "Version"),
        sheet.say("效力", "Standing"),
        sheet.say("起止依据", "Clause"),
        sheet.say("来源状态", "Source status"),
    ];
    sheet.table(&headings, &rows);
}

/// Where the period is said. It concerns the whole document, so the annex is left out.
fn since(sheet: &Sheet, applies: &Applies, version: &Version) -> String {
    let whole = |document: &Document| Document { annex: String::new(), ..document.clone() };
    let document = Arc::new(whole(&applies.citation.document));
    let citation = Citation { document, ..applies.citation.clone() };
    let clause = escape(&provenance::clause(&citation, &whole(&version.document)));
    match &applies.citation.note {
        Some(note) => {
            format!("{clause}<br>*{}*", sheet.pair(sheet.say("注", "Note"), &sheet.t(note)))
        }
        None => clause,
    }
}

/// Titles without which no version is met. A title that only opens a direct path is none of them.
fn prerequisites(programme: &Programme) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for id in programme.versions.iter().flat_map(|version| version.prerequisites()) {
        if id != programme.id && !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

fn dependents<'r>(programme: &Programme, rulebook: &'r Rulebook) -> Vec<&'r str> {
    rulebook
        .programmes
        .iter()
        .filter(|other| prerequisites(other).contains(&programme.id.as_str()))
        .map(|other| other.id.as_str())
        .collect()
}
