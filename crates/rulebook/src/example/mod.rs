//! Worked examples: read, run, and held against a rulebook with one number moved.

pub(crate) mod expect;
pub(crate) mod facts;
pub(crate) mod nudge;
pub(crate) mod nudge_benefit;
pub(crate) mod nudge_round;
pub(crate) mod outcomes;
pub(crate) mod place;
pub(crate) mod run;
