//! A score table: groups and items with their points, the value that was scored, and its band.

use enterprise::Text;
use rules::{GroupResult, ItemResult, Operator, ScoreResult};

use super::bar::bar;
use super::paint::{Style, mark};
use super::table::{Cell, Column, Table};
use crate::output::Screen;
use words::amounts::points;
use words::explanation::Explainer;
use words::score::bounds;

/// The lines of a score table.
pub(crate) fn score(
    score: &ScoreResult<'_>,
    explainer: &Explainer<'_>,
    screen: &Screen,
) -> Vec<String> {
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
            for row in item_rows(item, explainer, screen) {
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

fn item_rows(item: &ItemResult<'_>, explainer: &Explainer<'_>, screen: &Screen) -> Vec<Vec<Cell>> {
    let style = if item.low != item.high { Style::Open } else { Style::Plain };
    let mut lines = Vec::new();
    for (index, scored) in explainer.item(item).iter().enumerate() {
        let first = index == 0;
        let text = |shown: String| if first { shown } else { String::new() };
        lines.push(vec![
            Cell::plain(text(format!("  {}", item.item.label.get(screen.lang)))),
            Cell::styled(text(bounds(item.low, item.high)), style),
            Cell::plain(text(points(item.item.max))),
            Cell::styled(scored.value.get(screen.lang), style),
            Cell::styled(scored.reason.get(screen.lang), style),
        ]);
    }
    lines
}
