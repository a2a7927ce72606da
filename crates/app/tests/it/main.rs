//! The use cases through their public interface, on every engine that is to be had; in one binary. At the end of each
//! test the chain of records is whole and nothing personal stands in it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should stop there"
)]

mod bed;
mod refused;
mod world;

mod chain;
mod confirmations;
mod delegations;
mod demo;
mod erasure;
mod invitations;
mod kept_checks;
mod keys;
mod memberships;
mod officers;
mod once;
mod organisations;
mod own_account;
mod own_tokens;
mod pairs;
mod people;
mod populations;
mod rescue;
mod rulebook_switch;
mod scope;
mod sealing;
mod security_settings;
mod self_check;
mod sendable;
mod sessions;
mod signing_in;
mod single_sign_on;
mod taking_out;
mod taking_over;
mod two_at_once;
mod watching;
