//! The page of a classification: one table by industry, a row for each metric, a column for each
//! class but the last.

use enterprise::{Kind, Lang};
use rules::{Classification, IndustryGroup, Rulebook};
use words::{law, programme as say, provenance, quantity};

use crate::markdown::escape;
use crate::sheet::Sheet;
use crate::site;

/// The pages.
pub(crate) fn sheets(rulebook: &Rulebook, lang: Lang) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for (id, versions) in &rulebook.classifications {
        let Some(indicator) = rulebook.catalogue.indicator(id) else { continue };
        let mut sheet = Sheet::new(lang, &site::classification(id), &indicator.label);
        let words = sheet.say(
            "行业取最长匹配的代码；有几项指标的，按各项中最小的一类划定。达不到最后一列下限的，为最小的一类。",
            "The longest matching industry code counts; where there are several metrics, the smallest \
             class over them. What reaches no lower edge belongs to the last class.",
        );
        sheet.paragraph(words);
        for version in versions.iter().rev() {
            self::version(&mut sheet, version);
        }
        sheets.push(sheet);
    }
    sheets
}

fn version(sheet: &mut Sheet, version: &Classification) {
    let document = escape(&provenance::document(&version.document));
    sheet.heading(2, &document, Some(&version.version));
    let period = sheet.t(&say::period(version.from, version.to));
    let mut facts = vec![sheet.pair(sheet.say("适用期", "Period"), &period)];
    if let Some(note) = &version.note {
        facts.push(sheet.pair(sheet.say("说明", "Note"), &sheet.t(note)));
    }
    sheet.bullets(&facts);
    let names = tiers(sheet, version);
    let mut headings: Vec<String> = vec![
        sheet.say("行业", "Industry").to_owned(),
        sheet.say("行业代码", "Codes").to_owned(),
        sheet.say("指标", "Metric").to_owned(),
    ];
    headings.extend(names.iter().take(names.len().saturating_sub(1)).cloned());
    headings.push(sheet.say("条款", "Clause").to_owned());
    headings.push(sheet.say("来源状态", "Source status").to_owned());
    let rows: Vec<Vec<String>> =
        version.groups.iter().flat_map(|group| rows(sheet, version, group)).collect();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    sheet.table(&headings, &rows);
    if let Some(last) = names.last() {
        let words = match sheet.lang() {
            Lang::Zh => format!("低于各列下限的为{last}。"),
            Lang::En => format!("Below all edges: {last}."),
        };
        sheet.paragraph(&words);
    }
}

fn tiers(sheet: &Sheet, version: &Classification) -> Vec<String> {
    let Kind::Choice(choices) = &version.indicator.kind else { return Vec::new() };
    version
        .order
        .iter()
        .filter_map(|at| choices.get(*at))
        .map(|choice| sheet.t(&choice.label))
        .collect()
}

fn rows(sheet: &Sheet, version: &Classification, group: &IndustryGroup) -> Vec<Vec<String>> {
    group
        .metrics
        .iter()
        .enumerate()
        .map(|(at, metric)| {
            let first = |cell: String| if at == 0 { cell } else { String::new() };
            let codes: Vec<String> = group.codes.iter().map(|code| escape(code)).collect();
            let mut row = vec![
                first(sheet.t(&group.label)),
                first(sheet.list(&codes)),
                sheet.t(&law::quantity(&metric.value)),
            ];
            row.extend(metric.tiers.iter().map(|(operator, limit)| {
                let measure = quantity::measure_of(&metric.value, Some(limit));
                let words = quantity::limit_in(limit, &measure);
                format!("{} {}", operator.sign(), sheet.t(&words)).replace('>', "&gt;")
            }));
            row.push(first(escape(&provenance::clause(&group.citation, &version.document))));
            row.push(first(sheet.t(&provenance::status(&group.citation.status))));
            row
        })
        .collect()
}
