//! Words of `rules` as parts of keys: equal parts of the law are one part of the plan.

use ethnum::I256;
use rules::{ElapsedUnit, Exact, Operator, Truth, Why};

/// A fraction in lowest terms, so that equal values are one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Fraction {
    numerator: I256,
    denominator: I256,
}

/// [`Why`] as part of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WhyKey {
    data: bool,
    judgement: bool,
    open: bool,
}

/// [`ElapsedUnit`] as part of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum UnitKey {
    Years,
    YearsBegun,
    Days,
}

/// A comparison's operator as part of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Edge {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Equal,
}

/// [`Truth`] as part of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TruthKey {
    Met,
    NotMet,
    NotApplicable,
    Unknown(WhyKey),
}

impl Fraction {
    /// In lowest terms.
    pub fn of(exact: Exact) -> Self {
        let (mut a, mut b) = (exact.numerator().abs(), exact.denominator());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let common = if a == 0 { I256::ONE } else { a };
        Self { numerator: exact.numerator() / common, denominator: exact.denominator() / common }
    }

    pub fn exact(self) -> Exact {
        Exact::fraction(self.numerator, self.denominator).unwrap_or(Exact::ZERO)
    }

    /// The nearest floating-point number, and a bound of what that loses.
    pub fn approximately(self) -> (f64, f64) {
        let value = self.numerator.as_f64() / self.denominator.as_f64();
        (value, value.abs() * 2.0 * f64::EPSILON)
    }
}

impl From<Why> for WhyKey {
    fn from(why: Why) -> Self {
        Self { data: why.data, judgement: why.judgement, open: why.open }
    }
}

impl From<WhyKey> for Why {
    fn from(why: WhyKey) -> Self {
        Self { data: why.data, judgement: why.judgement, open: why.open }
    }
}

impl From<Truth> for TruthKey {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::Met => Self::Met,
            Truth::NotMet => Self::NotMet,
            Truth::NotApplicable => Self::NotApplicable,
            Truth::Unknown(why) => Self::Unknown(why.into()),
        }
    }
}

impl From<TruthKey> for Truth {
    fn from(truth: TruthKey) -> Self {
        match truth {
            TruthKey::Met => Self::Met,
            TruthKey::NotMet => Self::NotMet,
            TruthKey::NotApplicable => Self::NotApplicable,
            TruthKey::Unknown(why) => Self::Unknown(why.into()),
        }
    }
}

impl From<ElapsedUnit> for UnitKey {
    fn from(unit: ElapsedUnit) -> Self {
        match unit {
            ElapsedUnit::Years => Self::Years,
            ElapsedUnit::YearsBegun => Self::YearsBegun,
            ElapsedUnit::Days => Self::Days,
        }
    }
}

impl From<Operator> for Edge {
    fn from(operator: Operator) -> Self {
        match operator {
            Operator::AtLeast => Self::AtLeast,
            Operator::MoreThan => Self::MoreThan,
            Operator::AtMost => Self::AtMost,
            Operator::LessThan => Self::LessThan,
            Operator::Equal => Self::Equal,
        }
    }
}

impl From<Edge> for Operator {
    fn from(edge: Edge) -> Self {
        match edge {
            Edge::AtLeast => Self::AtLeast,
            Edge::MoreThan => Self::MoreThan,
            Edge::AtMost => Self::AtMost,
            Edge::LessThan => Self::LessThan,
            Edge::Equal => Self::Equal,
        }
    }
}
