//! What a verification came to, for people.

use enterprise::{Lang, Text};
use rules::{Question, Rulebook};

use super::header;
use super::paint::Style;
use super::screening::grouped;
use super::table::{Cell, Column, Table};
use super::width;
use crate::commands::verify::Verified;
use crate::output::Screen;

/// Differing outputs that are listed.
const LISTED: usize = 40;

/// The page.
pub(crate) fn page(
    rulebook: &Rulebook,
    question: &Question,
    verified: &Verified,
    screen: &Screen,
) -> Vec<String> {
    let default = question.as_of.year().saturating_sub(1);
    let base_year = question.base_year.unwrap_or(default);
    let mut lines = vec![Style::Bold.paint(&verified.file, screen.colour)];
    lines.extend(header::run(base_year, rulebook, question, screen));
    lines.push(String::new());
    lines.extend(said(&extent(verified), Style::Plain, screen));
    let style = if verified.agrees() { Style::Good } else { Style::Bad };
    lines.extend(said(&result(verified), style, screen));
    if verified.differing > 0 {
        lines.push(String::new());
        lines.extend(table(verified, screen));
    }
    lines
}

fn said(text: &Text, style: Style, screen: &Screen) -> Vec<String> {
    let lines = width::wrap(text.get(screen.lang), screen.width);
    lines.into_iter().map(|line| style.paint(&line, screen.colour)).collect()
}

fn extent(verified: &Verified) -> Text {
    let Verified { rows, subjects, programmes, answers, .. } = verified;
    let (all, [rows, subjects, answers]) =
        (rows == subjects, [rows, subjects, answers].map(|count| grouped(*count)));
    let of = if all {
        Text::new(format!("全部 {rows} 个对象"), format!("all {rows} subjects"))
    } else {
        Text::new(
            format!("{rows} 个对象中均匀抽取的 {subjects} 个"),
            format!("{subjects} of {rows} subjects, evenly spread"),
        )
    };
    Text::new(
        format!("按列和逐个各判一次：{}，{programmes} 个项目，{answers} 个结论", of.zh),
        format!(
            "judged twice, by columns and one by one: {}, {programmes} {}, {answers} answers",
            of.en,
            if *programmes == 1 { "programme" } else { "programmes" }
        ),
    )
}

fn result(verified: &Verified) -> Text {
    if verified.agrees() {
        let words = Text::new(
            "完全一致：版本、结论、待定原因、人群、得分、路径、各条件、最近差距和缺少的数据，每一个都相同",
            "They agree in everything: version, verdict, reasons, population, score, path, every criterion, nearest shortfall and missing fields",
        );
        return match verified.lists_agree {
            Some(_) => Text::new(
                format!("{}；补数清单的统计也相同。", words.zh),
                format!("{}; so do the counts of the work list.", words.en),
            ),
            // They are counted over everybody.
            None => Text::new(
                format!("{}。补数清单的统计只在核对全部对象时比较。", words.zh),
                format!(
                    "{}. The counts of the work list are compared for all subjects only.",
                    words.en
                ),
            ),
        };
    }
    if verified.differing == 0 {
        return Text::new(
            "每个结论都相同，但缺少数据的统计不同。这是程序错误，请报告。",
            "All answers agree, but the counts of missing fields differ. This is a bug: please report it.",
        );
    }
    let count = grouped(verified.differing);
    Text::new(
        format!("有 {count} 个结论不一致。以逐个判断的为准；这是程序错误，请报告。"),
        format!(
            "{count} answers differ. The one-by-one evaluation is right; this is a bug: please report it."
        ),
    )
}

fn table(verified: &Verified, screen: &Screen) -> Vec<String> {
    let say = |zh, en| screen.say(zh, en);
    let mut table = Table::new(vec![
        Column::number(say("行", "Row")),
        Column::words(say("对象", "Subject"), 10),
        Column::words(say("项目", "Programme"), 10),
        Column::fixed(say("内容", "Output")),
        Column::words(say("按列", "By columns"), 10),
        Column::words(say("逐个", "One by one"), 10),
    ]);
    let mut listed = 0;
    for difference in &verified.differences {
        for (place, unlike) in difference.unlike.iter().enumerate() {
            if listed == LISTED {
                break;
            }
            listed += 1;
            let who = difference.code.as_deref().or(difference.name.as_deref()).unwrap_or_default();
            let first = |words: &str| if place == 0 { words.to_owned() } else { String::new() };
            let told =
                |words: &str| if words.is_empty() { "—".to_owned() } else { words.to_owned() };
            table.row(vec![
                Cell::plain(first(&difference.row.to_string())),
                Cell::plain(first(who)),
                Cell::plain(first(&difference.programme)),
                Cell::plain(output(unlike.output).get(screen.lang)),
                Cell::plain(told(&unlike.columns)),
                Cell::plain(told(&unlike.simple)),
            ]);
        }
    }
    let all: usize = verified.differences.iter().map(|difference| difference.unlike.len()).sum();
    if all > listed || (verified.differences.len() as u64) < verified.differing {
        let words = match screen.lang {
            Lang::Zh => format!("只列出前 {listed} 处；--json 列出更多"),
            Lang::En => format!("only the first {listed} are listed; --json lists more"),
        };
        table.across(Cell::styled(words, Style::Dim));
    }
    table.lines(screen.width, screen.colour)
}

fn output(code: &str) -> Text {
    let (zh, en) = match code {
        "case" => ("版本", "version"),
        "verdict" => ("结论", "verdict"),
        "why" => ("待定原因", "why"),
        "population" => ("人群", "population"),
        "score" => ("得分", "score"),
        "path" => ("路径", "path"),
        "not_met" => ("不满足", "not met"),
        "unknown" => ("未知", "unknown"),
        "shortfall" => ("最近差距", "shortfall"),
        _ => ("缺少", "missing"),
    };
    Text::new(zh, en)
}
