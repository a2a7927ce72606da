//! The score table as tables: a group each, with its items and how points are given.

use enterprise::{Lang, Text};
use rules::{Condition, Mark, Points, Scale, ScoreGroup, ScoreItem, ScoreTable, Version};
use words::amounts::points;
use words::{law, provenance, score};

use crate::markdown::{anchor, code, escape, lines};
use crate::sheet::Sheet;
use crate::site;

pub(super) fn section(sheet: &mut Sheet, version: &Version, table: &ScoreTable) {
    let name = site::score(&version.id);
    sheet.heading(3, sheet.say("评分表", "Score table"), Some(&name));
    let full: i64 = table.groups.iter().map(|group| group.max.0).sum();
    let full = points(Points(full));
    let mark = sheet.t(&score::mark(&table.pass));
    let source = source(sheet, version, &table.pass);
    let words = match sheet.lang() {
        Lang::Zh => format!("满分 {full} 分；**总分 {mark}为合格**（{source}）。"),
        Lang::En => format!("Out of {full}; **passed with {mark}** ({source})."),
    };
    sheet.paragraph(&words);
    for group in &table.groups {
        self::group(sheet, version, group);
    }
}

fn source(sheet: &Sheet, version: &Version, mark: &Mark) -> String {
    let clause = escape(&provenance::clause(&mark.citation, &version.document));
    let status = sheet.t(&provenance::official(&mark.citation.status));
    [clause, status].join(sheet.say("，", ", "))
}

fn group(sheet: &mut Sheet, version: &Version, group: &ScoreGroup) {
    let label = sheet.t(&group.label);
    let max = points(group.max);
    let title = match sheet.lang() {
        Lang::Zh => format!("{label}（{max} 分）"),
        Lang::En => format!("{label} ({max} points)"),
    };
    sheet.heading(4, &title, None);
    if let Some(floor) = &group.floor {
        let mark = sheet.t(&score::mark(floor));
        let source = source(sheet, version, floor);
        let words = match sheet.lang() {
            Lang::Zh => format!("本部分得分须 {mark}（{source}）。"),
            Lang::En => format!("This part needs {mark} ({source})."),
        };
        sheet.paragraph(&words);
    }
    let rows: Vec<Vec<String>> =
        group.items.iter().map(|item| self::item(sheet, version, group, item)).collect();
    let headings = [
        sheet.say("评分项", "Item"),
        sheet.say("满分", "Most"),
        sheet.say("计分方法", "How points are given"),
        sheet.say("条款与来源状态", "Clause and source status"),
        sheet.say("代码", "Id"),
    ];
    sheet.table(&headings, &rows);
}

fn item(sheet: &Sheet, version: &Version, group: &ScoreGroup, item: &ScoreItem) -> Vec<String> {
    let name = site::item(&version.id, &group.id, &item.id);
    let mut what = vec![format!("{}{}", anchor(&name), sheet.t(&item.label))];
    if let Some(note) = &item.citation.note {
        what.push(format!("*{}*", sheet.pair(sheet.say("注", "Note"), &sheet.t(note))));
    }
    let mut how = Vec::new();
    scale(sheet, &item.scale, &mut how);
    let clause = escape(&provenance::clause(&item.citation, &version.document));
    let status = sheet.t(&provenance::status(&item.citation.status));
    vec![lines(&what), points(item.max), lines(&how), lines(&[clause, status]), code(&item.id)]
}

/// How points are given, line by line.
fn scale(sheet: &Sheet, of: &Scale, how: &mut Vec<String>) {
    if let Some(scored) = score::scored(of) {
        how.push(sheet.opening(&format!("{}{}", sheet.t(&scored), sheet.say("：", ":"))));
    }
    if let Some(counted) = score::counted(of) {
        how.push(sheet.opening(&format!("{}{}", sheet.t(&counted), sheet.say("：", ":"))));
    }
    match of {
        Scale::Bands { value, bands } => how.extend(
            bands.iter().map(|band| won(sheet, &score::band(band, value), None, band.points)),
        ),
        Scale::Steps { .. } => {
            how.extend(score::steps(of).map(|words| format!("· {}", sheet.t(&words))))
        }
        Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
            how.extend(entries.iter().map(|entry| {
                // A plain yes says no more than the label does.
                let says_more = !matches!(entry.when, Condition::Flag(_));
                let condition = says_more.then(|| law::condition(&entry.when));
                won(sheet, &entry.label, condition.as_ref(), entry.points)
            }));
            if let Scale::Levels { otherwise, .. } = of {
                how.push(won(sheet, &Text::new("其他", "otherwise"), None, *otherwise));
            }
        }
        Scale::Best(sides) => {
            for side in sides {
                how.extend(side.label.iter().map(|label| format!("**{}**", sheet.t(label))));
                scale(sheet, &side.scale, how);
            }
        }
        Scale::Given(_) => {
            let words = Text::new("由外部评定，录入得分", "awarded by others and entered");
            how.push(format!("· {} {}", sheet.t(&words), range(of)));
        }
    }
}

/// `· ≥ 70 %，< 80 %：3 分`, with the condition where a label stands for one.
fn won(sheet: &Sheet, label: &Text, condition: Option<&Text>, won: Points) -> String {
    let won = points(won);
    let label = match condition {
        Some(condition) if condition != label => match sheet.lang() {
            Lang::Zh => format!("{}（{}）", sheet.t(label), sheet.t(condition)),
            Lang::En => format!("{} ({})", sheet.t(label), sheet.t(condition)),
        },
        _ => sheet.t(label),
    };
    match sheet.lang() {
        Lang::Zh => format!("· {label}：**{won} 分**"),
        Lang::En => format!("· {label}: **{won}**"),
    }
}

/// From the fewest to the most points.
fn range(scale: &Scale) -> String {
    let (low, high) = scale.reach();
    format!("{}–{}", points(low), points(high))
}
