//! One version in full, chapter by chapter.

use enterprise::Lang;
use rules::{Criterion, Programme, Rulebook, Version};
use words::{programme as say, provenance, quantity};

use super::criteria::{self, Listed};
use crate::paper::Paper;
use crate::part::{ColumnKind, Line, Of, Piece, Row, To};
use crate::site;

/// What it is worth, its document, how long its title holds.
pub(super) fn head(paper: &mut Paper, version: &Version) {
    paper.paragraph(Piece::Strong(paper.t(&say::standing_means(version.standing))));
    let document = provenance::document(&version.document);
    let mut items = vec![paper.pair(paper.say("文件", "Document"), document.trim())];
    if let Some(day) = version.published {
        items.push(paper.pair(paper.say("公布日期", "Published"), day.to_string()));
    }
    if let Some(validity) = &version.validity {
        let words = paper.t(&quantity::limit(validity));
        let status = paper.official(&validity.citation.status);
        let (open, close) = match paper.lang() {
            Lang::Zh => ("（", "）"),
            Lang::En => (" (", ")"),
        };
        let line = Line::from(format!("{words}{open}")).and(status).and(close);
        items.push(paper.pair(paper.say("有效期", "Valid for"), line));
    }
    if let Some(note) = &version.note {
        items.push(paper.pair(paper.say("说明", "Note"), paper.t(note)));
    }
    paper.bullets(items);
}

/// What nobody knows yet.
pub(super) fn open(paper: &mut Paper, version: &Version) {
    if version.open_points.is_empty() {
        return;
    }
    let name = format!("{}-open", version.id);
    paper.heading(3, paper.say("尚未明确", "What is open"), Some(&name));
    paper.bullets(version.open_points.iter().map(|point| paper.t(point).into()).collect());
}

/// What must hold.
pub(super) fn criteria(
    paper: &mut Paper,
    programme: &Programme,
    version: &Version,
    rulebook: &Rulebook,
) {
    if version.criteria.is_empty() {
        return;
    }
    paper.heading(3, paper.say("条件", "Criteria"), None);
    let words = paper.say(
        "以下各项须同时满足。来源状态未写“已核对”的，均为待核对原文。",
        "All of these must hold. Unless its source status says verified, a number has yet to be \
         compared with the official text.",
    );
    paper.paragraph(words);
    criteria::table(paper, &listed(programme, version, rulebook, &version.criteria, &[]));
}

/// Who is preferred.
pub(super) fn preferences(
    paper: &mut Paper,
    programme: &Programme,
    version: &Version,
    rulebook: &Rulebook,
) {
    if version.preferences.is_empty() {
        return;
    }
    paper.heading(3, paper.say("优先条件", "Preferences"), None);
    let words = paper.say(
        "符合者优先；不影响是否符合条件。",
        "Who meets these is preferred; they do not decide.",
    );
    paper.paragraph(words);
    let listed = listed(programme, version, rulebook, &version.preferences, &["preference"]);
    criteria::table(paper, &listed);
}

fn listed<'r>(
    programme: &'r Programme,
    version: &'r Version,
    rulebook: &'r Rulebook,
    criteria: &'r [Criterion],
    path: &[&str],
) -> Listed<'r> {
    Listed {
        programme,
        criteria,
        document: &version.document,
        prefix: &version.id,
        of: Some(Of::version(&programme.id, &version.id, path)),
        rulebook,
    }
}

/// What is taken for a fact that is missing.
pub(super) fn assumptions(paper: &mut Paper, version: &Version) {
    if version.assumptions.is_empty() {
        return;
    }
    paper.heading(3, paper.say("缺数据时的假定", "Assumed while facts are missing"), None);
    let rows = version
        .assumptions
        .iter()
        .map(|assume| {
            let indicator = &assume.indicator;
            let label = paper.t(&indicator.label);
            Row::of_lines(vec![
                Piece::Link(label, To::Page(site::indicator(indicator))).into(),
                paper.t(&words::indicator::value(indicator, &assume.value)).into(),
                paper.t(&assume.reason).into(),
            ])
        })
        .collect();
    let columns = [
        (ColumnKind::Name, paper.say("指标", "Indicator")),
        (ColumnKind::Words, paper.say("假定值", "Assumed value")),
        (ColumnKind::Words, paper.say("理由", "Why")),
    ];
    paper.table(&columns, rows);
}
