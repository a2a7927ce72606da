//! Columns of few different words.

use arrow::array::{Array as _, StringArray};
use arrow::buffer::NullBuffer;
use parquet::errors::Result;
use parquet::schema::types::ColumnDescPtr;

use super::chunk::{Chunk, Dictionary};
use super::{hybrid, present};

/// A column whose values are places in a list of words.
pub(super) fn encode<K: Copy + Eq + Ord + Default + Into<u64> + TryInto<usize>>(
    column: &ColumnDescPtr,
    keys: &[K],
    nulls: Option<&NullBuffer>,
    words: &StringArray,
) -> Result<Chunk> {
    let some = present(keys, nulls);
    let keys_of_words = some.as_deref().unwrap_or(keys);
    // Only words up to the last one that occurs: lists are long, rows mostly say the same.
    let last = keys_of_words.iter().max().map(|key| (*key).try_into().unwrap_or(usize::MAX));
    let used = last.map_or(0, |last| last.saturating_add(1)).min(words.len());
    let mut plain = Vec::new();
    for word in (0..used).map(|place| words.value(place)) {
        plain.extend(u32::try_from(word.len()).unwrap_or(u32::MAX).to_le_bytes());
        plain.extend_from_slice(word.as_bytes());
    }
    let width = hybrid::width(used.saturating_sub(1));
    let mut packed = vec![width];
    hybrid::append(keys_of_words, width, &mut packed);
    let dictionary = Dictionary { plain, length: used };
    Chunk::with_dictionary(column, keys.len(), nulls, &dictionary, &packed)
}
