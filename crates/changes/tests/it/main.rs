//! Two rulebooks side by side, from rule files.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that finds something else than it expects may stop right there"
)]

mod books;
mod kinds;
mod places;
mod properties;
mod shared;
mod side_by_side;
mod succession;
mod turning;
