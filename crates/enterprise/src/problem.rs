//! What is wrong with given data: a value for people, with place and remedy. Not an error of the
//! program, and not a verdict.

use std::fmt;

use crate::text::Text;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The row or document that holds it was not taken in.
    Refused,
    /// Worth a look; everything was taken in.
    Warning,
}

/// What kind of problem it is: stable, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The file cannot be read at all.
    Unreadable,
    /// The file has no data.
    Empty,
    /// A limit on size, rows or columns was passed.
    TooLarge,
    /// The unified social credit code is wrong or lacking.
    Uscc,
    /// The same enterprise stands twice.
    Duplicate,
    /// A column, field or id that is not known.
    UnknownName,
    /// A text where another type was expected.
    WrongType,
    /// A unit that contradicts the header or the indicator.
    WrongUnit,
    /// More digits than the unit can hold.
    TooManyDigits,
    /// Outside the admissible range.
    OutOfRange,
    /// A year that cannot be right.
    WrongYear,
    /// Two values for one fact.
    Conflict,
}

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file as the user named it.
    pub file: Option<String>,
    /// The sheet, if the file has sheets.
    pub sheet: Option<String>,
    /// Row number from 1, as a spreadsheet shows it; for JSON the document's number from 1.
    pub row: Option<u64>,
    /// Column letters, or the path of a field (`facts.revenue.2025`).
    pub field: Option<String>,
}

/// One problem with given data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind.
    pub kind: ProblemKind,
    /// How bad.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub help: Text,
}

impl Problem {
    /// A problem that keeps its row or document out; `place` can be filled in later.
    pub fn refused(kind: ProblemKind, message: Text, help: Text) -> Self {
        Self { kind, severity: Severity::Refused, place: Place::default(), message, help }
    }

    /// A problem that is only worth a look.
    pub fn warning(kind: ProblemKind, message: Text, help: Text) -> Self {
        Self { severity: Severity::Warning, ..Self::refused(kind, message, help) }
    }

    /// The same problem at this place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }
}

impl ProblemKind {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::Uscc => "uscc",
            Self::Duplicate => "duplicate",
            Self::UnknownName => "unknown-name",
            Self::WrongType => "wrong-type",
            Self::WrongUnit => "wrong-unit",
            Self::TooManyDigits => "too-many-digits",
            Self::OutOfRange => "out-of-range",
            Self::WrongYear => "wrong-year",
            Self::Conflict => "conflict",
        }
    }
}

/// `企业.xlsx › 填报 › 5 › C`
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = self.row.map(|row| row.to_string());
        let parts = [&self.file, &self.sheet, &row, &self.field];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        f.write_str(&parts.join(" › "))
    }
}
