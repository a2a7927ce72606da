//! What a screening of the population in use came to, and what it would come to if numbers of the law were others.

mod read_screening;
mod simulate;

pub use read_screening::{ReadProgramme, ReadScreening, read_programme, read_screening};
pub use simulate::{Simulated, WhatIf, simulate};
