//! What is wrong with values: counted, and the first few with their places. A row that holds one of
//! them is not taken.

use std::fmt;

use enterprise::{Place, Problem, Text};

use crate::says::MOST_SAID;

/// Values that the catalogue refuses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refused {
    /// How many there are.
    pub count: u64,
    /// The first of them, with column and row.
    pub problems: Vec<Problem>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.first() {
            Some(first) => write!(f, "{}: {} ({})", first.place, first.message, self.count),
            None => write!(f, "{}", self.count),
        }
    }
}

impl std::error::Error for Refused {}

/// Collects what is wrong with the rows of one batch.
pub(crate) struct Findings {
    first_row: u64,
    most: usize,
    pub found: Refused,
    /// Which rows are concerned; kept only for who takes the others.
    pub rows: Option<Vec<bool>>,
}

impl Findings {
    /// Counts, and keeps the first few.
    pub fn strict(first_row: u64) -> Self {
        Self { first_row, most: MOST_SAID, found: Refused::default(), rows: None }
    }

    /// Keeps everything, and which of so many rows are concerned.
    pub fn thorough(first_row: u64, rows: usize) -> Self {
        let rows = Some(vec![false; rows]);
        Self { first_row, most: usize::MAX, found: Refused::default(), rows }
    }

    pub fn add(&mut self, row: usize, column: &str, problem: impl FnOnce() -> Problem) {
        self.found.count += 1;
        if let Some(seen) = self.rows.as_mut().and_then(|rows| rows.get_mut(row)) {
            *seen = true;
        }
        if self.found.problems.len() < self.most {
            // Rows are counted from 1.
            let row = u64::try_from(row).map_or(u64::MAX, |row| self.first_row + row + 1);
            let field = (!column.is_empty()).then(|| column.to_owned());
            let place = Place { row: Some(row), field, ..Place::default() };
            self.found.problems.push(problem().at(place));
        }
    }

    /// The batch is not of the shape that it is read by: nothing of it can be taken.
    pub fn mismatch(&mut self, column: &str, what: &str) {
        if let Some(rows) = &mut self.rows {
            rows.fill(true);
        }
        self.found.count += 1;
        let message = Text::new(
            format!("这一列读不出来：{what}"),
            format!("this column cannot be read: {what}"),
        );
        let help = Text::new("请重新生成这个文件", "make the file anew");
        let place = Place { field: Some(column.to_owned()), ..Place::default() };
        let kind = enterprise::ProblemKind::Unreadable;
        self.found.problems.push(Problem::refused(kind, message, help).at(place));
    }
}

/// Where values stand: a column, and which row an index into it belongs to.
pub(crate) struct At<'a> {
    pub findings: &'a mut Findings,
    pub column: &'a str,
    pub row_of: &'a dyn Fn(usize) -> Option<usize>,
}

impl At<'_> {
    /// The value at this index is refused. Nothing happens if no row has it.
    pub fn refuse(&mut self, index: usize, problem: impl FnOnce() -> Problem) {
        if let Some(row) = (self.row_of)(index) {
            self.findings.add(row, self.column, problem);
        }
    }

    pub fn mismatch(&mut self, what: &impl fmt::Display) {
        self.findings.mismatch(self.column, &what.to_string());
    }
}
