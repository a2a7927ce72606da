//! What a quantity comes to for one subject: a number, nothing, or what it still lacks.

use std::cmp::Ordering;

use enterprise::{FactKey, Lack};

use crate::exact::Exact;
use crate::truth::Why;

/// What a quantity comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// A number.
    Known(Number),
    /// The year lies before the founding: there is nothing to ask for.
    Absent(i16),
    /// It cannot be told yet.
    Lacking(Lacking),
}

/// An exact number, or a root that is compared exactly without being taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A fraction.
    Exact(Exact),
    /// The yearly rate that turns 1 into `ratio` in so many years.
    Growth {
        /// End over start, not negative.
        ratio: Exact,
        /// Years between them.
        years: u32,
    },
}

/// What keeps a quantity or a criterion from being told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lacking {
    /// What would have to be known.
    pub missing: Vec<Missing>,
    /// What a person has to decide because the law gives the value no meaning.
    pub pending: Vec<Pending>,
}

/// Something that would have to be known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// A fact.
    Fact {
        /// Which.
        key: FactKey,
        /// What its lack means.
        lack: LackOrder,
    },
    /// Whether this title is held, and until when.
    Title(String),
    /// Whether such events happened, from the first day on that matters.
    Event {
        /// The event kind's id.
        kind: String,
        /// A qualifying number that is missing from a listed event.
        attribute: Option<String>,
    },
    /// A person's decision.
    Judgement {
        /// The programme or shared definition.
        owner: String,
        /// The criterion.
        criterion: String,
    },
}

/// [`Lack`] with an order, so that missing things sort the same way every time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LackOrder {
    /// A fact that somebody can look up.
    Data,
    /// A person's or an outside system's word.
    Judgement,
    /// The standard is not public.
    Open,
}

/// Why the law gives a value no meaning, so that a person has to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pending {
    /// The divisor is zero or negative.
    NoDivisor,
    /// The year lies before the founding.
    BeforeFounding(i16),
    /// A growth rate over years from or to a value that is not positive.
    NoGrowthRate,
    /// No standard covers this industry code.
    NoStandard(String),
    /// The industry code is too coarse to choose a group.
    CoarseIndustry(String),
    /// The number does not fit; rules are proven not to need it.
    TooWide,
    /// None of the cases applies.
    NoCase,
}

impl Amount {
    /// A known fraction, or too wide.
    pub(crate) fn exact(value: Option<Exact>) -> Self {
        value.map_or_else(
            || Self::pending(Pending::TooWide),
            |value| Self::Known(Number::Exact(value)),
        )
    }

    /// A person has to decide.
    pub(crate) fn pending(reason: Pending) -> Self {
        Self::Lacking(Lacking { missing: Vec::new(), pending: vec![reason] })
    }

    /// What it lacks; nothing for a number.
    pub(crate) fn lacking(&self) -> Lacking {
        match self {
            Self::Lacking(lacking) => lacking.clone(),
            _ => Lacking::default(),
        }
    }

    /// A year before the founding has no value: where a value must stand, a person decides.
    pub(crate) fn judged_if_absent(self) -> Self {
        match self {
            Self::Absent(year) => Self::pending(Pending::BeforeFounding(year)),
            other => other,
        }
    }

    /// The fraction, if it is one and known.
    pub fn as_exact(&self) -> Option<Exact> {
        match self {
            Self::Known(Number::Exact(value)) => Some(*value),
            _ => None,
        }
    }
}

impl Lacking {
    /// One missing thing.
    pub(crate) fn missing(what: Missing) -> Self {
        Self { missing: vec![what], pending: Vec::new() }
    }

    /// Both together, each thing once.
    pub(crate) fn and(mut self, other: Self) -> Self {
        for what in other.missing {
            if !self.missing.contains(&what) {
                self.missing.push(what);
            }
        }
        for reason in other.pending {
            if !self.pending.contains(&reason) {
                self.pending.push(reason);
            }
        }
        self
    }

    /// The kinds of reasons in it.
    pub fn why(&self) -> Why {
        let pending = if self.pending.is_empty() { Why::NONE } else { Why::JUDGEMENT };
        self.missing.iter().map(Missing::why).fold(pending, |why, next| why | next)
    }
}

impl Missing {
    /// What its lack means.
    pub fn why(&self) -> Why {
        match self {
            Self::Fact { lack: LackOrder::Judgement, .. } | Self::Judgement { .. } => {
                Why::JUDGEMENT
            }
            Self::Fact { lack: LackOrder::Open, .. } => Why::OPEN,
            Self::Fact { .. } | Self::Title(_) | Self::Event { .. } => Why::DATA,
        }
    }
}

impl From<Lack> for LackOrder {
    fn from(lack: Lack) -> Self {
        match lack {
            Lack::Data => Self::Data,
            Lack::Judgement => Self::Judgement,
            Lack::Open => Self::Open,
        }
    }
}

impl Number {
    /// Compares a number with a fraction, exactly: a rate `g` over `n` years is held against
    /// `limit` by holding its ratio against `(1 + limit)^n`.
    pub(crate) fn compare(self, limit: Exact) -> Option<Ordering> {
        match self {
            Self::Exact(value) => value.compare(limit),
            Self::Growth { ratio, years } => {
                let factor = Exact::whole(1).plus(limit)?;
                if factor.is_negative() {
                    return Some(Ordering::Greater);
                }
                ratio.compare(factor.power(years)?)
            }
        }
    }

    /// The number as a fraction: itself, or for a rate its value rounded down to parts per million.
    /// For showing and for distances, never for deciding.
    pub fn shown(self) -> Option<Exact> {
        match self {
            Self::Exact(value) => Some(value),
            Self::Growth { ratio, years } => {
                let root = ratio.root_floor_at(years, 1_000_000)?;
                Exact::scaled(root.checked_sub(1_000_000)?, 1_000_000)
            }
        }
    }
}
