//! Invitations: a secret, told to one person once, with which they choose their password.

use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use crate::database::Unit;
use crate::error::Error;
use crate::time::{Instant, instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub secret_hash: String,
        pub created_by: Option<i64>,
        pub created_at: Instant,
        pub expires_at: Instant,
        pub used_at: Option<Instant>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An invitation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invitation {
    /// Its number.
    pub id: i64,
    /// Who is invited.
    pub person: i64,
    /// When it ends by itself.
    pub expires: Timestamp,
}

/// Invites a person; an invitation that they had before holds no more.
pub async fn insert(
    unit: &Unit,
    person: i64,
    secret_hash: &str,
    by: Option<i64>,
    at: Timestamp,
    expires: Timestamp,
) -> Result<(), Error> {
    end(unit, person, at).await?;
    let now = instant(at)?;
    let draft = row::ActiveModel {
        person_id: Set(person),
        secret_hash: Set(secret_hash.to_owned()),
        created_by: Set(by),
        created_at: Set(now),
        expires_at: Set(instant(expires)?),
        ..Default::default()
    };
    draft.insert(unit.connection()).await?;
    Ok(())
}

/// Ends what a person has of invitations.
pub async fn end(unit: &Unit, person: i64, at: Timestamp) -> Result<(), Error> {
    let now = instant(at)?;
    row::Entity::update_many()
        .col_expr(row::Column::ExpiresAt, now.into())
        .filter(row::Column::PersonId.eq(person))
        .filter(row::Column::UsedAt.is_null())
        .filter(row::Column::ExpiresAt.gt(now))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// The invitation of a secret, if it still holds.
pub async fn by_secret(
    unit: &Unit,
    secret_hash: &str,
    now: Timestamp,
) -> Result<Option<Invitation>, Error> {
    let found = row::Entity::find()
        .filter(row::Column::SecretHash.eq(secret_hash))
        .filter(row::Column::UsedAt.is_null())
        .filter(row::Column::ExpiresAt.gt(instant(now)?))
        .one(unit.connection())
        .await?;
    found
        .map(|row| {
            Ok(Invitation {
                id: row.id,
                person: row.person_id,
                expires: timestamp(row.expires_at)?,
            })
        })
        .transpose()
}

/// Uses an invitation, once: false if somebody has used it meanwhile.
pub async fn redeem(unit: &Unit, id: i64, at: Timestamp) -> Result<bool, Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::UsedAt, Some::<Instant>(instant(at)?).into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::UsedAt.is_null())
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}
