//! Records that nobody can change unseen: the chain, its seals, its check.
//!
//! Each [`Record`] says who did what, to what, when, from where and with what end. [`append()`] links it
//! to the one before by a digest; once a day a [`DaySeal`] says with a key how far the chain went, so
//! that even somebody who can rewrite the whole database cannot make a chain that fits. [`Verifier`]
//! reads everything once, in order, and names each record that was altered, removed, moved or put in.
//! Personal data stands beside the chain ([`Personal`]) and can be erased without breaking it.
//!
//! A [`Mark`] under the same key says how many seals there are, so that none can be taken away.
//!
//! What it cannot see: that a whole database, with its seals and its mark, was put back to an earlier state, and
//! what was done to records that no seal covers yet. Against that, a [`Head`] or a seal is kept elsewhere
//! (printed, sent, exported) and held against it.
//!
//! Pure: no clock, no database, no file is opened.

mod act;
mod append;
mod bytes;
mod details;
mod erase;
mod file;
mod hash;
mod instant;
mod line;
mod mark;
mod personal;
mod problem;
mod ranges;
mod remark;
mod report;
mod seal;
mod seals;
mod unreadable;
mod verify;

pub use act::{Act, Actor, How, Object, Outcome, Record};
pub use append::{Draft, Head, Linked, append};
pub use details::{Details, DetailsError};
pub use erase::{ERASED, erased_ranges, erasure};
pub use file::verify_file;
pub use hash::Hash;
pub use instant::{day_begins, day_of};
pub use line::{FORM, Line, read_line, write_line};
pub use mark::Mark;
pub use personal::Personal;
pub use problem::{Place, Problem};
pub use remark::Remark;
pub use report::Report;
pub use seal::DaySeal;
pub use unreadable::Unreadable;
pub use verify::Verifier;
