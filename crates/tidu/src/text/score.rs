//! A score table: groups and items with their points, the value that was scored, and its band.

use enterprise::Text;
use rules::{GroupResult, ItemResult, Operator, ScaleFinding, ScoreResult, Truth};

use super::bar::{bar, bounds};
use super::paint::{Style, mark};
use super::rows::{Rows, value_of};
use super::table::{Cell, Column, Table};
use crate::output::Screen;
use words::amounts::points;
use words::gap;
use words::score::{Part, parts};

/// The lines of a score table.
pub(crate) fn score(score: &ScoreResult<'_>, rows: &Rows<'_>, screen: &Screen) -> Vec<String> {
    let style = Style::of_truth(score.truth);
    let title = screen.say("评分", "Score");
    let mut lines = vec![format!(
        "{} {title}  {}",
        style.paint(mark(score.truth), screen.colour),
        style.paint(&bar(score), screen.colour)
    )];
    let mut table = Table::new(vec![
        Column::words(screen.say("项目", "Item"), 14),
        Column::number(screen.say("得分", "Points")),
        Column::number(screen.say("满分", "Most")),
        Column::number(screen.say("数值", "Value")),
        Column::words(screen.say("档位或依据", "Band or reason"), 12),
    ]);
    for group in &score.groups {
        table.row(group_row(group, screen));
        for item in &group.items {
            for row in item_rows(item, rows, screen) {
                table.row(row);
            }
        }
    }
    lines.extend(table.lines(screen.width, screen.colour));
    lines
}

fn group_row(group: &GroupResult<'_>, screen: &Screen) -> Vec<Cell> {
    let floor = match (&group.group.floor, group.floor) {
        (Some(mark_), Some(truth)) => {
            let edge = format!("{} {}", sign(mark_.operator), points(mark_.points));
            let words = Text::new(format!("须 {edge}"), format!("must be {edge}"));
            Cell::styled(
                format!("{} {}", mark(truth), words.get(screen.lang)),
                Style::of_truth(truth),
            )
        }
        _ => Cell::default(),
    };
    let bold = |text: String| Cell::styled(text, Style::Bold);
    vec![
        bold(group.group.label.get(screen.lang).to_owned()),
        bold(bounds(group.low, group.high)),
        bold(points(group.group.max)),
        Cell::default(),
        floor,
    ]
}

fn sign(operator: Operator) -> &'static str {
    operator.sign()
}

fn item_rows(item: &ItemResult<'_>, rows: &Rows<'_>, screen: &Screen) -> Vec<Vec<Cell>> {
    let open = item.low != item.high;
    let style = if open { Style::Open } else { Style::Plain };
    let mut lines = Vec::new();
    for (index, part) in parts(item).iter().enumerate() {
        // The better scale has decided; the other one is of no interest.
        if !open && index > 0 && is_unknown(part) {
            continue;
        }
        let (value, mut band) = part_words(part, item, rows);
        if let Some(label) = part.label {
            band.zh.insert_str(0, &format!("{}：", label.zh));
            band.en.insert_str(0, &format!("{}: ", label.en));
        }
        let first = index == 0;
        let text = |shown: String| if first { shown } else { String::new() };
        lines.push(vec![
            Cell::plain(text(format!("  {}", item.item.label.get(screen.lang)))),
            Cell::styled(text(bounds(item.low, item.high)), style),
            Cell::plain(text(points(item.item.max))),
            Cell::styled(value.get(screen.lang), style),
            Cell::styled(band.get(screen.lang), style),
        ]);
    }
    lines
}

fn is_unknown(part: &Part<'_, '_>) -> bool {
    matches!(part.finding, ScaleFinding::Value(rules::Amount::Lacking(_), _))
}

/// The value that was scored, and the band it fell in or the entries that hold.
fn part_words(part: &Part<'_, '_>, item: &ItemResult<'_>, rows: &Rows<'_>) -> (Text, Text) {
    match part.finding {
        ScaleFinding::Value(amount, operands) => {
            let value = match part.quantity() {
                Some((_, measure)) => value_of(amount, &measure),
                None => Text::default(),
            };
            let band = part.band().unwrap_or_else(|| {
                let pending = item.lacking.pending.first().map(gap::pending);
                pending.unwrap_or_else(|| missing(item, rows))
            });
            let origin = operands.first().filter(|_| operands.len() == 1);
            let origin = origin.map(|operand| rows.origin(operand)).unwrap_or_default();
            let known = matches!(amount, rules::Amount::Known(_));
            let band = if known && !origin.zh.is_empty() {
                Text::new(
                    format!("{} · {}", band.zh, origin.zh),
                    format!("{} · {}", band.en, origin.en),
                )
            } else {
                band
            };
            (value, band)
        }
        ScaleFinding::Entries(results) => {
            let named = |truth: fn(Truth) -> bool| {
                let entries = part.entries().iter().zip(results);
                let found = entries.filter(|(_, result)| truth(result.truth));
                found
                    .map(|(entry, _)| {
                        let points = points(entry.points);
                        Text::new(
                            format!("{}（{points}）", entry.label.zh),
                            format!("{} ({points})", entry.label.en),
                        )
                    })
                    .collect::<Vec<_>>()
            };
            let met = named(|truth| truth == Truth::Met);
            let open = named(|truth| truth.unknown().is_some());
            let mut parts = Vec::new();
            if !met.is_empty() {
                parts.push(words::join(&met, "、", ", "));
            }
            if !open.is_empty() && item.low != item.high {
                let open = words::join(&open, "、", ", ");
                parts.push(Text::new(
                    format!("待定：{}", open.zh),
                    format!("undecided: {}", open.en),
                ));
            }
            if parts.is_empty() {
                parts.push(Text::new("均不满足", "none holds"));
            }
            (Text::default(), words::join(&parts, "；", "; "))
        }
    }
}

fn missing(item: &ItemResult<'_>, rows: &Rows<'_>) -> Text {
    let missing: Vec<Text> =
        item.lacking.missing.iter().map(|missing| gap::missing(missing, rows.rulebook)).collect();
    if missing.is_empty() {
        return Text::default();
    }
    if !item.lacking.why().data && item.lacking.why().open {
        return Text::new("标准未公开", "standard not public");
    }
    let list = words::join(&missing, "、", ", ");
    Text::new(format!("缺 {}", list.zh), format!("missing: {}", list.en))
}
