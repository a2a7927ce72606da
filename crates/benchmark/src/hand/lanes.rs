//! The loops over values, eight and more rows at a time where the machine can. They are plain loops;
//! only the instructions that they are compiled to are chosen while running. What a loop needs moves
//! into it: behind a reference it could change with every value that is written.

use screening::Unit;

/// Rows that are worked on at a time: what belongs to them stays in the cache.
pub(super) const BLOCK: usize = 512;
/// Words of bits for a block.
pub(super) const WORDS: usize = BLOCK / 64;

/// One bit for each row of a block.
pub(super) type Bits = [u64; WORDS];
/// One value for each row of a block.
pub(super) type Row<T> = [T; BLOCK];

/// The instructions of this machine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lanes(pub Unit);

impl Default for Lanes {
    fn default() -> Self {
        Self(Unit::found())
    }
}

impl Lanes {
    /// Whole numbers as floating point; all bits that any of them uses, to know how large they get.
    pub fn widen(self, values: &[i64], to: &mut Row<f64>) -> u64 {
        self.0.run(
            #[inline(always)]
            move || {
                let mut used = 0;
                for (value, to) in values.iter().zip(to.iter_mut()) {
                    used |= (value ^ (value >> 63)) as u64;
                    *to = *value as f64;
                }
                used
            },
        )
    }

    /// Applies an operation to two rows of values.
    #[inline(always)]
    pub fn join(
        self,
        left: &Row<f64>,
        right: &Row<f64>,
        to: &mut Row<f64>,
        operation: impl Fn(f64, f64) -> f64,
    ) {
        self.0.run(
            #[inline(always)]
            move || {
                for ((left, right), to) in left.iter().zip(right).zip(to.iter_mut()) {
                    *to = operation(*left, *right);
                }
            },
        );
    }

    /// The rows for which a test holds.
    #[inline(always)]
    pub fn rows<T: Copy>(self, values: &Row<T>, test: impl Fn(T) -> bool) -> Bits {
        self.0.run(
            #[inline(always)]
            move || {
                let mut bits = [0; WORDS];
                for (word, chunk) in bits.iter_mut().zip(values.as_chunks::<64>().0) {
                    let mut set = 0;
                    for (place, value) in chunk.iter().enumerate() {
                        set |= u64::from(test(*value)) << place;
                    }
                    *word = set;
                }
                bits
            },
        )
    }

    /// Turns a row of values into another one.
    #[inline(always)]
    pub fn map<A: Copy, B>(self, from: &Row<A>, to: &mut Row<B>, operation: impl Fn(A) -> B) {
        self.0.run(
            #[inline(always)]
            move || {
                for (from, to) in from.iter().zip(to.iter_mut()) {
                    *to = operation(*from);
                }
            },
        );
    }

    /// Works one row of values into another one.
    #[inline(always)]
    pub fn fold<A: Copy, B: Copy>(
        self,
        from: &Row<A>,
        to: &mut Row<B>,
        operation: impl Fn(B, A) -> B,
    ) {
        self.0.run(
            #[inline(always)]
            move || {
                for (from, to) in from.iter().zip(to.iter_mut()) {
                    *to = operation(*to, *from);
                }
            },
        );
    }

    /// Eight planes of bits for 64 rows as one byte for each row.
    pub fn bytes(self, planes: &[u64; 8]) -> [u8; 64] {
        self.0.run(
            #[inline(always)]
            move || {
                let planes = planes.map(u64::to_le_bytes);
                let mut rows = [[0u8; 8]; 8];
                for (bit, plane) in planes.iter().enumerate() {
                    for (eight, byte) in rows.iter_mut().zip(plane) {
                        if let Some(slot) = eight.get_mut(bit) {
                            *slot = *byte;
                        }
                    }
                }
                let mut bytes = [0; 64];
                for (eight, to) in rows.iter().zip(bytes.as_chunks_mut::<8>().0) {
                    *to = turned(u64::from_le_bytes(*eight)).to_le_bytes();
                }
                bytes
            },
        )
    }
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

/// Calls `each` with every row that is set.
#[inline(always)]
pub(super) fn each_row(bits: &Bits, mut each: impl FnMut(usize)) {
    for (word, bits) in bits.iter().enumerate() {
        let mut left = *bits;
        while left != 0 {
            each(word * 64 + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }
}

/// Word by word.
#[inline(always)]
pub(super) fn both(left: &Bits, right: &Bits, operation: impl Fn(u64, u64) -> u64) -> Bits {
    let mut bits = *left;
    for (bits, right) in bits.iter_mut().zip(right) {
        *bits = operation(*bits, *right);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_become_bytes_row_by_row() {
        let mut planes = [0u64; 8];
        for (place, plane) in planes.iter_mut().enumerate() {
            *plane = 0x0123_4567_89ab_cdef_u64.rotate_left(7 * place as u32) ^ (place as u64);
        }
        let bytes = Lanes::default().bytes(&planes);
        for (row, byte) in bytes.iter().enumerate() {
            for (place, plane) in planes.iter().enumerate() {
                assert_eq!(u64::from(byte >> place & 1), plane >> row & 1, "{row} {place}");
            }
        }
    }
}
