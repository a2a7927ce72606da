//! How verdicts go on by time alone: all programmes at a glance, each one that changes with its
//! periods and why, and at the end what all of it rests on.

use enterprise::{Facts, Lang};
use jiff::civil::Date;
use rules::forecast::{Course, Ends, Forecast};
use rules::{Question, Rulebook};

use super::paint::Style;
use super::table::{Cell, Column, Table};
use super::{header, width};
use crate::output::Screen;
use words::forecast::{self as say, Place};
use words::reason::reason;
use words::verdict;

/// Columns that the table at a glance takes with the ends of titles.
const ROOM_FOR_TITLES: usize = 76;

/// The lines of the page.
pub(crate) fn page(
    facts: &Facts,
    forecasts: &[Forecast<'_>],
    rulebook: &Rulebook,
    today: Date,
    screen: &Screen,
) -> Vec<String> {
    let base_year = forecasts.first().and_then(|forecast| forecast.periods.first());
    let base_year =
        base_year.map_or(today.year().saturating_sub(1), |period| period.answer.base_year);
    let mut lines = header::firm(facts, base_year, rulebook, &Question::on(today), screen);
    lines.push(String::new());
    let last = forecasts.iter().map(|forecast| forecast.until).max().unwrap_or(today);
    let span = match screen.lang {
        Lang::Zh => format!("从 {today} 到 {last}，只让时间推移："),
        Lang::En => format!("From {today} to {last}, if nothing happens but time:"),
    };
    lines.extend(width::wrap(&span, screen.width));
    lines.extend(glance(forecasts, screen));
    for forecast in forecasts {
        let ends = say::ends(&forecast.ends, forecast.until);
        let moves = forecast.periods.len() > 1
            || forecast.periods.iter().any(|period| !period.steps.is_empty());
        if moves || !matches!(forecast.ends, Ends::Asked) {
            lines.push(String::new());
            lines.extend(heading(forecast, screen));
            if moves {
                lines.extend(periods(forecast, rulebook, screen));
            }
            lines.extend(dim(ends.get(screen.lang), screen));
        }
    }
    lines.push(String::new());
    lines.extend(premises(forecasts, rulebook, screen));
    lines
}

/// Every programme in a row: today, the first day that is better, the first that is worse.
fn glance(forecasts: &[Forecast<'_>], screen: &Screen) -> Vec<String> {
    let ends: Vec<Option<Date>> = forecasts.iter().map(title_ends).collect();
    let mut columns = vec![
        Column::words(screen.say("项目", "Programme"), 10),
        Column::words(screen.say("用途", "Purpose"), 6),
        Column::words(screen.say("今日结论", "Today"), 13),
        Column::words(screen.say("最早转好", "First better"), 10),
        Column::words(screen.say("最早失去", "First lost"), 10),
    ];
    // Most firms hold no title that ends: then there is no column for it.
    let any_ends = ends.iter().any(Option::is_some);
    // A narrow screen has no room for it: the list of periods tells the same.
    let any_ends = any_ends && screen.width >= ROOM_FOR_TITLES;
    if any_ends {
        columns.push(Column::words(screen.say("称号到期", "Title ends"), 10));
    }
    let mut table = Table::new(columns);
    for (forecast, ends) in forecasts.iter().zip(ends) {
        let Some(now) = forecast.periods.first() else { continue };
        let answer = &now.answer;
        let style = Style::of_verdict(answer.verdict());
        let mut row = vec![
            Cell::plain(forecast.programme.title.get(screen.lang)),
            Cell::plain(verdict::purpose(answer.purpose).get(screen.lang)),
            Cell::styled(verdict::conclusion(answer).get(screen.lang), style),
            better(forecast, screen),
            worse(forecast, screen),
        ];
        if any_ends {
            row.push(Cell::plain(ends.map_or("—".to_owned(), |day| day.to_string())));
        }
        table.row(row);
    }
    table.lines(screen.width, screen.colour)
}

/// The last day of the title held today, if it ends within the days that are told.
fn title_ends(forecast: &Forecast<'_>) -> Option<Date> {
    let held = forecast.periods.first()?.answer.held.as_ref()?;
    held.to.filter(|to| *to < forecast.until)
}

fn better(forecast: &Forecast<'_>, screen: &Screen) -> Cell {
    match (forecast.turns(), forecast.now()) {
        (Some(period), _) => {
            let style = Style::of_verdict(period.answer.verdict());
            let words = match period.course() {
                Course::Passed => screen.say("符合", "eligible"),
                _ => screen.say("待判断", "judgement"),
            };
            Cell::styled(format!("{} {words}", period.from), style)
        }
        (None, Course::Passed) => Cell::plain(screen.say("已符合", "already")),
        (None, _) => Cell::plain("—"),
    }
}

fn worse(forecast: &Forecast<'_>, screen: &Screen) -> Cell {
    match (forecast.lost(), forecast.waits()) {
        (lost, Some(waits)) if lost.is_none_or(|lost| waits.from < lost.from) => {
            let words = screen.say("待新判断", "new judgement");
            Cell::styled(format!("{} {words}", waits.from), Style::Open)
        }
        (Some(lost), _) => Cell::styled(lost.from.to_string(), Style::Bad),
        _ => Cell::plain("—"),
    }
}

fn heading(forecast: &Forecast<'_>, screen: &Screen) -> Vec<String> {
    let title = forecast.programme.title.get(screen.lang);
    let rule = "─".repeat(screen.width.saturating_sub(width::of(title) + 4));
    let line = format!("── {title} {rule}");
    let lines = width::wrap(line.trim_end(), screen.width);
    lines.iter().map(|line| Style::Bold.paint(line, screen.colour)).collect()
}

fn periods(forecast: &Forecast<'_>, rulebook: &Rulebook, screen: &Screen) -> Vec<String> {
    let mut table = Table::new(vec![
        Column::fixed(screen.say("起", "From")),
        Column::words(screen.say("结论", "Verdict"), 8),
        Column::words(screen.say("为何", "Why"), 20),
    ]);
    let place = |period| Place { rulebook, assumed: &forecast.assumed, period };
    for (index, period) in forecast.periods.iter().enumerate() {
        let style = Style::of_verdict(period.answer.verdict());
        let reason = if index == 0 {
            reason(&period.answer, rulebook).get(screen.lang).to_owned()
        } else {
            say::why(&period.changes(), place(period)).get(screen.lang).to_owned()
        };
        table.row(vec![
            Cell::plain(period.from.to_string()),
            Cell::styled(verdict::conclusion(&period.answer).get(screen.lang), style),
            Cell::plain(reason),
        ]);
        for step in &period.steps {
            table.row(vec![
                Cell::styled(step.from.to_string(), Style::Dim),
                Cell::styled(screen.say("（不变）", "(stays)"), Style::Dim),
                Cell::styled(
                    say::why(&step.turned(), place(step)).get(screen.lang).to_owned(),
                    Style::Dim,
                ),
            ]);
        }
    }
    table.lines(screen.width, screen.colour)
}

/// What all of it rests on.
fn premises(forecasts: &[Forecast<'_>], rulebook: &Rulebook, screen: &Screen) -> Vec<String> {
    let title = screen.say("预测的前提", "What this rests on");
    let mut lines = vec![Style::Bold.paint(title, screen.colour)];
    for words in &say::premises(forecasts, rulebook) {
        let wrapped = width::wrap(words.get(screen.lang), screen.width.saturating_sub(2));
        for (index, line) in wrapped.iter().enumerate() {
            let sign = if index == 0 { "· " } else { "  " };
            lines.push(format!("{sign}{line}"));
        }
    }
    lines
}

fn dim(words: &str, screen: &Screen) -> Vec<String> {
    let words = if words.is_empty() { Vec::new() } else { width::wrap(words, screen.width) };
    words.iter().map(|line| Style::Dim.paint(line, screen.colour)).collect()
}
