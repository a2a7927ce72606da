//! Several firms: a line for each, a column for each programme, written as the firms come.

use enterprise::Facts;
use rules::{Answer, Outcome, Programme, Question, Rulebook, Standing, Verdict};

use super::paint::Style;
use super::{header, width};
use crate::output::Screen;

const GAP: usize = 2;
const USCC: usize = 18;
const NARROWEST_NAME: usize = 20;
const CELL: usize = 12;
const WIDEST_CELL: usize = 16;

/// The columns of the table, and how many firms came out how.
pub(crate) struct Matrix<'a> {
    programmes: &'a [&'a Programme],
    name: usize,
    uscc: bool,
    cell: usize,
    eligible: Vec<u64>,
    firms: u64,
    refused: u64,
}

impl<'a> Matrix<'a> {
    /// An empty table for these programmes.
    pub(crate) fn new(programmes: &'a [&'a Programme], screen: &Screen) -> Self {
        let share = screen.width.saturating_sub(NARROWEST_NAME) / programmes.len().max(1);
        let cell = share.saturating_sub(GAP).clamp(CELL, WIDEST_CELL);
        let verdicts = programmes.len() * (cell + GAP);
        let room = screen.width.saturating_sub(verdicts);
        let uscc = room >= NARROWEST_NAME + GAP + USCC;
        let taken = if uscc { USCC + GAP } else { 0 };
        let name = room.saturating_sub(taken).clamp(NARROWEST_NAME, 36);
        let eligible = vec![0; programmes.len()];
        Self { programmes, name, uscc, cell, eligible, firms: 0, refused: 0 }
    }

    /// The lines above the first firm.
    pub(crate) fn head(
        &self,
        rulebook: &Rulebook,
        question: &Question,
        base_year: i16,
        screen: &Screen,
    ) -> Vec<String> {
        let mut lines = header::run(base_year, rulebook, question, screen);
        lines.push(String::new());
        let titles: Vec<Vec<String>> = self
            .programmes
            .iter()
            .map(|programme| width::wrap_evenly(programme.title.get(screen.lang), self.cell))
            .collect();
        let height = titles.iter().map(Vec::len).max().unwrap_or(1);
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
        let columns = self.programmes.len();
        let taken = if self.uscc { USCC + GAP } else { 0 };
        let total = self.name + taken + columns * (self.cell + GAP);
        lines.push(Style::Dim.paint(&"─".repeat(total), screen.colour));
        lines
    }

    /// The line of one firm.
    pub(crate) fn line(
        &mut self,
        facts: &Facts,
        answers: &[Answer<'_>],
        screen: &Screen,
    ) -> String {
        self.firms += 1;
        for (count, answer) in self.eligible.iter_mut().zip(answers) {
            *count += u64::from(is_conclusion(answer));
        }
        let name = facts.name.as_deref().unwrap_or_default();
        let uscc = facts.uscc.as_ref().map(ToString::to_string).unwrap_or_default();
        let cells = answers.iter().map(|answer| cell(answer, screen));
        self.write((name, Style::Plain), (&uscc, Style::Dim), cells, screen)
    }

    /// The line of a firm whose data were refused.
    pub(crate) fn refused(&mut self, name: Option<&str>, screen: &Screen) -> String {
        self.refused += 1;
        let word = screen.say("未读入", "refused").to_owned();
        let name = name.unwrap_or_default();
        self.write((name, Style::Plain), ("", Style::Dim), [(word, Style::Bad)].into_iter(), screen)
    }

    /// The lines below the last firm.
    pub(crate) fn end(&self, screen: &Screen) -> Vec<String> {
        let eligible = self.eligible.iter().map(|count| (count.to_string(), Style::Bold));
        let firms = self.firms + self.refused;
        let words = match screen.lang {
            enterprise::Lang::Zh => format!("共 {firms} 户，其中符合"),
            enterprise::Lang::En => format!("{firms} firms, eligible"),
        };
        let mut lines = vec![self.write((&words, Style::Bold), ("", Style::Dim), eligible, screen)];
        if self.refused > 0 {
            lines.push(match screen.lang {
                enterprise::Lang::Zh => format!("{} 户数据有误未读入，见上面的说明", self.refused),
                enterprise::Lang::En => format!("{} firms were refused, see above", self.refused),
            });
        }
        let hint = screen.say(
            "看一户的逐条说明：--firm 名称或代码；存成 Excel：-o 文件.xlsx",
            "One firm in full: --firm NAME or CODE; as a workbook: -o FILE.xlsx",
        );
        lines.push(Style::Dim.paint(hint, screen.colour));
        lines
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

fn is_conclusion(answer: &Answer<'_>) -> bool {
    match &answer.outcome {
        Outcome::Assessed(assessment) => {
            assessment.verdict == Verdict::Eligible
                && assessment.version.standing == Standing::Binding
        }
        Outcome::NoVersion { .. } => false,
    }
}

/// A verdict in at most six Chinese characters.
fn cell(answer: &Answer<'_>, screen: &Screen) -> (String, Style) {
    let verdict = answer.verdict();
    let style = Style::of_verdict(verdict);
    let words = match verdict {
        None => "–",
        Some(Verdict::Eligible) => screen.say("符合", "eligible"),
        Some(Verdict::Ineligible) => screen.say("不符合", "not eligible"),
        Some(Verdict::Undetermined(why)) if why.data => screen.say("待定·缺数据", "open: data"),
        Some(Verdict::Undetermined(why)) if why.judgement => {
            screen.say("待定·待判断", "open: judged")
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
