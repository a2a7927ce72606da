//! Tokens with which other programs use the platform in a person's name. Here lies the hash of each.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder};

use crate::database::Unit;
use crate::error::Error;
use crate::time::{Instant, instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "token")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub secret_hash: String,
        pub name: String,
        pub actions: String,
        pub created_at: Instant,
        pub expires_at: Instant,
        pub used_at: Option<Instant>,
        pub revoked_at: Option<Instant>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// In whose name it acts.
    pub person: i64,
    /// What its owner calls it.
    pub name: String,
    /// The codes of what it may do, of what its owner may.
    pub actions: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// When it was last used, to the minute.
    pub used: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

impl Token {
    /// Whether it opens anything at an instant.
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && self.expires > now
    }
}

/// What a new token is.
#[derive(Clone, Copy)]
pub struct New<'a> {
    /// In whose name it acts.
    pub person: i64,
    /// The hash of its secret.
    pub secret_hash: &'a str,
    /// What its owner calls it.
    pub name: &'a str,
    /// The codes of what it may do.
    pub actions: &'a [&'a str],
    /// When it is made.
    pub at: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
}

/// Makes a token and gives its number.
pub async fn insert(unit: &Unit, new: &New<'_>) -> Result<i64, Error> {
    let draft = row::ActiveModel {
        person_id: Set(new.person),
        secret_hash: Set(new.secret_hash.to_owned()),
        name: Set(new.name.to_owned()),
        actions: Set(new.actions.join(" ")),
        created_at: Set(instant(new.at)?),
        expires_at: Set(instant(new.expires)?),
        ..Default::default()
    };
    Ok(draft.insert(unit.connection()).await?.id)
}

/// The token of a secret, if it still holds.
pub async fn by_secret(
    unit: &Unit,
    secret_hash: &str,
    now: Timestamp,
) -> Result<Option<Token>, Error> {
    let found = row::Entity::find()
        .filter(row::Column::SecretHash.eq(secret_hash))
        .filter(row::Column::RevokedAt.is_null())
        .filter(row::Column::ExpiresAt.gt(instant(now)?))
        .one(unit.connection())
        .await?;
    found.map(read).transpose()
}

/// All tokens of a person, the newest first, also those that hold no more.
pub async fn of_person(unit: &Unit, person: i64) -> Result<Vec<Token>, Error> {
    let rows = row::Entity::find()
        .filter(row::Column::PersonId.eq(person))
        .order_by_desc(row::Column::Id)
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Notes that a token was used.
pub async fn touch(unit: &Unit, id: i64, at: Timestamp) -> Result<(), Error> {
    row::Entity::update_many()
        .col_expr(row::Column::UsedAt, Some(instant(at)?).into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// Revokes a token of a person. False if it is not theirs or is revoked already.
pub async fn revoke(unit: &Unit, id: i64, person: i64, at: Timestamp) -> Result<bool, Error> {
    let done = revoking(at)?
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::PersonId.eq(person))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Revokes all tokens of a person and says how many.
pub async fn revoke_all(unit: &Unit, person: i64, at: Timestamp) -> Result<u64, Error> {
    Ok(revoking(at)?
        .filter(row::Column::PersonId.eq(person))
        .exec(unit.connection())
        .await?
        .rows_affected)
}

/// Erases all tokens of a person, with the names that they gave them, and says how many.
pub async fn erase(unit: &Unit, person: i64) -> Result<u64, Error> {
    let done = row::Entity::delete_many()
        .filter(row::Column::PersonId.eq(person))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected)
}

fn revoking(at: Timestamp) -> Result<sea_orm::UpdateMany<row::Entity>, Error> {
    Ok(row::Entity::update_many()
        .col_expr(row::Column::RevokedAt, Some::<Instant>(instant(at)?).into())
        .filter(row::Column::RevokedAt.is_null()))
}

pub(crate) fn read(row: row::Model) -> Result<Token, Error> {
    Ok(Token {
        id: row.id,
        person: row.person_id,
        name: row.name,
        actions: row.actions.split_whitespace().map(str::to_owned).collect(),
        created: timestamp(row.created_at)?,
        expires: timestamp(row.expires_at)?,
        used: row.used_at.map(timestamp).transpose()?,
        revoked: row.revoked_at.map(timestamp).transpose()?,
    })
}
