//! What somebody does with a job that they asked for or look after.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;

use super::{State, row};
use crate::database::Unit;
use crate::error::Error;
use crate::time::{Instant, instant};

/// Wants a job to stop: one that waits is cancelled at once. False if it has ended already.
pub async fn cancel(unit: &Unit, id: i64, now: Timestamp) -> Result<bool, Error> {
    // First what holds for both, so that the row stays as it is between the two.
    let asked = row::Entity::update_many()
        .col_expr(row::Column::CancelAsked, true.into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.is_in([State::Waiting.code(), State::Running.code()]))
        .exec(unit.connection())
        .await?;
    row::Entity::update_many()
        .col_expr(row::Column::State, State::Cancelled.code().into())
        .col_expr(row::Column::OnlyOne, None::<String>.into())
        .col_expr(row::Column::FinishedAt, Some(instant(now)?).into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.eq(State::Waiting.code()))
        .exec(unit.connection())
        .await?;
    Ok(asked.rows_affected == 1)
}

/// Lets a job that is dead or cancelled begin anew. False if it is neither.
pub async fn retry(unit: &Unit, id: i64, now: Timestamp) -> Result<bool, Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::State, State::Waiting.code().into())
        .col_expr(row::Column::Attempts, 0i64.into())
        .col_expr(row::Column::CancelAsked, false.into())
        .col_expr(row::Column::RunAt, instant(now)?.into())
        .col_expr(row::Column::FinishedAt, None::<Instant>.into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.is_in([State::Dead.code(), State::Cancelled.code()]))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Forgets what is done or cancelled since before then, and says how many. What is dead stays for somebody to see.
pub async fn forget(unit: &Unit, before: Timestamp) -> Result<u64, Error> {
    let done = row::Entity::delete_many()
        .filter(row::Column::State.is_in([State::Done.code(), State::Cancelled.code()]))
        .filter(row::Column::FinishedAt.lt(instant(before)?))
        .filter(row::Column::Id.not_in_subquery(crate::schedule::last_jobs()))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected)
}
