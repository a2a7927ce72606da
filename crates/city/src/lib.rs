//! A seeded synthetic city: enterprises, sole traders and cooperatives with figures, titles, events
//! and gaps in what is known of them, spread as a profile says. Everything in it is made up.
//!
//! It knows no rule. The figures on which firms are to stand exactly are given to it, as are the
//! titles and events that there are. Only integers are used, and each row follows from the seed and
//! its number alone: the same city comes out on every machine, in any order of rows.

mod batch;
mod cast;
mod city;
mod column;
mod draw;
mod edge;
mod identity;
mod lists;
mod make;
mod order;
mod profile;
mod ranks;
mod records;
mod registers;
mod resolve;
mod sheet;
mod stand;
mod tally;
mod weights;

pub use city::{City, Wish};
pub use edge::{Edge, Measured};
pub use identity::MOST;
pub use profile::Profile;
pub use ranks::EntityKind;
pub use tally::Tally;
