//! One line of an audit file: JSON in exactly the way that this program writes it. A file begins with
//! its form and the head that it follows, then has every seal from the first, then the records, then
//! the head.

use serde::{Deserialize, Serialize};

use crate::append::{Head, Linked};
use crate::seal::DaySeal;
use crate::unreadable::Unreadable;

/// The name of the form of the file.
pub const FORM: &str = "tidu-audit-1";

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Line {
    /// The first line.
    Begin {
        /// [`FORM`].
        form: String,
        /// The head that the records follow: [`Head::NONE`] when the file has all of them.
        after: Head,
    },
    /// A seal.
    Seal(DaySeal),
    /// A record.
    Record(Box<Linked>),
    /// The last line: what the last record is.
    Head(Head),
}

impl Line {
    /// The first line of a file whose records follow `after`.
    pub fn begin(after: Head) -> Self {
        Self::Begin { form: FORM.to_owned(), after }
    }
}

/// The text of a line, with its end.
///
/// # Errors
/// Never, as long as every field of a line can be written as JSON.
pub fn write_line(line: &Line) -> Result<String, serde_json::Error> {
    serde_json::to_string(line).map(|text| text + "\n")
}

/// What a line says; `text` is without its end.
///
/// # Errors
/// When it is not a line, or is one in another way of writing: whoever wrote it anew may have changed
/// it, and two ways of writing one thing would make a changed byte invisible.
pub fn read_line(text: &str) -> Result<Line, Unreadable> {
    let line: Line = serde_json::from_str(text).map_err(|error| {
        let (column, what) = (error.column(), error.to_string());
        let what = what.split(" at line ").next().unwrap_or_default().to_owned();
        Unreadable::Json { column, what }
    })?;
    match write_line(&line) {
        Ok(written) if written.strip_suffix('\n') == Some(text) => Ok(line),
        _ => Err(Unreadable::Rewritten),
    }
}
