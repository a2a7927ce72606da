//! Codes that stand twice in a population. While rows pass by, each code leaves a fingerprint of 64
//! bits; at the end equal fingerprints are looked for. Different codes may share one, so that what is
//! found is a suspicion: the codes are read again to make sure, which happens hardly ever.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use arrow::array::{Array as _, AsArray as _, RecordBatch, StringArray};
use population::{Shape, Special};

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
    /// Adds who stands in the rows of a canonical batch.
    pub fn add(&self, shape: &Shape, canonical: &RecordBatch) {
        let mut found: Vec<Vec<u64>> = vec![Vec::new(); SHARDS];
        for print in names(shape, canonical).flatten().map(Name::fingerprint) {
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

/// Who stands in a row: the id of a subject that has one, else the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Name<'b> {
    Id(&'b str),
    Code(&'b str),
}

impl<'b> Name<'b> {
    pub fn text(self) -> &'b str {
        match self {
            Self::Id(text) | Self::Code(text) => text,
        }
    }

    pub fn fingerprint(self) -> u64 {
        match self {
            Self::Id(id) => fingerprint(id, 1),
            Self::Code(code) => fingerprint(code, 0),
        }
    }
}

/// Who stands in each row.
pub(crate) fn names<'b>(
    shape: &Shape,
    canonical: &'b RecordBatch,
) -> impl Iterator<Item = Option<Name<'b>>> {
    let column = |special: Special| -> Option<&'b StringArray> {
        canonical.columns().get(shape.column(special)?)?.as_string_opt::<i32>()
    };
    let (ids, codes) = (column(Special::Id), column(Special::Uscc));
    let at = |texts: Option<&'b StringArray>, row: usize| {
        texts.filter(|texts| texts.is_valid(row)).map(|texts| texts.value(row))
    };
    (0..canonical.num_rows())
        .map(move |row| at(ids, row).map(Name::Id).or_else(|| at(codes, row).map(Name::Code)))
}

/// 64 bits of a text: different for different texts as far as 64 bits can be.
fn fingerprint(code: &str, kind: u64) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |state: u64, word: u64| {
        let product = u128::from(state ^ word) * u128::from(ODD);
        (product as u64) ^ ((product >> 64) as u64)
    };
    let mut state = ODD ^ code.len() as u64 ^ (kind << 32);
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
#[allow(clippy::unwrap_used, reason = "a test may stop where it finds something unexpected")]
mod tests {
    use std::sync::Arc;

    use enterprise::Catalogue;
    use population::shape_for;

    use super::*;

    /// Rows of which nothing is known but the code.
    fn rows(codes: Vec<Option<String>>) -> (Shape, RecordBatch) {
        let shape = shape_for([], &Catalogue::default());
        let place = shape.column(Special::Uscc).unwrap();
        let fields = shape.schema().fields().iter().enumerate();
        let columns = fields.map(|(index, field)| -> arrow::array::ArrayRef {
            if index == place {
                return Arc::new(StringArray::from(codes.clone()));
            }
            arrow::array::new_null_array(field.data_type(), codes.len())
        });
        let batch = RecordBatch::try_new(Arc::clone(shape.schema()), columns.collect());
        (shape.clone(), batch.unwrap())
    }

    fn code(number: u64) -> String {
        format!("91370202{number:010}")
    }

    fn pass(seen: &Fingerprints, numbers: std::ops::Range<u64>) {
        let (shape, batch) = rows(numbers.map(|number| Some(code(number))).collect());
        seen.add(&shape, &batch);
    }

    #[test]
    fn only_what_stands_twice_is_found() {
        let seen = Fingerprints::default();
        pass(&seen, 0..20_000);
        pass(&seen, 20_000..40_000);
        assert!(seen.repeated(2).is_empty());
        pass(&seen, 0..1000);
        pass(&seen, 998..2000);
        let repeated = seen.repeated(2);
        let wanted = [998, 999].map(|number| Name::Code(&code(number)).fingerprint());
        assert_eq!(repeated, wanted.into_iter().collect());
    }

    #[test]
    fn a_missing_code_is_no_code() {
        let seen = Fingerprints::default();
        let (shape, batch) = rows(vec![None, None]);
        seen.add(&shape, &batch);
        assert!(seen.repeated(1).is_empty());
    }
}
