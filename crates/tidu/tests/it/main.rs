//! The program as people and scripts run it: the built binary on small files, with the rulebook of
//! this repository.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that finds something else than it expects may stop right there"
)]

mod answers;
mod ask;
mod bad_rules;
mod bench;
mod book;
mod catalogue;
mod check;
mod contradictions;
mod convert;
mod demo;
mod diff;
mod forecast;
mod generate;
mod interrupt;
mod json;
mod look;
mod made_up;
mod misuse;
mod outputs;
mod plan;
mod platform;
mod program;
mod query;
mod screen;
mod several;
mod simulate;
mod template;
mod verify;
mod workbook;
