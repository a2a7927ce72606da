//! The generated law as a plain table: what somebody who writes loops by hand would copy out of the
//! text. The same law stands beside it as rule files.

use jiff::civil::Date;
use rules::Operator;

/// A catalogue of programmes as a plain table.
#[derive(Debug, Clone)]
pub struct Plain {
    /// The day of the verdicts.
    pub as_of: Date,
    /// The last fiscal year.
    pub base_year: i16,
    /// The columns of facts.
    pub columns: Vec<Column>,
    /// Distinct amounts over the columns.
    pub amounts: Vec<Amount>,
    /// Distinct comparisons of amounts with edges.
    pub comparisons: Vec<Comparison>,
    /// Distinct tables of bands.
    pub bands: Vec<Bands>,
    /// Titles that are asked for.
    pub titles: Vec<String>,
    /// Kinds of events that must not have happened, and in how many months.
    pub events: Vec<(String, u32)>,
    /// Programmes, in the order of their ids.
    pub programmes: Vec<Programme>,
}

/// A column of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The indicator.
    pub indicator: &'static str,
    /// The fiscal year; none for what stands now.
    pub year: Option<i16>,
    /// Whether its lack is a pending word of an outside system.
    pub judged: bool,
}

/// What is held against an edge. Numbers are columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// The value itself.
    Value(usize),
    /// Full years from a date to the day.
    Years(usize),
    /// The sum of two years; years before the founding count zero.
    Sum(usize, usize),
    /// One over the other.
    Ratio(usize, usize),
    /// (this − last) / last.
    Growth(usize, usize),
}

/// An amount held against an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    /// The amount.
    pub amount: usize,
    /// The operator.
    pub operator: Operator,
    /// The edge.
    pub edge: Edge,
}

/// A threshold as a reduced fraction: of stored units for values and sums, plain for ratios.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Above the line.
    pub numerator: i64,
    /// Below the line, positive.
    pub denominator: i64,
}

/// Points by the band that an amount lies in: `base` and so many more for each edge that is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    /// The amount.
    pub amount: usize,
    /// At least or at most: on which side of an edge the points are added.
    pub operator: Operator,
    /// Hundredths of points that everybody gets.
    pub base: i64,
    /// Edges, easiest first, and the hundredths of points that each adds.
    pub edges: Vec<(Edge, i64)>,
}

/// A programme.
#[derive(Debug, Clone)]
pub struct Programme {
    /// Its id.
    pub id: String,
    /// All of these must hold.
    pub criteria: Vec<Criterion>,
    /// Its score table.
    pub score: Option<Score>,
}

/// A criterion.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Its id.
    pub id: String,
    /// Whether meeting it is a direct path beside the score.
    pub direct: bool,
    /// Where it applies.
    pub when: Option<Test>,
    /// What must hold.
    pub body: Body,
}

/// What must hold.
#[derive(Debug, Clone)]
pub enum Body {
    /// A condition.
    Require(Test),
    /// A person decides.
    Judged,
    /// The score passes.
    Score,
    /// At least so many of these.
    AtLeast(usize, Vec<Criterion>),
    /// The one that applies.
    Cases(Vec<Criterion>),
}

/// A condition. Numbers are places in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// A comparison.
    Compare(usize),
    /// All of these.
    All(Vec<Test>),
    /// At least so many of these.
    AtLeast(usize, Vec<Test>),
    /// A flag is set, or is not.
    Flag(usize, bool),
    /// A choice is one of these options.
    Member(usize, Vec<u16>),
    /// A title is held.
    Holds(usize),
    /// An event has not happened.
    NotHappened(usize),
}

/// A score table. Points are in hundredths.
#[derive(Debug, Clone)]
pub struct Score {
    /// What the total must reach.
    pub pass: i64,
    /// Its parts.
    pub groups: Vec<ScoreGroup>,
}

/// A part of a score table.
#[derive(Debug, Clone)]
pub struct ScoreGroup {
    /// What its subtotal must reach.
    pub floor: Option<i64>,
    /// Its items: tables of bands.
    pub items: Vec<usize>,
}

impl Plain {
    /// How many leaf criteria there are.
    pub fn leaves(&self) -> usize {
        self.programmes.iter().map(Programme::leaves).sum()
    }

    /// The criteria that persons decide: programme and criterion.
    pub fn judged(&self) -> impl Iterator<Item = (&str, &str)> {
        self.programmes.iter().flat_map(|programme| {
            let judged = programme.criteria.iter().filter(|of| matches!(of.body, Body::Judged));
            judged.map(|criterion| (programme.id.as_str(), criterion.id.as_str()))
        })
    }
}

impl Programme {
    /// How many leaf criteria there are.
    pub fn leaves(&self) -> usize {
        self.criteria.iter().map(Criterion::leaves).sum()
    }
}

impl Criterion {
    /// How many leaf criteria stand here.
    pub fn leaves(&self) -> usize {
        match &self.body {
            Body::AtLeast(_, children) | Body::Cases(children) => {
                children.iter().map(Self::leaves).sum()
            }
            _ => 1,
        }
    }
}

impl Bands {
    /// The most points that it can give.
    pub fn most(&self) -> i64 {
        self.edges.iter().fold(self.base, |sum, (_, more)| sum.saturating_add(*more))
    }
}

impl Edge {
    /// A reduced fraction.
    pub(crate) fn of(numerator: i64, denominator: i64) -> Self {
        let shared = i64::try_from(common(numerator.unsigned_abs(), denominator.unsigned_abs()))
            .unwrap_or(1)
            .max(1);
        Self { numerator: numerator / shared, denominator: denominator / shared }
    }
}

/// The greatest common divisor.
pub(crate) fn common(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common(b, a % b) }
}
