//! The answers as they lie in the database: sealed under the number of their row and of their owner, so that they open
//! nowhere else.

use jiff::Timestamp;
use store::Unit;
use store::self_check::{Kept, New};

use super::{MOST, kept};
use crate::people::Checks;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// What is to be kept: already as text, since a self-check is read and written where the law is at hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keeping<'a> {
    pub title: &'a str,
    pub document: &'a str,
}

/// Keeps a self-check for a person and gives its number.
pub(super) async fn keep(
    platform: &Platform,
    unit: &Unit,
    person: i64,
    keeping: Keeping<'_>,
) -> Result<i64, Refusal> {
    let now = platform.now();
    // Two that are kept at the same moment follow each other.
    let owner = store::person::get_alone(unit, person).await?;
    owner.filter(|owner| owner.erased.is_none()).ok_or(Refusal::SignIn)?;
    if store::self_check::of_person(unit, person, now).await?.len() >= MOST {
        return Err(Refusal::conflict(
            format!("至多保存 {MOST} 份自测，请先删除不用的"),
            format!("at most {MOST} self-checks are kept: delete one first"),
        ));
    }
    let rulebook = platform.law().hash.clone();
    let new =
        New { person, title: keeping.title, rulebook: &rulebook, at: now, expires: expires(now) };
    let id = store::self_check::insert(unit, new).await?;
    let sealed = platform.seal(keeping.document, &context(id, person))?;
    store::self_check::fill(unit, id, sealed).await?;
    Ok(id)
}

/// The answers of one that is kept.
pub(super) fn opened(platform: &Platform, kept: &Kept) -> Result<String, Refusal> {
    platform.open(&kept.document, &context(kept.id, kept.person))
}

/// When one that is kept now is taken away.
pub(super) fn expires(now: Timestamp) -> Timestamp {
    now + kept()
}

fn context(id: i64, person: i64) -> String {
    format!("self-check/{id}/{person}")
}

/// What its owner calls it; nothing personal has to be in it.
pub(super) fn title(checks: &mut Checks, typed: &str) -> String {
    checks.name("title", typed, 64)
}

/// Without consent nothing is kept.
pub(super) fn consent(checks: &mut Checks, given: bool) {
    if !given {
        checks.wrong(
            "consent",
            "请先阅读并同意保存说明；不同意则不保存任何内容",
            "read and accept what is kept; without consent nothing is",
        );
    }
}
