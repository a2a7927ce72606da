//! The records of a list taken out of the platform, for reading elsewhere: those that the filters ask for, under a line
//! that names who took them. It proves nothing: what does is the file of [`super::export_records()`].

use access::Action;
use audit::Linked;
use store::Page;

use super::list_records::{Asked, filter_words, wanted};
use crate::caller::Caller;
use crate::exported::{Exported, watermark};
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// So many records are read at once.
const PART: u64 = 500;

/// The records that are asked for, the newest first; one that cannot be read has its number only. Recorded.
pub async fn export_list(
    platform: &Platform,
    caller: &Caller,
    asked: &Asked,
) -> Result<Exported<(i64, Option<Linked>)>, Refusal> {
    // A long reading must not hold up who writes: the record is written after it.
    let look = Look::ask(platform, caller, Action::AuditExport).await?;
    let wanted = wanted(look.unit(), caller, asked).await?;
    let mut rows = Vec::new();
    loop {
        let page = Page { skip: rows.len() as u64, take: PART };
        let part = store::audit::list(look.unit(), &wanted, page).await?.rows;
        if part.is_empty() {
            break;
        }
        rows.extend(part.into_iter().map(|(seq, found)| (seq, found.ok())));
    }
    drop(look);
    let details = serde_json::json!({ "records": rows.len(), "filter": filter_words(asked) });
    let permit = Permit::ask(platform, caller, Action::AuditExport).await?;
    let record = permit.keep_numbered(Said::of("audit", "").saying(details).looked()).await?;
    Ok(Exported { rows, watermark: watermark(caller, platform.now(), record), record })
}
