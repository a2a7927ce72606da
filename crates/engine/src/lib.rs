//! Screening at work: Parquet in, Parquet out, SQL, through DataFusion.
//!
//! A population becomes a table of canonical rows ([`Population`]), the kernels of `screening` a node
//! of DataFusion's plans, and a result is written row group by row group while others are computed
//! ([`screen()`]). [`Query`] asks populations and results in SQL. What a verdict is, is not decided here.

mod batches;
mod canonical;
mod columns;
mod duplicates;
mod encode;
mod failure;
pub mod metadata;
mod plan;
mod population;
mod query;
mod refusals;
mod repeated;
mod run;
mod screen;
mod session;
mod source;
mod step;
mod table;
mod trouble;
mod units;
mod write;

pub use ::population::Outdated;
pub use batches::Batches;
pub use failure::Failure;
pub use population::Population;
pub use query::{Kind, Query, Rows, Table};
pub use run::{Asked, SIZE, Summary, screen};
pub use screen::Totals;
pub use session::Limits;
pub use source::Source;
pub use write::Watch;
