//! What is still missing and where to find it, what was assumed, and the smallest changes that would
//! turn the verdict.

use enterprise::{Lang, Text};
use rules::{Assessment, Missing, Rulebook, Verdict, ways_to_turn};

use super::lines::{item, title};
use super::paint::Style;
use super::table::{Cell, Column, Table};
use crate::output::Screen;
use words::{gap, provenance, turn};

/// Ways to turn a verdict that are shown: the smallest.
const WAYS: usize = 3;

/// The lines below the criteria.
pub(crate) fn gaps(
    assessment: &Assessment<'_>,
    base_year: i16,
    rulebook: &Rulebook,
    screen: &Screen,
) -> Vec<String> {
    let mut lines = data(&assessment.missing, rulebook, screen);
    pending(&assessment.missing, rulebook, screen, &mut lines);
    if !assessment.assumptions.is_empty() {
        assumed(assessment, screen, &mut lines);
    }
    let (words, ways) = match assessment.verdict {
        Verdict::Eligible => (
            screen.say("余量最小的条件", "Least to spare"),
            turn::least_to_spare(assessment, base_year, WAYS),
        ),
        _ => (
            screen.say(
                "符合所需的最小改变（任一种）",
                "Smallest changes that would suffice (any one)",
            ),
            ways_to_turn(assessment, WAYS).iter().map(|way| turn::way(way, base_year)).collect(),
        ),
    };
    if !ways.is_empty() {
        title(words, screen, &mut lines);
        for way in &ways {
            item(way, screen, &mut lines);
        }
    }
    lines
}

/// What has to be looked up, and where.
pub(crate) fn data(missing: &[Missing], rulebook: &Rulebook, screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    let data = missing_data(missing, rulebook, screen);
    let lists = gap::lists(missing, rulebook);
    if !data.is_empty() || !lists.is_empty() {
        title(screen.say("还缺的数据", "Missing data"), screen, &mut lines);
        if !data.is_empty() {
            lines.extend(data.lines(screen.width, screen.colour));
        }
        for list in &lists {
            item(list, screen, &mut lines);
        }
    }
    lines
}

/// What somebody has to say, or what is not public.
fn pending(missing: &[Missing], rulebook: &Rulebook, screen: &Screen, lines: &mut Vec<String>) {
    let pending: Vec<&Missing> = missing.iter().filter(|missing| !missing.why().data).collect();
    if !pending.is_empty() {
        title(screen.say("待定事项", "Pending"), screen, lines);
        for missing in pending {
            item(&gap::waits(missing, rulebook), screen, lines);
        }
    }
}

/// Defaults that the verdict rests on.
fn assumed(assessment: &Assessment<'_>, screen: &Screen, lines: &mut Vec<String>) {
    title(screen.say("以下假定成立时结论才成立", "Holds only if this is true"), screen, lines);
    for assume in &assessment.assumptions {
        let (label, reason) = (&assume.indicator.label, &assume.reason);
        let words = Text::new(
            format!("{}：{}", label.zh, reason.zh),
            format!("{}: {}", label.en, reason.en),
        );
        item(&words, screen, lines);
    }
}

/// What nobody knows yet about the law itself.
pub(crate) fn open_points(points: &[Text], screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    if !points.is_empty() {
        title(screen.say("规定本身尚不清楚的", "Not known of the law itself"), screen, &mut lines);
    }
    for point in points {
        item(point, screen, &mut lines);
    }
    lines
}

/// The facts that somebody can look up, those of one indicator together.
fn missing_data(missing: &[Missing], rulebook: &Rulebook, screen: &Screen) -> Table {
    let lang = screen.lang;
    let mut table = Table::new(vec![
        Column::words(screen.say("数据项", "Fact"), 16),
        Column::words(screen.say("年度", "Year"), 4),
        Column::words(screen.say("由谁提供", "From"), 10),
        Column::words(screen.say("怎样取得", "How"), 10),
    ]);
    for (indicator, years) in gap::figures(missing, rulebook) {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        let separator = if lang == Lang::Zh { "、" } else { ", " };
        table.row(vec![
            Cell::plain(indicator.label.get(lang)),
            Cell::plain(years.join(separator)),
            Cell::plain(indicator.source.get(lang)),
            Cell::plain(provenance::cost(indicator.cost).get(lang)),
        ]);
        let note = indicator.note.get(lang);
        if !note.is_empty() {
            table.across(Cell::styled(format!("    {note}"), Style::Dim));
        }
    }
    table
}
