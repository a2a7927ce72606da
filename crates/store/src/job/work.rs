//! What a worker does with jobs: it takes one, says that it holds it, and ends it.

use jiff::{SignedDuration, Timestamp};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, ExprTrait, LockBehavior, LockType, Query};

use super::{Job, State, get, read, row};
use crate::database::{Unit, once};
use crate::engine::Engine;
use crate::error::Error;
use crate::time::{Instant, instant};

/// Takes the job that is due longest and that nobody holds, of the kinds that the worker can do. One that was begun as
/// often as it may be is never given out again: see [`bury`].
pub async fn take(
    unit: &Unit,
    worker: &str,
    kinds: &[&str],
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<Job>, Error> {
    let at = instant(now)?;
    let mut due = Query::select();
    due.column(row::Column::Id)
        .from(row::Entity)
        .and_where(row::Column::Kind.is_in(kinds.iter().copied()))
        .and_where(Expr::col(row::Column::Attempts).lt(Expr::col(row::Column::AttemptsAllowed)))
        .cond_where(
            Condition::any()
                .add(row::Column::State.eq(State::Waiting.code()).and(row::Column::RunAt.lte(at)))
                .add(left_behind(at)),
        )
        .order_by(row::Column::RunAt, sea_orm::Order::Asc)
        .order_by(row::Column::Id, sea_orm::Order::Asc)
        .limit(1);
    if unit.engine() == Engine::Postgres {
        due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let Some(found) = unit.connection().query_one(&due).await? else {
        return Ok(None);
    };
    let id: i64 = found.try_get("", "id")?;
    row::Entity::update_many()
        .col_expr(row::Column::State, State::Running.code().into())
        .col_expr(row::Column::HeldBy, Some(worker.to_owned()).into())
        .col_expr(row::Column::HeldUntil, Some(instant(until)?).into())
        .col_expr(row::Column::StartedAt, Some(at).into())
        .col_expr(row::Column::Attempts, Expr::col(row::Column::Attempts).add(1))
        .col_expr(row::Column::Done, 0i64.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    get(unit, id).await
}

/// Brings jobs back that a clock which was wrong has sent away: what waits for longer than any job does, or is held for
/// longer than any worker holds one, is due or free at once.
pub async fn bring_back(unit: &Unit, now: Timestamp) -> Result<(), Error> {
    let (at, far) = (instant(now)?, instant(now + SignedDuration::from_hours(24))?);
    row::Entity::update_many()
        .col_expr(row::Column::RunAt, at.into())
        .filter(row::Column::State.eq(State::Waiting.code()))
        .filter(row::Column::RunAt.gt(far))
        .exec(unit.connection())
        .await?;
    row::Entity::update_many()
        .col_expr(row::Column::HeldUntil, Some(at).into())
        .filter(row::Column::State.eq(State::Running.code()))
        .filter(row::Column::HeldUntil.gt(far))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// Ends jobs whose worker died in the last attempt that they are allowed: whatever ends the process with it is not
/// begun for ever. Gives those that this unit has ended.
pub async fn bury(unit: &Unit, kinds: &[&str], now: Timestamp) -> Result<Vec<Job>, Error> {
    let at = instant(now)?;
    let mut select = row::Entity::find()
        .filter(row::Column::Kind.is_in(kinds.iter().copied()))
        .filter(Expr::col(row::Column::Attempts).gte(Expr::col(row::Column::AttemptsAllowed)))
        .filter(left_behind(at));
    if unit.engine() == Engine::Postgres {
        select = select.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let rows = select.all(unit.connection()).await?;
    for row in &rows {
        row::Entity::update_many()
            .col_expr(row::Column::State, State::Dead.code().into())
            .col_expr(row::Column::OnlyOne, None::<String>.into())
            .col_expr(row::Column::HeldBy, None::<String>.into())
            .col_expr(row::Column::HeldUntil, None::<Instant>.into())
            .col_expr(row::Column::FinishedAt, Some(at).into())
            .col_expr(
                row::Column::Failure,
                Some("the process ended while it was being done".to_owned()).into(),
            )
            .filter(row::Column::Id.eq(row.id))
            .exec(unit.connection())
            .await?;
    }
    rows.into_iter().map(read).collect()
}

/// Whether a job is held by a worker of whom nothing was heard for too long.
fn left_behind(at: Instant) -> sea_orm::sea_query::Expr {
    row::Column::State.eq(State::Running.code()).and(row::Column::HeldUntil.lt(at))
}

/// Says that the worker still holds the job, and how far it is. [`Error::Changed`] if somebody else holds it by now;
/// else whether somebody wants it to stop.
pub async fn progress(
    unit: &Unit,
    id: i64,
    worker: &str,
    until: Timestamp,
    said: &Progress<'_>,
) -> Result<bool, Error> {
    let mut update =
        held(id, worker).col_expr(row::Column::HeldUntil, Some(instant(until)?).into());
    if let Progress::At { done, of, note } = said {
        update = update
            .col_expr(row::Column::Done, (*done).into())
            .col_expr(row::Column::Of, (*of).into())
            .col_expr(row::Column::Note, note.map(str::to_owned).into());
    }
    once(update.exec(unit.connection()).await?.rows_affected)?;
    Ok(get(unit, id).await?.is_some_and(|job| job.cancel_asked))
}

/// What a worker says about a job that it holds.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'a> {
    /// Nothing but that it still holds it.
    Held,
    /// How far it is.
    At {
        /// How many parts are done.
        done: i64,
        /// How many parts there are.
        of: Option<i64>,
        /// What it is at.
        note: Option<&'a str>,
    },
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug)]
pub enum End<'a> {
    /// Done, with what came out.
    Done {
        /// JSON.
        result: Option<&'a str>,
    },
    /// It stopped because somebody wanted it to.
    Cancelled,
    /// It failed and is to be begun again.
    Again {
        /// Why it failed.
        failure: &'a str,
        /// Not before then.
        run_at: Timestamp,
    },
    /// It failed for good.
    Dead {
        /// Why it failed.
        failure: &'a str,
    },
    /// The worker stops and gives it back as if it had not been begun.
    HandedBack,
}

/// Ends an attempt, in the unit of what the job has changed. [`Error::Changed`] if the worker holds it no more.
pub async fn end(
    unit: &Unit,
    id: i64,
    worker: &str,
    end: &End<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let free = |update: sea_orm::UpdateMany<row::Entity>| {
        update
            .col_expr(row::Column::HeldBy, None::<String>.into())
            .col_expr(row::Column::HeldUntil, None::<Instant>.into())
    };
    let finished = |update: sea_orm::UpdateMany<row::Entity>, state: State| -> Result<_, Error> {
        Ok(update
            .col_expr(row::Column::State, state.code().into())
            .col_expr(row::Column::OnlyOne, None::<String>.into())
            .col_expr(row::Column::FinishedAt, Some(instant(now)?).into()))
    };
    let update = free(held(id, worker));
    let update = match end {
        End::Done { result } => finished(update, State::Done)?
            .col_expr(row::Column::Result, result.map(str::to_owned).into())
            .col_expr(row::Column::Failure, None::<String>.into()),
        End::Cancelled => finished(update, State::Cancelled)?,
        End::Dead { failure } => finished(update, State::Dead)?
            .col_expr(row::Column::Failure, Some((*failure).to_owned()).into()),
        End::Again { failure, run_at } => update
            .col_expr(row::Column::State, State::Waiting.code().into())
            .col_expr(row::Column::RunAt, instant(*run_at)?.into())
            .col_expr(row::Column::Failure, Some((*failure).to_owned()).into()),
        End::HandedBack => update
            .col_expr(row::Column::State, State::Waiting.code().into())
            .col_expr(row::Column::Attempts, Expr::col(row::Column::Attempts).sub(1)),
    };
    once(update.exec(unit.connection()).await?.rows_affected)
}

fn held(id: i64, worker: &str) -> sea_orm::UpdateMany<row::Entity> {
    row::Entity::update_many()
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.eq(State::Running.code()))
        .filter(row::Column::HeldBy.eq(worker))
}
