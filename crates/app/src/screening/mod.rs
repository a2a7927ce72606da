//! What a screening of the population in use came to, and what it would come to if numbers of the law were others.

mod disclosure;
mod export_moves;
mod read_screening;
mod simulate;

pub use disclosure::Disclosure;
pub use export_moves::{ExportedMoves, export_moves};
pub use read_screening::{ReadProgramme, ReadScreening, read_programme, read_screening};
pub use rulebook::SettingPart;
pub use simulate::{NotSet, NotTried, Simulated, WhatIf, simulate};
