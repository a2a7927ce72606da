//! One's own self-checks: listed, opened, deleted.

use access::Action;
use jiff::Timestamp;
use store::self_check::Kept;

use super::sealed::opened;
use crate::caller::Caller;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A self-check that is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptCheck {
    /// Its number.
    pub id: i64,
    /// What its owner calls it.
    pub title: String,
    /// When it was kept.
    pub created: Timestamp,
    /// When it is taken away.
    pub expires: Timestamp,
    /// Whether the rulebook in force is the one of that time.
    pub same_rulebook: bool,
}

fn view(platform: &Platform, kept: &Kept) -> KeptCheck {
    KeptCheck {
        id: kept.id,
        title: kept.title.clone(),
        created: kept.created,
        expires: kept.expires,
        same_rulebook: kept.rulebook == platform.law().hash,
    }
}

/// All of one's own, the newest first.
pub async fn list_checks(platform: &Platform, caller: &Caller) -> Result<Vec<KeptCheck>, Refusal> {
    let look = Look::ask(platform, caller, Action::OwnReadChecks).await?;
    let all = store::self_check::of_person(look.unit(), caller.person(), platform.now()).await?;
    Ok(all.iter().map(|kept| view(platform, kept)).collect())
}

/// One of one's own with its answers.
pub async fn open_check(
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<(KeptCheck, String), Refusal> {
    let look = Look::ask(platform, caller, Action::OwnReadChecks).await?;
    let now = platform.now();
    let found = store::self_check::find(look.unit(), id, caller.person(), now).await?;
    let found = found.ok_or(Refusal::NotFound)?;
    Ok((view(platform, &found), opened(platform, &found)?))
}

/// Deletes one of one's own. Nothing brings it back.
pub async fn drop_check(platform: &Platform, caller: &Caller, id: i64) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::OwnDropCheck).await?;
    let about = Said::of("self-check", id);
    if !store::self_check::drop_one(permit.unit(), id, caller.person()).await? {
        return Err(permit.not_here(about).await);
    }
    permit.keep(about).await
}
