//! Codes that stand twice in a population. While rows pass by, each code leaves a fingerprint of 64
//! bits; at the end equal fingerprints are looked for. Different codes may share one, so that what is
//! found is a suspicion: the codes are read again to make sure, which happens hardly ever.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use arrow::array::{AsArray as _, ArrayRef};

/// Fingerprints with the same first bits lie together, so that they are compared in the cache.
const SHARDS: usize = 256;

/// The fingerprints of all codes seen so far.
#[derive(Debug)]
pub(crate) struct Fingerprints {
    shards: Vec<Mutex<Vec<u64>>>,
}

impl Default for Fingerprints {
    fn default() -> Self {
        Self { shards: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }
}

impl Fingerprints {
    /// Adds the codes of a column of texts; a missing one is no code.
    pub fn add(&self, codes: &ArrayRef) {
        let Some(codes) = codes.as_string_opt::<i32>() else { return };
        let mut found: Vec<Vec<u64>> = vec![Vec::new(); SHARDS];
        for code in codes.iter().flatten() {
            let print = fingerprint(code);
            if let Some(shard) = found.get_mut(shard_of(print)) {
                shard.push(print);
            }
        }
        for (shard, found) in self.shards.iter().zip(found) {
            if !found.is_empty() {
                shard.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
            }
        }
    }

    /// The fingerprints that were seen more than once. Forgets all.
    pub fn repeated(&self, threads: usize) -> HashSet<u64> {
        let next = std::sync::atomic::AtomicUsize::new(0);
        let work = || {
            let mut repeated = Vec::new();
            while let Some(shard) =
                self.shards.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
            {
                let mut prints =
                    std::mem::take(&mut *shard.lock().unwrap_or_else(PoisonError::into_inner));
                prints.sort_unstable();
                let twice = prints.windows(2).filter_map(|pair| match pair {
                    [left, right] if left == right => Some(*left),
                    _ => None,
                });
                repeated.extend(twice);
            }
            repeated
        };
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads.max(1)).map(|_| scope.spawn(work)).collect();
            let mut all: HashSet<u64> = work().into_iter().collect();
            // A worker that panicked has said so; what it did not look at is looked at by nobody.
            all.extend(others.into_iter().flat_map(|other| other.join().unwrap_or_default()));
            all
        })
    }
}

fn shard_of(print: u64) -> usize {
    usize::try_from(print >> 56).unwrap_or(0)
}

/// 64 bits of a code: different for different codes as far as 64 bits can be.
pub(crate) fn fingerprint(code: &str) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |state: u64, word: u64| {
        let product = u128::from(state ^ word) * u128::from(ODD);
        (product as u64) ^ ((product >> 64) as u64)
    };
    let mut state = ODD ^ code.len() as u64;
    let mut chunks = code.as_bytes().chunks_exact(8);
    for chunk in &mut chunks {
        state = mix(state, chunk.try_into().map_or(0, u64::from_le_bytes));
    }
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(chunks.remainder()) {
        *to = *from;
    }
    mix(mix(state, u64::from_le_bytes(last)), ODD.rotate_left(32))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::StringArray;

    use super::*;

    fn codes(range: std::ops::Range<u64>) -> ArrayRef {
        Arc::new(StringArray::from_iter_values(range.map(|n| format!("91370202{n:010}"))))
    }

    #[test]
    fn only_what_stands_twice_is_found() {
        let seen = Fingerprints::default();
        seen.add(&codes(0..20_000));
        seen.add(&codes(20_000..40_000));
        assert!(seen.repeated(2).is_empty());
        seen.add(&codes(0..1000));
        seen.add(&codes(998..2000));
        let repeated = seen.repeated(2);
        let wanted = [998, 999].map(|n| fingerprint(&format!("91370202{n:010}")));
        assert_eq!(repeated, wanted.into_iter().collect());
    }

    #[test]
    fn a_missing_code_is_no_code() {
        let seen = Fingerprints::default();
        seen.add(&(Arc::new(StringArray::from(vec![None::<&str>, None])) as ArrayRef));
        assert!(seen.repeated(1).is_empty());
    }
}
