//! The answers as a workbook: a sheet of verdicts, a sheet of criteria, a sheet that says what was
//! asked. Rows are written as firms come; none is kept in memory. Cells are strings and numbers,
//! never formulas.

mod about;
mod criteria;
mod refusals;
mod save;
mod sheet;
mod simulation;
mod verdicts;

use std::path::Path;

use enterprise::{Facts, Lang, Text};
use jiff::civil::Date;
use rules::{Answer, Question, Rulebook};
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::file;
pub(crate) use about::About;
pub(crate) use refusals::{RefusalBook, refusal_headings};
pub(crate) use save::{io_error, save};
pub(crate) use sheet::{Cell, Column, Head, Look, Name, Sheet};
pub(crate) use simulation::simulation;

/// A workbook being written.
pub(crate) struct Book<'r> {
    workbook: Workbook,
    rulebook: &'r Rulebook,
    lang: Lang,
    verdicts: Sheet,
    criteria: Sheet,
    firms: u64,
    refused: u64,
}

impl<'r> Book<'r> {
    /// An empty workbook.
    pub(crate) fn new(rulebook: &'r Rulebook, lang: Lang) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        let verdicts = Sheet::new(&mut workbook, verdicts::COLUMNS, &verdicts::NAME, lang)?;
        let criteria = Sheet::new(&mut workbook, criteria::COLUMNS, &criteria::NAME, lang)?;
        Ok(Self { workbook, rulebook, lang, verdicts, criteria, firms: 0, refused: 0 })
    }

    /// Adds the answers for one firm.
    pub(crate) fn firm(&mut self, facts: &Facts, answers: &[Answer<'_>]) -> Result<(), XlsxError> {
        self.firms += 1;
        for answer in answers {
            let cells = verdicts::cells(facts, answer, self.rulebook, self.lang);
            let style = verdicts::style(answer);
            self.verdicts.row(&mut self.workbook, &cells, style)?;
            for (cells, style) in criteria::rows(facts, answer, self.rulebook, self.lang) {
                self.criteria.row(&mut self.workbook, &cells, style)?;
            }
        }
        Ok(())
    }

    /// Counts a firm whose data were refused.
    pub(crate) fn refused(&mut self) {
        self.refused += 1;
    }

    /// Adds the sheet on what was asked, and writes the file.
    pub(crate) fn save(
        mut self,
        path: &Path,
        question: &Question,
        base_year: i16,
    ) -> Result<(), Text> {
        self.workbook.set_properties(&dated(question.as_of));
        let mut about = About::new(self.lang);
        about.asked(self.rulebook, question, base_year);
        about.row("已判定企业", "Firms judged", self.firms.to_string());
        about.row("未读入企业", "Firms refused", self.refused.to_string());
        about.caveat();
        let done = self
            .verdicts
            .finish(&mut self.workbook)
            .and_then(|()| self.criteria.finish(&mut self.workbook))
            .and_then(|()| about.write(&mut self.workbook));
        file::replace(path, |unfinished| {
            done.map_err(io_error).and_then(|()| save(&mut self.workbook, unfinished))
        })
    }
}

/// The same answers make the same file: it bears their date and not the clock's.
fn dated(day: Date) -> DocProperties {
    match sheet::excel_day(day) {
        Some(time) => DocProperties::new().set_creation_datetime(&time),
        None => DocProperties::new(),
    }
}
