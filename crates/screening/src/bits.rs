//! The rows of a block as bits: one cache line for each question.

use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, Not};

/// Rows that are evaluated together: few enough that all intermediate results stay in the cache.
pub(crate) const BLOCK: usize = 512;
const WORDS: usize = BLOCK / 64;

/// One bit for each row of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(64))]
pub(crate) struct Bits(pub [u64; WORDS]);

impl Bits {
    pub const NONE: Self = Self([0; WORDS]);
    pub const ALL: Self = Self([u64::MAX; WORDS]);

    /// The first so many rows.
    pub fn first(rows: usize) -> Self {
        let mut bits = Self::NONE;
        for (index, word) in bits.0.iter_mut().enumerate() {
            *word = match rows.saturating_sub(index * 64) {
                0 => 0,
                left @ 1..64 => (1 << left) - 1,
                _ => u64::MAX,
            };
        }
        bits
    }

    /// From words, the first 64 rows first.
    pub fn of(words: impl Iterator<Item = u64>) -> Self {
        let mut bits = Self::NONE;
        for (mine, word) in bits.0.iter_mut().zip(words) {
            *mine = word;
        }
        bits
    }

    pub fn any(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) != 0
    }

    #[inline(always)]
    pub fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// The 64 rows from `64 * place` on.
    #[inline(always)]
    pub fn word(&self, place: usize) -> u64 {
        self.0.get(place).copied().unwrap_or_default()
    }

    pub fn get(&self, row: usize) -> bool {
        self.0.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    pub fn set(&mut self, row: usize) {
        if let Some(word) = self.0.get_mut(row / 64) {
            *word |= 1 << (row % 64);
        }
    }

    pub fn clear(&mut self, row: usize) {
        if let Some(word) = self.0.get_mut(row / 64) {
            *word &= !(1 << (row % 64));
        }
    }

    /// These rows except those.
    pub fn but(self, not: Self) -> Self {
        self & !not
    }

    /// The rows whose bit is set, in order.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(index, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let row = left.trailing_zeros() as usize;
                (left != 0).then(|| {
                    left &= left - 1;
                    index * 64 + row
                })
            })
        })
    }
}

impl BitAnd for Bits {
    type Output = Self;

    fn bitand(mut self, other: Self) -> Self {
        self &= other;
        self
    }
}

impl BitAndAssign for Bits {
    fn bitand_assign(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= theirs;
        }
    }
}

impl BitOr for Bits {
    type Output = Self;

    fn bitor(mut self, other: Self) -> Self {
        self |= other;
        self
    }
}

impl BitOrAssign for Bits {
    fn bitor_assign(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }
}

impl BitXor for Bits {
    type Output = Self;

    fn bitxor(mut self, other: Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine ^= theirs;
        }
        self
    }
}

impl Not for Bits {
    type Output = Self;

    fn not(mut self) -> Self {
        for word in &mut self.0 {
            *word = !*word;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rows_of_a_block_are_those_and_no_more() {
        for rows in [0, 1, 63, 64, 65, BLOCK - 1, BLOCK] {
            let bits = Bits::first(rows);
            assert_eq!(bits.count(), rows as u64, "{rows}");
            assert_eq!(bits.rows().collect::<Vec<_>>(), (0..rows).collect::<Vec<_>>());
        }
        assert!(!Bits::NONE.any() && Bits::ALL.get(BLOCK - 1));
    }
}
