//! A benchmark for people: for each size a table of ways, their times and how they compare.

use enterprise::Lang;

use super::lines::{heading, say, title};
use super::paint::Style;
use super::table::{Cell, Column, Table};
use crate::arguments::Bench;
use crate::commands::bench::measured::{Case, Figure, Way};
use crate::output::Screen;

/// Differences that are shown.
const SHOWN: usize = 5;

/// The lines of the page.
pub(crate) fn page(bench: &Bench, cases: &[Case], screen: &Screen) -> Vec<String> {
    let mut lines = heading(screen.say("筛查测速", "Benchmark of screening"), screen);
    let words = match screen.lang {
        Lang::Zh => format!(
            "规则和企业均为生成的演示数据；每种方式轮流测 {} 次取中位数（SQL 2 次，文件至多 3 次）；倍数＝用时÷同线程数手写循环的用时",
            bench.times
        ),
        Lang::En => format!(
            "rules and subjects are generated demo data; ways are timed in turn, median of {} (SQL 2, files at most 3); \
             times limit = time over that of the loops by hand on as many threads",
            bench.times
        ),
    };
    say(&words, Style::Dim, screen, &mut lines);
    for case in cases {
        lines.push(String::new());
        lines.extend(one(case, screen));
    }
    lines
}

fn one(case: &Case, screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    let Case { rows, programmes, criteria, comparisons, bands, .. } = case;
    let words = match screen.lang {
        Lang::Zh if !case.generated => {
            format!("规则库：{programmes} 个项目、{criteria} 条，模拟城市 {rows} 户")
        }
        Lang::En if !case.generated => format!(
            "the rulebook: {programmes} programmes, {criteria} criteria; a made-up city of {rows} subjects"
        ),
        Lang::Zh => format!(
            "{rows} 户 × {programmes} 个项目，{criteria} 条（{comparisons} 种比较、{bands} 种分档）"
        ),
        Lang::En => format!(
            "{rows} subjects × {programmes} programmes, {criteria} criteria ({comparisons} comparisons, {bands} tables of bands)"
        ),
    };
    title(&words, screen, &mut lines);
    let mut table = Table::new(vec![
        Column::words(screen.say("方式", "Way"), 14),
        Column::number(screen.say("线程", "Threads")),
        Column::number(screen.say("纳秒/户", "ns/row")),
        Column::number(screen.say("秒", "s")),
        Column::number(screen.say("倍数", "× limit")),
        Column::number(screen.say("内存峰值", "Peak")),
    ]);
    for figure in &case.figures {
        table.row(row(figure, *rows, screen));
    }
    lines.extend(table.lines(screen.width, screen.colour));
    if let Some(shares) = case.shares {
        let [reading, evaluating, writing] = shares.map(|share| format!("{:.0} %", share * 100.0));
        let words = match screen.lang {
            Lang::Zh => {
                format!("手写循环的文件到文件：读取 {reading}，判定 {evaluating}，写出 {writing}")
            }
            Lang::En => format!(
                "loops by hand, file to file: reading {reading}, evaluating {evaluating}, writing {writing}"
            ),
        };
        say(&words, Style::Dim, screen, &mut lines);
    }
    let (loops, simple) = case.checked;
    let (words, style) = match (screen.lang, case.differences.len()) {
        (Lang::Zh, 0) if !case.generated => {
            (format!("计时前核对：内核与逐户判断 {simple} 个结论，完全一致"), Style::Good)
        }
        (Lang::En, 0) if !case.generated => (
            format!("checked before timing: {simple} answers of kernels and one by one; all agree"),
            Style::Good,
        ),
        (Lang::Zh, 0) => (
            format!(
                "计时前核对：内核与手写循环 {loops} 个结论、与逐户判断 {simple} 个结论，完全一致"
            ),
            Style::Good,
        ),
        (Lang::En, 0) => (
            format!(
                "checked before timing: {loops} answers of kernels and loops, {simple} of the simple evaluator; all agree"
            ),
            Style::Good,
        ),
        (Lang::Zh, found) => (format!("结论有 {found} 处不一致"), Style::Bad),
        (Lang::En, found) => (format!("{found} answers differ"), Style::Bad),
    };
    say(&words, style, screen, &mut lines);
    for difference in case.differences.iter().take(SHOWN) {
        say(difference, Style::Plain, screen, &mut lines);
    }
    for text in &case.left_out {
        say(text.get(screen.lang), Style::Open, screen, &mut lines);
    }
    lines
}

fn row(figure: &Figure, rows: u64, screen: &Screen) -> Vec<Cell> {
    let ratio = figure.ratio.filter(|_| figure.way.limit() != Some(figure.way));
    let ratio = ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
    let style = if figure.way == Way::Kernels || figure.way == Way::EngineOnFiles {
        Style::Bold
    } else {
        Style::Plain
    };
    // One by one, only some subjects were judged: what all would take was not measured.
    let seconds = match figure.way {
        Way::Simple => String::new(),
        _ => format!("{:.3}", figure.nanoseconds * rows as f64 / 1e9),
    };
    vec![
        Cell::styled(figure.way.words().get(screen.lang), style),
        Cell::plain(figure.threads.to_string()),
        Cell::plain(format!("{:.1}", figure.nanoseconds)),
        Cell::plain(seconds),
        Cell::styled(ratio, style),
        Cell::plain(
            figure.peak.map_or_else(String::new, |peak| format!("{} MB", peak / 1_000_000)),
        ),
    ]
}
