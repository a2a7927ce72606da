//! What a version says beside its criteria: procedure, materials, duties.

use enterprise::Text;
use rules::{Citation, Provision, Version};
use words::provenance;

use crate::paper::Paper;
use crate::part::{ColumnKind, Line, Row};

/// The procedure.
pub(super) fn procedure(paper: &mut Paper, version: &Version) {
    if let Some(process) = &version.process {
        paper.paragraph(paper.pair(paper.say("办理流程", "Process"), process.trim()));
    }
    provisions(paper, version, &version.steps, ("认定程序", "Procedure"));
}

/// What holders must do.
pub(super) fn duties(paper: &mut Paper, version: &Version) {
    provisions(paper, version, &version.duties, ("获得称号后的义务", "Duties of holders"));
}

fn provisions(
    paper: &mut Paper,
    version: &Version,
    provisions: &[Provision],
    (zh, en): (&str, &str),
) {
    if provisions.is_empty() {
        return;
    }
    paper.heading(3, paper.say(zh, en), None);
    let rows = provisions
        .iter()
        .zip(1..)
        .map(|(provision, number)| {
            let by = provision.by.as_ref().map(|by| paper.t(by)).unwrap_or_default();
            let [clause, status] = source(paper, &provision.citation, version);
            Row {
                cells: vec![
                    vec![format!("{number}").into()],
                    with_note(paper, &provision.label, &provision.citation),
                    vec![by.into()],
                    vec![clause],
                    vec![status],
                ],
                ..Row::default()
            }
        })
        .collect();
    let columns = [
        (ColumnKind::Figure, paper.say("序号", "No.")),
        (ColumnKind::Words, paper.say("内容", "What")),
        (ColumnKind::Words, paper.say("办理方", "Who acts")),
        (ColumnKind::Source, paper.say("条款", "Clause")),
        (ColumnKind::Source, paper.say("来源状态", "Source status")),
    ];
    paper.table(&columns, rows);
}

/// What to attach.
pub(super) fn materials(paper: &mut Paper, version: &Version) {
    if version.materials.is_empty() {
        return;
    }
    paper.heading(3, paper.say("申报材料", "Materials"), None);
    let rows = version
        .materials
        .iter()
        .map(|material| {
            let required = if material.required {
                paper.say("必须", "required")
            } else {
                paper.say("如有", "if there is any")
            };
            let [clause, status] = source(paper, &material.citation, version);
            Row {
                cells: vec![
                    with_note(paper, &material.label, &material.citation),
                    vec![required.into()],
                    vec![clause],
                    vec![status],
                ],
                ..Row::default()
            }
        })
        .collect();
    let columns = [
        (ColumnKind::Words, paper.say("材料", "Material")),
        (ColumnKind::Words, paper.say("是否必须", "Required")),
        (ColumnKind::Source, paper.say("条款", "Clause")),
        (ColumnKind::Source, paper.say("来源状态", "Source status")),
    ];
    paper.table(&columns, rows);
}

fn with_note(paper: &Paper, label: &Text, citation: &Citation) -> Vec<Line> {
    let note = citation.note.as_ref().map(|note| paper.remark(note));
    [Line::from(paper.t(label))].into_iter().chain(note).collect()
}

/// The clause, and how well it is known.
fn source(paper: &Paper, citation: &Citation, version: &Version) -> [Line; 2] {
    let clause = provenance::clause(citation, &version.document);
    [clause.into(), paper.status(&citation.status)]
}
