//! Conditions and quantities of the law, typed and resolved: what an expression in a rule file
//! becomes. They hold no facts.

use std::sync::Arc;

use enterprise::{EventAttribute, EventKind, Indicator, Kind, Text};

use crate::exact::Exact;
use crate::provenance::Citation;

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// At least so many hold.
    AtLeast(usize, Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// One quantity against another.
    Compare(Comparison),
    /// A choice is one of these options.
    Member(Member),
    /// A yes-or-no fact says yes.
    Flag(FactRef),
    /// A title is held and valid on the date.
    Holds(Holds),
    /// An event lies in the months before the date.
    Happened(Happened),
}

/// One quantity against another.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The quantity that is judged.
    pub left: Quantity,
    /// The edge.
    pub operator: Operator,
    /// What it is held against, mostly a limit.
    pub right: Quantity,
    /// In what both are measured.
    pub measure: Measure,
    /// The integer width that decides it exactly, proven from the ranges of the indicators.
    pub width: Width,
}

/// A choice against a set of options.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The indicator.
    pub fact: FactRef,
    /// Indices of the admitted options.
    pub options: Vec<usize>,
}

/// A title as prerequisite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holds {
    /// The programme.
    pub programme: String,
    /// Its name.
    pub label: Text,
    /// The titles that count: the programme itself and those it is held through.
    pub any_of: Vec<String>,
}

/// An event in a rolling window.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    /// What kind of event.
    pub event: EventKind,
    /// How far back.
    pub window: Window,
    /// A qualifying whole number and what it must be.
    pub attribute: Option<(EventAttribute, Operator, Arc<Limit>)>,
}

/// How far back an event counts; up to the date of the question, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// So many months.
    Months(u32),
    /// From 1 January of the base year plus so many.
    SinceStartOf(i16),
}

/// An edge, always stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// ≥
    AtLeast,
    /// >
    MoreThan,
    /// ≤
    AtMost,
    /// <
    LessThan,
    /// =
    Equal,
}

/// A fact as a rule refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRef {
    /// The indicator.
    pub indicator: Arc<Indicator>,
    /// Years from the base year (0 is the base year, -1 the one before); `None` for a state.
    pub offset: Option<i16>,
}

/// A quantity.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantity {
    /// The value of an indicator.
    Fact(FactRef),
    /// A named threshold.
    Limit(Arc<Limit>),
    /// A whole number that counts, not a threshold.
    Constant(i64),
    /// Sum of two.
    Add(Box<Quantity>, Box<Quantity>),
    /// Difference of two.
    Subtract(Box<Quantity>, Box<Quantity>),
    /// Product of two.
    Multiply(Box<Quantity>, Box<Quantity>),
    /// Quotient of two; undefined unless the divisor is positive.
    Divide(Box<Quantity>, Box<Quantity>),
    /// The smallest.
    Least(Vec<Quantity>),
    /// The largest.
    Greatest(Vec<Quantity>),
    /// Sum over years; years before the founding count zero.
    SumOverYears(Vec<Quantity>),
    /// Arithmetic mean over years.
    MeanOverYears(Vec<Quantity>),
    /// (this − last) / last.
    Growth(Box<Quantity>, Box<Quantity>),
    /// (end / start) to the power of 1 / years, minus 1.
    CompoundGrowth {
        /// The last year's value.
        end: Box<Quantity>,
        /// The value so many years before.
        start: Box<Quantity>,
        /// How many years lie between.
        years: u32,
    },
    /// Full years or days from a dated fact to a date.
    Elapsed {
        /// Years or days.
        unit: ElapsedUnit,
        /// The dated fact.
        from: FactRef,
        /// The date up to which is counted.
        to: Until,
    },
}

/// In what elapsed time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElapsedUnit {
    /// Full years.
    Years,
    /// Years begun: a part counts as a whole, the anniversary itself begins none.
    YearsBegun,
    /// Days.
    Days,
}

/// Up to when elapsed time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// 31 December of the base year plus so many.
    EndOfYear(i16),
    /// 1 January of the base year plus so many.
    StartOfYear(i16),
    /// The date of the question.
    Today,
}

/// A threshold of the law: named, with its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// Its name within its criterion.
    pub name: String,
    /// Its value: fen, a plain ratio, a count.
    pub value: Exact,
    /// In what it is measured.
    pub measure: Measure,
    /// As it is written in the rule file.
    pub written: String,
    /// Where it comes from.
    pub citation: Citation,
}

/// In what a quantity is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Money, in fen.
    Money,
    /// A plain ratio (0.03 is 3 %).
    Ratio,
    /// Counted things, with the decimals that are kept.
    Count {
        /// The counting word.
        unit: Text,
        /// Decimals kept.
        decimals: u8,
    },
    /// Anything else (money per head): shown as a bare number.
    Other,
}

/// The width of integer that a comparison needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// 64 bits.
    I64,
    /// 128 bits.
    I128,
    /// 256 bits.
    I256,
}

impl Operator {
    /// As it is written in rule files.
    pub fn written(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::MoreThan => ">",
            Self::AtMost => "<=",
            Self::LessThan => "<",
            Self::Equal => "=",
        }
    }

    /// As people read it.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            other => other.written(),
        }
    }

    /// Whether values in this order satisfy it.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::AtLeast => order.is_ge(),
            Self::MoreThan => order.is_gt(),
            Self::AtMost => order.is_le(),
            Self::LessThan => order.is_lt(),
            Self::Equal => order.is_eq(),
        }
    }
}

impl Measure {
    /// The measure of an indicator's values.
    pub fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Money => Self::Money,
            Kind::Ratio => Self::Ratio,
            Kind::Number { unit, decimals } => {
                Self::Count { unit: unit.clone(), decimals: *decimals }
            }
            _ => Self::Other,
        }
    }
}
