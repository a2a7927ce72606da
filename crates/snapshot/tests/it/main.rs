//! A made-up city in memory, held against the simple evaluator and against looking at every row.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should stop there"
)]

mod lists;
mod made;
mod verdicts;
