//! An installation from outside: opened, examined, restored, its officers let in again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should stop there"
)]

mod examined;
mod home;
