//! Screening at work: Parquet in, Parquet out, SQL, through DataFusion.

mod duplicates;
mod failure;
pub mod metadata;
mod query;
mod session;
mod source;
mod trouble;
mod units;
mod write;

pub use failure::Failure;
pub use query::{Kind, Query, Rows, Table};
pub use session::Limits;
pub use source::Source;
pub use write::Watch;
