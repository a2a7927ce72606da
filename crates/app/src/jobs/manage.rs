//! What people do with jobs: see them, stop them, begin them anew, put schedules on duty or off.

use access::Action;
use serde_json::json;
use store::job::{Job, State};
use store::schedule::Schedule;
use store::{Listed, Page};

use super::schedules::next;
use crate::caller::Caller;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A page of jobs: everybody's for who runs the platform, one's own for everybody else.
pub async fn list_jobs(
    platform: &Platform,
    caller: &Caller,
    state: Option<State>,
    page: Page,
) -> Result<Listed<Job>, Refusal> {
    let look = Look::ask(platform, caller, Action::JobList).await?;
    Ok(store::job::list(look.unit(), state, &look.scope(), page).await?)
}

/// One job.
pub async fn show_job(platform: &Platform, caller: &Caller, id: i64) -> Result<Job, Refusal> {
    let look = Look::ask(platform, caller, Action::JobList).await?;
    store::job::find(look.unit(), id, &look.scope()).await?.ok_or(Refusal::NotFound)
}

/// Wants a job to stop.
pub async fn cancel_job(platform: &Platform, caller: &Caller, id: i64) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::JobCancel).await?;
    if store::job::find(permit.unit(), id, &permit.scope()).await?.is_none() {
        return Err(permit.not_here(Said::of("job", id)).await);
    }
    if !store::job::cancel(permit.unit(), id, platform.now()).await? {
        return Err(Refusal::conflict(
            "任务已经结束，不能取消",
            "the job has ended: it cannot be cancelled",
        ));
    }
    permit.keep(Said::of("job", id)).await
}

/// Lets a job that failed for good or was cancelled begin anew.
pub async fn retry_job(platform: &Platform, caller: &Caller, id: i64) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::JobRetry).await?;
    if store::job::find(permit.unit(), id, &permit.scope()).await?.is_none() {
        return Err(permit.not_here(Said::of("job", id)).await);
    }
    if !store::job::retry(permit.unit(), id, platform.now()).await? {
        return Err(Refusal::conflict(
            "任务没有失败也没有取消，不需要重试",
            "the job has neither failed nor been cancelled",
        ));
    }
    permit.keep(Said::of("job", id)).await?;
    platform.wake();
    Ok(())
}

/// All schedules.
pub async fn list_schedules(
    platform: &Platform,
    caller: &Caller,
) -> Result<Vec<Schedule>, Refusal> {
    let look = Look::ask(platform, caller, Action::JobListSchedules).await?;
    Ok(store::schedule::all(look.unit()).await?)
}

/// Puts a schedule on duty, from now on, or off.
pub async fn change_schedule(
    platform: &Platform,
    caller: &Caller,
    name: &str,
    on_duty: bool,
) -> Result<(), Refusal> {
    let permit = Permit::ask(platform, caller, Action::JobChangeSchedule).await?;
    let all = store::schedule::all(permit.unit()).await?;
    let Some(schedule) = all.into_iter().find(|schedule| schedule.name == name) else {
        return Err(permit.not_here(Said::of("schedule", name)).await);
    };
    let next = next(&schedule.cron, platform.now())?;
    store::schedule::set_duty(permit.unit(), &schedule.name, on_duty, next).await?;
    permit.keep(Said::of("schedule", &schedule.name).saying(json!({ "on-duty": on_duty }))).await
}
