//! What a recognition grants, and which grants exclude each other.

use rules::{Benefit, Programme, Rulebook, Version};
use words::{programme as say, provenance, quantity};

use crate::markdown::{anchor, escape, lines};
use crate::sheet::Sheet;
use crate::site;

pub(super) fn section(
    sheet: &mut Sheet,
    programme: &Programme,
    version: &Version,
    rulebook: &Rulebook,
) {
    if version.benefits.is_empty() {
        return;
    }
    sheet.heading(3, sheet.say("奖励与支持", "Benefits"), None);
    let rows: Vec<Vec<String>> = version
        .benefits
        .iter()
        .map(|benefit| {
            let name = anchor(&site::benefit(&version.id, &benefit.id));
            vec![
                format!("{name}{}", sheet.t(&benefit.label)),
                sheet.t(&say::amount(benefit)),
                lines(&limits(sheet, programme, benefit, rulebook)),
                escape(&provenance::clause(&benefit.citation, &version.document)),
                sheet.t(&provenance::status(&benefit.citation.status)),
            ]
        })
        .collect();
    let headings = [
        sheet.say("名称", "Benefit"),
        sheet.say("金额", "Amount"),
        sheet.say("限制", "Limits"),
        sheet.say("依据", "Clause"),
        sheet.say("来源状态", "Source status"),
    ];
    sheet.table(&headings, &rows);
}

fn limits(
    sheet: &Sheet,
    programme: &Programme,
    benefit: &Benefit,
    rulebook: &Rulebook,
) -> Vec<String> {
    let mut limits: Vec<String> = benefit
        .ceilings
        .iter()
        .map(|(per, limit)| {
            format!("{} {}", sheet.t(&say::ceiling(per)), sheet.t(&quantity::limit(limit)))
        })
        .collect();
    let mut others = |name: &str, ids: &[String]| {
        if !ids.is_empty() {
            let names: Vec<String> =
                ids.iter().map(|id| other(sheet, programme, id, rulebook)).collect();
            limits.push(sheet.pair(name, &sheet.list(&names)));
        }
    };
    others(sheet.say("不得与下列同时享受", "Not together with"), &benefit.not_with);
    others(sheet.say("与下列就高不重复", "Only the highest of this and"), &benefit.highest_of);
    if benefit.once_per_investment {
        let words = sheet.say("同一投资只计一次", "One investment counts once");
        limits.push(words.to_owned());
    }
    if let Some(budget) = &benefit.budget {
        limits.push(sheet.pair(sheet.say("资金来源", "Paid from"), &escape(budget)));
    }
    if let Some(note) = &benefit.citation.note {
        limits.push(format!("*{}*", sheet.pair(sheet.say("注", "Note"), &sheet.t(note))));
    }
    limits
}

/// A benefit by `programme/benefit`, or by its id within the same programme.
fn other(sheet: &Sheet, programme: &Programme, id: &str, rulebook: &Rulebook) -> String {
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
            sheet.link(&sheet.t(&known.label), &format!("{}#{place}", site::programme(&owner.id)))
        }
        None => escape(id),
    }
}
