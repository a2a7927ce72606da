//! What a column holds, and how it is named in messages.

use std::sync::Arc;

use enterprise::{Indicator, Unit};

use crate::says::shown;

/// What the cells of a column say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Uscc,
    Name,
    /// An indicator, in a year if it is a yearly one, in the unit of the heading.
    Fact {
        indicator: Arc<Indicator>,
        year: Option<i16>,
        unit: Option<Unit>,
    },
    /// First day of a title, by programme.
    TitleFrom(String),
    /// Last day of a title, by programme.
    TitleTo(String),
    /// Dates of events of a kind.
    EventDates(String),
    /// A whole number for each of these dates: kind and attribute.
    EventAttribute(String, String),
    /// The day until which events of a kind (or `*`) were looked up.
    EventsUntil(String),
    /// A person's decision: owner and criterion.
    Judged(String, String),
}

impl Target {
    /// Whether two columns would say the same thing, be it in different units.
    pub(crate) fn same_fact(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Fact { indicator, year, .. },
                Self::Fact { indicator: other, year: other_year, .. },
            ) => indicator.id == other.id && year == other_year,
            _ => self == other,
        }
    }
}

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Place from 0.
    pub(crate) index: u32,
    /// Letters and heading, for messages.
    pub(crate) field: String,
    pub(crate) target: Target,
}

/// The letters of a column, as a spreadsheet shows them: 0 is A, 26 is AA.
pub(crate) fn letters(index: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(index) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(
            char::from_digit((rest % 26) as u32 + 10, 36).unwrap_or('?').to_ascii_uppercase(),
        );
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// `C 营业收入2025（万元）`
pub(crate) fn field(index: u32, heading: &str) -> String {
    format!("{} {}", letters(index), shown(heading)).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_as_a_spreadsheet_shows_them() {
        for (index, expected) in
            [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
        {
            assert_eq!(letters(index), expected);
        }
        let _ = letters(u32::MAX);
    }
}
