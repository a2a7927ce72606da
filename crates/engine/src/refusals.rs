//! What was refused while many read at once: counted, the first few kept with their places.

use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use population::Refused;

/// So many are told with their places.
const MOST_SAID: usize = 20;

/// Refused values of a run, shared by everybody who reads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Refusals(Arc<Mutex<Option<Refused>>>);

impl Refusals {
    /// Keeps what was refused. The rows are read on, so that everything wrong is told at once; what
    /// becomes of them does not matter, since nothing is written.
    pub fn take(&self, refused: Refused, schema: &SchemaRef) -> RecordBatch {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.as_mut() {
            Some(known) => {
                known.count += refused.count;
                let room = MOST_SAID.saturating_sub(known.problems.len());
                known.problems.extend(refused.problems.into_iter().take(room));
            }
            None => *all = Some(refused),
        }
        RecordBatch::new_empty(Arc::clone(schema))
    }

    /// Everything that was refused.
    pub fn all(&self) -> Option<Refused> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
