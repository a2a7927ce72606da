//! The yardstick of screening. A generated law stands here twice, as rule files and as a plain table;
//! beside it a population for it, and the loops that a good engineer would write by hand for that table.
//! Nothing of the product rests on this crate; `tidu bench` holds the product against it.

mod law;
mod plain;
mod seed;

pub use law::Law;
pub use plain::{
    Amount, Bands, Body, Column, Comparison, Criterion, Edge, Plain, Programme, Score, ScoreGroup,
    Test,
};
