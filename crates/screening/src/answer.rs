//! What a screening says about one subject under one programme.

use rules::{Path, Population, Verdict};

/// The answer for one subject and one programme, as it stands in a row of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct RowAnswer {
    /// Under which of the programme's cases the subject was judged.
    pub case: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// In which of the five populations the subject is.
    pub population: Population,
    /// The lowest and the highest total that are still possible, in hundredths of a point.
    pub score: Option<(i64, i64)>,
    /// The path, where there is a score or a direct path was taken.
    pub path: Option<Path>,
    /// The leaves that are not met: bit `i % 64` of word `i / 64` for leaf `i` of the case.
    pub not_met: Vec<u64>,
    /// The leaves that are unknown, in the same way.
    pub unknown: Vec<u64>,
    /// The nearest shortfall in parts per million of its edge.
    pub shortfall: Option<i64>,
    /// The place of its criterion at the top; where nothing can be measured, of the first criterion
    /// that is not met.
    pub nearest: Option<usize>,
    /// The fields that are missing, by place and in order, where the verdict is undetermined for
    /// lack of data.
    pub missing: Vec<usize>,
}

/// No bits yet for so many leaves.
pub(crate) fn no_bits(leaves: usize) -> Vec<u64> {
    vec![0; leaves.div_ceil(64)]
}

/// Sets the bit of a leaf.
pub(crate) fn set_bit(bits: &mut [u64], leaf: usize) {
    if let Some(word) = bits.get_mut(leaf / 64) {
        *word |= 1 << (leaf % 64);
    }
}
