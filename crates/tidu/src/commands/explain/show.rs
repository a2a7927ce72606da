//! Where answers go: a page for one firm, a line for each of several, JSON, a workbook. Holds back
//! the first firm until it is known whether it is the only one.

use std::io::{self, BufWriter, StdoutLock, Write as _};

use connectors::Reading;
use enterprise::{Facts, Text};
use rules::Answer;

use super::ask::Ask;
use crate::arguments::Explain;
use crate::json::{DerivedView, Explanation, ProblemView, SubjectView};
use crate::output::{Screen, complain, stdout};
use crate::text::matrix::Matrix;
use crate::text::{page, problems};

/// Where answers go.
pub(super) struct Show<'a, 'r> {
    ask: &'a Ask<'r>,
    screen: Screen,
    json: bool,
    out: BufWriter<StdoutLock<'static>>,
    first: Option<Box<Reading>>,
    matrix: Option<Matrix<'a>>,
    counts: Counts,
}

/// How many firms were answered, and how many refused.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub answered: u64,
    pub refused: u64,
}

impl<'a, 'r> Show<'a, 'r> {
    pub fn new(explain: &Explain, ask: &'a Ask<'r>, screen: Screen) -> Result<Self, Text> {
        Ok(Self {
            ask,
            screen,
            json: explain.json,
            out: stdout(),
            first: None,
            matrix: None,
            counts: Counts::default(),
        })
    }

    /// Takes one firm as it was read.
    pub fn take(&mut self, reading: Reading) -> io::Result<()> {
        if self.json {
            return self.as_json(reading);
        }
        let several = self.counts.answered + self.counts.refused > 0;
        if !several && self.first.is_none() {
            self.first = Some(Box::new(reading));
            return Ok(());
        }
        if let Some(first) = self.first.take() {
            self.as_line(*first)?;
        }
        self.as_line(reading)
    }

    /// Shows what was held back, and says how many there were.
    pub fn finish(mut self) -> io::Result<Result<Counts, Text>> {
        if let Some(first) = self.first.take() {
            self.as_page(*first)?;
        }
        if let Some(matrix) = &self.matrix {
            for line in matrix.end(&self.screen) {
                writeln!(self.out, "{}", line.trim_end())?;
            }
        }
        self.out.flush()?;
        Ok(Ok(self.counts))
    }

    /// Facts and answers of a firm; none if its data were refused.
    fn answered(&mut self, reading: Reading) -> Option<(Facts, Vec<Answer<'r>>)> {
        let Some(facts) = reading.facts else {
            self.counts.refused += 1;
            return None;
        };
        self.counts.answered += 1;
        let facts = self.ask.known(facts);
        let answers = self.ask.answers(&facts);
        Some((facts, answers))
    }

    fn as_json(&mut self, reading: Reading) -> io::Result<()> {
        let (rulebook, question) = (self.ask.rulebook, &self.ask.question);
        let problems: Vec<ProblemView> = reading.problems.iter().map(ProblemView::from).collect();
        let (place, name) = (reading.place.clone(), reading.name.clone());
        let explanation = match self.answered(reading) {
            Some((facts, answers)) => {
                let derived = DerivedView::all(rulebook, &facts, question);
                let subject = SubjectView::of(&facts, &place);
                Explanation::of(rulebook, question, subject, problems, derived, &answers)
            }
            None => {
                let subject = SubjectView::refused(name.as_deref(), &place);
                Explanation::refused(rulebook, question, subject, problems)
            }
        };
        serde_json::to_writer(&mut self.out, &explanation).map_err(io::Error::from)?;
        writeln!(self.out)
    }

    fn as_line(&mut self, reading: Reading) -> io::Result<()> {
        self.complain_about(&reading);
        let name = reading.name.clone();
        let found = self.answered(reading);
        let matrix = match &mut self.matrix {
            Some(matrix) => matrix,
            None => {
                let matrix = Matrix::new(&self.ask.programmes, &self.screen);
                let lines = matrix.head(self.ask.rulebook, &self.ask.question, self.ask.base_year(), &self.screen);
                for line in lines {
                    writeln!(self.out, "{}", line.trim_end())?;
                }
                self.matrix.insert(matrix)
            }
        };
        let line = match &found {
            Some((facts, answers)) => matrix.line(facts, answers, &self.screen),
            None => matrix.refused(name.as_deref(), &self.screen),
        };
        writeln!(self.out, "{}", line.trim_end())
    }

    fn as_page(&mut self, reading: Reading) -> io::Result<()> {
        self.complain_about(&reading);
        if let Some((facts, answers)) = self.answered(reading) {
            let ask = self.ask;
            let lines =
                page::page(&facts, &answers, ask.rulebook, &ask.question, ask.named, &self.screen);
            for line in lines {
                writeln!(self.out, "{}", line.trim_end())?;
            }
        }
        Ok(())
    }

    fn complain_about(&mut self, reading: &Reading) {
        let screen = self.screen.of_stderr();
        for problem in &reading.problems {
            complain(&problems::problem(problem, &screen));
        }
    }
}
