//! Populations: everybody in one file, brought and put in use by a city officer, screened under the law in force.
//!
//! The files lie in a folder beside the database and are never changed; the database says which there are, which is in
//! use, and what was counted when. A process holds the one in use in memory with its verdicts
//! ([`Platform::city`](crate::Platform::city)); processes that share a database follow each other.

mod bring_population;
mod counts;
mod folder;
mod hold;
mod list_populations;
mod report;
mod screen_population;
mod use_population;

pub use bring_population::{Brought, Wish, bring_population};
pub use counts::{OfProgramme, counts_of};
pub use folder::{Differs, Fingerprint, Populations};
pub use hold::{Held, Hold, Ready, expect};
pub(crate) use hold::{Judged, follow, judge, take_over};
pub use list_populations::{Listing, Shown, list_populations, show_population};
pub use report::{Report, Row};
pub use screen_population::ask_for_screening;
pub(crate) use screen_population::{ask_anew, record, screen};
pub use use_population::use_population;
