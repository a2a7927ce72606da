//! The face over real databases: requests through the router, and some over real connections.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that fails should stop there"
)]

mod accounts;
mod api;
mod browser;
mod documents;
mod extremes;
mod flows;
mod forms;
mod heads;
mod home;
mod law;
mod pages;
mod populations;
mod self_check;
mod signing_in;
mod silence;
mod sockets;
mod table;
mod world;
