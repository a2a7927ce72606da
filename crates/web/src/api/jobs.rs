//! Jobs, schedules and backups.

use access::Words;
use app::backups::{BackupFile, list_backups};
use app::jobs::{cancel_job, change_schedule, list_jobs, list_schedules, retry_job, show_job};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::call::{Call, says};
use super::codes::{At, Code};
use super::gives::{Done, List, One};
use super::takes::{Json, Paging, Query};
use crate::ask::Ask;
use crate::failure::Failure;

/// 后台任务 | A job
#[derive(Serialize, JsonSchema)]
pub(crate) struct Job {
    /// 编号 | Its number
    id: i64,
    /// 种类 | What is to be done
    kind: String,
    /// `waiting` 等待，`running` 进行，`done` 完成，`dead` 失败，`cancelled` 已取消 | How far it has come
    state: Code<store::job::State>,
    /// 已开始过几次 | How often it was begun
    attempts: i64,
    /// 最多可以开始几次 | How often it may be begun
    attempts_allowed: i64,
    /// 何时可以开始 | When it may begin
    run_at: At,
    /// 是否有人要求取消 | Whether somebody wants it to stop
    cancel_asked: bool,
    /// 已完成多少 | How many parts are done
    done: i64,
    /// 共有多少；不知道时为空 | How many parts there are, if that is known
    of: Option<i64>,
    /// 正在做什么 | What it is at
    note: Option<String>,
    /// 结果 | What came out
    result: Option<Value>,
    /// 最近一次失败的原因 | Why it failed last
    failure: Option<String>,
    /// 由谁要求；定时任务为空 | Who asked for it; nobody for what a schedule asks for
    asked_by: Option<i64>,
    /// 何时要求 | When it was asked for
    created: At,
    /// 最近一次开始 | When it began last
    started: Option<At>,
    /// 何时结束 | When it ended
    finished: Option<At>,
}

impl From<store::job::Job> for Job {
    fn from(job: store::job::Job) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            state: Code(job.state),
            attempts: job.attempts,
            attempts_allowed: job.attempts_allowed,
            run_at: At(job.run_at),
            cancel_asked: job.cancel_asked,
            done: job.done,
            of: job.of,
            note: job.note,
            result: job.result.and_then(|text| serde_json::from_str(&text).ok()),
            failure: job.failure,
            asked_by: job.asked_by,
            created: At(job.created),
            started: job.started.map(At),
            finished: job.finished.map(At),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Wanted {
    /// 状态 | How far they have come
    state: Option<Code<store::job::State>>,
}

/// The list.
pub(crate) struct ListJobs;

impl Call for ListJobs {
    const ID: &'static str = "list-jobs";
    const SUMMARY: Words = says("后台任务", "List jobs");
    const WHAT: Words = says("新的在前。", "The newest first.");
    type Takes = (Query<Wanted>, Paging);
    type Gives = List<Job>;

    async fn call(ask: &Ask, (Query(wanted), paging): Self::Takes) -> Result<Self::Gives, Failure> {
        let state = wanted.state.map(|state| state.0);
        let found = list_jobs(ask.platform(), ask.caller()?, state, paging.page()).await?;
        Ok(List::found(found, paging, Job::from))
    }
}

/// One of them.
pub(crate) struct ShowJob;

impl Call for ShowJob {
    const ID: &'static str = "show-job";
    const SUMMARY: Words = says("查看后台任务", "Show a job");
    type Takes = ();
    type Gives = One<Job>;

    async fn call(ask: &Ask, (): ()) -> Result<One<Job>, Failure> {
        Ok(One::of(show_job(ask.platform(), ask.caller()?, ask.id()?).await?.into()))
    }
}

/// One that is to stop.
pub(crate) struct CancelJob;

impl Call for CancelJob {
    const ID: &'static str = "cancel-job";
    const SUMMARY: Words = says("取消后台任务", "Cancel a job");
    type Takes = ();
    type Gives = Done;

    async fn call(ask: &Ask, (): ()) -> Result<Done, Failure> {
        cancel_job(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(Done(None))
    }
}

/// One that begins anew.
pub(crate) struct RetryJob;

impl Call for RetryJob {
    const ID: &'static str = "retry-job";
    const SUMMARY: Words = says("重试后台任务", "Retry a job");
    type Takes = ();
    type Gives = Done;

    async fn call(ask: &Ask, (): ()) -> Result<Done, Failure> {
        retry_job(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(Done(None))
    }
}

/// 定时计划 | A schedule
#[derive(Serialize, JsonSchema)]
pub(crate) struct Schedule {
    /// 名称 | Its name
    name: String,
    /// 任务的种类 | The kind of its jobs
    kind: String,
    /// 何时，按 cron 书写，北京时间 | When, as cron writes it, in the time of China
    cron: String,
    /// 是否启用 | Whether it asks for jobs at the moment
    on_duty: bool,
    /// 下一次 | When it asks for the next one
    next: At,
    /// 最近一次的任务 | The job that it asked for last
    last_job: Option<i64>,
}

impl From<store::schedule::Schedule> for Schedule {
    fn from(schedule: store::schedule::Schedule) -> Self {
        Self {
            name: schedule.name,
            kind: schedule.kind,
            cron: schedule.cron,
            on_duty: schedule.on_duty,
            next: At(schedule.next),
            last_job: schedule.last_job,
        }
    }
}

/// The schedules.
pub(crate) struct ListSchedules;

impl Call for ListSchedules {
    const ID: &'static str = "list-schedules";
    const SUMMARY: Words = says("定时计划", "List schedules");
    type Takes = Paging;
    type Gives = List<Schedule>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = list_schedules(ask.platform(), ask.caller()?).await?;
        Ok(List::part(found.into_iter().map(Schedule::from).collect(), paging))
    }
}

/// 启用或停用 | On duty or off
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ScheduleChange", example = serde_json::json!({ "on_duty": true }))]
pub(crate) struct Duty {
    /// 是否启用 | Whether it is to ask for jobs
    on_duty: bool,
}

/// A schedule on duty or off.
pub(crate) struct ChangeSchedule;

impl Call for ChangeSchedule {
    const ID: &'static str = "change-schedule";
    const SUMMARY: Words = says("启用或停用定时计划", "Put a schedule on duty or off");
    type Takes = Json<Duty>;
    type Gives = Done;

    async fn call(ask: &Ask, Json(Duty { on_duty }): Self::Takes) -> Result<Done, Failure> {
        change_schedule(ask.platform(), ask.caller()?, ask.part("name"), on_duty).await?;
        Ok(Done(None))
    }
}

/// 备份文件 | A backup
#[derive(Serialize, JsonSchema)]
pub(crate) struct Backup {
    /// 文件名 | The name of the file
    name: String,
    /// 字节数 | Its length in bytes
    bytes: u64,
}

impl From<BackupFile> for Backup {
    fn from(file: BackupFile) -> Self {
        Self { name: file.name, bytes: file.bytes }
    }
}

/// The backups.
pub(crate) struct ListBackups;

impl Call for ListBackups {
    const ID: &'static str = "list-backups";
    const SUMMARY: Words = says("备份", "List backups");
    const WHAT: Words = says("新的在前。", "The newest first.");
    type Takes = Paging;
    type Gives = List<Backup>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = list_backups(ask.platform(), ask.caller()?).await?;
        let found = found.map_err(|why| app::Refusal::Later(app::Fault::new(why.0)))?;
        Ok(List::part(found.into_iter().map(Backup::from).collect(), paging))
    }
}
