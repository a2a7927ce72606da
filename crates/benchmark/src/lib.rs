//! The yardstick of screening. A generated law stands here twice, as rule files and as a plain table;
//! beside it a population for it, and the loops that a good engineer would write by hand for that table.
//! Nothing of the product rests on this crate; `tidu bench` holds the product against it.

mod crowd;
mod hand;
mod law;
pub mod measure;
mod plain;
mod seed;
pub mod sql;
mod world;

pub use crowd::Crowd;
pub use hand::{Columns, Hand, Output};
pub use law::Law;
pub use plain::{
    Amount, Bands, Body, Column, Comparison, Criterion, Edge, Plain, Programme, Score, ScoreGroup,
    Test,
};
pub use world::{BATCH, Difference, World};
