//! What is to be done again and again. Times are those of China.

use std::str::FromStr;

use croner::Cron;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde_json::Value;
use store::schedule::Schedule;

use super::kinds::{KINDS, Kind, ask};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Enters the schedules that kinds come with. Those that are there already stay as they were set.
pub async fn enter_schedules(platform: &Platform) -> Result<(), Refusal> {
    let now = platform.now();
    let unit = platform.store().write().await?;
    for kind in KINDS {
        let Some(cron) = kind.schedule else { continue };
        let schedule = Schedule {
            name: kind.code.to_owned(),
            kind: kind.code.to_owned(),
            payload: Value::Null.to_string(),
            cron: cron.to_owned(),
            on_duty: true,
            next: next(cron, now)?,
            last_job: None,
        };
        store::schedule::enter(&unit, &schedule).await?;
    }
    Ok(unit.commit().await?)
}

/// Asks for the jobs that are due, each once, however many times were missed while nothing ran.
pub(crate) async fn ask_due(platform: &Platform) -> Result<(), Refusal> {
    let now = platform.now();
    let all: Vec<Schedule> = {
        let unit = platform.store().read().await?;
        let all = store::schedule::all(&unit).await?;
        all.into_iter().filter(|schedule| schedule.on_duty).collect()
    };
    for schedule in &all {
        bring_back(platform, schedule, now).await?;
    }
    let due = all.into_iter().filter(|schedule| schedule.next <= now);
    for schedule in due {
        let unit = platform.store().write().await?;
        let job = match Kind::from_code(&schedule.kind) {
            Some(kind) => {
                let payload = serde_json::from_str(&schedule.payload).unwrap_or(Value::Null);
                ask(platform, &unit, kind, &payload, None).await?
            }
            None => None,
        };
        // Another process may have asked for it: then nothing of this unit is kept.
        if store::schedule::move_on(&unit, &schedule, next(&schedule.cron, now)?, job).await? {
            unit.commit().await?;
        }
    }
    Ok(())
}

/// Brings a schedule back that a clock which was wrong has sent away: it is never due later than at its first time
/// after now.
async fn bring_back(
    platform: &Platform,
    schedule: &Schedule,
    now: Timestamp,
) -> Result<(), Refusal> {
    let next = next(&schedule.cron, now)?;
    if schedule.next <= next {
        return Ok(());
    }
    let unit = platform.store().write().await?;
    if store::schedule::move_on(&unit, schedule, next, None).await? {
        store::job::bring_back(&unit, now).await?;
        unit.commit().await?;
        tracing::warn!(
            schedule = schedule.name, was = %schedule.next, is = %next,
            "a schedule was due later than it can be: a clock was wrong; it is set anew"
        );
    }
    Ok(())
}

/// The first time after an instant.
pub(crate) fn next(cron: &str, after: Timestamp) -> Result<Timestamp, Refusal> {
    let pattern = Cron::from_str(cron).map_err(Refusal::broken)?;
    let from = after.to_zoned(TimeZone::fixed(Offset::constant(8)));
    Ok(pattern.find_next_occurrence(&from, false).map_err(Refusal::broken)?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_china() {
        let evening: Timestamp = "2026-11-23T16:04:59Z".parse().unwrap();
        assert_eq!(next("5 0 * * *", evening).unwrap().to_string(), "2026-11-23T16:05:00Z");
        let later: Timestamp = "2026-11-23T16:05:00Z".parse().unwrap();
        assert_eq!(next("5 0 * * *", later).unwrap().to_string(), "2026-11-24T16:05:00Z");
    }

    #[test]
    fn every_kind_has_a_schedule_that_can_be_read() {
        for kind in KINDS {
            if let Some(cron) = kind.schedule {
                next(cron, Timestamp::UNIX_EPOCH)
                    .unwrap_or_else(|error| panic!("{}: {error:?}", kind.code));
            }
        }
    }
}
