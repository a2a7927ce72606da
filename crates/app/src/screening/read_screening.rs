//! The five populations of every programme, as far as the caller sees the firms.

use std::sync::Arc;

use access::Action;
use snapshot::{By, City, Counts, Share, Sight};

use crate::aside::aside;
use crate::caller::Caller;
use crate::enterprises::sight;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Every programme's counts.
#[derive(Debug)]
pub struct ReadScreening {
    /// The population, with what was found of everybody.
    pub city: Arc<City>,
    /// By programme of the city.
    pub counts: Vec<Counts>,
    /// How many firms the caller sees.
    pub seen: u64,
    /// Whether the counts are those of the whole population.
    pub whole: bool,
}

/// One programme's counts.
#[derive(Debug)]
pub struct ReadProgramme {
    /// The population, with what was found of everybody.
    pub city: Arc<City>,
    /// The programme's place in the city.
    pub place: usize,
    /// By district.
    pub districts: Vec<Share>,
    /// By section of industry.
    pub sections: Vec<Share>,
    /// By size class.
    pub sizes: Vec<Share>,
    /// Where those stand who hold the title.
    pub held: Counts,
    /// How many firms the caller sees.
    pub seen: u64,
    /// Whether the counts are those of the whole population.
    pub whole: bool,
}

/// What everybody whom the caller sees stands at; nothing as long as there is no population.
pub async fn read_screening(
    platform: &Platform,
    caller: &Caller,
) -> Result<Option<ReadScreening>, Refusal> {
    let Some((city, sight)) = seen(platform, caller, Action::ScreeningRead).await? else {
        return Ok(None);
    };
    let whole = sight == Sight::Everything;
    aside(move || {
        let (counts, seen) = (city.counts(&sight), city.seen(&sight));
        Some(ReadScreening { city, counts, seen, whole })
    })
    .await
}

/// The same for one programme, apart by district, industry and size.
pub async fn read_programme(
    platform: &Platform,
    caller: &Caller,
    id: &str,
) -> Result<Option<ReadProgramme>, Refusal> {
    let Some((city, sight)) = seen(platform, caller, Action::ScreeningRead).await? else {
        return Ok(None);
    };
    let place = city.programmes().position(|(programme, _)| programme.id == id);
    let place = place.ok_or(Refusal::NotFound)?;
    let id = id.to_owned();
    aside(move || {
        let shares = |by| city.shares(&sight, &id, by);
        let (districts, sections, sizes) =
            (shares(By::District), shares(By::Section), shares(By::Size));
        let whole = sight == Sight::Everything;
        let (seen, held) = (city.seen(&sight), city.of_holders(&sight, &id));
        Some(ReadProgramme { city, place, districts, sections, sizes, held, seen, whole })
    })
    .await
}

/// The population, and what of it the caller sees.
pub(super) async fn seen(
    platform: &Platform,
    caller: &Caller,
    action: Action,
) -> Result<Option<(Arc<City>, Sight)>, Refusal> {
    let look = Look::ask(platform, caller, action).await?;
    let Some(city) = platform.city() else { return Ok(None) };
    let sight = sight(look.unit(), &look.scope(), city.snapshot().shape().catalogue()).await?;
    Ok(Some((city, sight)))
}
