//! Where the mark of the seals lies: in a setting of its own, apart from the seals.

use audit::{DaySeal, Mark};
use crypto::{Keys, MacRing, Sm3};
use jiff::Timestamp;
use store::Unit;

use crate::refusal::Refusal;

const NAME: &str = "audit-seals";

/// The mark, if it is there and can be read, and how often it was renewed; 0 where there is none at all.
pub(super) async fn marked(unit: &Unit) -> Result<(Option<Mark>, i64), store::Error> {
    let Some(setting) = store::setting::get(unit, NAME).await? else {
        return Ok((None, 0));
    };
    Ok((serde_json::from_str(&setting.value).ok(), setting.version))
}

/// Begins the mark with the first record of all. One that is there stays: it says that there were others.
pub(crate) async fn begin_mark(unit: &Unit, keys: &Keys, now: Timestamp) -> Result<(), Refusal> {
    if store::setting::get(unit, NAME).await?.is_some() {
        return Ok(());
    }
    let macs = keys.macs(&Sm3);
    let mark = Mark::begin(macs.newest().map_err(Refusal::broken)?).map_err(Refusal::broken)?;
    Ok(keep(unit, &mark, 0, now).await?)
}

/// Renews the mark with one more seal. One that does not fit its key is begun anew, which is said for ever.
pub(super) async fn renew_mark(
    unit: &Unit,
    seal: &DaySeal,
    macs: &MacRing,
    now: Timestamp,
) -> Result<(), Refusal> {
    let (mark, version) = marked(unit).await?;
    let mac = macs.newest().map_err(Refusal::broken)?;
    let fits = |mark: &Mark| mark.fits(macs).map_err(Refusal::broken);
    let renewed = match mark {
        Some(mark) if fits(&mark)? => mark.renew(seal, mac),
        _ => {
            let seals = store::audit::seals(unit).await?.len();
            Mark::begin_late(i64::try_from(seals).unwrap_or(i64::MAX), seal, mac)
        }
    };
    let renewed = renewed.map_err(Refusal::broken)?;
    Ok(keep(unit, &renewed, version, now).await?)
}

async fn keep(unit: &Unit, mark: &Mark, version: i64, now: Timestamp) -> Result<(), store::Error> {
    let text =
        serde_json::to_string(mark).map_err(|error| store::Error::Damaged(error.to_string()))?;
    store::setting::set(unit, NAME, version, &text, None, now).await
}
