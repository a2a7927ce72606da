//! The command line of Tidu: reads arguments, rulebooks and facts, asks the pure crates, and shows
//! what they answer as text, JSON or a workbook. Decides nothing itself.

mod arguments;
mod clock;
mod commands;
mod exit;
mod file;
mod folder;
mod interrupt;
/// The JSON form of an explanation.
pub mod json;
/// The rulebook that the program carries, or one from a folder.
pub mod law;
mod outdated;
mod output;
mod outputs;
mod screened;
mod text;
mod workbook;

pub use commands::run;
