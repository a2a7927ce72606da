//! Screening everybody: a job, after a population was put in use, after another rulebook was, and each night.

use access::Action;
use serde_json::{Value, json};
use snapshot::City;
use store::Unit;
use store::screening::Screening;

use super::counts::counts;
use super::hold::{Ready, make};
use crate::caller::Caller;
use crate::clock::today;
use crate::jobs::{Kind, Running, Stop, ask};
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// The kind of job that screens.
const KIND: &str = "screening.run";

/// Asks for a screening, which a job does.
pub async fn ask_for_screening(platform: &Platform, caller: &Caller) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::ScreeningRun).await?;
    if store::population::in_use(permit.unit()).await?.is_none() {
        return Err(Refusal::conflict(
            "还没有启用底数，无从筛查",
            "no population is in use: there is nobody to screen",
        ));
    }
    let Some(job) = ask_anew(platform, permit.unit(), Some(caller.person())).await? else {
        return Err(Refusal::conflict("筛查已在等待或进行", "a screening is waiting or under way"));
    };
    permit.keep(Said::of("job", job)).await?;
    platform.wake();
    Ok(())
}

/// Asks for a screening in the unit of the change that needs it. None if one waits or runs: it sees the change.
pub(crate) async fn ask_anew(
    platform: &Platform,
    unit: &Unit,
    by: Option<i64>,
) -> Result<Option<i64>, Refusal> {
    let kind = Kind::from_code(KIND).ok_or_else(|| Refusal::broken("no kind `screening.run`"))?;
    ask(platform, unit, kind, &Value::Null, by).await
}

/// Screens the population in use under the law in force, as of today, and records what was counted. Safe to repeat.
pub(crate) async fn screen(running: &Running<'_>) -> Result<Value, Stop> {
    let platform = running.platform();
    loop {
        // Another process may have switched a moment ago.
        crate::rulebooks::follow_switch(platform).await?;
        let population = {
            let unit = platform.store().read().await?;
            match store::population::in_use(&unit).await? {
                Some(last) => store::population::get(&unit, last.population).await?,
                None => None,
            }
        };
        let Some(population) = population else { return Ok(json!({ "subjects": 0 })) };
        let all = u64::try_from(population.subjects).unwrap_or_default();
        running.progress(0, Some(all), None).await?;
        let (ready, city) = make(platform, population, today(platform.now())).await?;
        running.progress(all, Some(all), None).await?;
        let unit = platform.store().write().await?;
        let id = record(&unit, &ready, &city, Some(running.job.id)).await?;
        // Whoever changed something meanwhile saw this job under way and asked for none.
        let (in_use, law) =
            (store::population::in_use(&unit).await?, store::rulebook::in_force(&unit).await?);
        unit.commit().await.map_err(Stop::from)?;
        let same = in_use.is_some_and(|last| last.population == ready.held.population)
            && law.is_none_or(|law| law.hash == ready.held.rulebook);
        if same {
            let programmes = city.programmes().count();
            return Ok(json!({ "screening": id, "subjects": all, "programmes": programmes }));
        }
    }
}

/// Records what was counted, in a unit.
pub(crate) async fn record(
    unit: &Unit,
    ready: &Ready,
    city: &City,
    job: Option<i64>,
) -> Result<i64, Refusal> {
    let done = Screening {
        id: 0,
        population: ready.held.population,
        rulebook: ready.held.rulebook.clone(),
        semantics: i64::from(rules::SEMANTICS),
        as_of: ready.held.as_of,
        base_year: ready.population.base_year,
        counts: serde_json::to_string(&counts(city)).map_err(Refusal::broken)?,
        began: ready.began,
        ended: ready.ended,
        job,
    };
    Ok(store::screening::record(unit, &done).await?)
}
