//! All rulebooks, the one in force, and how it came to be so.

use access::Action;
use store::rulebook::{Stored, Switch};

use crate::caller::Caller;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// All rulebooks and switches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listing {
    /// The newest first.
    pub rulebooks: Vec<Stored>,
    /// The newest first: the first one says what is in force.
    pub switches: Vec<Switch>,
}

/// All rulebooks and switches.
pub async fn list_rulebooks(platform: &Platform, caller: &Caller) -> Result<Listing, Refusal> {
    let look = Look::ask(platform, caller, Action::RulebookRead).await?;
    let rulebooks = store::rulebook::all(look.unit()).await?;
    let switches = store::rulebook::switches(look.unit()).await?;
    Ok(Listing { rulebooks, switches })
}
