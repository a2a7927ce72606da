//! What stands in a table or beside a name.

use jiff::civil::Date;

use super::{Act, Part};
use crate::lang::Say;
use crate::parts::figure::Figure;

/// What stands in a table or beside a name.
pub(crate) enum Cell {
    Text(String),
    /// Figures, dates, codes: with digits of one width, on one line. In a workbook this is a text.
    Num(String),
    /// A number that stays a number in a workbook; on a page it stands at the right edge of its column.
    Figure(Figure),
    /// The same, leading to what was counted.
    To(String, Figure),
    /// A day that stays a day in a workbook.
    Day(Date),
    Code(String),
    /// A link with something smaller below, if there is something.
    Link {
        to: String,
        text: String,
        small: String,
    },
    /// The same, so deep in a tree.
    Deep {
        depth: usize,
        to: String,
        text: String,
        small: String,
    },
    /// A text with something smaller below.
    Two {
        text: String,
        small: String,
    },
    /// A state, and whether it is `good`, `bad`, to `wait` for, or nothing of this.
    State(&'static str, String),
    States(Vec<(&'static str, String)>),
    Progress {
        done: i64,
        of: i64,
        text: String,
    },
    Acts(Vec<Act>),
    /// What has a template of its own, and the text that a workbook has in its place.
    Part(Part, String),
}

impl Cell {
    pub fn link(to: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Link { to: to.into(), text: text.into(), small: String::new() }
    }

    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A text, or a dash if there is none.
    pub fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or_else(Self::none, |text| Self::Text(text.into()))
    }

    /// There is nothing to show.
    pub fn none() -> Self {
        Self::Text("—".to_owned())
    }

    /// Whether there is nothing to show.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::Text(text) | Self::Num(text) if text == "—")
    }

    /// How many.
    pub fn count(number: i64) -> Self {
        Self::Figure(Figure::count(number))
    }

    /// An amount in fen, or a dash; the column says the unit (万元).
    pub fn money(fen: Option<i64>, say: Say) -> Self {
        fen.map_or_else(Self::none, |fen| Self::Figure(Figure::money(fen, say)))
    }

    /// A ratio in parts per million, or a dash; the column says the unit (%).
    pub fn percent(ppm: Option<i64>) -> Self {
        ppm.map_or_else(Self::none, |ppm| Self::Figure(Figure::percent(ppm)))
    }

    /// As text: for a workbook and for what sorts or searches by it.
    pub fn plain(&self, say: Say) -> String {
        match self {
            Self::Text(text) if text == "—" => String::new(),
            Self::Text(text)
            | Self::Num(text)
            | Self::Code(text)
            | Self::Link { text, .. }
            | Self::Deep { text, .. }
            | Self::Two { text, .. }
            | Self::State(_, text)
            | Self::Part(_, text) => text.clone(),
            Self::Figure(figure) | Self::To(_, figure) => figure.to_string(),
            Self::Day(day) => day.to_string(),
            Self::States(all) => {
                let texts: Vec<&str> = all.iter().map(|(_, text)| text.as_str()).collect();
                texts.join(say.either("、", ", "))
            }
            Self::Progress { done, of, .. } => format!("{done}/{of}"),
            Self::Acts(_) => String::new(),
        }
    }

    /// What stands smaller below.
    pub fn small(&self) -> &str {
        match self {
            Self::Link { small, .. } | Self::Deep { small, .. } | Self::Two { small, .. } => small,
            _ => "",
        }
    }
}
