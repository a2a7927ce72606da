//! Bringing a rulebook: it is checked and kept, and not in force.

use access::Action;
use rulebook::{Diagnostic, Sources, compile};
use serde_json::json;
use store::rulebook::Stored;

use super::adopt_rulebook::described;
use super::package::{pack, unpack};
use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A rulebook that was brought.
#[derive(Debug)]
pub struct Brought {
    /// What is kept of it.
    pub stored: Stored,
    /// Its files, which diagnostics point into.
    pub sources: Sources,
    /// Everything that the checker says.
    pub diagnostics: Vec<Diagnostic>,
}

/// Keeps a ZIP of rule files. One with errors is kept, too, so that they can be looked at; it cannot be put in force.
pub async fn bring_rulebook(
    platform: &Platform,
    caller: &Caller,
    title: &str,
    zip: Vec<u8>,
) -> Result<Brought, Refusal> {
    let title = title.trim().to_owned();
    if title.is_empty() || title.chars().count() > 100 {
        return Err(Refusal::invalid(
            "title",
            "请写明名称（100 字以内）",
            "give it a title (100 characters at most)",
        ));
    }
    let permit = Permit::ask(platform, caller, Action::RulebookUpload).await?;
    let now = platform.now();
    let by = caller.person();
    let (stored, sources, diagnostics, packed) = tokio::task::spawn_blocking(move || {
        let sources = unpack(&zip)?;
        let compiled = compile(&sources);
        let stored = described(&sources, &title, &compiled, Some(by), now);
        let packed = pack(&sources)?;
        Ok::<_, Refusal>((stored, sources, compiled.diagnostics, packed))
    })
    .await
    .map_err(Refusal::broken)??;
    store::rulebook::keep(permit.unit(), &stored, packed).await?;
    let details = json!({ "errors": stored.errors, "warnings": stored.warnings });
    permit.keep(Said::of("rulebook", &stored.hash).saying(details)).await?;
    Ok(Brought { stored, sources, diagnostics })
}
