//! What nobody knows yet, gathered from all over the rulebook.

use rules::{Rulebook, Standing};
use words::programme as say;

use crate::ladders;
use crate::sheet::Sheet;
use crate::site;

/// A section on the page of contents; none if everything is known.
pub(crate) fn section(sheet: &mut Sheet, rulebook: &Rulebook) {
    let mut rows = Vec::new();
    for programme in &rulebook.programmes {
        for version in &programme.versions {
            let place = format!("{}#{}", site::programme(&programme.id), version.id);
            let link = sheet.link(&sheet.t(&say::version(version)), &place);
            let mut points: Vec<String> = Vec::new();
            if version.standing == Standing::Open {
                let words = sheet.say("标准未公开", "the standard is not public");
                points.push(words.to_owned());
            }
            points.extend(version.open_points.iter().map(|point| sheet.t(point)));
            for benefit in version.benefits.iter().filter(|benefit| benefit.amount.is_none()) {
                let amount = sheet.t(&say::amount(benefit));
                points.push(sheet.pair(&sheet.t(&benefit.label), &amount));
            }
            if !points.is_empty() {
                let name = ladders::linked(sheet, rulebook, &programme.id);
                rows.push(vec![name, link, crate::markdown::lines(&points)]);
            }
        }
    }
    let unrecorded: Vec<String> = rulebook
        .programmes
        .iter()
        .filter(|programme| programme.versions.is_empty())
        .map(|programme| ladders::linked(sheet, rulebook, &programme.id))
        .collect();
    let incomplete: Vec<String> = rulebook
        .codes
        .values()
        .filter(|table| !table.complete)
        .map(|table| sheet.link(&sheet.t(&table.title), &site::codes(&table.id)))
        .collect();
    if rows.is_empty() && unrecorded.is_empty() && incomplete.is_empty() {
        return;
    }
    sheet.heading(2, sheet.say("尚未明确的事项", "What is open"), Some("open"));
    let headings = [
        sheet.say("项目", "Programme"),
        sheet.say("版本", "Version"),
        sheet.say("事项", "What is not known"),
    ];
    sheet.table(&headings, &rows);
    let mut items = Vec::new();
    if !unrecorded.is_empty() {
        let name = sheet.say("只有名称、未收录标准的项目", "Known by name only");
        items.push(sheet.pair(name, &sheet.list(&unrecorded)));
    }
    if !incomplete.is_empty() {
        let name =
            sheet.say("已知不完整的代码表", "Tables of codes that are known to lack entries");
        items.push(sheet.pair(name, &sheet.list(&incomplete)));
    }
    sheet.bullets(&items);
}
