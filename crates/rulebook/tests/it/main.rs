//! Everything that goes through the public interface of the rule compiler, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod cited;
mod climb;
mod common;
mod expression_errors;
mod expressions;
mod firms;
mod formatting;
mod hostile;
mod layouts;
mod meaning;
mod monotone;
mod moves;
mod nothing_dropped;
mod overlays;
mod questions;
mod random_files;
mod random_rules;
mod sense;
mod version_errors;
