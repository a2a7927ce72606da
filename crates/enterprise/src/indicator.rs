//! Indicators (指标): typed, unit-bearing quantities and what is known about them in general.
//! Says nothing about any one subject.

use crate::text::Text;

/// What kind of value an indicator has. Decides how text is read and how values are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Money, in integer fen.
    Money,
    /// A ratio, in integer parts per million.
    Ratio,
    /// A number with a fixed count of decimals and a counting word.
    Number {
        /// Decimals kept: the stored integer is the number times 10 to this power.
        decimals: u8,
        /// The counting word: 人, 项, 分, 年.
        unit: Text,
    },
    /// A calendar date.
    Date,
    /// Yes or no.
    Flag,
    /// One of a fixed set of options, in order.
    Choice(Vec<Choice>),
    /// An industry code of GB/T 4754-2017.
    Industry,
}

/// One option of a [`Kind::Choice`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Stable id.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// Other words for it in files, such as a superseded code.
    pub aliases: Vec<String>,
}

/// Whether an indicator is told by fiscal year or as it stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// One value for each fiscal year.
    Yearly,
    /// One present value.
    State,
}

/// What it means that a value is lacking: the kind of *undetermined* that it causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// A fact that somebody can look up.
    Data,
    /// A person's or an outside system's word, which cannot be computed here.
    Judgement,
    /// The standard for it is not public.
    Open,
}

/// What it costs to obtain a value, cheapest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// It stands in a public registry.
    Registry,
    /// The firm has a document to upload.
    Upload,
    /// The firm must be asked.
    Ask,
    /// An expert must look.
    Expert,
}

/// Which way a plan may move a value: nobody is told to shrink revenue so that a ratio looks better.
/// For a flag, up is towards yes; for a choice, towards the last option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Moves {
    /// Only upwards.
    Up,
    /// Only downwards.
    Down,
    /// Either way.
    #[default]
    Either,
}

/// A typed, unit-bearing quantity of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Stable id (`rd_expense`).
    pub id: String,
    /// What people read (研发费用).
    pub label: Text,
    /// Type and unit.
    pub kind: Kind,
    /// By fiscal year, or as it stands.
    pub period: Period,
    /// Whether the value of one year says nothing of the next, so that none is expected.
    pub one_off: bool,
    /// What its lack means.
    pub lack: Lack,
    /// Smallest and largest admissible stored value; given for every quantity.
    pub range: Option<(i64, i64)>,
    /// The smallest step by which the value can move, in stored units.
    pub step: i64,
    /// Other headings under which files carry it.
    pub aliases: Vec<String>,
    /// What it means exactly and where to find it.
    pub note: Text,
    /// Who has it first hand.
    pub source: Text,
    /// Whether the tax authority gives it, for recognition only.
    pub tax: bool,
    /// What it costs to obtain.
    pub cost: Cost,
    /// How hard it is to change by a firm, for plans; `None` if it cannot be changed.
    pub effort: Option<u32>,
    /// Which way a plan may move it.
    pub moves: Moves,
    /// The indicator of which it is a part: no plan makes a part larger than its whole.
    pub within: Option<String>,
    /// Whether it can be computed from others when it is not given itself.
    pub derived: bool,
    /// Whether files may give it. Some derived indicators are only ever computed.
    pub given: bool,
}

impl Kind {
    /// Stored units in one plain unit (1 元 = 100 fen, 1 = 1 000 000 ppm).
    pub fn scale(&self) -> i64 {
        match self {
            Self::Money => 100,
            Self::Ratio => 1_000_000,
            Self::Number { decimals, .. } => 10i64.saturating_pow(u32::from(*decimals)),
            _ => 1,
        }
    }
}
