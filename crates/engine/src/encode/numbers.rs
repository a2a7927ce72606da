//! Columns of 64-bit numbers: as places in a list where there are few different ones.

use std::cell::RefCell;

use arrow::buffer::NullBuffer;
use parquet::errors::Result;
use parquet::schema::types::ColumnDescPtr;

use super::chunk::{Chunk, Dictionary};
use super::{hybrid, present};

/// More different numbers than this are no list any more.
const MOST: usize = 1 << 13;
/// Slots of the table in which they are looked up.
const SLOTS_LOG: u32 = 15;

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
    TABLE.with_borrow_mut(|table| {
        table.clear();
        let mut keys = Vec::with_capacity(numbers.len());
        let mut last = None;
        for number in numbers {
            let bits = number.bits();
            let key = match last {
                Some((known, key)) if known == bits => key,
                _ => table.place(bits)?,
            };
            last = Some((bits, key));
            keys.push(key);
        }
        let list = table.list.iter().flat_map(|bits| bits.to_le_bytes()).collect();
        Some((keys, list))
    })
}

thread_local! {
    /// Made once for each thread: clearing so many slots for each column takes longer than filling them.
    static TABLE: RefCell<Table> = RefCell::new(Table {
        slots: vec![Slot { bits: 0, key: 0, round: 0 }; 1 << SLOTS_LOG],
        list: Vec::new(),
        round: 0,
    });
}

/// What has occurred, found by hashing.
struct Table {
    slots: Vec<Slot>,
    /// In order of first use.
    list: Vec<u64>,
    /// Slots of other rounds are free.
    round: u32,
}

#[derive(Clone, Copy)]
struct Slot {
    bits: u64,
    key: u16,
    round: u32,
}

impl Table {
    fn clear(&mut self) {
        self.list.clear();
        if self.round == u32::MAX {
            self.slots.fill(Slot { bits: 0, key: 0, round: 0 });
            self.round = 0;
        }
        self.round += 1;
    }

    /// The place of a number in the list; nothing if the list is full.
    fn place(&mut self, bits: u64) -> Option<u16> {
        let mask = self.slots.len() - 1;
        let hash = bits.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - SLOTS_LOG);
        let mut at = usize::try_from(hash).unwrap_or(0);
        loop {
            let slot = self.slots.get_mut(at)?;
            if slot.round != self.round {
                if self.list.len() == MOST {
                    return None;
                }
                let key = u16::try_from(self.list.len()).ok()?;
                *slot = Slot { bits, key, round: self.round };
                self.list.push(bits);
                return Some(key);
            }
            if slot.bits == bits {
                return Some(slot.key);
            }
            at = (at + 1) & mask;
        }
    }
}
