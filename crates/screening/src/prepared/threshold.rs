//! A constant edge in the unit of the number that is held against it.

use ethnum::I256;
use rules::Exact;

use super::units::WHOLE;
use crate::plan::Fraction;

/// An edge, prepared for all the ways in which a block can decide about it.
#[derive(Debug, Clone)]
pub(crate) struct Threshold {
    /// The nearest floating-point number.
    pub at: f64,
    /// In lowest terms; none if it does not fit in floating point.
    terms: Option<Terms>,
    /// The smallest whole number that is not below the edge.
    pub from: f64,
    /// The smallest whole number above the edge.
    pub beyond: f64,
}

/// An edge as a fraction of whole numbers, and what turns differences into parts per million of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms {
    pub numerator: f64,
    pub denominator: f64,
    /// A million over the numerator, in lowest terms.
    pub parts: f64,
    pub size: f64,
}

/// Whole numbers below this leave room for a sum and a rounding.
pub(crate) const ROOMY: f64 = (1u64 << 51) as f64;
const MILLION: u64 = 1_000_000;

impl Threshold {
    pub fn of(limit: Exact, unit: Exact) -> Option<Self> {
        let edge = Fraction::of(limit.over(unit)?).exact();
        let (above, below) = (edge.numerator(), edge.denominator());
        let down = above.checked_div_euclid(below)?;
        let rest = above.checked_rem_euclid(below)? != 0;
        // No value that is compared with these is as large.
        let most = I256::from(1i64 << 60);
        let clamped = |number: I256| number.clamp(-most, most).as_f64();
        Some(Self {
            at: above.as_f64() / below.as_f64(),
            terms: Terms::of(above, below),
            from: clamped(if rest { down + 1 } else { down }),
            beyond: clamped(down + 1),
        })
    }

    /// Whether no quotient with a divisor up to `below` can fall on the edge by rounding alone.
    pub fn is_told_from(&self, below: f64) -> bool {
        self.terms.is_some_and(|terms| below * terms.numerator.abs().max(1.0) <= ROOMY)
    }

    pub fn terms(&self) -> Option<Terms> {
        self.terms
    }
}

impl Terms {
    fn of(above: I256, below: I256) -> Option<Self> {
        let size = u64::try_from(above.checked_abs()?).ok()?;
        let denominator = Some(below.as_f64()).filter(|below| *below < WHOLE)?;
        let numerator = Some(above.as_f64()).filter(|above| above.abs() < WHOLE)?;
        let shared = gcd(MILLION, size);
        let parts = (MILLION / shared) as f64;
        Some(Self { numerator, denominator, parts, size: (size / shared) as f64 })
    }
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_on_both_sides_of_an_edge() {
        for (numerator, denominator, from, beyond) in [
            (7, 2, 4.0, 4.0),
            (8, 2, 4.0, 5.0),
            (-7, 2, -3.0, -3.0),
            (0, 5, 0.0, 1.0),
            (i64::MAX, 1, (1u64 << 60) as f64, (1u64 << 60) as f64),
        ] {
            let limit = Exact::scaled(numerator, denominator).unwrap();
            let threshold = Threshold::of(limit, Exact::whole(1)).unwrap();
            assert_eq!((threshold.from, threshold.beyond), (from, beyond), "{limit:?}");
        }
    }
}
