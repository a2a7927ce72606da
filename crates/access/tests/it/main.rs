//! Who may do what, as tables that an official can read and as laws that hold for everything.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that finds something else than it expects may stop right there"
)]

mod deciding;
mod given;
mod golden;
mod hidden;
mod laws;
mod made;
mod named;
mod officers;
mod shown;
mod tree;
