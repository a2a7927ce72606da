//! How programmes stand while questions are being answered: what an answer turned, the counts, and
//! what remains in the end.

use enterprise::Text;
use rules::inquiry::Possible;
use rules::{Answer, Missing, Rulebook, Verdict};

use super::paint::Style;
use super::table::{Cell, Column, Table};
use super::width;
use crate::output::Screen;
use words::score::figures;
use words::{gap, join, reason, verdict};

/// A line for each programme of which something else is possible now.
pub(crate) fn turned(
    before: &[Answer<'_>],
    after: &[Answer<'_>],
    rulebook: &Rulebook,
    screen: &Screen,
) -> Vec<String> {
    let lang = screen.lang;
    let mut lines = Vec::new();
    for (before, after) in before.iter().zip(after) {
        let seen = |answer: &Answer<'_>| {
            let possible = Possible::of(answer);
            (possible.purpose, possible.version, possible.verdict, possible.score)
        };
        if seen(before) == seen(after) {
            continue;
        }
        let style = Style::of_verdict(after.verdict());
        let conclusion = verdict::conclusion(after);
        let reason = reason::reason(after, rulebook);
        let mut words = format!("{}{}", after.programme.title.get(lang), screen.say("：", ": "));
        words.push_str(conclusion.get(lang));
        if let Some(points) = score(after) {
            words.push_str(&format!("{}{points}", screen.say("，得分 ", ", score ")));
        }
        if !reason.get(lang).is_empty() && after.verdict() == Some(Verdict::Ineligible) {
            words.push_str(&format!("{}{}", screen.say("，", ", "), reason.get(lang)));
        }
        for (index, line) in width::wrap(&words, screen.width.saturating_sub(5)).iter().enumerate()
        {
            let sign = if index == 0 { '→' } else { ' ' };
            lines.push(format!("   {sign} {}", style.paint(line, screen.colour)));
        }
    }
    lines
}

fn score(answer: &Answer<'_>) -> Option<String> {
    match &answer.outcome {
        rules::Outcome::Assessed(assessment) => assessment.score.as_ref().map(figures),
        rules::Outcome::NoVersion { .. } => None,
    }
}

/// How many programmes stand how.
pub(crate) fn counts(answers: &[Answer<'_>], screen: &Screen) -> String {
    let mut counted = [0usize; 5];
    for answer in answers {
        let place = match answer.verdict() {
            Some(Verdict::Eligible) => 0,
            Some(Verdict::Ineligible) => 1,
            Some(Verdict::Undetermined(why)) if why.data => 2,
            Some(Verdict::Undetermined(_)) => 3,
            None => 4,
        };
        if let Some(count) = counted.get_mut(place) {
            *count += 1;
        }
    }
    let words = [
        Text::new("符合", "eligible"),
        Text::new("不符合", "ineligible"),
        Text::new("待定·缺数据", "data missing"),
        Text::new("待评审或标准未公开", "judgement pending or not public"),
        Text::new("无现行版本", "no version in force"),
    ];
    let parts = words.iter().zip(counted).filter(|(_, count)| *count > 0);
    let parts: Vec<Text> = parts
        .map(|(words, count)| {
            Text::new(format!("{} {count}", words.zh), format!("{} {count}", words.en))
        })
        .collect();
    let line = join(&parts, " · ", " · ");
    Style::Dim.paint(&format!("   {}", line.get(screen.lang)), screen.colour)
}

/// What the programmes come to in the end, and what each still waits for.
pub(crate) fn remaining(
    answers: &[Answer<'_>],
    rulebook: &Rulebook,
    screen: &Screen,
) -> Vec<String> {
    let lang = screen.lang;
    let mut columns = vec![
        Column::words(screen.say("项目", "Programme"), 10),
        // No word is torn: `undetermined:`.
        Column::words(screen.say("结论", "Verdict"), 13),
    ];
    let scored = answers.iter().any(|answer| score(answer).is_some());
    if scored {
        columns.push(Column::fixed(screen.say("得分/及格", "Score/pass")));
    }
    columns.push(Column::words(screen.say("原因或还缺", "Reason, or missing"), 12));
    let mut table = Table::new(columns);
    for answer in answers {
        let style = Style::of_verdict(answer.verdict());
        let mut cells = vec![
            Cell::plain(answer.programme.title.get(lang)),
            Cell::styled(verdict::conclusion(answer).get(lang), style),
        ];
        if scored {
            cells.push(Cell::plain(score(answer).unwrap_or_default()));
        }
        cells.push(Cell::plain(remains(answer, rulebook).get(lang)));
        table.row(cells);
    }
    table.lines(screen.width, screen.colour)
}

fn remains(answer: &Answer<'_>, rulebook: &Rulebook) -> Text {
    let missing = match &answer.outcome {
        rules::Outcome::Assessed(assessment) => assessment.missing.as_slice(),
        rules::Outcome::NoVersion { .. } => &[],
    };
    let waits = |what: &&Missing| !what.why().data;
    let pending: Vec<Text> =
        missing.iter().filter(waits).map(|what| gap::missing(what, rulebook)).collect();
    match answer.verdict() {
        Some(Verdict::Undetermined(why)) if !why.data && !pending.is_empty() => {
            join(&pending, "、", ", ")
        }
        _ => reason::reason(answer, rulebook),
    }
}
