//! How large a quantity can get, from the ranges of its indicators: proves the integer width that a
//! comparison needs, and shows conditions that can never or always hold.

use ethnum::I256;

use crate::condition::{Comparison, FactRef, Quantity, Width};
use crate::exact::Exact;
use crate::rulebook::Rulebook;

/// The possible values of a quantity, and the size of the integers that carry it.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    /// Smallest possible value, if there is one.
    pub low: Option<Exact>,
    /// Largest possible value, if there is one.
    pub high: Option<Exact>,
    /// Largest magnitude of the numerator.
    numerator: I256,
    /// Largest denominator.
    denominator: I256,
}

/// A quantity that does not fit 256 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooWide;

/// The width of integer that decides the comparison exactly.
///
/// # Errors
/// When 256 bits do not suffice.
pub fn width(rulebook: &Rulebook, comparison: &Comparison) -> Result<Width, TooWide> {
    let mut left = range(rulebook, &comparison.left)?;
    let mut right = range(rulebook, &comparison.right)?;
    if let Quantity::CompoundGrowth { years, .. } = comparison.left {
        // Compared as ratio against (1 + limit)^years.
        left = divided(rulebook, &comparison.left)?;
        let one_more = right.numerator.checked_add(right.denominator).ok_or(TooWide)?;
        right.numerator = power(one_more, years)?;
        right.denominator = power(right.denominator, years)?;
    }
    left.across(right).map(width_of)
}

/// The possible values of a quantity. Rates over several years have no bounds here.
///
/// # Errors
/// When 256 bits do not suffice.
pub fn range(rulebook: &Rulebook, quantity: &Quantity) -> Result<Range, TooWide> {
    // Every arm is a function of its own, so that a level of nesting takes little stack.
    match quantity {
        Quantity::Fact(fact) => of_fact(rulebook, fact),
        Quantity::Limit(limit) => Range::only(limit.value),
        Quantity::Constant(value) => Range::only(Exact::whole(*value)),
        Quantity::Add(left, right) => added(rulebook, left, right),
        Quantity::Subtract(left, right) => subtracted(rulebook, left, right),
        Quantity::Multiply(left, right) => multiplied(rulebook, left, right),
        Quantity::Divide(left, right) => over(rulebook, left, right),
        Quantity::Least(parts) | Quantity::Greatest(parts) => extreme(rulebook, parts),
        Quantity::SumOverYears(parts) => summed(rulebook, parts, true),
        Quantity::MeanOverYears(parts) => mean(rulebook, parts),
        Quantity::Growth(this, last) => grown(rulebook, this, last),
        Quantity::CompoundGrowth { .. } => {
            let ratio = divided(rulebook, quantity)?;
            Ok(Range { low: Some(Exact::whole(-1)), high: None, ..ratio })
        }
        Quantity::Elapsed { .. } => {
            // From the year 1 to the year 9999, in days.
            Range::between(Some(Exact::ZERO), Some(Exact::whole(3_660_000)))
        }
    }
}

fn of_fact(rulebook: &Rulebook, fact: &FactRef) -> Result<Range, TooWide> {
    let stated = match fact.indicator.range {
        Some((low, high)) => {
            let scale = match fact.indicator.kind {
                enterprise::Kind::Money => 1,
                _ => fact.indicator.kind.scale(),
            };
            Range::between(Exact::scaled(low, scale), Exact::scaled(high, scale))?
        }
        None => Range::unbounded(I256::from(i64::MAX), I256::from(fact.indicator.kind.scale())),
    };
    let Some(formula) = rulebook.formulas.get(&fact.indicator.id) else { return Ok(stated) };
    let computed = range(rulebook, formula)?;
    if !fact.indicator.given {
        return Ok(computed);
    }
    // It may be given or computed, and what is computed keeps to no stated range.
    match fact.indicator.range {
        Some(_) => Ok(computed.hull(stated)),
        None => Ok(computed.carrying(stated)),
    }
}

fn added(rulebook: &Rulebook, left: &Quantity, right: &Quantity) -> Result<Range, TooWide> {
    range(rulebook, left)?.joined(range(rulebook, right)?, Exact::plus, Exact::plus)
}

fn subtracted(rulebook: &Rulebook, left: &Quantity, right: &Quantity) -> Result<Range, TooWide> {
    range(rulebook, left)?.less(range(rulebook, right)?)
}

fn multiplied(rulebook: &Rulebook, left: &Quantity, right: &Quantity) -> Result<Range, TooWide> {
    product(range(rulebook, left)?, range(rulebook, right)?)
}

fn over(rulebook: &Rulebook, left: &Quantity, right: &Quantity) -> Result<Range, TooWide> {
    quotient(range(rulebook, left)?, range(rulebook, right)?)
}

fn extreme(rulebook: &Rulebook, parts: &[Quantity]) -> Result<Range, TooWide> {
    let mut widest: Option<Range> = None;
    for part in parts {
        let part = range(rulebook, part)?;
        widest = Some(match widest {
            // The parts are held against each other.
            Some(known) => {
                known.across(part)?;
                known.hull(part)
            }
            None => part,
        });
    }
    widest.ok_or(TooWide)
}

fn summed(rulebook: &Rulebook, parts: &[Quantity], or_zero: bool) -> Result<Range, TooWide> {
    let zero = Range::only(Exact::ZERO)?;
    let mut total = zero;
    for part in parts {
        let part = range(rulebook, part)?;
        // A year before the founding counts zero.
        let part = if or_zero { part.hull(zero) } else { part };
        total = total.joined(part, Exact::plus, Exact::plus)?;
    }
    Ok(total)
}

fn mean(rulebook: &Rulebook, parts: &[Quantity]) -> Result<Range, TooWide> {
    let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
    quotient(summed(rulebook, parts, false)?, Range::only(Exact::whole(count))?)
}

fn grown(rulebook: &Rulebook, this: &Quantity, last: &Quantity) -> Result<Range, TooWide> {
    let (this, last) = (range(rulebook, this)?, range(rulebook, last)?);
    let rate = quotient(this.less(last)?, last)?;
    // What is not negative cannot lose more than all of itself.
    let low = this.low.filter(|low| !low.is_negative()).map(|_| Exact::whole(-1));
    Ok(Range { low: low.or(rate.low), high: None, ..rate })
}

impl Range {
    fn only(value: Exact) -> Result<Self, TooWide> {
        Self::between(Some(value), Some(value))
    }

    fn less(self, other: Self) -> Result<Self, TooWide> {
        let turned = Self { low: other.high, high: other.low, ..other };
        self.joined(turned, Exact::minus, Exact::minus)
    }

    fn between(low: Option<Exact>, high: Option<Exact>) -> Result<Self, TooWide> {
        let (Some(first), Some(second)) = (low, high) else { return Err(TooWide) };
        let numerator = magnitude(first.numerator())?.max(magnitude(second.numerator())?);
        let denominator = first.denominator().max(second.denominator());
        Ok(Self { low, high, numerator, denominator })
    }

    fn unbounded(numerator: I256, denominator: I256) -> Self {
        Self { low: None, high: None, numerator, denominator }
    }

    fn joined(
        self,
        other: Self,
        low: impl Fn(Exact, Exact) -> Option<Exact>,
        high: impl Fn(Exact, Exact) -> Option<Exact>,
    ) -> Result<Self, TooWide> {
        let both = |a: Option<Exact>, b: Option<Exact>| Some((a?, b?));
        let left = self.numerator.checked_mul(other.denominator).ok_or(TooWide)?;
        let right = other.numerator.checked_mul(self.denominator).ok_or(TooWide)?;
        Ok(Self {
            low: both(self.low, other.low).and_then(|(a, b)| low(a, b)),
            high: both(self.high, other.high).and_then(|(a, b)| high(a, b)),
            numerator: left.checked_add(right).ok_or(TooWide)?,
            denominator: self.denominator.checked_mul(other.denominator).ok_or(TooWide)?,
        })
    }

    /// The largest product when values of both are multiplied across.
    fn across(self, other: Self) -> Result<I256, TooWide> {
        let left = self.numerator.checked_mul(other.denominator).ok_or(TooWide)?;
        let right = other.numerator.checked_mul(self.denominator).ok_or(TooWide)?;
        Ok(left.max(right))
    }

    /// The same bounds, carried by integers as large as those of both.
    fn carrying(self, other: Self) -> Self {
        Self {
            numerator: self.numerator.max(other.numerator),
            denominator: self.denominator.max(other.denominator),
            ..self
        }
    }

    /// The smallest range that holds both.
    fn hull(self, other: Self) -> Self {
        let pick = |a: Option<Exact>, b: Option<Exact>, least: bool| {
            let (a, b) = (a?, b?);
            Some(if a.compare(b)?.is_lt() == least { a } else { b })
        };
        Self {
            low: pick(self.low, other.low, true),
            high: pick(self.high, other.high, false),
            numerator: self.numerator.max(other.numerator),
            denominator: self.denominator.max(other.denominator),
        }
    }
}

fn product(left: Range, right: Range) -> Result<Range, TooWide> {
    let negative = |range: Range| range.low.is_none_or(Exact::is_negative);
    let bounded = !negative(left) && !negative(right);
    let times = |a: Option<Exact>, b: Option<Exact>| a?.times(b?).filter(|_| bounded);
    Ok(Range {
        low: times(left.low, right.low),
        high: times(left.high, right.high),
        numerator: left.numerator.checked_mul(right.numerator).ok_or(TooWide)?,
        denominator: left.denominator.checked_mul(right.denominator).ok_or(TooWide)?,
    })
}

/// The divisor counts only where it is positive.
fn quotient(left: Range, right: Range) -> Result<Range, TooWide> {
    let not_negative = left.low.is_some_and(|low| !low.is_negative());
    let fixed = right.low.filter(|low| low.is_positive());
    let over = |a: Option<Exact>, b: Option<Exact>| a?.over(b?);
    Ok(Range {
        low: if not_negative {
            over(left.low, right.high).or(Some(Exact::ZERO))
        } else {
            left.low.filter(|_| fixed.is_some()).and_then(|low| low.over(fixed?))
        },
        high: left.high.filter(|_| not_negative).and_then(|high| high.over(fixed?)),
        numerator: left.numerator.checked_mul(right.denominator).ok_or(TooWide)?,
        denominator: left.denominator.checked_mul(right.numerator).ok_or(TooWide)?,
    })
}

/// The range of end over start of a compound growth.
fn divided(rulebook: &Rulebook, quantity: &Quantity) -> Result<Range, TooWide> {
    match quantity {
        Quantity::CompoundGrowth { end, start, .. } => {
            quotient(range(rulebook, end)?, range(rulebook, start)?)
        }
        other => range(rulebook, other),
    }
}

fn magnitude(value: I256) -> Result<I256, TooWide> {
    value.checked_abs().ok_or(TooWide)
}

fn power(base: I256, times: u32) -> Result<I256, TooWide> {
    base.checked_pow(times).ok_or(TooWide)
}

fn width_of(magnitude: I256) -> Width {
    if magnitude <= I256::from(i64::MAX) {
        Width::I64
    } else if magnitude <= I256::from(i128::MAX) {
        Width::I128
    } else {
        Width::I256
    }
}
