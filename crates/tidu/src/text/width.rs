//! How many columns a text takes on a terminal: Chinese characters take two.

use unicode_width::UnicodeWidthStr as _;

/// The columns that `text` takes.
pub(crate) fn of(text: &str) -> usize {
    text.width()
}

/// `text` with blanks behind it, to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(of(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// `text` with blanks before it, to `columns`.
pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(of(text));
    format!("{}{text}", " ".repeat(blanks))
}
