//! A shuffled order without a list: a permutation of the first so many numbers, by a cipher of a few
//! rounds over the next power of four.

use crate::draw::Theme;

/// A shuffled order of the numbers below `length`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shuffled {
    length: u64,
    half: u32,
    keys: [Theme; 4],
}

impl Shuffled {
    /// The order of `length` numbers that belongs to a theme.
    pub(crate) fn new(theme: Theme, length: u64) -> Self {
        let bits = u64::BITS - length.saturating_sub(1).leading_zeros();
        let half = bits.div_ceil(2).max(1);
        Self { length, half, keys: [0, 1, 2, 3].map(|round| theme.part(round)) }
    }

    /// Where a number stands in the order. Numbers that are not in it stand where they are.
    pub(crate) fn place(&self, number: u64) -> u64 {
        if number >= self.length {
            return number;
        }
        let mut place = self.turn(number);
        // The cipher permutes a somewhat larger set: what falls outside goes round again.
        while place >= self.length {
            place = self.turn(place);
        }
        place
    }

    fn turn(&self, number: u64) -> u64 {
        let (mut left, mut right) = (number >> self.half, number & self.mask());
        for key in self.keys {
            let mask = key.of(right).below(1 << self.half);
            (left, right) = (right, left ^ mask);
        }
        (left << self.half) | right
    }

    fn mask(&self) -> u64 {
        (1 << self.half) - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_one_place() {
        for length in [1, 2, 3, 7, 64, 65, 1_000, 4_097] {
            let order = Shuffled::new(Theme::new(3, "order"), length);
            let mut places: Vec<u64> = (0..length).map(|number| order.place(number)).collect();
            places.sort_unstable();
            assert!(places.into_iter().eq(0..length), "{length}");
        }
    }

    #[test]
    fn the_order_is_shuffled() {
        let order = Shuffled::new(Theme::new(3, "order"), 1_000);
        let first: u64 = (0..500).map(|number| order.place(number)).sum();
        let even = 500 * 999 / 2;
        assert!(first.abs_diff(even) < 30_000, "{first}");
    }
}
