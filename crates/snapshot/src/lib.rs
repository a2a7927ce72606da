//! A population held in memory with its screening, for whoever asks many small questions about it.
//!
//! A [`Snapshot`] is a population file, read once; a [`City`] is a snapshot judged by the law on a day. What is asked
//! of a city passes a [`Sight`], which says whose rows somebody sees: there is no way to a row around it. Verdicts are
//! those of `screening`; the facts of one subject go to the simple evaluator for the whole explanation.

mod answers;
mod city;
mod facets;
mod filter;
mod holders;
mod order;
mod sight;
mod snapshot;
mod tally;

pub use answers::{Answers, Standing};
pub use city::{City, NO_SIZE};
pub use facets::{Facets, NO_SECTION, NOT_TOLD};
pub use filter::{Filter, Populations};
pub use order::{Order, Part};
pub use sight::Sight;
pub use snapshot::Snapshot;
pub use tally::{By, Counts, Share};
