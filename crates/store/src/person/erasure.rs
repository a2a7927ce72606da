//! Erasing what is personal.

use jiff::Timestamp;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{Person, own, read, row};
use crate::database::{Unit, once};
use crate::error::Error;
use crate::scope::Scope;
use crate::time::{Instant, instant};

/// Notes that somebody wants everything personal erased. False if that was noted before, or is done.
pub async fn ask_erasure(unit: &Unit, id: i64, by: i64, at: Timestamp) -> Result<bool, Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::ErasureAskedAt, instant(at)?.into())
        .col_expr(row::Column::ErasureAskedBy, by.into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::ErasureAskedAt.is_null())
        .filter(row::Column::ErasedAt.is_null())
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Those whose erasure waits to be done, as far as they are visible.
pub async fn erasure_asked(unit: &Unit, seen: &Scope<'_>) -> Result<Vec<Person>, Error> {
    let rows = row::Entity::find()
        .filter(own(seen)?)
        .filter(row::Column::ErasureAskedAt.is_not_null())
        .filter(row::Column::ErasedAt.is_null())
        .order_by_asc(row::Column::ErasureAskedAt)
        .order_by_asc(row::Column::Id)
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Erases everything personal. The number stays, so that records of what was done stay whole.
pub async fn erase(unit: &Unit, id: i64, at: Timestamp) -> Result<(), Error> {
    let at = instant(at)?;
    let gone = format!("erased-{id}");
    let done = row::Entity::update_many()
        .col_expr(row::Column::Login, gone.clone().into())
        .col_expr(row::Column::Name, gone.clone().into())
        .col_expr(row::Column::Search, gone.into())
        .col_expr(row::Column::Phone, None::<Vec<u8>>.into())
        .col_expr(row::Column::Mail, None::<Vec<u8>>.into())
        .col_expr(row::Column::Password, None::<String>.into())
        .col_expr(row::Column::SecondFactor, None::<Vec<u8>>.into())
        .col_expr(row::Column::SecondFactorSince, None::<Instant>.into())
        .col_expr(row::Column::DisabledAt, at.into())
        .col_expr(row::Column::ErasedAt, at.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}
