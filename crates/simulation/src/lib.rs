//! What happens to a population if numbers of the law are others: who moves from where to where between the five
//! populations, and what benefits come to. Counts; shows nothing.
//!
//! [`Ask`] holds the present law and its variants, [`Judge`] judges canonical rows by all of them at once, [`Effects`]
//! counts. Facts of a subject are read only if it moves.

mod classes;
mod cost;
mod effects;
mod judge;
mod moves;
mod pairs;
mod profile;

pub use classes::Under;
pub use cost::{Cost, Flows, Money};
pub use effects::{EXAMPLES, Effect, Effects, Ends, Moved, Seen, Through};
pub use judge::Judge;
pub use moves::{Gate, Moves, STANDS, Stand};
pub use pairs::{Ask, Changed, Pair};
pub use profile::{Industry, Profile, What, option_name, section_name, size};
