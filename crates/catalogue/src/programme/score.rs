//! The score table as tables: a group each, with its items and how points are given.

use enterprise::{Lang, Text};
use rules::{Mark, Points, Scale, ScoreGroup, ScoreItem, ScoreTable, Version};
use words::amounts::points;
use words::{law, provenance, score};

use crate::markdown::{anchor, code, escape, lines};
use crate::sheet::Sheet;
use crate::site;

pub(super) fn section(sheet: &mut Sheet, version: &Version, table: &ScoreTable) {
    let name = format!("{}-score", version.id);
    sheet.heading(3, sheet.say("评分表", "Score table"), Some(&name));
    let full: i64 = table.groups.iter().map(|group| group.max.0).sum();
    let full = points(Points(full));
    let mark = sheet.t(&score::mark(&table.pass));
    let source = source(sheet, version, &table.pass);
    let words = match sheet.lang() {
        Lang::Zh => format!("满分 {full} 分；**总分 {mark} 为合格**（{source}）。"),
        Lang::En => format!("Out of {full}; **a total of {mark} passes** ({source})."),
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
            Lang::Zh => format!("本部分须 {mark}（{source}）。"),
            Lang::En => format!("This part must reach {mark} ({source})."),
        };
        sheet.paragraph(&words);
    }
    let rows: Vec<Vec<String>> =
        group.items.iter().flat_map(|item| self::item(sheet, version, group, item)).collect();
    let headings = [
        sheet.say("评分项", "Item"),
        sheet.say("档次", "Band"),
        sheet.say("得分", "Points"),
        sheet.say("条款", "Clause"),
        sheet.say("来源状态", "Source status"),
        sheet.say("代码", "Id"),
    ];
    sheet.table(&headings, &rows);
}

/// The rows of an item: the first says what it is, the others only continue its bands.
fn item(
    sheet: &Sheet,
    version: &Version,
    group: &ScoreGroup,
    item: &ScoreItem,
) -> Vec<Vec<String>> {
    let name = site::item(&version.id, &group.id, &item.id);
    let max = points(item.max);
    let mut first = vec![
        format!("{}**{}**", anchor(&name), sheet.t(&item.label)),
        match sheet.lang() {
            Lang::Zh => format!("最多 {max} 分"),
            Lang::En => format!("at most {max}"),
        },
    ];
    first.extend(score::scored(&item.scale).map(|words| sheet.t(&words)));
    first.extend(score::counted(&item.scale).map(|words| sheet.t(&words)));
    if let Some(note) = &item.citation.note {
        first.push(format!("*{}*", sheet.pair(sheet.say("注", "Note"), &sheet.t(note))));
    }
    let mut bands = Vec::new();
    in_scale(sheet, &item.scale, &mut bands);
    let clause = escape(&provenance::clause(&item.citation, &version.document));
    let status = sheet.t(&provenance::status(&item.citation.status));
    bands
        .into_iter()
        .enumerate()
        .map(|(at, (band, won))| match at {
            0 => vec![lines(&first), band, won, clause.clone(), status.clone(), code(&item.id)],
            _ => vec![String::new(), band, won, String::new(), String::new(), String::new()],
        })
        .collect()
}

fn in_scale(sheet: &Sheet, scale: &Scale, rows: &mut Vec<(String, String)>) {
    match scale {
        Scale::Bands { value, bands } => {
            for band in bands {
                rows.push((sheet.t(&score::band(band, value)), points(band.points)));
            }
        }
        Scale::Steps { .. } => {
            let words = score::steps(scale).unwrap_or_default();
            rows.push((sheet.t(&words), range(scale)));
        }
        Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
            for entry in entries {
                let condition = law::condition(&entry.when);
                let condition = format!("*{}*", sheet.t(&condition));
                rows.push((lines(&[sheet.t(&entry.label), condition]), points(entry.points)));
            }
            if let Scale::Levels { otherwise, .. } = scale {
                rows.push((sheet.say("其他", "otherwise").to_owned(), points(*otherwise)));
            }
        }
        Scale::Best(sides) => {
            for side in sides {
                let mut head: Vec<String> =
                    side.label.iter().map(|label| format!("**{}**", sheet.t(label))).collect();
                let said: Vec<Text> = score::scored(&side.scale)
                    .into_iter()
                    .chain(score::counted(&side.scale))
                    .collect();
                head.extend(said.iter().map(|words| sheet.t(words)));
                rows.push((lines(&head), String::new()));
                in_scale(sheet, &side.scale, rows);
            }
        }
        Scale::Given(_) => {
            let words = sheet.say("由外部评定，录入得分", "awarded by others and entered");
            rows.push((words.to_owned(), range(scale)));
        }
    }
}

/// From the fewest to the most points.
fn range(scale: &Scale) -> String {
    let (low, high) = scale.reach();
    format!("{}–{}", points(low), points(high))
}
