//! Exact fractions over 256-bit integers. The compiler of rules proves that no comparison needs
//! more; should one do so all the same, the operation answers `None` instead of wrapping.

use std::cmp::Ordering;

use ethnum::I256;

/// An exact fraction with a positive denominator.
#[derive(Debug, Clone, Copy)]
pub struct Exact {
    numerator: I256,
    denominator: I256,
}

impl Exact {
    /// Zero.
    pub const ZERO: Self = Self { numerator: I256::ZERO, denominator: I256::ONE };

    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Self { numerator: I256::from(value), denominator: I256::ONE }
    }

    /// `value / scale`; `None` unless the scale is positive.
    pub fn scaled(value: i64, scale: i64) -> Option<Self> {
        Self::fraction(I256::from(value), I256::from(scale))
    }

    /// `numerator / denominator`; `None` unless the denominator is positive.
    pub fn fraction(numerator: I256, denominator: I256) -> Option<Self> {
        (denominator > 0).then_some(Self { numerator, denominator })
    }

    /// The part above the line.
    pub fn numerator(self) -> I256 {
        self.numerator
    }

    /// The part below the line, always positive.
    pub fn denominator(self) -> I256 {
        self.denominator
    }

    /// Whether the value is above zero.
    pub fn is_positive(self) -> bool {
        self.numerator > 0
    }

    /// Whether the value is below zero.
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// Sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.denominator == other.denominator {
            let numerator = self.numerator.checked_add(other.numerator)?;
            return Self::fraction(numerator, self.denominator);
        }
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::fraction(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// Difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated()?)
    }

    /// Product.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::fraction(
            self.numerator.checked_mul(other.numerator)?,
            self.denominator.checked_mul(other.denominator)?,
        )
    }

    /// Quotient by a positive divisor; `None` otherwise, since the law gives such a ratio no meaning.
    pub fn over(self, divisor: Self) -> Option<Self> {
        Self::fraction(
            self.numerator.checked_mul(divisor.denominator)?,
            self.denominator.checked_mul(divisor.numerator)?,
        )
    }

    /// The value with its sign turned.
    pub fn negated(self) -> Option<Self> {
        Self::fraction(self.numerator.checked_neg()?, self.denominator)
    }

    /// The value without its sign.
    pub fn size(self) -> Option<Self> {
        if self.is_negative() { self.negated() } else { Some(self) }
    }

    /// `self` multiplied `times` times with itself; the zeroth power is one.
    pub fn power(self, times: u32) -> Option<Self> {
        let mut product = Self::whole(1);
        for _ in 0..times {
            product = product.times(self)?;
        }
        Some(product)
    }

    /// Compares by cross-multiplication.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Some(left.cmp(&right))
    }

    /// `self * scale`, rounded down; for showing, never for deciding.
    pub fn floor_at(self, scale: i64) -> Option<i64> {
        let product = self.numerator.checked_mul(I256::from(scale))?;
        i64::try_from(product.checked_div_euclid(self.denominator)?).ok()
    }

    /// `self * scale`, rounded up.
    pub fn ceil_at(self, scale: i64) -> Option<i64> {
        self.negated()?.floor_at(scale)?.checked_neg()
    }

    /// `self * scale` if that is a whole number.
    pub fn exactly_at(self, scale: i64) -> Option<i64> {
        let product = self.numerator.checked_mul(I256::from(scale))?;
        let whole = product.checked_rem_euclid(self.denominator)? == 0;
        if whole { self.floor_at(scale) } else { None }
    }

    /// The root of the given degree, times `scale`, rounded down; for showing only. Needs `self >= 0`.
    pub fn root_floor_at(self, degree: u32, scale: i64) -> Option<i64> {
        if self.is_negative() || degree == 0 {
            return None;
        }
        let (mut low, mut high) = (0i64, i64::from(i32::MAX).checked_mul(scale.min(1_000_000))?);
        // `candidate^degree * denominator` is held against `numerator * scale^degree`.
        let radicand = self.numerator.checked_mul(I256::from(scale).checked_pow(degree)?)?;
        let fits = |candidate: i64| {
            let power = I256::from(candidate).checked_pow(degree);
            let product = power.and_then(|power| power.checked_mul(self.denominator));
            // A product too wide to compute is larger than the radicand, which was computed.
            product.is_some_and(|product| product <= radicand)
        };
        while low < high {
            let middle = low + (high - low + 1) / 2;
            if fits(middle) { low = middle } else { high = middle - 1 }
        }
        Some(low)
    }
}

/// Two fractions are equal if their values are.
impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.compare(*other) == Some(Ordering::Equal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_across_denominators() {
        let third = Exact::scaled(1, 3).unwrap();
        assert_eq!(third.plus(third).unwrap().plus(third), Some(Exact::whole(1)));
        assert_eq!(
            third.compare(Exact::scaled(333_333, 1_000_000).unwrap()),
            Some(Ordering::Greater)
        );
        assert!(Exact::whole(1).over(Exact::ZERO).is_none());
        assert!(Exact::whole(1).over(Exact::whole(-1)).is_none());
    }

    #[test]
    fn rounds_towards_the_named_side() {
        let value = Exact::scaled(-7, 2).unwrap();
        assert_eq!((value.floor_at(1), value.ceil_at(1)), (Some(-4), Some(-3)));
        assert_eq!(value.exactly_at(1), None);
        assert_eq!(value.exactly_at(2), Some(-7));
        assert_eq!(Exact::scaled(121, 100).unwrap().root_floor_at(2, 1_000_000), Some(1_100_000));
        assert_eq!(Exact::whole(2).root_floor_at(2, 1_000), Some(1_414));
    }
}
