//! Where answers go: a page for one firm, a line for each of several, JSON, a workbook. Holds back
//! the first firm until it is known whether it is the only one.

use std::io::{self, BufWriter, StdoutLock, Write as _};
use std::path::PathBuf;

use connectors::Reading;
use enterprise::{Facts, Lang, Text};
use rules::Answer;

use super::ask::Ask;
use crate::arguments::Explain;
use crate::commands::firms::{Counts, Progress};
use crate::file;
use crate::output::{Screen, complain, stdout};
use crate::text::several::Several;
use crate::text::{page, problems};
use crate::workbook::{self, Book};
use answers::{DerivedView, Explanation, ProblemView, SubjectView};

/// Where answers go.
pub(super) struct Show<'a, 'r> {
    ask: &'a Ask<'r>,
    screen: Screen,
    json: bool,
    book: Option<(PathBuf, Book<'r>)>,
    progress: Progress,
    out: BufWriter<StdoutLock<'static>>,
    first: Option<Box<Reading>>,
    several: Option<Several<'a>>,
    counts: Counts,
}

impl<'a, 'r> Show<'a, 'r> {
    pub fn new(explain: &Explain, ask: &'a Ask<'r>, screen: Screen) -> Result<Self, Text> {
        let book = match &explain.output {
            None => None,
            Some(path) => {
                let book = Book::new(ask.rulebook, screen.lang).map_err(workbook::io_error);
                let book = book.map_err(|error| file::cannot_write(path, &error))?;
                Some((path.clone(), book))
            }
        };
        Ok(Self {
            ask,
            screen,
            json: explain.json,
            progress: Progress::new(screen, book.is_some()),
            book,
            out: stdout(),
            first: None,
            several: None,
            counts: Counts::default(),
        })
    }

    /// Takes one firm as it was read.
    pub fn take(&mut self, mut reading: Reading) -> io::Result<()> {
        self.progress.step();
        self.ask.cross_check(&mut reading);
        if self.json {
            return self.as_json(reading);
        }
        if self.book.is_some() {
            self.complain_about(&reading);
            self.answered(reading)?;
            return Ok(());
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
        if let Some(several) = &self.several {
            for line in several.end(&self.screen) {
                writeln!(self.out, "{}", line.trim_end())?;
            }
        }
        self.out.flush()?;
        self.progress.end();
        if let Some((path, book)) = self.book.filter(|_| self.counts.answered > 0) {
            let Counts { answered, .. } = self.counts;
            if let Err(text) = book.save(&path, &self.ask.question, self.ask.base_year()) {
                return Ok(Err(text));
            }
            let (programmes, path) = (self.ask.programmes.len(), path.display());
            complain(&match self.screen.lang {
                Lang::Zh => format!("已写入 {path}：{answered} 户 × {programmes} 个项目"),
                Lang::En => format!("wrote {path}: {answered} firms × {programmes} programmes"),
            });
        }
        Ok(Ok(self.counts))
    }

    /// Facts and answers of a firm; none if its data were refused.
    fn answered(&mut self, reading: Reading) -> io::Result<Option<(Facts, Vec<Answer<'r>>)>> {
        let Some(facts) = reading.facts else {
            self.counts.refused += 1;
            if let Some((_, book)) = &mut self.book {
                book.refused();
            }
            return Ok(None);
        };
        self.counts.answered += 1;
        let facts = self.ask.known(facts);
        let answers = self.ask.answers(&facts);
        if let Some((_, book)) = &mut self.book {
            book.firm(&facts, &answers).map_err(io::Error::other)?;
        }
        Ok(Some((facts, answers)))
    }

    fn as_json(&mut self, reading: Reading) -> io::Result<()> {
        let (rulebook, question) = (self.ask.rulebook, &self.ask.question);
        let problems: Vec<ProblemView> = reading.problems.iter().map(ProblemView::from).collect();
        let (place, name) = (reading.place.clone(), reading.name.clone());
        let explanation = match self.answered(reading)? {
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
        let found = self.answered(reading)?;
        let several = match &mut self.several {
            Some(several) => several,
            None => {
                let ask = self.ask;
                let several = Several::new(&ask.programmes, &self.screen);
                for line in several.head(ask.rulebook, &ask.question, ask.base_year(), &self.screen)
                {
                    writeln!(self.out, "{}", line.trim_end())?;
                }
                self.several.insert(several)
            }
        };
        let lines = match &found {
            Some((facts, answers)) => several.firm(facts, answers, &self.screen),
            None => several.refused(name.as_deref(), &self.screen),
        };
        for line in lines {
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn as_page(&mut self, reading: Reading) -> io::Result<()> {
        self.complain_about(&reading);
        if let Some((facts, answers)) = self.answered(reading)? {
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
