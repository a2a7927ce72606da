//! For those who run the platform and watch over it: people, work behind, backups, how well the trail is guarded.

use access::Action;
use app::audit_trail::how_watched;
use app::health::read_health;
use app::jobs::list_jobs;
use app::organisations::list_organisations;
use app::people::list_people;
use store::job::State;
use store::person::Wanted;

use super::todo::COUNT;
use crate::ask::Ask;
use crate::failure::Failure;
use crate::pages::health::held;
use crate::parts::Tone;
use crate::parts::figure::Figure;
use crate::parts::tiles::{Tile, Tiles};
use crate::view::{Block, View};

/// The section; nothing for whom it does not concern.
pub(super) async fn show(ask: &Ask, view: &mut View) -> Result<(), Failure> {
    let say = ask.say;
    let mut tiles = Vec::new();
    if ask.may(Action::PersonDisable) || ask.may(Action::PersonUnlock) {
        tiles.extend(crowd(ask).await?);
    }
    if ask.may(Action::OperationReadHealth) {
        tiles.extend(machine(ask).await?);
    }
    if ask.may(Action::AuditVerify) {
        tiles.extend(trail(ask).await?);
    }
    if !tiles.is_empty() {
        view.push(Block::Heading(say.t("home.platform")));
        view.part(&Tiles { tiles })?;
    }
    Ok(())
}

fn count(number: u64) -> Figure {
    Figure::count(i64::try_from(number).unwrap_or(i64::MAX))
}

async fn crowd(ask: &Ask) -> Result<[Tile; 2], Failure> {
    let (platform, caller, say) = (ask.platform(), ask.caller()?, ask.say);
    let people = list_people(platform, caller, &Wanted::default(), COUNT).await?.total;
    let wanted = store::organisation::Wanted::default();
    let organisations = list_organisations(platform, caller, &wanted, COUNT).await?.total;
    Ok([
        Tile::new(say.t("nav.person"), count(people), say.t("home.persons")).to("/people"),
        Tile::new(say.t("nav.organisations"), count(organisations), say.t("home.units"))
            .to("/organisations"),
    ])
}

async fn machine(ask: &Ask) -> Result<Vec<Tile>, Failure> {
    let (platform, caller, say) = (ask.platform(), ask.caller()?, ask.say);
    let health = read_health(platform, caller).await?;
    let waiting = list_jobs(platform, caller, Some(State::Waiting), COUNT).await?.total;
    let (word, tone) = held(&health.hold, say);
    let backup = match health.backup {
        Ok(Some(at)) => Tile::new(say.t("home.backup"), say.time(at), ""),
        Err(_) => Tile::new(say.t("home.backup"), say.t("backups.unreadable"), "").tone(Tone::Bad),
        Ok(None) => Tile::new(say.t("home.backup"), say.t("home.never"), "").tone(Tone::Near),
    };
    Ok(vec![
        Tile::new(say.t("home.waiting-jobs"), count(waiting), say.t("home.pieces"))
            .to("/jobs?state=waiting"),
        backup.to("/backups"),
        Tile::new(say.t("populations.title"), word, "").tone(tone).to("/health"),
    ])
}

async fn trail(ask: &Ask) -> Result<[Tile; 2], Failure> {
    let say = ask.say;
    let watched = how_watched(ask.platform(), ask.caller()?).await?;
    let sealed = match &watched.seal {
        Some(seal) => Tile::new(say.t("home.sealed"), seal.day, "").note(say.t1(
            "home.sealed-records",
            "count",
            count(seal.count.unsigned_abs()),
        )),
        None => Tile::new(say.t("home.sealed"), say.t("home.not-yet"), "")
            .note(say.t("home.seals-at-night"))
            .tone(Tone::Dim),
    };
    let verified = match watched.verified {
        Some(verified) => {
            let (key, tone) = match verified.sound {
                true => ("home.sound", Tone::Good),
                false => ("home.unsound", Tone::Bad),
            };
            Tile::new(say.t("home.verified"), say.t(key), "").note(say.time(verified.at)).tone(tone)
        }
        None => Tile::new(say.t("home.verified"), say.t("home.never"), "").tone(Tone::Near),
    };
    Ok([sealed.to("/audit"), verified.to("/audit")])
}
