//! All populations, the one in use, when each was screened; and one of them with what was not taken of it.

use access::Action;
use store::population::{Population, Use};
use store::screening::Screening;

use super::hold::Hold;
use super::report::Report;
use crate::caller::Caller;
use crate::enterprises::is_whole;
use crate::permit::Look;
use crate::platform::Platform;
use crate::refusal::Refusal;

/// So many screenings are shown.
const SCREENINGS: u64 = 12;

/// All populations.
#[derive(Clone, PartialEq, Debug)]
pub struct Listing {
    /// The newest first.
    pub populations: Vec<Population>,
    /// Which was put in use when, the newest first: the first one says what is in use.
    pub uses: Vec<Use>,
    /// The last screenings, the newest first.
    pub screenings: Vec<Screening>,
    /// How far this process is with the one in use.
    pub hold: Hold,
}

/// All populations.
pub async fn list_populations(platform: &Platform, caller: &Caller) -> Result<Listing, Refusal> {
    let look = Look::ask(platform, caller, Action::PopulationRead).await?;
    Ok(Listing {
        populations: store::population::all(look.unit()).await?,
        uses: store::population::uses(look.unit()).await?,
        screenings: store::screening::newest(look.unit(), SCREENINGS).await?,
        hold: platform.hold(),
    })
}

/// One population.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// What is kept of it.
    pub population: Population,
    /// What was not taken: rows only for those who see everybody, since nobody knows in whose district a row that was
    /// refused belongs.
    pub report: Report,
    /// Whether the caller sees everybody.
    pub whole: bool,
    /// The last time that one was put in use: what putting this one in use has to know.
    pub last_use: Option<Use>,
}

/// One population by its number.
pub async fn show_population(
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<Shown, Refusal> {
    let look = Look::ask(platform, caller, Action::PopulationRead).await?;
    let population = store::population::get(look.unit(), id).await?.ok_or(Refusal::NotFound)?;
    let mut report: Report = serde_json::from_str(&population.report).map_err(Refusal::broken)?;
    let whole = is_whole(look.scope().rows);
    if !whole {
        report = Report::default();
    }
    let last_use = store::population::in_use(look.unit()).await?;
    Ok(Shown { population, report, whole, last_use })
}
