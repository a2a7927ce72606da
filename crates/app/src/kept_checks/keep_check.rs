//! Keeping a self-check in one's own account.

use access::Action;

use super::sealed::{Keeping, consent, keep, title};
use crate::caller::Caller;
use crate::people::Checks;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A self-check to be kept.
#[derive(Clone, Copy, Debug)]
pub struct KeepCheck<'a> {
    /// What its owner calls it.
    pub title: &'a str,
    /// The self-check as [`crate::self_check::SelfCheck::document`] writes it.
    pub document: &'a str,
    /// Whether its owner agrees to its being kept.
    pub consent: bool,
}

/// Keeps a self-check and gives its number.
pub async fn keep_check(
    platform: &Platform,
    caller: &Caller,
    new: &KeepCheck<'_>,
) -> Result<i64, Refusal> {
    let permit = Permit::ask(platform, caller, Action::OwnKeepCheck).await?;
    let mut checks = Checks::default();
    let title = title(&mut checks, new.title);
    consent(&mut checks, new.consent);
    checks.done()?;
    let keeping = Keeping { title: &title, document: new.document };
    let id = keep(platform, permit.unit(), caller.person(), keeping).await?;
    permit.keep(Said::of("self-check", id)).await?;
    Ok(id)
}
