//! A made-up city on whose firms the rules of a rulebook can be tried: every stratum, every figure of the law exactly
//! and a step off, every title. It reads the law for its figures and judges nobody.

mod edges;
mod made;
mod write;

pub use edges::edges;
pub use made::{SMALL, Size, city, says, titles};
pub use write::{Ended, write};
