//! The explanation that every evaluation yields, in words: criteria with their clauses, below them rows with the value
//! that was used, what it is held against, how far off it is, where it came from or what it lacks. A list of lines with
//! depths; how they are laid out is the business of whoever shows them.

mod compare;
mod criteria;
mod item;
mod origin;
mod rows;
mod standing;
mod value;

use enterprise::Text;
use rules::Truth;

pub use item::Scored;
pub use origin::common_source;
pub use rows::Explainer;
pub use value::value_of;

/// A line of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A criterion.
    Head {
        /// How deep it stands.
        depth: usize,
        /// Its status.
        truth: Truth,
        /// What it is called.
        label: Text,
        /// The clause and how well its numbers are known; none where both are the same as above.
        source: Option<(String, Text)>,
    },
    /// A value held against something.
    Row(Row),
    /// Words.
    Note {
        /// How deep they stand.
        depth: usize,
        /// What they say.
        text: Text,
        /// How they are to be read.
        tone: Tone,
    },
}

/// A value held against something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// How deep it stands.
    pub depth: usize,
    /// Its own status, where it is one of several tests.
    pub truth: Option<Truth>,
    /// What is tested; empty where the criterion above says it.
    pub label: Text,
    /// The value that was used.
    pub value: Text,
    /// What it is held against.
    pub limit: Text,
    /// How far off it is, where it came from, what it lacks.
    pub note: Text,
    /// How it is to be read.
    pub tone: Tone,
    /// Whether it is only a fact behind a test.
    pub fact: bool,
    /// The relative shortfall of a comparison in parts per million.
    pub ppm: Option<i64>,
}

/// How something is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// As it stands.
    #[default]
    Plain,
    /// Last, if at all.
    Dim,
    /// As good.
    Good,
    /// As what fails.
    Bad,
    /// As what is open.
    Open,
}

impl Tone {
    /// The tone of a status.
    pub fn of(truth: Truth) -> Self {
        match truth {
            Truth::Met => Self::Good,
            Truth::NotMet => Self::Bad,
            Truth::Unknown(_) => Self::Open,
            Truth::NotApplicable => Self::Dim,
        }
    }
}
