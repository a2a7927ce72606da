//! The rows of a file that were not taken, and why: kept beside the population that was made of it.

use enterprise::{Place, Problem, Severity};
use intake::{Told, Who};
use serde::{Deserialize, Serialize};

/// So many are kept; more nobody reads, and their number is known.
const MOST: usize = 500;

/// What was not taken of a file.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// The first rows, each with all that is wrong with it.
    pub rows: Vec<Row>,
    /// What there is to say of the file itself.
    pub file: Vec<Row>,
}

/// Something that is wrong.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// The sheet, of a workbook.
    pub sheet: Option<String>,
    /// The row, counted from 1.
    pub row: Option<u64>,
    /// The column.
    pub field: Option<String>,
    /// The name in the row.
    pub name: Option<String>,
    /// The code in the row.
    pub code: Option<String>,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// What to do, in Chinese.
    pub help_zh: String,
    /// The same in English.
    pub help_en: String,
    /// Whether it kept the row out.
    pub severe: bool,
}

impl Row {
    fn of(problem: &Problem, place: &Place, (name, code): Who<'_>) -> Self {
        Self {
            sheet: place.sheet.clone(),
            row: place.row,
            field: problem.place.field.clone(),
            name: name.map(str::to_owned),
            code: code.map(str::to_owned),
            zh: problem.message.zh.clone(),
            en: problem.message.en.clone(),
            help_zh: problem.help.zh.clone(),
            help_en: problem.help.en.clone(),
            severe: problem.severity == Severity::Refused,
        }
    }
}

/// Writes the report while a file is read.
#[derive(Default)]
pub(super) struct Writing {
    pub report: Report,
    /// Rows that were not taken.
    pub refused: u64,
}

impl Told for Writing {
    fn file(&mut self, problems: &[Problem]) {
        for problem in problems.iter().take(MOST.saturating_sub(self.report.file.len())) {
            self.report.file.push(Row::of(problem, &problem.place, (None, None)));
        }
    }

    fn row(&mut self, place: &Place, who: Who<'_>, problems: &[Problem]) {
        let severe = problems.iter().filter(|one| one.severity == Severity::Refused);
        let mut kept = false;
        for problem in severe {
            kept = true;
            if self.report.rows.len() < MOST {
                self.report.rows.push(Row::of(problem, place, who));
            }
        }
        self.refused += u64::from(kept);
    }
}
