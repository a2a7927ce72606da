//! Who holds the title of a programme on the day: whoever is told to apply should not have it already.

use arrow::array::{Array as _, AsArray as _, RecordBatch};
use population::{Shape, Special};
use rules::{Programme, Question, Rulebook, title_held};

use crate::snapshot::Snapshot;

/// The rows that hold the title of each of these programmes, in order.
pub(crate) fn holders(
    snapshot: &Snapshot,
    rulebook: &Rulebook,
    programmes: &[&Programme],
    question: &Question,
) -> Vec<Vec<u32>> {
    let mut holders = vec![Vec::new(); programmes.len()];
    for (first, batch) in snapshot.batches() {
        for (place, row) in (first..).zip(with_titles(snapshot.shape(), batch)) {
            if !row {
                continue;
            }
            let facts = snapshot.facts(place);
            for (own, programme) in holders.iter_mut().zip(programmes) {
                if title_held(rulebook, programme, &facts, question).is_some() {
                    own.push(place);
                }
            }
        }
    }
    holders
}

/// Of each row, whether it names a title at all: most of a city have none.
fn with_titles(shape: &Shape, batch: &RecordBatch) -> Vec<bool> {
    let column = shape.column(Special::Titles).and_then(|at| batch.columns().get(at));
    match column.and_then(|one| one.as_list_opt::<i32>()) {
        Some(lists) => {
            (0..lists.len()).map(|row| lists.is_valid(row) && lists.value_length(row) > 0).collect()
        }
        None => vec![false; batch.num_rows()],
    }
}
