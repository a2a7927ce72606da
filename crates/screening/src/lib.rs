//! The verdicts of a whole population by columns, exactly those of the simple evaluator.
//!
//! A [`Builder`] takes programmes apart into a plan in which every distinct part of the law stands
//! once; a [`Screening`] runs the rows of a canonical batch through it, block by block, and answers
//! with [`Results`]. What it says of a row is what [`simple()`] says of the row's facts: that is
//! held by property tests, and by `tidu verify` on anybody's data.

mod answer;
mod bits;
mod build;
mod field;
mod lanes;
mod plan;
mod prepared;
mod results;
mod run;
mod screened;
mod screening;
mod simple;
mod truths;
mod unit;
mod work;

pub use answer::RowAnswer;
pub use build::Builder;
pub use field::Field;
pub use results::{Columns, Results, code, path_word, population_word, verdict_word};
pub use screened::{Case, Leaf, Screened};
pub use screening::Screening;
pub use simple::simple;
pub use unit::Unit;
pub use work::{Open, Work};
