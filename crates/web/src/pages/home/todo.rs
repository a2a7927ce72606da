//! What waits for somebody, as numbers that lead to the lists behind them.

use access::Action;
use app::jobs::list_jobs;
use app::people::{list_erasures, list_held, list_people, list_proposals};
use app::rulebooks::list_rulebooks;
use store::job::State;
use store::person::{Standing, Wanted};

use super::law;
use crate::ask::Ask;
use crate::failure::Failure;
use crate::pages::rulebooks::waits;
use crate::parts::Tone;
use crate::parts::figure::Figure;
use crate::parts::tiles::Tile;

/// One row is enough to learn how many there are.
pub(super) const COUNT: store::Page = store::Page { skip: 0, take: 1 };

/// What waits for somebody.
pub(super) enum Waiting {
    /// Nothing ever does.
    Never,
    /// Nothing at present.
    Nothing,
    /// Something, beside what could.
    Some(Vec<Tile>),
}

/// What waits for the caller.
pub(super) async fn waiting(ask: &Ask) -> Result<Waiting, Failure> {
    let all = tiles(ask).await?;
    Ok(match all.iter().any(|tile| tile.tone == Tone::Near) {
        true => Waiting::Some(all),
        false if all.is_empty() => Waiting::Never,
        false => Waiting::Nothing,
    })
}

/// What can wait for the caller, also where nothing does.
async fn tiles(ask: &Ask) -> Result<Vec<Tile>, Failure> {
    let (platform, caller) = (ask.platform(), ask.caller()?);
    let mut all = Vec::new();
    if ask.may(Action::MembershipApprove) {
        let count = list_proposals(platform, caller).await?.len();
        all.push(tile(ask, "home.approvals", count as u64, "/approvals"));
    }
    if ask.may(Action::PersonErase) {
        let count = list_erasures(platform, caller).await?.len();
        all.push(tile(ask, "home.erasures", count as u64, "/erasures"));
    }
    if ask.may(Action::PersonInvite) {
        let count = people(ask, Standing::Invited).await?;
        all.push(tile(ask, "home.invited", count, "/people?state=invited"));
    }
    if ask.may(Action::PersonUnlock) {
        let count = list_held(platform, caller).await?.len();
        all.push(tile(ask, "home.releases", count as u64, "/releases"));
    }
    if ask.may(Action::PersonUnlock) || ask.may(Action::PersonDisable) {
        let count = people(ask, Standing::Locked(platform.now())).await?;
        all.push(tile(ask, "home.locked", count, "/people?state=locked"));
    }
    if ask.may(Action::JobRetry) {
        let count = list_jobs(platform, caller, Some(State::Dead), COUNT).await?.total;
        all.push(tile(ask, "home.dead-jobs", count, "/jobs?state=dead"));
    }
    if ask.may(Action::RulebookSwitch) {
        let listing = list_rulebooks(platform, caller).await?;
        let waiting = listing.rulebooks.iter().filter(|one| waits(&listing, one)).count();
        all.push(tile(ask, "home.rulebooks", waiting as u64, "/rulebooks"));
    }
    if ask.may(Action::RulebookConfirmNumber) {
        let progress = law::progress(ask).await?;
        all.push(tile(ask, "home.differing", progress.differs as u64, "/numbers"));
    }
    Ok(all)
}

async fn people(ask: &Ask, standing: Standing) -> Result<u64, Failure> {
    let wanted = Wanted { standing: Some(standing), ..Wanted::default() };
    Ok(list_people(ask.platform(), ask.caller()?, &wanted, COUNT).await?.total)
}

/// What nothing waits of steps back.
fn tile(ask: &Ask, key: &str, count: u64, to: &str) -> Tile {
    let shown = Figure::count(i64::try_from(count).unwrap_or(i64::MAX));
    let tone = if count > 0 { Tone::Near } else { Tone::Dim };
    Tile::new(ask.say.t(key), shown, ask.say.t("home.pieces")).to(to).tone(tone)
}
