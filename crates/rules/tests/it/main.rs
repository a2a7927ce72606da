//! The evaluator against independent arithmetic, random conditions and its own promises, in one
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
mod arithmetic;
mod determinism;
mod forecasts;
mod generators;
mod inquiry;
mod planning;
mod reference;
mod reference_dates;
mod turning;
mod widths;
mod world;
