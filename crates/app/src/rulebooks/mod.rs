//! Rulebooks in the platform: kept by their hash, checked, compared, and put in force by somebody who answers for
//! it. Processes that share a database follow each other's switches.

mod adopt_rulebook;
mod bring_rulebook;
mod compare_rulebooks;
mod list_rulebooks;
mod package;
mod switch_rulebook;

pub use adopt_rulebook::{Adopted, adopt_rulebook, follow_switch, record_first};
pub(crate) use adopt_rulebook::{load, uncompiled};
pub use bring_rulebook::{Brought, bring_rulebook};
pub use compare_rulebooks::{Comparison, compare_rulebooks};
pub use list_rulebooks::{Listing, list_rulebooks};
pub use switch_rulebook::switch_rulebook;
