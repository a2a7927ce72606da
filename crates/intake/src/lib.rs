//! Subjects of any kind of file (CSV, Excel, JSON, Parquet) into one population: sound rows are taken, whoever listens
//! hears of the others, and none is taken by halves. Values are exactly those of the files.
//!
//! Inputs are read twice: [`survey()`] finds which columns somebody has and how much room amounts need, [`write()`] writes.

mod reading;
mod survey;
mod told;
mod write;

pub use survey::{Survey, survey};
pub use told::{Failure, Silent, Told, Who};
pub use write::write;

/// What is read, and how.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The files, one after the other.
    pub files: &'a [std::path::PathBuf],
    /// What can be said about a subject.
    pub catalogue: &'a enterprise::Catalogue,
    /// Words that mean "not known".
    pub blanks: &'a connectors::Blanks,
}
