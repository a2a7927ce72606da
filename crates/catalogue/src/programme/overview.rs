//! What a programme is, and which version applies for whom and when.

use std::sync::Arc;

use enterprise::Lang;
use rules::{Applies, Citation, Document, Programme, Rulebook, Version};
use words::{programme as say, provenance, verdict};

use crate::paper::Paper;
use crate::part::{ColumnKind, Line, Of, Piece, Row, To};

/// What it is.
pub(super) fn about(paper: &mut Paper, programme: &Programme, rulebook: &Rulebook) {
    let mut items = vec![
        paper.pair(paper.say("主管部门", "Granted by"), paper.t(&programme.authority)),
        paper.pair(paper.say("评定对象", "Subject"), paper.t(&say::subject(&programme.subject))),
        paper.pair(paper.say("类别", "Kind"), paper.t(&say::kind(&programme.kind))),
    ];
    let mut lists = |name: &str, ids: &[&str]| {
        if !ids.is_empty() {
            let names = ids.iter().map(|id| paper.linked(rulebook, id).into());
            items.push(paper.pair(name, paper.list(names)));
        }
    };
    lists(paper.say("前置称号", "Prerequisite title"), &prerequisites(programme));
    let through: Vec<&str> = programme.held_through.iter().map(String::as_str).collect();
    lists(paper.say("持有下列任一称号即视为持有", "Held by holding any of"), &through);
    lists(paper.say("以本项目为前置条件", "Prerequisite of"), &dependents(programme, rulebook));
    for ladder in &rulebook.ladders {
        if let Some(at) = ladder.rungs.iter().position(|rung| *rung == programme.id) {
            let title = Piece::Link(paper.t(&ladder.title), To::Ladder(ladder.id.clone()));
            let (number, count) = (at + 1, ladder.rungs.len());
            let place = match paper.lang() {
                Lang::Zh => format!("（第 {number} 级，共 {count} 级）"),
                Lang::En => format!(" (rung {number} of {count})"),
            };
            items.push(paper.pair(paper.say("所在梯度", "Ladder"), Line::from(title).and(place)));
        }
    }
    items.push(paper.pair(paper.say("代码", "Id"), Piece::Code(programme.id.clone())));
    paper.bullets(items);
}

/// Which version applies for which purpose and when.
pub(super) fn versions(paper: &mut Paper, programme: &Programme) {
    paper.heading(2, paper.say("适用版本", "Which version applies"), None);
    if programme.versions.is_empty() {
        let words = paper.say(
            "规则库只收录此称号的名称，未收录其标准。",
            "The rulebook knows the name of this title only; its standard is not recorded.",
        );
        paper.paragraph(words);
        return;
    }
    let mut rows = Vec::new();
    for version in &programme.versions {
        for applies in &version.applies {
            let name = paper.t(&say::version(version));
            let cells = vec![
                vec![paper.t(&verdict::purpose(applies.purpose)).into()],
                vec![paper.t(&say::period(applies.from, applies.to)).into()],
                vec![Piece::Link(name, To::Here(version.id.clone())).into()],
                vec![paper.t(&say::standing(version.standing)).into()],
                since(paper, applies, version),
                vec![paper.status(&applies.citation.status)],
            ];
            let of = Of::version(&programme.id, &version.id, &[applies.purpose.code()]);
            let row = Row { of: Some(of), cells, ..Row::default() };
            rows.push(((applies.purpose, applies.from), row));
        }
    }
    rows.sort_by_key(|(key, _)| *key);
    let columns = [
        (ColumnKind::Words, paper.say("用途", "Purpose")),
        (ColumnKind::Words, paper.say("适用期", "Period")),
        (ColumnKind::Name, paper.say("版本", "Version")),
        (ColumnKind::Words, paper.say("效力", "Standing")),
        (ColumnKind::Source, paper.say("起止依据", "Clause")),
        (ColumnKind::Source, paper.say("来源状态", "Source status")),
    ];
    paper.table(&columns, rows.into_iter().map(|(_, row)| row).collect());
}

/// Where the period is said. It concerns the whole document, so the annex is left out.
fn since(paper: &Paper, applies: &Applies, version: &Version) -> Vec<Line> {
    let whole = |document: &Document| Document { annex: String::new(), ..document.clone() };
    let document = Arc::new(whole(&applies.citation.document));
    let citation = Citation { document, ..applies.citation.clone() };
    let clause = provenance::clause(&citation, &whole(&version.document));
    let note = applies.citation.note.as_ref().map(|note| paper.remark(note));
    [Line::from(clause)].into_iter().chain(note).collect()
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
