//! The JSON forms of what commands print, beside those that the API shows, too (crate `answers`). Every number is a
//! decimal in a string or an integer, never a float; every text is in both languages. Described by the schemas that
//! `tidu schema` prints.

mod bench;
mod changes;
pub(crate) mod diagnostic;
mod outdated;
mod screening;
mod simulation;
mod verify;

pub use bench::BenchPage;
pub use changes::Difference;
pub use screening::ScreeningPage;
pub use simulation::Simulation;
pub use verify::Verification;
