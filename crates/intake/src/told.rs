//! Who is told what was not taken, and how far it is.

use enterprise::{Place, Problem, Text};
use population::WriteError;

/// Name and code of a subject, as far as the row has them.
pub type Who<'w> = (Option<&'w str>, Option<&'w str>);

/// Listens while files are read.
pub trait Told {
    /// What is wrong with a file or a column.
    fn file(&mut self, problems: &[Problem]);
    /// What is wrong with a row; it was taken if nothing of it is severe.
    fn row(&mut self, place: &Place, who: Who<'_>, problems: &[Problem]);
    /// So many cells were taken for blank since their word was declared to mean so.
    fn blanked(&mut self, _cells: u64) {}
    /// One more row was looked at.
    fn step(&mut self) {}
    /// Whether it should stop.
    fn stops(&mut self) -> bool {
        false
    }
}

/// Listens to nothing: what there was to say has been said.
#[derive(Clone, Copy, Default, Debug)]
pub struct Silent;

impl Told for Silent {
    fn file(&mut self, _: &[Problem]) {}

    fn row(&mut self, _: &Place, _: Who<'_>, _: &[Problem]) {}
}

/// Why reading or writing ended early.
#[derive(Debug)]
pub enum Failure {
    /// A file cannot be read; why has been told.
    Told,
    /// Whoever listens wanted it to stop.
    Stopped,
    /// An input was changed while it was read.
    Changed,
    /// The population cannot be written.
    Unwritten(WriteError),
    /// The machine failed.
    Broken(Text),
}
