//! What a switch would change: what the checker says of the rulebook, and what differs from the one in force.

use access::Action;
use rulebook::{Compiled, Sources};
use store::rulebook::Stored;

use super::adopt_rulebook::open;
use crate::caller::Caller;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A rulebook beside the one in force.
#[derive(Debug)]
pub struct Comparison {
    /// What is kept of it.
    pub stored: Stored,
    /// Its files, which diagnostics point into.
    pub sources: Sources,
    /// The rulebook and everything that the checker says of it.
    pub compiled: Compiled,
    /// The rulebook in force, as it was compiled.
    pub present: Compiled,
    /// The switch that put it in force: what a switch has to know.
    pub known: Option<i64>,
}

/// Holds a rulebook that is kept against the one in force. What changed is `changes::compare` of both.
pub async fn compare_rulebooks(
    platform: &Platform,
    caller: &Caller,
    hash: &str,
) -> Result<Comparison, Refusal> {
    let look = Look::ask(platform, caller, Action::RulebookRead).await?;
    let unit = look.unit();
    let stored = store::rulebook::get(unit, hash).await?.ok_or(Refusal::NotFound)?;
    let (sources, compiled) = open(unit, hash).await?;
    let last = store::rulebook::in_force(unit).await?;
    let (_, present) = match &last {
        Some(last) => open(unit, &last.hash).await?,
        None => return Err(Refusal::broken("no rulebook is in force")),
    };
    Ok(Comparison { stored, sources, compiled, present, known: last.map(|last| last.id) })
}
