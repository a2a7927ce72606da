//! Worked examples: read, run, and held against a rulebook with one number moved.

pub(crate) mod facts;
pub(crate) mod nudge;
pub(crate) mod run;
