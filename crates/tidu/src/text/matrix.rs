//! The table of several firms: a line for each, a column for each programme.

use enterprise::Facts;
use rules::{Answer, Outcome, Programme, Standing, Verdict};

use super::paint::Style;
use super::width;
use crate::output::Screen;

const GAP: usize = 2;
const USCC: usize = 18;
const NARROWEST_NAME: usize = 20;
const WIDEST_NAME: usize = 36;
const CELL: usize = 12;
const WIDEST_CELL: usize = 16;

/// The columns of the table.
pub(super) struct Matrix<'a> {
    programmes: &'a [&'a Programme],
    name: usize,
    uscc: bool,
    cell: usize,
}

impl<'a> Matrix<'a> {
    /// A table for these programmes, if they fit side by side.
    pub(super) fn fitting(programmes: &'a [&'a Programme], screen: &Screen) -> Option<Self> {
        let share = screen.width.saturating_sub(NARROWEST_NAME) / programmes.len().max(1);
        let cell = share.checked_sub(GAP).filter(|cell| *cell >= CELL)?.min(WIDEST_CELL);
        let room = screen.width.saturating_sub(programmes.len() * (cell + GAP));
        let uscc = room >= NARROWEST_NAME + GAP + USCC;
        let taken = if uscc { USCC + GAP } else { 0 };
        let name = room.saturating_sub(taken).clamp(NARROWEST_NAME, WIDEST_NAME);
        Some(Self { programmes, name, uscc, cell })
    }

    /// The head of the table.
    pub(super) fn head(&self, screen: &Screen) -> Vec<String> {
        let titles: Vec<Vec<String>> = self
            .programmes
            .iter()
            .map(|programme| width::wrap_evenly(programme.title.get(screen.lang), self.cell))
            .collect();
        let height = titles.iter().map(Vec::len).max().unwrap_or(1);
        let mut lines = Vec::new();
        for level in 0..height {
            // Titles stand on the line below them.
            let cells = titles.iter().map(|title| {
                let above = height - title.len();
                let line = level.checked_sub(above).and_then(|level| title.get(level));
                (line.cloned().unwrap_or_default(), Style::Bold)
            });
            let last = level + 1 == height;
            let name = if last { screen.say("企业", "Firm") } else { "" };
            let uscc = if last { screen.say("统一社会信用代码", "Code") } else { "" };
            lines.push(self.write((name, Style::Bold), (uscc, Style::Bold), cells, screen));
        }
        let taken = if self.uscc { USCC + GAP } else { 0 };
        let total = self.name + taken + self.programmes.len() * (self.cell + GAP);
        lines.push(Style::Dim.paint(&"─".repeat(total), screen.colour));
        lines
    }

    /// The line of one firm.
    pub(super) fn line(&self, facts: &Facts, answers: &[Answer<'_>], screen: &Screen) -> String {
        let name = facts.name.as_deref().unwrap_or_default();
        let uscc = facts.uscc.as_ref().map(ToString::to_string).unwrap_or_default();
        let cells = answers.iter().map(|answer| cell(answer, screen));
        self.write((name, Style::Plain), (&uscc, Style::Dim), cells, screen)
    }

    /// The line of a firm whose data were refused.
    pub(super) fn refused(&self, name: &str, word: &str, screen: &Screen) -> String {
        let cells = [(word.to_owned(), Style::Bad)].into_iter();
        self.write((name, Style::Plain), ("", Style::Dim), cells, screen)
    }

    /// The line of counts by programme.
    pub(super) fn counts(&self, words: &str, counts: &[u64], screen: &Screen) -> String {
        let cells = counts.iter().map(|count| (count.to_string(), Style::Bold));
        self.write((words, Style::Bold), ("", Style::Dim), cells, screen)
    }

    fn write(
        &self,
        name: (&str, Style),
        uscc: (&str, Style),
        cells: impl Iterator<Item = (String, Style)>,
        screen: &Screen,
    ) -> String {
        let gap = " ".repeat(GAP);
        let fit = |text: &str, columns: usize| width::pad(&width::cut(text, columns), columns);
        let mut line = name.1.paint(&fit(name.0, self.name), screen.colour);
        if self.uscc {
            line.push_str(&gap);
            line.push_str(&uscc.1.paint(&fit(uscc.0, USCC), screen.colour));
        }
        for (text, style) in cells {
            line.push_str(&gap);
            line.push_str(&style.paint(&fit(&text, self.cell), screen.colour));
        }
        line
    }
}

/// Whether a firm counts as eligible: by a version that decides.
pub(super) fn is_conclusion(answer: &Answer<'_>) -> bool {
    match &answer.outcome {
        Outcome::Assessed(assessment) => {
            assessment.verdict == Verdict::Eligible
                && assessment.version.standing == Standing::Binding
        }
        Outcome::NoVersion { .. } => false,
    }
}

/// A verdict in at most six Chinese characters.
pub(super) fn cell(answer: &Answer<'_>, screen: &Screen) -> (String, Style) {
    let verdict = answer.verdict();
    let style = Style::of_verdict(verdict);
    let words = match verdict {
        None => "–",
        Some(Verdict::Eligible) => screen.say("符合", "eligible"),
        Some(Verdict::Ineligible) => screen.say("不符合", "ineligible"),
        Some(Verdict::Undetermined(why)) if why.data => screen.say("待定·缺数据", "undet.: data"),
        Some(Verdict::Undetermined(why)) if why.judgement => {
            screen.say("待定·待判断", "undet.: judged")
        }
        Some(Verdict::Undetermined(_)) => screen.say("标准未公开", "not public"),
    };
    let indicative = match &answer.outcome {
        Outcome::Assessed(assessment) => assessment.version.standing == Standing::Indicative,
        Outcome::NoVersion { .. } => false,
    };
    let words = if indicative { format!("({words})") } else { words.to_owned() };
    (words, style)
}
