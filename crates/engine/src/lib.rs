//! Screening at work: Parquet in, Parquet out, SQL, through DataFusion.

mod batches;
mod duplicates;
mod failure;
pub mod metadata;
mod query;
mod session;
mod source;
mod trouble;
mod units;
mod write;

pub use batches::Batches;
pub use failure::Failure;
pub use query::{Kind, Query, Rows, Table};
pub use session::Limits;
pub use source::Source;
pub use write::Watch;
