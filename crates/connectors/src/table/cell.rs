//! One cell as a format hands it over: still raw, but with all that the format knows about it.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Blank,
    Text(String),
    /// A number of Excel, as its shortest decimal text.
    Number {
        text: String,
        /// Shown in percent: 0.35 is 35 %.
        percent: bool,
        /// The result of a formula.
        formula: bool,
    },
    /// A number of Excel that is formatted as a date.
    Date(Date),
    /// A number that is formatted as a date or time but is no date.
    NoDate(String),
    Flag(bool),
    /// An error such as `#DIV/0!`.
    Error(String),
    /// A formula whose result is not stored.
    Uncomputed,
    /// A text longer than any fact.
    TooLong,
}

impl Cell {
    /// A text cell; the ways of writing "nothing known" are blank.
    pub(crate) fn text(text: &str) -> Self {
        let text = plain(text);
        if is_blank(&text) { Self::Blank } else { Self::Text(text) }
    }

    pub(crate) fn is_blank(&self) -> bool {
        *self == Self::Blank
    }

    /// The cell in a few words, for a message or a heading.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Blank | Self::Uncomputed | Self::TooLong => String::new(),
            Self::Text(text) | Self::NoDate(text) | Self::Error(text) => text.clone(),
            Self::Number { text, percent: true, .. } => crate::number::shift(text, 2)
                .map_or_else(|| text.clone(), |text| format!("{text}%")),
            Self::Number { text, .. } => text.clone(),
            Self::Date(date) => date.to_string(),
            Self::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }
}

/// Trimmed, without invisible characters, and without the `="…"` by which texts are protected
/// from Excel in CSV files.
fn plain(text: &str) -> String {
    let text = text.trim_matches(invisible);
    let text = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    text.trim_matches(invisible).to_owned()
}

/// White space, and the marks of no width that copying from web pages leaves behind.
pub(crate) fn invisible(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a text says that nothing is known. Zero and “无” do not.
fn is_blank(text: &str) -> bool {
    const LONGEST: usize = 24;
    if text.len() > LONGEST || text.starts_with(|character: char| character.is_ascii_digit()) {
        return false;
    }
    let text: String = text.nfkc().filter(|character| !invisible(*character)).collect();
    let dashes = ['-', '—', '–', '―', '/', '\\', '－'];
    text.chars().all(|character| dashes.contains(&character))
        || matches!(text.to_ascii_uppercase().as_str(), "N/A" | "NA" | "不详" | "未知" | "不明")
}
