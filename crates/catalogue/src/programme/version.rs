//! One version in full.

use rules::{Programme, Rulebook, Version};
use words::{programme as say, provenance, quantity};

use super::{benefits, criteria, provisions, score};
use crate::markdown::escape;
use crate::sheet::Sheet;
use crate::site;

pub(super) fn section(
    sheet: &mut Sheet,
    programme: &Programme,
    version: &Version,
    rulebook: &Rulebook,
) {
    let title = sheet.t(&say::version(version));
    sheet.heading(2, &title, Some(&version.id));
    head(sheet, version);
    open(sheet, version);
    let all = sheet.say("条件", "Criteria");
    if !version.criteria.is_empty() {
        sheet.heading(3, all, None);
        let words = sheet.say(
            "以下各项须同时满足。来源状态未写“已核对”的，均为待核对原文。",
            "All of these must hold. Unless its source status says verified, a number has yet to be \
             compared with the official text.",
        );
        sheet.paragraph(words);
        criteria::table(
            sheet,
            programme,
            &version.criteria,
            &version.document,
            &version.id,
            rulebook,
        );
    }
    assumptions(sheet, version);
    if let Some(table) = &version.score {
        score::section(sheet, version, table);
    }
    if !version.preferences.is_empty() {
        sheet.heading(3, sheet.say("优先条件", "Preferences"), None);
        let words = sheet.say(
            "符合者优先；不影响是否符合条件。",
            "Who meets these is preferred; they do not decide.",
        );
        sheet.paragraph(words);
        criteria::table(
            sheet,
            programme,
            &version.preferences,
            &version.document,
            &version.id,
            rulebook,
        );
    }
    provisions::sections(sheet, version);
    benefits::section(sheet, programme, version, rulebook);
}

fn head(sheet: &mut Sheet, version: &Version) {
    let standing = sheet.t(&say::standing_means(version.standing));
    sheet.paragraph(&format!("**{standing}**"));
    let mut items =
        vec![sheet.pair(
            sheet.say("文件", "Document"),
            &escape(&provenance::document(&version.document)),
        )];
    if let Some(day) = version.published {
        items.push(sheet.pair(sheet.say("公布日期", "Published"), &day.to_string()));
    }
    if let Some(validity) = &version.validity {
        let words = sheet.t(&quantity::limit(validity));
        let status = sheet.t(&provenance::official(&validity.citation.status));
        let words = match sheet.lang() {
            enterprise::Lang::Zh => format!("{words}（{status}）"),
            enterprise::Lang::En => format!("{words} ({status})"),
        };
        items.push(sheet.pair(sheet.say("有效期", "Valid for"), &words));
    }
    if let Some(note) = &version.note {
        items.push(sheet.pair(sheet.say("说明", "Note"), &sheet.t(note)));
    }
    sheet.bullets(&items);
}

fn open(sheet: &mut Sheet, version: &Version) {
    if version.open_points.is_empty() {
        return;
    }
    let name = format!("{}-open", version.id);
    sheet.heading(3, sheet.say("尚未明确", "What is open"), Some(&name));
    let points: Vec<String> = version.open_points.iter().map(|point| sheet.t(point)).collect();
    sheet.bullets(&points);
}

fn assumptions(sheet: &mut Sheet, version: &Version) {
    if version.assumptions.is_empty() {
        return;
    }
    sheet.heading(3, sheet.say("缺数据时的假定", "Assumed while facts are missing"), None);
    let rows: Vec<Vec<String>> = version
        .assumptions
        .iter()
        .map(|assume| {
            let indicator = &assume.indicator;
            vec![
                sheet.link(&sheet.t(&indicator.label), &site::indicator(indicator)),
                sheet.t(&words::indicator::value(indicator, &assume.value)),
                sheet.t(&assume.reason),
            ]
        })
        .collect();
    let headings = [
        sheet.say("指标", "Indicator"),
        sheet.say("假定值", "Assumed value"),
        sheet.say("理由", "Why"),
    ];
    sheet.table(&headings, &rows);
}
