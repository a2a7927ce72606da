//! Everybody who would move if numbers of the law were others, taken out of the platform.

use access::{Action, Words};
use serde_json::json;

use super::simulate::{NotTried, Simulated, WhatIf, simulate};
use crate::caller::Caller;
use crate::enterprises::sight;
use crate::exported::watermark;
use crate::permit::{Permit, Said};
use crate::platform::Platform;

/// Those who would move, as a file has them.
#[derive(Debug)]
pub struct ExportedMoves {
    /// What would happen.
    pub simulated: Simulated,
    /// What stands on every page of it.
    pub watermark: Words<String>,
}

/// Tries numbers out and names everybody who moves, as far as the caller may take them out. `what` says on the record
/// what was asked for.
pub async fn export_moves(
    platform: &Platform,
    caller: &Caller,
    what_if: WhatIf,
    what: &str,
) -> Result<Option<ExportedMoves>, NotTried> {
    let tried = simulate(platform, caller, what_if).await?;
    let Some(mut simulated) = tried else { return Ok(None) };
    let permit = Permit::ask(platform, caller, Action::ScreeningExport).await?;
    let snapshot = std::sync::Arc::clone(simulated.city.snapshot());
    let may_go = sight(permit.unit(), &permit.scope(), snapshot.shape().catalogue()).await?;
    let mut rows = 0;
    for (_, effect) in &mut simulated.effects {
        effect.names.retain(|moved| {
            u32::try_from(moved.row).is_ok_and(|row| may_go.covers(&snapshot, row))
        });
        rows += effect.names.len();
    }
    let details = json!({ "list": Action::ScreeningSimulate.code(), "rows": rows, "asked": what });
    let record =
        permit.keep_numbered(Said::of("list", "enterprise").saying(details).looked()).await?;
    let watermark = watermark(caller, platform.now(), record);
    Ok(Some(ExportedMoves { simulated, watermark }))
}
