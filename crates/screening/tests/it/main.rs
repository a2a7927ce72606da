//! Screening by columns against the simple evaluator: random laws over random populations, in one
//! binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod agreement;
mod catalogue;
mod conditions;
mod criteria;
mod edges;
mod firms;
mod laws;
mod population_of;
mod scores;
mod variety;

// The small world of the tests of the simple evaluator: the same quantities, conditions and firms.
#[allow(dead_code)]
#[path = "../../../rules/tests/it/generators.rs"]
mod generators;
#[allow(dead_code)]
#[path = "../../../rules/tests/it/world.rs"]
mod world;
