//! A population as Parquet: one row per subject, checked against the catalogue, as canonical batches
//! for who computes by columns and as [`Facts`](enterprise::Facts) for who computes row by row.
//!
//! It never judges and knows no rule. Values are strict: what the catalogue refuses is named with
//! column and row, never mended, never dropped in silence.

mod careful;
mod day;
mod form;
mod hint;
mod lists;
mod near;
pub mod origin;
mod outdated;
mod read;
mod reader;
mod records;
mod refused;
mod resolve;
mod rows;
mod says;
mod seen;
mod shape;
mod special;
mod storage;
mod subject;
mod writer;

pub use careful::{carefully, quietly};
pub use day::{day_number, day_of};
pub use hint::reading_schema;
pub use outdated::Outdated;
pub use read::{Sifted, unknown_kind};
pub use reader::{Batches, Reader, is_parquet};
pub use refused::Refused;
pub use rows::{Beside, Conflict, Rows};
pub use seen::Seen;
pub use shape::{Shape, column_name, shape_for};
pub use special::Special;
pub use writer::{WriteError, Writer, Written};
