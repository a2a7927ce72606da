//! The store through its public interface, on every engine that is to be had; in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should stop there"
)]

mod bed;
mod filled;
mod world;

mod access_paths;
mod backups;
mod chain;
mod confirmations;
mod crowd;
mod doctor;
mod extremes;
mod jobs;
mod lists;
mod migrations;
mod people;
mod places;
mod populations;
mod reaching;
mod rulebooks;
mod scope;
mod units;
