//! What a recognition grants, and which grants exclude each other.

use rules::{Benefit, Programme, Rulebook, Version};
use words::{programme as say, provenance, quantity};

use crate::paper::Paper;
use crate::part::{ColumnKind, Line, Of, Piece, Row, To};
use crate::site;

pub(super) fn section(
    paper: &mut Paper,
    programme: &Programme,
    version: &Version,
    rulebook: &Rulebook,
) {
    if version.benefits.is_empty() {
        return;
    }
    paper.heading(3, paper.say("奖励与支持", "Benefits"), None);
    let rows = version
        .benefits
        .iter()
        .map(|benefit| Row {
            name: Some(site::benefit(&version.id, &benefit.id)),
            depth: 0,
            of: Some(Of::version(&programme.id, &version.id, &["benefit", &benefit.id])),
            cells: vec![
                vec![paper.t(&benefit.label).into()],
                vec![paper.t(&say::amount(benefit)).into()],
                limits(paper, programme, benefit, rulebook),
                vec![provenance::clause(&benefit.citation, &version.document).into()],
                vec![paper.status(&benefit.citation.status)],
            ],
        })
        .collect();
    let columns = [
        (ColumnKind::Name, paper.say("名称", "Benefit")),
        (ColumnKind::Words, paper.say("金额", "Amount")),
        (ColumnKind::Words, paper.say("限制", "Limits")),
        (ColumnKind::Source, paper.say("依据", "Clause")),
        (ColumnKind::Source, paper.say("来源状态", "Source status")),
    ];
    paper.table(&columns, rows);
}

fn limits(
    paper: &Paper,
    programme: &Programme,
    benefit: &Benefit,
    rulebook: &Rulebook,
) -> Vec<Line> {
    let mut limits: Vec<Line> = benefit
        .ceilings
        .iter()
        .map(|(per, limit)| {
            let (per, limit) = (paper.t(&say::ceiling(per)), paper.t(&quantity::limit(limit)));
            format!("{per} {limit}").into()
        })
        .collect();
    let mut others = |name: &str, ids: &[String]| {
        if !ids.is_empty() {
            let names = ids.iter().map(|id| other(paper, programme, id, rulebook));
            limits.push(paper.pair(name, paper.list(names)));
        }
    };
    others(paper.say("不得与下列同时享受", "Not together with"), &benefit.not_with);
    others(paper.say("与下列就高不重复", "Only the highest of this and"), &benefit.highest_of);
    if benefit.once_per_investment {
        limits.push(paper.say("同一投资只计一次", "One investment counts once").into());
    }
    if let Some(budget) = &benefit.budget {
        limits.push(paper.pair(paper.say("资金来源", "Paid from"), budget.trim()));
    }
    if let Some(note) = &benefit.citation.note {
        limits.push(paper.remark(note));
    }
    limits
}

/// A benefit by `programme/benefit`, or by its id within the same programme.
fn other(paper: &Paper, programme: &Programme, id: &str, rulebook: &Rulebook) -> Line {
    let (owner, benefit) = match id.split_once('/') {
        Some((owner, benefit)) => (rulebook.programme(owner), benefit),
        None => (Some(programme), id),
    };
    let found = owner.and_then(|owner| {
        owner.versions.iter().rev().find_map(|version| {
            let known = version.benefits.iter().find(|known| known.id == benefit)?;
            Some((owner, version, known))
        })
    });
    match found {
        Some((owner, version, known)) => {
            let place = site::benefit(&version.id, &known.id);
            Piece::Link(paper.t(&known.label), To::Place(owner.id.clone(), place)).into()
        }
        None => id.into(),
    }
}
