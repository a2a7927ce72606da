//! Populations through files and back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that finds something else than it expects may stop right there"
)]

mod files;
mod lists;
mod round_trip;
mod schema;
mod values;
mod world;
