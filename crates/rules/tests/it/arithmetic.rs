//! Exact fractions against big rationals: the same value, or an honest `None`.

use ethnum::I256;
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use rules::Exact;

use crate::generators::{as_exact, fraction};
use crate::reference::rational;

fn big((numerator, denominator): (i128, i128)) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

/// `None` is only allowed where 256 bits could be short: some part of it needs more than 127.
fn same(found: Option<Exact>, wanted: &BigRational, parts: &[(i128, i128)]) {
    match found {
        Some(found) => {
            assert!(found.denominator() > I256::ZERO);
            assert_eq!(&rational(found), wanted);
        }
        None => assert!(parts.iter().any(|(above, below)| {
            above.unsigned_abs() > u128::from(u64::MAX) || *below > i128::from(i64::MAX)
        })),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn sums_products_and_orders(a in fraction(), b in fraction()) {
        let (x, y) = (as_exact(a), as_exact(b));
        let parts = [a, b];
        same(x.plus(y), &(big(a) + big(b)), &parts);
        same(x.minus(y), &(big(a) - big(b)), &parts);
        same(x.times(y), &(big(a) * big(b)), &parts);
        if b.0 > 0 {
            same(x.over(y), &(big(a) / big(b)), &parts);
        } else {
            prop_assert!(x.over(y).is_none(), "a divisor that is not positive");
        }
        same(x.negated(), &-big(a), &parts);
        // Two 128-bit fractions are always comparable in 256 bits.
        prop_assert_eq!(x.compare(y), Some(big(a).cmp(&big(b))));
        prop_assert_eq!(x == y, big(a) == big(b));
        prop_assert_eq!(x.is_positive(), a.0 > 0);
        prop_assert_eq!(x.is_negative(), a.0 < 0);
    }

    #[test]
    fn powers(a in fraction(), times in 0..6u32) {
        let wanted = (0..times).fold(big((1, 1)), |power, _| power * big(a));
        if let Some(power) = as_exact(a).power(times) {
            prop_assert_eq!(rational(power), wanted);
        } else {
            let bits = |part: i128| 128 - part.unsigned_abs().leading_zeros();
            prop_assert!(bits(a.0).max(bits(a.1)) * times >= 250);
        }
    }

    #[test]
    fn rounding(a in fraction(), scale in prop::sample::select(&[1i64, 10, 100, 1_000_000][..])) {
        let scaled = big(a) * BigRational::from_integer(scale.into());
        let whole = |value: BigRational| i64::try_from(value.to_integer()).ok();
        prop_assert_eq!(as_exact(a).floor_at(scale), whole(scaled.floor()));
        let ceiling = whole(scaled.ceil());
        // The smallest 64-bit number has no opposite: it may be refused.
        let found = as_exact(a).ceil_at(scale);
        prop_assert!(found == ceiling || (found.is_none() && ceiling == Some(i64::MIN)));
        let exactly = if scaled.is_integer() { whole(scaled) } else { None };
        prop_assert_eq!(as_exact(a).exactly_at(scale), exactly);
    }

    #[test]
    fn roots_round_down(
        above in 0..=i64::MAX, below in 1..=i64::MAX, degree in 1..=10u32,
        near in 0..1_000_000i64,
    ) {
        // Any ratio, and one that is nearly 1, as rates are.
        for (above, below) in [(above, below), (below.saturating_add(near), below)] {
            let value = Exact::scaled(above, below).unwrap();
            let Some(root) = value.root_floor_at(degree, 1_000_000) else { continue };
            let power = |root: i64| {
                let root = BigRational::new(root.into(), 1_000_000.into());
                (0..degree).fold(BigRational::from_integer(1.into()), |power, _| power * root.clone())
            };
            prop_assert!(power(root) <= rational(value), "{root} is too high");
            prop_assert!(power(root + 1) > rational(value), "{root} is too low");
        }
    }
}
