//! What a version says beside its criteria: procedure, materials, duties.

use enterprise::Text;
use rules::{Citation, Provision, Version};
use words::provenance;

use crate::markdown::escape;
use crate::sheet::Sheet;

pub(super) fn sections(sheet: &mut Sheet, version: &Version) {
    if let Some(process) = &version.process {
        sheet.paragraph(&sheet.pair(sheet.say("办理流程", "Process"), &escape(process)));
    }
    provisions(sheet, version, &version.steps, ("认定程序", "Procedure"));
    materials(sheet, version);
    provisions(sheet, version, &version.duties, ("获得称号后的义务", "Duties of holders"));
}

fn provisions(
    sheet: &mut Sheet,
    version: &Version,
    provisions: &[Provision],
    (zh, en): (&str, &str),
) {
    if provisions.is_empty() {
        return;
    }
    sheet.heading(3, sheet.say(zh, en), None);
    let rows: Vec<Vec<String>> = provisions
        .iter()
        .zip(1..)
        .map(|(provision, number)| {
            let by = provision.by.as_ref().map(|by| sheet.t(by)).unwrap_or_default();
            let what = with_note(sheet, &provision.label, &provision.citation);
            let [clause, status] = source(sheet, &provision.citation, version);
            vec![format!("{number}"), what, by, clause, status]
        })
        .collect();
    let headings = [
        sheet.say("序号", "No."),
        sheet.say("内容", "What"),
        sheet.say("办理方", "Who acts"),
        sheet.say("条款", "Clause"),
        sheet.say("来源状态", "Source status"),
    ];
    sheet.table(&headings, &rows);
}

fn materials(sheet: &mut Sheet, version: &Version) {
    if version.materials.is_empty() {
        return;
    }
    sheet.heading(3, sheet.say("申报材料", "Materials"), None);
    let rows: Vec<Vec<String>> = version
        .materials
        .iter()
        .map(|material| {
            let required = if material.required {
                sheet.say("必须", "required")
            } else {
                sheet.say("如有", "if there is any")
            };
            let what = with_note(sheet, &material.label, &material.citation);
            let [clause, status] = source(sheet, &material.citation, version);
            vec![what, required.to_owned(), clause, status]
        })
        .collect();
    let headings = [
        sheet.say("材料", "Material"),
        sheet.say("是否必须", "Required"),
        sheet.say("条款", "Clause"),
        sheet.say("来源状态", "Source status"),
    ];
    sheet.table(&headings, &rows);
}

fn with_note(sheet: &Sheet, label: &Text, citation: &Citation) -> String {
    let label = sheet.t(label);
    match &citation.note {
        Some(note) => {
            format!("{label}<br>*{}*", sheet.pair(sheet.say("注", "Note"), &sheet.t(note)))
        }
        None => label,
    }
}

/// The clause, and how well it is known.
fn source(sheet: &Sheet, citation: &Citation, version: &Version) -> [String; 2] {
    [
        escape(&provenance::clause(citation, &version.document)),
        sheet.t(&provenance::status(&citation.status)),
    ]
}
