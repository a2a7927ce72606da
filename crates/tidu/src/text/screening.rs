//! The summary of a screening: who qualifies for what, and which missing figures would decide most.

use enterprise::{Lang, Text};

use super::header::{self, made_up};
use super::lines::{heading, say, title};
use super::paint::Style;
use super::table::{Cell, Column, Table};
use crate::output::Screen;
use crate::screened::{Screened, titled};

/// Fields of the work list that are shown.
const FIELDS: usize = 12;

/// The lines of the summary.
pub(crate) fn page(screened: &Screened<'_>, screen: &Screen) -> Vec<String> {
    let mut lines = heading(whole(screened).get(screen.lang), screen);
    if screened.synthetic {
        say(made_up().get(screen.lang), Style::Open, screen, &mut lines);
    }
    let (base_year, question) = (screened.base_year, &screened.question);
    lines.extend(header::run(base_year, screened.rulebook, question, screen));
    if let Some(words) = screened.outdated() {
        lines.push(String::new());
        say(words.get(screen.lang), Style::Open, screen, &mut lines);
    }
    if let Some(words) = screened.absent() {
        lines.push(String::new());
        say(words.get(screen.lang), Style::Dim, screen, &mut lines);
    }
    lines.push(String::new());
    lines.extend(programmes(screened, screen));
    lines.extend(work(screened, screen));
    lines.push(String::new());
    say(ended(screened).get(screen.lang), Style::Dim, screen, &mut lines);
    lines
}

fn whole(screened: &Screened<'_>) -> Text {
    let rows = grouped(screened.summary.rows);
    let (population, programmes) = (&screened.population, screened.programmes.len());
    Text::new(
        format!("筛查  {population}  {rows} 户 × {programmes} 个项目"),
        format!("Screening  {population}  {rows} subjects × {programmes} programmes"),
    )
}

/// Screens that have room for all columns.
const WIDE: usize = 80;

fn programmes(screened: &Screened<'_>, screen: &Screen) -> Vec<String> {
    let wide = screen.width >= WIDE;
    let number = |zh, en| Column::number(screen.say(zh, en));
    let mut columns = vec![Column::words(screen.say("项目", "Programme"), 10)];
    columns.push(number("符合", "Eligible"));
    columns.extend(wide.then(|| number("占比", "Share")));
    columns.push(number("待判断", "Pending"));
    columns.push(number("差一项", "One short"));
    columns.push(number("缺数据", "No data"));
    columns.push(number("不符合", "No"));
    columns.extend(wide.then(|| number("现持有", "Holders")));
    let mut table = Table::new(columns);
    for (programme, totals) in screened.programmes.iter().zip(&screened.summary.programmes) {
        let [eligible, pending, short, lacking, no] = totals.populations;
        let styled = |count: u64, style: Style| {
            Cell::styled(grouped(count), if count == 0 { Style::Dim } else { style })
        };
        let mut cells = vec![Cell::plain(titled(programme).get(screen.lang))];
        cells.push(styled(eligible, Style::Good));
        cells.extend(wide.then(|| Cell::plain(share(eligible, totals.judged()))));
        cells.push(styled(pending, Style::Open));
        cells.push(styled(short, Style::Plain));
        cells.push(styled(lacking, Style::Open));
        cells.push(styled(no, Style::Plain));
        cells.extend(wide.then(|| styled(totals.holders, Style::Plain)));
        table.row(cells);
    }
    let mut lines = table.lines(screen.width, screen.colour);
    for words in screened.worth() {
        say(words.get(screen.lang), Style::Open, screen, &mut lines);
    }
    lines
}

fn work(screened: &Screened<'_>, screen: &Screen) -> Vec<String> {
    // Kinds of events are not told one by one beside what settles all of them.
    let wanted: Vec<_> = screened.work().into_iter().filter(|own| own.part_of.is_none()).collect();
    let mut lines = Vec::new();
    if wanted.is_empty() {
        return lines;
    }
    let words = screen.say(
        "补数清单：缺这些数据，使这么多“户 × 项目”不能判定",
        "Work list: subjects × programmes that cannot be told for lack of a figure",
    );
    title(words, screen, &mut lines);
    let mut table = Table::new(vec![
        Column::words(screen.say("数据", "Figure"), 12),
        Column::number(screen.say("补上即可判定", "Decides alone")),
        Column::number(screen.say("还需其他数据", "With others")),
    ]);
    for own in wanted.iter().take(FIELDS) {
        table.row(vec![
            Cell::plain(own.label.get(screen.lang)),
            Cell::plain(grouped(own.open.alone)),
            Cell::plain(grouped(own.open.together)),
        ]);
    }
    lines.extend(table.lines(screen.width, screen.colour));
    let more = wanted.len().saturating_sub(FIELDS);
    if more > 0 {
        let words = match screen.lang {
            Lang::Zh => format!("另有 {more} 项数据（--json 全部列出）"),
            Lang::En => format!("{more} more (--json lists all)"),
        };
        say(&words, Style::Dim, screen, &mut lines);
    }
    lines
}

fn ended(screened: &Screened<'_>) -> Text {
    let summary = &screened.summary;
    let millis = u64::try_from(summary.elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
    let seconds = format!("{}.{:02}", millis / 1000, millis % 1000 / 10);
    let rate = grouped(summary.rows.saturating_mul(1000) / millis);
    let (path, size) = (&screened.result, size(summary.bytes));
    Text::new(
        format!("用时 {seconds} 秒，每秒 {rate} 户；结果 {path}（{size}）"),
        format!("{seconds} s, {rate} subjects a second; result in {path} ({size})"),
    )
}

/// A size with one digit behind the point.
fn size(bytes: u64) -> String {
    let (unit, tenths) =
        if bytes < 1_000_000 { ("kB", bytes / 100) } else { ("MB", bytes / 100_000) };
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

/// A part of a whole in percent with two digits behind the point, rounded half up.
fn share(part: u64, whole: u64) -> String {
    match (part * 20_000 + whole).checked_div(whole * 2) {
        Some(hundredths) => format!("{}.{:02} %", hundredths / 100, hundredths % 100),
        None => String::new(),
    }
}

/// `2100000` as `2,100,000`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_shares_rounded() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (2_100_000, "2,100,000")] {
            assert_eq!(grouped(number), text);
        }
        for (part, whole, text) in [
            (0, 0, ""),
            (0, 7, "0.00 %"),
            (1, 3, "33.33 %"),
            (2, 3, "66.67 %"),
            (1, 20_000, "0.01 %"),
            (7, 7, "100.00 %"),
        ] {
            assert_eq!(share(part, whole), text);
        }
    }
}
