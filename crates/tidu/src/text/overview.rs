//! The programmes of one firm at a glance: verdict, score, window, what stands in the way.

use rules::{Answer, Outcome, Rulebook, Truth};

use super::bar::bar;
use super::paint::Style;
use super::table::{Cell, Column, Table};
use crate::output::Screen;
use words::reason::reason;
use words::score::figures;
use words::{verdict, window};

/// Screens that have room for a bar.
const WIDE: usize = 96;

/// The lines of the table.
pub(crate) fn overview(
    answers: &[Answer<'_>],
    rulebook: &Rulebook,
    screen: &Screen,
) -> Vec<String> {
    let lang = screen.lang;
    let drawn = screen.width >= WIDE;
    let scores: Vec<String> = answers.iter().map(|answer| score(answer, drawn)).collect();
    let scored = scores.iter().any(|score| !score.is_empty());
    let mut columns = vec![
        Column::words(screen.say("项目", "Programme"), 10),
        Column::words(screen.say("用途", "Purpose"), 6),
        Column::words(screen.say("结论", "Verdict"), 8),
    ];
    if scored {
        columns.push(Column::fixed(screen.say("得分/及格", "Score/pass")));
    }
    columns.push(Column::words(screen.say("申报窗口", "Window"), 6));
    columns.push(Column::words(screen.say("主要原因", "Reason"), 9));
    let mut table = Table::new(columns);
    for (answer, score) in answers.iter().zip(scores) {
        let title = Cell::plain(answer.programme.title.get(lang));
        let purpose = Cell::plain(verdict::purpose(answer.purpose).get(lang));
        let style = Style::of_verdict(answer.verdict());
        let conclusion = Cell::styled(verdict::conclusion(answer).get(lang), style);
        let open = window::words(window::window(answer), answer.as_of);
        // A firm can meet the standard and still have no place in this round.
        let barred = answer.round_criteria.iter().any(|result| result.truth == Truth::NotMet);
        let remark = if barred {
            screen.say("（不合本批次要求）", " (barred from it)")
        } else {
            ""
        };
        let open = Cell::plain(format!("{}{remark}", open.get(lang)));
        let reason = Cell::plain(reason(answer, rulebook).get(lang));
        let score = scored.then(|| Cell::plain(score));
        table.row(
            [title, purpose, conclusion].into_iter().chain(score).chain([open, reason]).collect(),
        );
    }
    table.lines(screen.width, screen.colour)
}

fn score(answer: &Answer<'_>, drawn: bool) -> String {
    match &answer.outcome {
        Outcome::Assessed(assessment) => {
            assessment.score.as_ref().map(if drawn { bar } else { figures }).unwrap_or_default()
        }
        Outcome::NoVersion { .. } => String::new(),
    }
}
