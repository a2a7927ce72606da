//! The loops over values that decide how fast a city is screened, compiled once for each kind of
//! vector unit and chosen while running. The only place that knows of instruction sets.

use crate::bits::{BLOCK, Bits};
use crate::run::Side;
use crate::unit::Unit;

/// The vector unit of this machine. Closures own what they use (`move`): behind a reference, every
/// store could change a constant, and no loop would become a vector loop.
#[derive(Clone, Copy)]
pub(crate) struct Lanes(Unit);

/// A value for each row of a block.
pub(crate) type Row<T> = [T; BLOCK];

impl Default for Lanes {
    fn default() -> Self {
        Self(Unit::found())
    }
}

impl Lanes {
    /// Whole numbers as floating point; and all bits that any of them uses, to know how large they are.
    pub fn widen(self, values: &[i64], to: &mut Row<f64>) -> u64 {
        self.0.run(
            #[inline(always)]
            move || {
                let mut used = 0;
                for (value, to) in values.iter().zip(to) {
                    used |= (value ^ (value >> 63)) as u64;
                    *to = *value as f64;
                }
                used
            },
        )
    }

    /// One pair of rows for each row: `(value, error)` of left and right to those of the result.
    #[inline(always)]
    pub fn join(
        self,
        left: Side<'_>,
        right: Side<'_>,
        value: &mut Row<f64>,
        error: &mut Row<f64>,
        operation: impl Fn(f64, f64, f64, f64) -> (f64, f64),
    ) {
        self.0.run(
            #[inline(always)]
            move || {
                let lefts = left.value.iter().zip(left.error);
                let rights = right.value.iter().zip(right.error);
                for (((a, ea), (b, eb)), (value, error)) in
                    lefts.zip(rights).zip(value.iter_mut().zip(error.iter_mut()))
                {
                    (*value, *error) = operation(*a, left.off(*a, *ea), *b, right.off(*b, *eb));
                }
            },
        );
    }

    /// Rows whose left value is surely above the right one, and surely below.
    pub fn compare(
        self,
        left: (&Row<f64>, &Row<f64>),
        right: (&Row<f64>, &Row<f64>),
    ) -> (Bits, Bits) {
        self.0.run(
            #[inline(always)]
            move || {
                let (mut above, mut below) = (Bits::NONE, Bits::NONE);
                let ((a, _), (ea, _)) = (left.0.as_chunks::<64>(), left.1.as_chunks::<64>());
                let ((b, _), (eb, _)) = (right.0.as_chunks::<64>(), right.1.as_chunks::<64>());
                let sides = a.iter().zip(ea).zip(b.iter().zip(eb));
                for (((a, ea), (b, eb)), (above, below)) in
                    sides.zip(above.0.iter_mut().zip(below.0.iter_mut()))
                {
                    let pairs = a.iter().zip(ea).zip(b.iter().zip(eb));
                    for (place, ((a, ea), (b, eb))) in pairs.enumerate() {
                        let difference = a - b;
                        let doubt = (ea + eb) * SLACK + difference.abs() * UNIT;
                        *above |= u64::from(difference > doubt) << place;
                        *below |= u64::from(-difference > doubt) << place;
                    }
                }
                (above, below)
            },
        )
    }

    /// Adds `points` in the rows that are set.
    pub fn add(self, rows: &Bits, points: i32, to: &mut Row<i32>) {
        self.change(
            rows,
            to,
            #[inline(always)]
            move |value| value.wrapping_add(points),
        );
    }

    /// Takes `value` in the rows that are set.
    pub fn put<T: Pick>(self, rows: &Bits, value: T, to: &mut Row<T>) {
        self.change(
            rows,
            to,
            #[inline(always)]
            move |_| value,
        );
    }

    /// Applies an operation in the rows that are set.
    #[inline(always)]
    fn change<T: Pick>(self, rows: &Bits, to: &mut Row<T>, operation: impl Fn(T) -> T) {
        self.0.run(
            #[inline(always)]
            move || {
                for (word, chunk) in rows.0.iter().zip(to.as_chunks_mut::<64>().0) {
                    for (quarter, chunk) in (0..).zip(chunk.as_chunks_mut::<16>().0) {
                        let set = sixteen(*word, quarter);
                        for (mine, place) in chunk.iter_mut().zip(PLACES) {
                            *mine = operation(*mine).pick(*mine, set & place != 0);
                        }
                    }
                }
            },
        );
    }

    /// Applies an operation value by value.
    #[inline(always)]
    pub fn zip<A: Copy, B: Copy>(self, from: &[A], to: &mut [B], operation: impl Fn(A, B) -> B) {
        self.0.run(
            #[inline(always)]
            move || {
                for (from, to) in from.iter().zip(to) {
                    *to = operation(*from, *to);
                }
            },
        );
    }

    /// Applies an operation to two values of each row.
    #[inline(always)]
    pub fn both<A: Copy, B>(
        self,
        first: &Row<A>,
        second: &Row<A>,
        to: &mut Row<B>,
        operation: impl Fn(A, A) -> B,
    ) {
        self.0.run(
            #[inline(always)]
            move || {
                for ((first, second), to) in first.iter().zip(second).zip(to) {
                    *to = operation(*first, *second);
                }
            },
        );
    }

    /// Joins a value to mine in the rows that are set.
    #[inline(always)]
    pub fn merge<T: Pick>(
        self,
        rows: &Bits,
        theirs: &Row<T>,
        mine: &mut Row<T>,
        join: impl Fn(T, T) -> T,
    ) {
        self.0.run(
            #[inline(always)]
            move || {
                let chunks = theirs.as_chunks::<64>().0.iter().zip(mine.as_chunks_mut::<64>().0);
                for ((theirs, mine), word) in chunks.zip(rows.0) {
                    let parts = mine.as_chunks_mut::<16>().0.iter_mut();
                    let parts = parts.zip(theirs.as_chunks::<16>().0);
                    for (quarter, (mine, theirs)) in (0u32..4).zip(parts) {
                        let set = sixteen(word, quarter);
                        // Copies: of a choice behind references the compiler makes one of addresses.
                        let (own, theirs) = (*mine, *theirs);
                        let mut joined = own;
                        let both = theirs.iter().zip(&own).zip(PLACES);
                        for (joined, ((theirs, own), place)) in joined.iter_mut().zip(both) {
                            *joined = join(*theirs, *own).pick(*own, set & place != 0);
                        }
                        *mine = joined;
                    }
                }
            },
        );
    }

    /// How many rows are set in each of two.
    pub fn count(self, of: [Bits; 2]) -> [u64; 2] {
        self.0.run(
            #[inline(always)]
            move || of.map(|bits| bits.count()),
        )
    }

    /// Puts the smaller of two into the first row, the larger into the second.
    pub fn sort(self, first: &mut Row<i32>, second: &mut Row<i32>) {
        self.0.run(
            #[inline(always)]
            move || {
                for (first, second) in first.iter_mut().zip(second.iter_mut()) {
                    (*first, *second) = (*first.min(second), *first.max(second));
                }
            },
        );
    }

    /// The smallest of several in each row and its place; of equals the first. Each counts in its rows only.
    pub fn nearest(self, all: &[(&Row<i32>, Bits, i32)], none: (i32, i32)) -> [Row<i32>; 2] {
        self.0.run(
            #[inline(always)]
            move || {
                let (mut best, mut which) = ([none.0; BLOCK], [none.1; BLOCK]);
                let to = best.as_chunks_mut::<16>().0.iter_mut();
                let to = to.zip(which.as_chunks_mut::<16>().0);
                for (chunk, (best, which)) in (0usize..BLOCK / 16).zip(to) {
                    let (mut least, mut place) = (*best, *which);
                    for (short, rows, own) in all {
                        let Some(short) = short.as_chunks::<16>().0.get(chunk) else { continue };
                        let set = sixteen(rows.word(chunk / 4), (chunk % 4) as u32);
                        let (known, at, short) = (least, place, *short);
                        let known = known.iter().zip(&at).zip(short.iter().zip(PLACES));
                        let found = least.iter_mut().zip(&mut place);
                        for ((least, place), ((known, at), (short, bit))) in found.zip(known) {
                            let nearer = (short < known) & (set & bit != 0);
                            *least = short.pick(*known, nearer);
                            *place = own.pick(*at, nearer);
                        }
                    }
                    (*best, *which) = (least, place);
                }
                [best, which]
            },
        )
    }

    /// Adds the first `len` values to a column.
    #[inline(always)]
    pub fn push<T: Copy, U>(
        self,
        values: &Row<T>,
        len: usize,
        to: &mut Vec<U>,
        turn: impl Fn(T) -> U,
    ) {
        self.0.run(
            #[inline(always)]
            move || to.extend(values.iter().take(len).map(|value| turn(*value))),
        );
    }

    /// Sets bits of a number in the rows that are set.
    pub fn mark(self, rows: &Bits, bits: i32, to: &mut Row<i32>) {
        self.0.run(
            #[inline(always)]
            move || {
                for (word, chunk) in rows.0.iter().zip(to.as_chunks_mut::<64>().0) {
                    for (quarter, chunk) in chunk.as_chunks_mut::<16>().0.iter_mut().enumerate() {
                        let set = sixteen(*word, quarter as u32);
                        for (mine, place) in chunk.iter_mut().zip(PLACES) {
                            *mine = (*mine | bits).pick(*mine, set & place != 0);
                        }
                    }
                }
            },
        );
    }

    /// Eight planes of bits as one byte for each row.
    pub fn bytes(self, planes: [&Bits; 8], to: &mut Row<u8>) {
        self.0.run(
            #[inline(always)]
            move || {
                for (word, bytes) in to.as_chunks_mut::<64>().0.iter_mut().enumerate() {
                    let planes = planes.map(|plane| plane.word(word).to_le_bytes());
                    let mut rows = [[0u8; 8]; 8];
                    for (place, plane) in planes.iter().enumerate() {
                        for (eight, byte) in rows.iter_mut().zip(plane) {
                            if let Some(slot) = eight.get_mut(place) {
                                *slot = *byte;
                            }
                        }
                    }
                    for (eight, to) in rows.iter().zip(bytes.as_chunks_mut::<8>().0) {
                        *to = turned(u64::from_le_bytes(*eight)).to_le_bytes();
                    }
                }
            },
        );
    }

    /// The rows for which a test holds.
    #[inline(always)]
    pub fn rows<T: Copy>(self, values: &Row<T>, test: impl Fn(T) -> bool + Copy) -> Bits {
        self.0.run(
            #[inline(always)]
            move || {
                let mut bits = Bits::NONE;
                for (word, chunk) in bits.0.iter_mut().zip(values.as_chunks::<64>().0) {
                    *word = word_of(chunk, test);
                }
                bits
            },
        )
    }
}

/// What a rounding can lose, relative to the value: twice what it does lose.
pub(crate) const UNIT: f64 = f64::EPSILON;
/// Bounds are themselves computed with roundings.
pub(crate) const SLACK: f64 = 1.0 + 16.0 * f64::EPSILON;

#[inline(always)]
fn word_of<T: Copy>(chunk: &[T; 64], test: impl Fn(T) -> bool) -> u64 {
    let mut word = 0;
    for (place, value) in chunk.iter().enumerate() {
        word |= u64::from(test(*value)) << place;
    }
    word
}

/// A choice of two values by arithmetic. Of a plain choice the compiler makes one of two addresses, and
/// no loop over addresses is a vector loop.
pub(crate) trait Pick: Copy {
    /// Mine if `set`, else the other.
    fn pick(self, other: Self, set: bool) -> Self;
}

impl Pick for i32 {
    #[inline(always)]
    fn pick(self, other: Self, set: bool) -> Self {
        let mask = i32::from(set).wrapping_neg();
        (self & mask) | (other & !mask)
    }
}

impl Pick for f64 {
    #[inline(always)]
    fn pick(self, other: Self, set: bool) -> Self {
        let mask = u64::from(set).wrapping_neg();
        Self::from_bits((self.to_bits() & mask) | (other.to_bits() & !mask))
    }
}

/// A bit for each of sixteen rows: from a table, since arithmetic on places is checked, row by row.
#[rustfmt::skip]
const PLACES: [i32; 16] = [
    1, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7,
    1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15,
];

/// Sixteen rows out of 64.
#[inline(always)]
fn sixteen(word: u64, quarter: u32) -> i32 {
    i32::from(word.wrapping_shr(quarter.wrapping_mul(16)) as u16)
}

/// Eight rows of eight bits, turned over their diagonal.
#[inline(always)]
fn turned(mut bits: u64) -> u64 {
    let swap = (bits ^ (bits >> 7)) & 0x00aa_00aa_00aa_00aa;
    bits ^= swap ^ (swap << 7);
    let swap = (bits ^ (bits >> 14)) & 0x0000_cccc_0000_cccc;
    bits ^= swap ^ (swap << 14);
    let swap = (bits ^ (bits >> 28)) & 0x0000_0000_f0f0_f0f0;
    bits ^ swap ^ (swap << 28)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planes_of_bits_become_bytes_row_by_row() {
        let mut planes = [Bits::NONE; 8];
        for (place, plane) in planes.iter_mut().enumerate() {
            for (word, bits) in plane.0.iter_mut().enumerate() {
                *bits = 0x0123_4567_89ab_cdef_u64.rotate_left((7 * place + 13 * word) as u32);
            }
        }
        let mut bytes = [0; BLOCK];
        Lanes::default().bytes(planes.each_ref(), &mut bytes);
        for (row, byte) in bytes.iter().enumerate() {
            for (place, plane) in planes.iter().enumerate() {
                assert_eq!(byte >> place & 1 == 1, plane.get(row), "{row} {place}");
            }
        }
    }
}
