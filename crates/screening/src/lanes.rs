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
        self.0.run(
            #[inline(always)]
            move || {
                let (chunks, _) = to.as_chunks_mut::<32>();
                for (index, chunk) in chunks.iter_mut().enumerate() {
                    let word = rows.0.get(index / 2).copied().unwrap_or_default();
                    let half = (word >> (index % 2 * 32)) as u32;
                    for (place, value) in chunk.iter_mut().enumerate() {
                        let set = (half >> place & 1) as i32;
                        *value = value.wrapping_add(-set & points);
                    }
                }
            },
        );
    }

    /// Takes `value` in the rows that are set.
    pub fn put<T: Copy>(self, rows: &Bits, value: T, to: &mut Row<T>) {
        self.0.run(
            #[inline(always)]
            move || {
                let (chunks, _) = to.as_chunks_mut::<64>();
                for (word, chunk) in rows.0.iter().zip(chunks) {
                    for (place, mine) in chunk.iter_mut().enumerate() {
                        *mine = if word >> place & 1 == 1 { value } else { *mine };
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
    pub fn merge<T: Copy>(
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
                for (word, (theirs, mine)) in rows.0.iter().zip(chunks) {
                    for (place, (theirs, mine)) in theirs.iter().zip(mine).enumerate() {
                        let joined = join(*theirs, *mine);
                        *mine = if word >> place & 1 == 1 { joined } else { *mine };
                    }
                }
            },
        );
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

    /// Keeps the smaller shortfall and where it stands, in the rows that are set.
    pub fn nearest(
        self,
        rows: &Bits,
        short: &Row<i32>,
        place: u16,
        best: &mut Row<i32>,
        which: &mut Row<u16>,
    ) {
        self.0.run(
            #[inline(always)]
            move || {
                let (best, _) = best.as_chunks_mut::<64>();
                let (which, _) = which.as_chunks_mut::<64>();
                let chunks = short.as_chunks::<64>().0.iter().zip(best.iter_mut().zip(which));
                for (word, (short, (best, which))) in rows.0.iter().zip(chunks) {
                    let nearer = word
                        & word_of_pairs(
                            short,
                            best,
                            #[inline(always)]
                            |a, b| a < b,
                        );
                    for (bit, (short, best)) in short.iter().zip(best.iter_mut()).enumerate() {
                        *best = if nearer >> bit & 1 == 1 { *short } else { *best };
                    }
                    for (bit, which) in which.iter_mut().enumerate() {
                        *which = if nearer >> bit & 1 == 1 { place } else { *which };
                    }
                }
            },
        );
    }

    /// Turns planes of rows into words, one bit for each plane: at most 64 of them.
    pub fn turn<'p>(self, planes: impl Iterator<Item = &'p Bits>, words: &mut Row<u64>) {
        let mut rows = [[0u64; 64]; BLOCK / 64];
        for (plane, bits) in planes.take(64).enumerate() {
            for (chunk, word) in rows.iter_mut().zip(&bits.0) {
                if let Some(own) = chunk.get_mut(plane) {
                    *own = *word;
                }
            }
        }
        self.0.run(
            #[inline(always)]
            move || {
                for (chunk, words) in rows.iter_mut().zip(words.as_chunks_mut::<64>().0) {
                    turn(chunk);
                    *words = *chunk;
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

#[inline(always)]
fn word_of_pairs<T: Copy>(a: &[T; 64], b: &[T; 64], test: impl Fn(T, T) -> bool) -> u64 {
    let mut word = 0;
    for (place, (a, b)) in a.iter().zip(b).enumerate() {
        word |= u64::from(test(*a, *b)) << place;
    }
    word
}

/// Turns a square of bits about its diagonal: halves, quarters and so on change places.
#[inline(always)]
fn turn(square: &mut [u64; 64]) {
    let mut size = 32;
    let mut mask = 0xFFFF_FFFFu64;
    while size > 0 {
        for pair in square.chunks_exact_mut(2 * size) {
            let (upper, lower) = pair.split_at_mut(size);
            for (upper, lower) in upper.iter_mut().zip(lower) {
                let swap = ((*upper >> size) ^ *lower) & mask;
                *upper ^= swap << size;
                *lower ^= swap;
            }
        }
        size /= 2;
        mask ^= mask << size;
    }
}
