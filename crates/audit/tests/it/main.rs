//! The chain against whoever changes it: byte by byte, record by record, with and without the key; in
//! one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod canonical;
mod erasing;
mod file;
mod forging;
mod marking;
mod tampering;
mod untouched;
mod words;
mod world;
