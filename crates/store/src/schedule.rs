//! What is to be done again and again.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, QueryOrder};

use crate::database::Unit;
use crate::error::Error;
use crate::time::{instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "schedule")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub kind: String,
        pub payload: String,
        pub cron: String,
        pub on_duty: bool,
        pub next_at: Instant,
        pub last_job: Option<i64>,
        pub version: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A schedule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Schedule {
    /// Its name.
    pub name: String,
    /// The kind of its jobs.
    pub kind: String,
    /// What they are given: JSON.
    pub payload: String,
    /// When, as cron writes it, in the time of China.
    pub cron: String,
    /// Whether it asks for jobs at the moment.
    pub on_duty: bool,
    /// When it asks for the next one.
    pub next: Timestamp,
    /// The job that it asked for last.
    pub last_job: Option<i64>,
}

/// Enters a schedule, unless there is one of this name.
pub async fn enter(unit: &Unit, schedule: &Schedule) -> Result<(), Error> {
    let draft = row::ActiveModel {
        name: Set(schedule.name.clone()),
        kind: Set(schedule.kind.clone()),
        payload: Set(schedule.payload.clone()),
        cron: Set(schedule.cron.clone()),
        on_duty: Set(schedule.on_duty),
        next_at: Set(instant(schedule.next)?),
        last_job: Set(None),
        version: Set(1),
    };
    row::Entity::insert(draft)
        .on_conflict(OnConflict::column(row::Column::Name).do_nothing().to_owned())
        .exec_without_returning(unit.connection())
        .await?;
    Ok(())
}

/// All schedules.
pub async fn all(unit: &Unit) -> Result<Vec<Schedule>, Error> {
    let rows = row::Entity::find().order_by_asc(row::Column::Name).all(unit.connection()).await?;
    rows.into_iter().map(read).collect()
}

/// Moves a schedule on from the time at which it was due. False if another process has done so already.
pub async fn move_on(
    unit: &Unit,
    due: &Schedule,
    next: Timestamp,
    job: Option<i64>,
) -> Result<bool, Error> {
    let mut update =
        row::Entity::update_many().col_expr(row::Column::NextAt, instant(next)?.into());
    if let Some(job) = job {
        update = update.col_expr(row::Column::LastJob, Some(job).into());
    }
    let done = update
        .filter(row::Column::Name.eq(due.name.as_str()))
        .filter(row::Column::NextAt.eq(instant(due.next)?))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Puts a schedule on duty or off. False if there is none of this name.
pub async fn set_duty(
    unit: &Unit,
    name: &str,
    on_duty: bool,
    next: Timestamp,
) -> Result<bool, Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::OnDuty, on_duty.into())
        .col_expr(row::Column::NextAt, instant(next)?.into())
        .filter(row::Column::Name.eq(name))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// The jobs that schedules refer to.
pub(crate) fn last_jobs() -> SelectStatement {
    Query::select()
        .column(row::Column::LastJob)
        .from(row::Entity)
        .and_where(row::Column::LastJob.is_not_null())
        .to_owned()
}

pub(crate) fn read(row: row::Model) -> Result<Schedule, Error> {
    Ok(Schedule {
        name: row.name,
        kind: row.kind,
        payload: row.payload,
        cron: row.cron,
        on_duty: row.on_duty,
        next: timestamp(row.next_at)?,
        last_job: row.last_job,
    })
}
