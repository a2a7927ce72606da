//! Several firms, written as they come: a table where all programmes fit side by side, else a short
//! list for each firm.

use enterprise::{Facts, Lang};
use rules::{Answer, Programme, Question, Rulebook};

use super::header;
use super::matrix::{Matrix, cell, is_conclusion};
use super::paint::Style;
use super::width;
use crate::output::Screen;

/// Several firms.
pub(crate) struct Several<'a> {
    programmes: &'a [&'a Programme],
    matrix: Option<Matrix<'a>>,
    /// How many firms are eligible, by programme.
    eligible: Vec<u64>,
    firms: u64,
    refused: u64,
}

impl<'a> Several<'a> {
    /// Nothing yet, for these programmes.
    pub(crate) fn new(programmes: &'a [&'a Programme], screen: &Screen) -> Self {
        let matrix = Matrix::fitting(programmes, screen);
        Self { programmes, matrix, eligible: vec![0; programmes.len()], firms: 0, refused: 0 }
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
        lines.extend(self.matrix.iter().flat_map(|matrix| matrix.head(screen)));
        lines
    }

    /// The lines of one firm.
    pub(crate) fn firm(
        &mut self,
        facts: &Facts,
        answers: &[Answer<'_>],
        screen: &Screen,
    ) -> Vec<String> {
        self.firms += 1;
        for (count, answer) in self.eligible.iter_mut().zip(answers) {
            *count += u64::from(is_conclusion(answer));
        }
        match &self.matrix {
            Some(matrix) => vec![matrix.line(facts, answers, screen)],
            None => list(facts, answers, screen),
        }
    }

    /// The line of a firm whose data were refused.
    pub(crate) fn refused(&mut self, name: Option<&str>, screen: &Screen) -> Vec<String> {
        self.refused += 1;
        let name = name.unwrap_or_default();
        let word = screen.say("未读入", "refused");
        match &self.matrix {
            Some(matrix) => vec![matrix.refused(name, word, screen)],
            None => vec![
                Style::Bold.paint(name, screen.colour),
                format!("  {}", Style::Bad.paint(word, screen.colour)),
            ],
        }
    }

    /// The lines below the last firm.
    pub(crate) fn end(&self, screen: &Screen) -> Vec<String> {
        let firms = self.firms + self.refused;
        let words = match screen.lang {
            Lang::Zh => format!("共 {firms} 户，其中符合"),
            Lang::En => format!("{firms} firms, eligible"),
        };
        let mut lines = match &self.matrix {
            Some(matrix) => vec![matrix.counts(&words, &self.eligible, screen)],
            None => {
                let counts: Vec<String> = self
                    .programmes
                    .iter()
                    .zip(&self.eligible)
                    .map(|(programme, count)| {
                        format!("{} {count}", programme.title.get(screen.lang))
                    })
                    .collect();
                let counts = counts.join(screen.say("、", ", "));
                width::wrap(&format!("{words}{}{counts}", screen.say("：", ": ")), screen.width)
            }
        };
        if self.refused > 0 {
            lines.push(match screen.lang {
                Lang::Zh => format!("{} 户数据有误未读入，见上面的说明", self.refused),
                Lang::En => format!("{} firms were refused, see above", self.refused),
            });
        }
        let hint = screen.say(
            "看一户的逐条说明：--firm 名称或代码；存成 Excel：-o 文件.xlsx",
            "One firm in full: --firm NAME or CODE; as a workbook: -o FILE.xlsx",
        );
        let hint = width::wrap(hint, screen.width);
        lines.extend(hint.iter().map(|line| Style::Dim.paint(line, screen.colour)));
        lines
    }
}

/// A firm with its programmes by verdict, in the order in which the verdicts first appear.
fn list(facts: &Facts, answers: &[Answer<'_>], screen: &Screen) -> Vec<String> {
    let name = facts.name.as_deref().unwrap_or_default();
    let uscc = facts.uscc.as_ref().map(ToString::to_string).unwrap_or_default();
    let title = width::wrap(format!("{name}  {uscc}").trim(), screen.width);
    let mut lines: Vec<String> =
        title.iter().map(|line| Style::Bold.paint(line, screen.colour)).collect();
    let mut found: Vec<(String, Style, Vec<&str>)> = Vec::new();
    for answer in answers {
        let (words, style) = cell(answer, screen);
        let title = answer.programme.title.get(screen.lang);
        match found.iter_mut().find(|(known, _, _)| *known == words) {
            Some((_, _, titles)) => titles.push(title),
            None => found.push((words, style, vec![title])),
        }
    }
    let longest = found.iter().map(|(words, _, _)| width::of(words)).max().unwrap_or(0);
    for (words, style, titles) in &found {
        let titles = titles.join(screen.say("、", ", "));
        for (index, line) in
            width::wrap(&titles, screen.width.saturating_sub(longest + 4)).iter().enumerate()
        {
            let words = width::pad(if index == 0 { words } else { "" }, longest);
            lines.push(format!("  {}  {line}", style.paint(&words, screen.colour)));
        }
    }
    lines
}
