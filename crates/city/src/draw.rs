//! Chance without floating point: every draw is a function of the seed, a name and a row, so that a
//! row can be drawn anywhere, in any order, on any machine.

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
/// One in Q16, the scale of standard deviations and of powers of two.
const ONE: i64 = 1 << 16;

/// 2 to the power of 1/2, 1/4, 1/8 … in Q30.
const ROOTS: [u64; 12] = [
    1_518_500_250,
    1_276_901_417,
    1_170_923_762,
    1_121_280_436,
    1_097_253_708,
    1_085_434_106,
    1_079_572_136,
    1_076_653_033,
    1_075_196_443,
    1_074_468_888,
    1_074_105_294,
    1_073_923_544,
];

/// What something is drawn for: a column, a title, a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Theme(u64);

/// The draws of one row for one theme, one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

impl Theme {
    /// The theme `name` of a city with this seed.
    pub(crate) fn new(seed: u64, name: &str) -> Self {
        let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
        });
        Self(mix(hash ^ mix(seed.wrapping_add(GOLDEN))))
    }

    /// A theme within this one, by number.
    pub(crate) fn part(self, number: u64) -> Self {
        Self(mix(self.0 ^ mix(number.wrapping_mul(GOLDEN).wrapping_add(1))))
    }

    /// The draws of a row.
    pub(crate) fn of(self, row: u64) -> Dice {
        Dice(self.0 ^ mix(row.wrapping_add(GOLDEN)))
    }
}

impl Dice {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A whole number from 0 to `below` − 1.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        let wide = u128::from(self.word()) * u128::from(below);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// A whole number in a range, both ends included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high.saturating_sub(low)).unwrap_or(0).saturating_add(1);
        low.saturating_add_unsigned(self.below(span))
    }

    /// Yes, with so many chances in a thousand.
    pub(crate) fn chance(&mut self, per_mille: i64) -> bool {
        let asked = u64::try_from(per_mille).unwrap_or(0);
        self.below(1_000) < asked
    }

    /// A standard deviate in Q16: twelve even draws added up, so that it stays within six.
    pub(crate) fn normal(&mut self) -> i64 {
        let mut sum = 0_i64;
        for _ in 0..3 {
            let word = self.word();
            for shift in [0_u32, 16, 32, 48] {
                sum += i64::from(u16::try_from((word >> shift) & 0xFFFF).unwrap_or(0));
            }
        }
        sum - 6 * (ONE - 1)
    }

    /// A value spread normally.
    pub(crate) fn about(&mut self, mean: i64, deviation: i64) -> i64 {
        mean.saturating_add(times_q16(deviation, self.normal()))
    }
}

/// `value` times a number in Q16.
pub(crate) fn times_q16(value: i64, factor: i64) -> i64 {
    clamp((i128::from(value) * i128::from(factor)) >> 16)
}

/// `value` times `numerator` over `denominator`, rounded down.
pub(crate) fn ratio(value: i64, numerator: i64, denominator: i64) -> i64 {
    clamp((i128::from(value) * i128::from(numerator)).div_euclid(i128::from(denominator.max(1))))
}

/// `value` doubled so many times; `doublings` in hundredths of one, times a deviate in Q16.
pub(crate) fn spread(value: i64, doublings: i64, deviate: i64) -> i64 {
    let exponent = ratio(doublings, deviate, 100);
    let whole = exponent >> 16;
    let mut factor = 1_u64 << 30;
    for (place, root) in ROOTS.iter().enumerate() {
        if exponent & (1 << (15 - place)) != 0 {
            factor = (factor * root) >> 30;
        }
    }
    let scaled = (i128::from(value) * i128::from(factor)) >> 30;
    clamp(if whole < 0 {
        scaled >> whole.unsigned_abs().min(120)
    } else {
        scaled << whole.unsigned_abs().min(50)
    })
}

fn clamp(wide: i128) -> i64 {
    i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_is_the_same_on_every_machine() {
        let mut dice = Theme::new(7, "revenue").of(41);
        let drawn = (dice.below(1_000_000), dice.normal(), dice.between(-5, 5));
        assert_eq!(drawn, (954_103, -33_377, -1));
    }

    #[test]
    fn powers_of_two_are_close() {
        assert_eq!(spread(1_000, 100, ONE), 2_000);
        assert_eq!(spread(1_000, 100, -ONE), 500);
        assert_eq!(spread(1_000_000, 50, ONE), 1_414_213);
        assert_eq!(spread(1_000_000, 0, ONE), 1_000_000);
        assert_eq!(spread(1_000_000, 100, -ONE / 2), 707_106);
        assert_eq!(spread(i64::MAX, 5_000, ONE), i64::MAX);
    }

    #[test]
    fn deviates_are_standard() {
        let theme = Theme::new(1, "normal");
        let all: Vec<i64> = (0..20_000).map(|row| theme.of(row).normal()).collect();
        let mean = all.iter().sum::<i64>() / 20_000;
        let variance = all.iter().map(|z| (z * z) >> 16).sum::<i64>() / 20_000;
        assert!(mean.abs() < ONE / 50, "{mean}");
        assert!((variance - ONE).abs() < ONE / 30, "{variance}");
    }
}
