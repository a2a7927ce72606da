//! The population in use, in the memory of this process: read, screened under the law in force, and swapped in as a
//! whole. What goes wrong is kept for whoever looks, and tried again when something has changed.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::Question;
use snapshot::{City, Snapshot};
use store::population::Population;

use super::folder::Populations;
use super::screen_population::ask_anew;
use crate::aside::aside;
use crate::clock::today;
use crate::platform::{Law, Platform};
use crate::refusal::{Refusal, Words};

/// How far this process is with the population in use.
#[derive(Clone, PartialEq, Debug)]
pub enum Hold {
    /// None is in use.
    Nothing,
    /// It is read and screened; what was held before still is.
    Loading(Held),
    /// It is held.
    Ready(Ready),
    /// It cannot be read; why.
    Failed(Held, Words),
}

/// What is held, or is to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// The number of the population.
    pub population: i64,
    /// The hash of the rulebook.
    pub rulebook: String,
    /// The day that is judged.
    pub as_of: Date,
}

/// What is held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ready {
    /// Of what, under what.
    pub held: Held,
    /// The population.
    pub population: Population,
    /// When the screening began.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
}

impl Hold {
    /// What is held or tried, if anything.
    pub fn held(&self) -> Option<&Held> {
        match self {
            Self::Nothing => None,
            Self::Loading(held) | Self::Failed(held, _) => Some(held),
            Self::Ready(ready) => Some(&ready.held),
        }
    }
}

/// Says that what is in use will be held, so that nobody takes it for nothing. To be called when a platform is opened.
pub async fn expect(platform: &Platform) -> Result<(), Refusal> {
    let unit = platform.store().read().await?;
    if let Some(last) = store::population::in_use(&unit).await? {
        let rulebook = platform.law().hash.clone();
        let as_of = today(platform.now());
        platform.set_hold(Hold::Loading(Held { population: last.population, rulebook, as_of }));
    }
    Ok(())
}

/// Takes over what is in use and not held yet, or under another law, or as of an earlier day than another process has
/// screened it. Cheap when there is nothing to do.
pub(crate) async fn follow(platform: &Platform) -> Result<(), Refusal> {
    if platform.populations().is_err() {
        return Ok(());
    }
    let (population, last) = {
        let unit = platform.store().read().await?;
        let Some(last) = store::population::in_use(&unit).await? else { return Ok(()) };
        let population = store::population::get(&unit, last.population).await?;
        let population =
            population.ok_or_else(|| Refusal::broken("the population in use is gone"))?;
        (population, store::screening::newest(&unit, 1).await?.into_iter().next())
    };
    let law = platform.law();
    let hold = platform.hold();
    let settled = match &hold {
        Hold::Ready(_) | Hold::Failed(..) => hold.held(),
        // Nobody is at it: whoever was has been cut off.
        Hold::Nothing | Hold::Loading(_) => None,
    };
    let same = settled.filter(|held| held.population == population.id && held.rulebook == law.hash);
    let screened =
        last.filter(|last| last.population == population.id && last.rulebook == law.hash);
    let as_of = match (same, &screened) {
        (Some(held), Some(last)) if last.as_of > held.as_of => last.as_of,
        (Some(_), _) => return Ok(()),
        (None, _) => today(platform.now()),
    };
    let last = screened.map(|last| last.as_of);
    match make(platform, population, as_of).await {
        // There is a record for each day on which somebody can see verdicts.
        Ok((ready, _)) if last != Some(ready.held.as_of) => {
            let unit = platform.store().write().await?;
            ask_anew(platform, &unit, None).await?;
            Ok(unit.commit().await?)
        }
        Ok(_) => Ok(()),
        // Kept for whoever looks; another process may have what is missing here.
        Err(error) => {
            tracing::error!(error = %error.words().en, "the population in use is not held");
            Ok(())
        }
    }
}

/// Reads and screens a population as of a day, and holds it from then on.
pub(crate) async fn make(
    platform: &Platform,
    population: Population,
    as_of: Date,
) -> Result<(Ready, Arc<City>), Refusal> {
    // One at a time: each takes all cores and much memory.
    let _turn = platform.screening.lock().await;
    let before = platform.hold();
    let held = Held { population: population.id, rulebook: platform.law().hash.clone(), as_of };
    // What is held already need not be read again; under another law its columns may mean other things.
    let kept = match &before {
        Hold::Ready(ready)
            if ready.held.population == held.population && ready.held.rulebook == held.rulebook =>
        {
            platform.city().map(|city| Arc::clone(city.snapshot()))
        }
        _ => None,
    };
    platform.set_hold(Hold::Loading(held.clone()));
    match judge(platform, &population, as_of, kept).await {
        Ok(judged) => {
            let city = Arc::clone(&judged.city);
            let ready = judged.ready(population);
            take_over(platform, ready.clone(), Arc::clone(&city));
            Ok((ready, city))
        }
        Err(refusal) => {
            platform.set_hold(match &refusal {
                Refusal::Conflict(words) => Hold::Failed(held, words.clone()),
                _ => before,
            });
            Err(refusal)
        }
    }
}

/// A population that was screened and is not held yet.
#[derive(Debug)]
pub(crate) struct Judged {
    pub city: Arc<City>,
    rulebook: String,
    as_of: Date,
    began: Timestamp,
    ended: Timestamp,
}

impl Judged {
    /// The same with its population, which has its number now.
    pub fn ready(self, population: Population) -> Ready {
        let Self { rulebook, as_of, began, ended, .. } = self;
        let held = Held { population: population.id, rulebook, as_of };
        Ready { held, population, began, ended }
    }
}

/// Reads a population, unless it is `kept` in memory, and screens it under the law in force.
pub(crate) async fn judge(
    platform: &Platform,
    population: &Population,
    as_of: Date,
    kept: Option<Arc<Snapshot>>,
) -> Result<Judged, Refusal> {
    let (law, began) = (platform.law(), platform.now());
    let (folder, wanted) = (platform.populations()?.clone(), population.clone());
    let rulebook = law.hash.clone();
    let city =
        aside(move || read_and_screen(&folder, &wanted, kept, &law, &question(&wanted, as_of)))
            .await?
            .map_err(Refusal::Conflict)?;
    Ok(Judged { city: Arc::new(city), rulebook, as_of, began, ended: platform.now() })
}

/// Holds a population from now on.
pub(crate) fn take_over(platform: &Platform, ready: Ready, city: Arc<City>) {
    platform.set_city(city);
    platform.set_hold(Hold::Ready(ready));
}

/// What is asked of everybody in a population on a day.
fn question(population: &Population, as_of: Date) -> Question {
    Question { base_year: population.base_year, ..Question::on(as_of) }
}

fn read_and_screen(
    folder: &Populations,
    population: &Population,
    kept: Option<Arc<Snapshot>>,
    law: &Law,
    question: &Question,
) -> Result<City, Words> {
    let snapshot = match kept {
        Some(snapshot) => snapshot,
        None => Arc::new(read(folder, population, law)?),
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(City::screen(snapshot, &law.rulebook, question, threads))
}

fn read(folder: &Populations, population: &Population, law: &Law) -> Result<Snapshot, Words> {
    let path = folder.path(&population.file);
    Snapshot::read(&path, &law.rulebook.catalogue).map_err(|problems| {
        let name = &population.name;
        match problems.first() {
            Some(problem) => Words::new(
                format!("底数“{name}”读不了：{}", problem.message.zh),
                format!("the population `{name}` cannot be read: {}", problem.message.en),
            ),
            None => Words::new(
                format!("底数“{name}”读不了"),
                format!("the population `{name}` cannot be read"),
            ),
        }
    })
}
