//! How far a value is from an edge, relative to the edge: exact wherever the two can be compared.

use ethnum::{I256, U256};

use crate::condition::Operator;
use crate::exact::Exact;

const MILLION: i64 = 1_000_000;

/// What a value lacks to meet an edge, in parts per million of the edge, rounded up; negative for
/// what it has to spare. None for an edge of zero, and where the answer is beyond all bounds.
pub fn relative_shortfall(operator: Operator, value: Exact, edge: Exact) -> Option<i64> {
    let (down, up) = share(value, edge)?;
    let whole = if edge.is_negative() { -MILLION } else { MILLION };
    match operator {
        Operator::AtLeast | Operator::MoreThan => whole.checked_sub(down),
        Operator::AtMost | Operator::LessThan => up.checked_sub(whole),
        Operator::Equal if value.compare(edge)?.is_lt() => whole.checked_sub(down),
        Operator::Equal => up.checked_sub(whole),
    }
}

/// A value as parts per million of an edge's size, rounded down and up.
fn share(value: Exact, edge: Exact) -> Option<(i64, i64)> {
    // The products by which the two are compared, which are proven to fit.
    let above = value.numerator().checked_mul(edge.denominator())?;
    let below = value.denominator().checked_mul(edge.numerator().checked_abs()?)?;
    if below == I256::ZERO {
        return None;
    }
    if let Some(narrow) = narrow(above, below) {
        return Some(narrow);
    }
    let whole = above.checked_div_euclid(below)?.checked_mul(I256::from(MILLION))?;
    let (parts, rest) = parts(above.checked_rem_euclid(below)?.as_u256(), below.as_u256());
    let down = whole.checked_add(parts)?;
    let up = if rest { down.checked_add(I256::ONE)? } else { down };
    Some((i64::try_from(down).ok()?, i64::try_from(up).ok()?))
}

/// The same where 128 bits are enough, as they nearly always are.
fn narrow(above: I256, below: I256) -> Option<(i64, i64)> {
    let million = i128::try_from(above).ok()?.checked_mul(i128::from(MILLION))?;
    let below = i128::try_from(below).ok()?;
    let down = million.checked_div_euclid(below)?;
    let up = if million.checked_rem_euclid(below)? == 0 { down } else { down.checked_add(1)? };
    Some((i64::try_from(down).ok()?, i64::try_from(up).ok()?))
}

/// `part * 1000000 / whole` and whether something is left, for a part smaller than the whole: bit by
/// bit, so that the product needs no more room than the two have.
fn parts(part: U256, whole: U256) -> (I256, bool) {
    let (mut parts, mut rest) = (I256::ZERO, U256::ZERO);
    let take = |parts: &mut I256, rest: &mut U256| {
        if *rest >= whole {
            *rest -= whole;
            *parts += 1;
        }
    };
    for bit in (0..u64::BITS - MILLION.leading_zeros()).rev() {
        parts += parts;
        // Both below the whole, which leaves a bit of the 256 unused.
        rest += rest;
        take(&mut parts, &mut rest);
        if MILLION >> bit & 1 == 1 {
            rest += part;
            take(&mut parts, &mut rest);
        }
    }
    (parts, rest > U256::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numerator: i64, denominator: i64) -> Exact {
        Exact::scaled(numerator, denominator).unwrap()
    }

    #[test]
    fn what_is_lacking_is_rounded_up_and_what_is_spare_too() {
        use Operator::{AtLeast, AtMost, Equal};
        for (operator, value, edge, wanted) in [
            (AtLeast, of(2, 1), of(3, 1), Some(333_334)),
            (AtLeast, of(4, 1), of(3, 1), Some(-333_333)),
            (AtMost, of(4, 1), of(3, 1), Some(333_334)),
            (AtLeast, of(-2, 1), of(3, 1), Some(1_666_667)),
            (AtLeast, of(-4, 1), of(-3, 1), Some(333_334)),
            (Equal, of(2, 1), of(3, 1), Some(333_334)),
            (Equal, of(4, 1), of(3, 1), Some(333_334)),
            (Equal, of(3, 1), of(3, 1), Some(0)),
            (AtLeast, of(1, 3), of(1, 1), Some(666_667)),
            (AtLeast, of(0, 1), of(0, 1), None),
            (AtLeast, of(-i64::MAX, 1), of(1, 1_000_000), None),
        ] {
            assert_eq!(relative_shortfall(operator, value, edge), wanted, "{value:?} {edge:?}");
        }
    }

    #[test]
    fn it_is_told_wherever_the_two_can_be_compared() {
        let wide = |numerator: u32, denominator: u32| {
            Exact::fraction(I256::ONE << numerator, (I256::ONE << denominator) - 1).unwrap()
        };
        // The difference of these two does not fit; their comparison does.
        let (value, edge) = (wide(100, 126), wide(101, 128));
        assert!(edge.minus(value).is_none_or(|short| short.over(edge).is_none()));
        assert!(value.compare(edge).is_some());
        assert_eq!(relative_shortfall(Operator::AtMost, value, edge), Some(1_000_001));
    }
}
