//! Records as a file that `tidu audit verify` reads: one line for each, with the seals and the end of the chain.

use access::Action;
use audit::{Head, Line, write_line};
use jiff::civil::Date;

use super::list_records::{Asked, wanted};
use crate::caller::Caller;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// So many records are read at once.
const PART: u64 = 500;

/// What an export is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Export {
    /// The lines.
    pub text: String,
    /// How many records.
    pub records: u64,
}

/// The chain from the beginning of a day on, or all of it, with everything that a check needs. Recorded.
pub async fn export_records(
    platform: &Platform,
    caller: &Caller,
    from: Option<Date>,
) -> Result<Export, Refusal> {
    // A long reading must not hold up who writes: the record is written after it.
    let look = Look::ask(platform, caller, Action::AuditExport).await?;
    let asked = Asked { from, ..Asked::default() };
    let wanted = wanted(look.unit(), caller, &asked).await?;
    let unit = look.unit();
    let start = match wanted.from {
        Some(from) => store::audit::head_before(unit, from).await?,
        None => Head::NONE,
    };
    let broken = |error: serde_json::Error| Refusal::broken(error);
    let mut text = write_line(&Line::begin(start)).map_err(broken)?;
    // What cannot be read is left out: the check of the file names the gap.
    for seal in store::audit::seals(unit).await?.into_iter().filter_map(|(_, seal)| seal.ok()) {
        text.push_str(&write_line(&Line::Seal(seal)).map_err(broken)?);
    }
    let mut records = 0;
    let mut last = start.seq;
    // What has no number that can be read stands at the end.
    while last < i64::MAX {
        let part = store::audit::after(unit, last, PART).await?;
        let Some((seq, _)) = part.last() else { break };
        last = *seq;
        for (_, found) in part {
            if let Ok(linked) = found {
                text.push_str(&write_line(&Line::Record(Box::new(linked))).map_err(broken)?);
                records += 1;
            }
        }
    }
    if let (Some(head), _) = store::audit::ends(unit).await? {
        text.push_str(&write_line(&Line::Head(head)).map_err(broken)?);
    }
    let details = serde_json::json!({ "records": records, "after": start.seq });
    let permit = Permit::ask(platform, caller, Action::AuditExport).await?;
    permit.keep(Said::of("audit", "").saying(details).looked()).await?;
    Ok(Export { text, records })
}
