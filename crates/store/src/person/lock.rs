//! Whether an account may be used: attempts that failed, locks that end, and those that somebody has to take away.

use jiff::Timestamp;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::{Person, own, read, row};
use crate::database::{Unit, once};
use crate::error::Error;
use crate::scope::Scope;
use crate::time::{Instant, instant};

/// The lock that only somebody takes away: it ends when the calendar does.
const HELD: Timestamp = Timestamp::constant(253_370_764_800, 0);

impl Person {
    /// Whether the account stays locked until somebody releases it.
    pub fn is_held(&self) -> bool {
        self.locked_until == Some(HELD)
    }
}

/// An attempt to sign in that failed.
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    /// When.
    pub at: Timestamp,
    /// Whether it is counted as the first: those before have been paid for with a lock that has ended.
    pub first: bool,
    /// Until when the account is locked, if that is due. A lock that lasts longer stays.
    pub lock: Option<Timestamp>,
}

/// Counts an attempt to sign in that failed.
pub async fn count_failure(unit: &Unit, id: i64, failure: &Failure) -> Result<(), Error> {
    let at = instant(failure.at)?;
    let mut update = row::Entity::update_many().col_expr(row::Column::FailedAt, at.into());
    update = if failure.first {
        update.col_expr(row::Column::Failed, 1i64.into())
    } else {
        update.col_expr(row::Column::Failed, Expr::col(row::Column::Failed).add(1))
    };
    once(update.filter(row::Column::Id.eq(id)).exec(unit.connection()).await?.rows_affected)?;
    let until: Option<Instant> = failure.lock.map(instant).transpose()?;
    if until.is_some() || failure.first {
        row::Entity::update_many()
            .col_expr(row::Column::LockedUntil, until.into())
            .filter(row::Column::Id.eq(id))
            .filter(
                Condition::any()
                    .add(row::Column::LockedUntil.is_null())
                    .add(row::Column::LockedUntil.lt(until.unwrap_or(at))),
            )
            .exec(unit.connection())
            .await?;
    }
    Ok(())
}

/// Does what counting costs, for nobody: a login that nobody has takes as long as one that somebody has.
pub async fn count_nobody(unit: &Unit, at: Timestamp) -> Result<(), Error> {
    let failure = Failure { at, first: false, lock: None };
    match count_failure(unit, 0, &failure).await {
        Err(Error::Changed) => Ok(()),
        other => other,
    }
}

/// Forgets failed attempts and ends the lock that they brought, but not one that somebody has to take away.
pub async fn forget_failures(unit: &Unit, id: i64) -> Result<(), Error> {
    let done = forgetting().filter(row::Column::Id.eq(id)).exec(unit.connection()).await?;
    once(done.rows_affected)?;
    row::Entity::update_many()
        .col_expr(row::Column::LockedUntil, None::<Instant>.into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::LockedUntil.lt(instant(HELD)?))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// Locks an account until somebody releases it.
pub async fn hold(unit: &Unit, id: i64) -> Result<(), Error> {
    let done = forgetting()
        .col_expr(row::Column::LockedUntil, Some::<Instant>(instant(HELD)?).into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// Opens an account, whatever locked it, and forgets what failed.
pub async fn release(unit: &Unit, id: i64) -> Result<(), Error> {
    let done = forgetting()
        .col_expr(row::Column::LockedUntil, None::<Instant>.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

fn forgetting() -> sea_orm::UpdateMany<row::Entity> {
    row::Entity::update_many()
        .col_expr(row::Column::Failed, 0i64.into())
        .col_expr(row::Column::FailedAt, None::<Instant>.into())
}

/// Those who wait for somebody to release their account, as far as they are visible.
pub async fn held(unit: &Unit, seen: &Scope<'_>) -> Result<Vec<Person>, Error> {
    let rows = row::Entity::find()
        .filter(own(seen)?)
        .filter(row::Column::LockedUntil.gte(instant(HELD)?))
        .filter(row::Column::ErasedAt.is_null())
        .order_by_asc(row::Column::Id)
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

fn not_held() -> Result<Condition, Error> {
    Ok(Condition::any()
        .add(row::Column::LockedUntil.is_null())
        .add(row::Column::LockedUntil.lt(instant(HELD)?)))
}

/// How many of some people can sign in: neither disabled nor erased, with a password, and not held.
pub(crate) async fn enabled(unit: &Unit, ids: &[i64]) -> Result<u64, Error> {
    let count = row::Entity::find()
        .filter(row::Column::Id.is_in(ids.iter().copied()))
        .filter(row::Column::DisabledAt.is_null())
        .filter(row::Column::ErasedAt.is_null())
        .filter(row::Column::Password.is_not_null())
        .filter(not_held()?)
        .count(unit.connection())
        .await?;
    Ok(count)
}
