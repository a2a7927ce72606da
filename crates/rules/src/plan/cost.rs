//! What a plan costs: titles to win, tests taken on trust, effort, relative amounts, in this order.
//! Packed into one integer, so that costs add up and compare as they stand.

use std::ops::Add;

const RELATIVE_BITS: u32 = 56;
const EFFORT_BITS: u32 = 40;
const TRUSTED_BITS: u32 = 16;

/// A cost; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Cost(u128);

impl Cost {
    pub const NONE: Self = Self(0);
    pub const MAX: Self = Self(u128::MAX);
    pub const TRUSTED: Self = Self(1 << (RELATIVE_BITS + EFFORT_BITS));
    pub const TITLE: Self = Self(1 << (RELATIVE_BITS + EFFORT_BITS + TRUSTED_BITS));

    pub fn effort(weight: u32) -> Self {
        Self(u128::from(weight) << RELATIVE_BITS)
    }

    pub fn relative(parts: u64) -> Self {
        Self(u128::from(parts.min(1 << 40)))
    }

    pub fn effort_part(self) -> u64 {
        ((self.0 >> RELATIVE_BITS) & ((1 << EFFORT_BITS) - 1)) as u64
    }

    pub fn relative_part(self) -> u64 {
        (self.0 & ((1 << RELATIVE_BITS) - 1)) as u64
    }

    /// The cost with no amounts in it.
    pub fn without_amounts(self) -> Self {
        Self(self.0 >> RELATIVE_BITS << RELATIVE_BITS)
    }

    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
