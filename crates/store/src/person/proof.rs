//! How a person proves who it is: password and second factor.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;

use super::row;
use crate::database::{Unit, once};
use crate::error::Error;
use crate::time::{Instant, instant};

/// Gives a password, given as its hash, and ends what failed before.
pub async fn set_password(
    unit: &Unit,
    id: i64,
    hash: &str,
    must_change: bool,
    at: Timestamp,
) -> Result<(), Error> {
    let at = instant(at)?;
    let done = row::Entity::update_many()
        .col_expr(row::Column::Password, hash.into())
        .col_expr(row::Column::PasswordSetAt, at.into())
        .col_expr(row::Column::MustChangePassword, must_change.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// Takes the password away: nobody signs in with it any more.
pub async fn forget_password(unit: &Unit, id: i64) -> Result<(), Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::Password, None::<String>.into())
        .col_expr(row::Column::PasswordSetAt, None::<Instant>.into())
        .col_expr(row::Column::MustChangePassword, false.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// Keeps the secret of a second factor, sealed, or takes it away. It is asked for from `since` on.
pub async fn set_second_factor(
    unit: &Unit,
    id: i64,
    sealed: Option<Vec<u8>>,
    since: Option<Timestamp>,
) -> Result<(), Error> {
    let since: Option<Instant> = since.map(instant).transpose()?;
    let done = row::Entity::update_many()
        .col_expr(row::Column::SecondFactor, sealed.into())
        .col_expr(row::Column::SecondFactorSince, since.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// Takes a code of a time step, once: false if this step or a later one was taken before.
pub async fn take_step(unit: &Unit, id: i64, step: i64) -> Result<bool, Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::SecondFactorStep, step.into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::SecondFactorStep.lt(step))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}
