//! What is different between two rulebooks, from when, and for whom.
//!
//! [`compare`] takes the former rulebook and the changed one and answers with [`Changes`]: what was
//! there and what is there now, in words; whether it got easier or harder; whether it can turn a
//! verdict at all; and the days and cases that it matters for. [`turned()`] says whose verdict a change
//! turned. [`sides()`] puts two versions of one programme side by side. Reads no files and judges nobody.

mod align;
mod bands;
mod benefit;
mod catalogue;
mod change;
mod changes;
mod classification;
mod codes;
mod condition;
mod criteria;
mod definitions;
mod found;
mod ladders;
mod limit;
mod lists;
mod pairs;
mod period;
mod procedure;
mod programme;
mod say;
mod scale;
mod score;
mod sides;
mod source;
mod turned;
mod users;
mod version;

pub use change::{About, Change, Direction, Kind, Period, Weight, Whom};
pub use changes::{Block, Changes, Occasion, Section, Subject, compare};
pub use sides::{Side, Sides, sides};
pub use turned::{Because, Stand, Turned, turned};
pub use users::User;
