//! Everything that goes through the public interface, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should stop there"
)]

mod common;
mod csv_tables;
mod headers;
mod hostile;
mod json_documents;
mod random;
mod scale;
mod templates;
mod workbooks;
mod written;
