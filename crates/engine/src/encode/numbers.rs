//! Columns of 64-bit numbers: as places in a list where there are few different ones.

use arrow::buffer::NullBuffer;
use parquet::errors::Result;
use parquet::schema::types::ColumnDescPtr;

use super::chunk::{Chunk, Dictionary};
use super::{hybrid, present};

/// More different numbers than this are no list any more.
const MOST: usize = 1 << 13;
/// Slots of the table in which they are looked up.
const SLOTS_LOG: u32 = 15;
const EMPTY: u16 = u16::MAX;

/// A number as its bits.
pub(super) trait Number: Copy {
    fn bits(self) -> u64;
}

impl Number for u64 {
    fn bits(self) -> u64 {
        self
    }
}

impl Number for i64 {
    fn bits(self) -> u64 {
        self.cast_unsigned()
    }
}

/// A column of numbers; nothing if too many differ.
pub(super) fn encode<N: Number>(
    column: &ColumnDescPtr,
    numbers: &[N],
    nulls: Option<&NullBuffer>,
) -> Result<Option<Chunk>> {
    let some = present(numbers, nulls);
    let Some((keys, plain)) = listed(some.as_deref().unwrap_or(numbers)) else { return Ok(None) };
    let length = plain.len() / 8;
    let width = hybrid::width(length.saturating_sub(1));
    let mut packed = vec![width];
    hybrid::append(&keys, width, &mut packed);
    let dictionary = Dictionary { plain, length };
    Chunk::with_dictionary(column, numbers.len(), nulls, &dictionary, &packed).map(Some)
}

/// The place of each number in the list of all that occur, and that list.
fn listed<N: Number>(numbers: &[N]) -> Option<(Vec<u16>, Vec<u8>)> {
    let mask = (1usize << SLOTS_LOG) - 1;
    let mut table: Vec<(u64, u16)> = vec![(0, EMPTY); mask + 1];
    let mut list = Vec::new();
    let mut keys = Vec::with_capacity(numbers.len());
    let (mut last, mut last_key) = (0, EMPTY);
    for number in numbers {
        let bits = number.bits();
        if bits == last && last_key != EMPTY {
            keys.push(last_key);
            continue;
        }
        let hash = bits.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - SLOTS_LOG);
        let mut slot = usize::try_from(hash).unwrap_or(0);
        let key = loop {
            let (known, key) = table.get_mut(slot)?;
            if *key == EMPTY {
                let place = list.len() / 8;
                if place == MOST {
                    return None;
                }
                (*known, *key) = (bits, u16::try_from(place).ok()?);
                list.extend(bits.to_le_bytes());
                break *key;
            }
            if *known == bits {
                break *key;
            }
            slot = (slot + 1) & mask;
        };
        (last, last_key) = (bits, key);
        keys.push(key);
    }
    Some((keys, list))
}
