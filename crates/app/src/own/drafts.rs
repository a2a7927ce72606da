//! Forms that one has begun to fill in. What was typed is sealed under its owner and its form; it is nobody else's
//! business, and leaves no record: nothing of the platform changes by it.

use jiff::Timestamp;

use super::proven::still_in;
use crate::caller::Caller;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Nobody keeps more than so many: the oldest go.
const MOST: u64 = 50;
/// The bytes of the longest: no form of ours takes more.
const LONGEST: usize = 64 * 1024;

/// What was typed, and when it was kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// The names of fields and what was typed into them, in order.
    pub fields: Vec<(String, String)>,
    /// When it was kept.
    pub kept: Timestamp,
}

/// Keeps what was typed into the form of a place, in the stead of what was kept of it before.
pub async fn keep_draft(
    platform: &Platform,
    caller: &Caller,
    place: &str,
    fields: &[(String, String)],
) -> Result<(), Refusal> {
    let person = person(caller)?;
    let text = serde_json::to_string(fields).map_err(Refusal::broken)?;
    if text.len() > LONGEST {
        return Err(Refusal::conflict("填写的内容过长，不能存为草稿", "too long for a draft"));
    }
    let sealed = platform.seal(&text, &context(person, place))?;
    let unit = platform.store().write().await?;
    still_in(platform, &unit, caller).await?;
    store::draft::keep(&unit, person, place, sealed, platform.now(), MOST).await?;
    Ok(unit.commit().await?)
}

/// What one has typed into the form of a place.
pub async fn find_draft(
    platform: &Platform,
    caller: &Caller,
    place: &str,
) -> Result<Option<Draft>, Refusal> {
    let person = person(caller)?;
    let unit = platform.store().read().await?;
    let Some(draft) = store::draft::find(&unit, person, place).await? else { return Ok(None) };
    let text = platform.open(&draft.fields, &context(person, place))?;
    let fields = serde_json::from_str(&text).map_err(Refusal::broken)?;
    Ok(Some(Draft { fields, kept: draft.kept }))
}

/// Drops it: it was sent, or is not wanted any more.
pub async fn drop_draft(platform: &Platform, caller: &Caller, place: &str) -> Result<(), Refusal> {
    let person = person(caller)?;
    let unit = platform.store().write().await?;
    store::draft::drop_one(&unit, person, place).await?;
    Ok(unit.commit().await?)
}

/// Drafts are for people in front of a page who owe nothing.
fn person(caller: &Caller) -> Result<i64, Refusal> {
    match (&caller.session, caller.owes) {
        (Some(_), None) => Ok(caller.person()),
        _ => Err(Refusal::SignIn),
    }
}

fn context(person: i64, place: &str) -> String {
    format!("draft/{person}/{place}")
}
