//! Self-checks that somebody has kept: nobody else sees them, whatever their role.
//!
//! The answers come in as sealed bytes.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
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
    #[sea_orm(table_name = "self_check")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub title: String,
        pub rulebook: String,
        pub document: Vec<u8>,
        pub created_at: Instant,
        pub expires_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A self-check that somebody has kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub person: i64,
    /// What its owner calls it.
    pub title: String,
    /// The hash of the rulebook that was in force when it was kept.
    pub rulebook: String,
    /// What was asked and answered, sealed.
    pub document: Vec<u8>,
    /// When it was kept.
    pub created: Timestamp,
    /// When it is taken away.
    pub expires: Timestamp,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Logs must not show a firm's figures, sealed or not.
        out.debug_struct("Kept").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Whose it is.
    pub person: i64,
    /// What its owner calls it.
    pub title: &'a str,
    /// The hash of the rulebook in force.
    pub rulebook: &'a str,
    /// When it is kept.
    pub at: Timestamp,
    /// When it is taken away.
    pub expires: Timestamp,
}

/// Keeps one, still without its answers, and gives its number, under which they are sealed.
pub async fn insert(unit: &Unit, new: New<'_>) -> Result<i64, Error> {
    let draft = row::ActiveModel {
        person_id: Set(new.person),
        title: Set(new.title.to_owned()),
        rulebook: Set(new.rulebook.to_owned()),
        document: Set(Vec::new()),
        created_at: Set(instant(new.at)?),
        expires_at: Set(instant(new.expires)?),
        ..Default::default()
    };
    Ok(draft.insert(unit.connection()).await?.id)
}

/// Puts the sealed answers in.
pub async fn fill(unit: &Unit, id: i64, document: Vec<u8>) -> Result<(), Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::Document, document.into())
        .filter(row::Column::Id.eq(id))
        .exec(unit.connection())
        .await?;
    crate::database::once(done.rows_affected)
}

/// One of a person's own that has not expired.
pub async fn find(
    unit: &Unit,
    id: i64,
    person: i64,
    now: Timestamp,
) -> Result<Option<Kept>, Error> {
    row::Entity::find_by_id(id)
        .filter(row::Column::PersonId.eq(person))
        .filter(row::Column::ExpiresAt.gt(instant(now)?))
        .one(unit.connection())
        .await?
        .map(read)
        .transpose()
}

/// All of a person's own that have not expired, the newest first.
pub async fn of_person(unit: &Unit, person: i64, now: Timestamp) -> Result<Vec<Kept>, Error> {
    let rows = row::Entity::find()
        .filter(row::Column::PersonId.eq(person))
        .filter(row::Column::ExpiresAt.gt(instant(now)?))
        .order_by_desc(row::Column::Id)
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Drops one of a person's own. False if there is none.
pub async fn drop_one(unit: &Unit, id: i64, person: i64) -> Result<bool, Error> {
    let done = row::Entity::delete_many()
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::PersonId.eq(person))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Drops all of a person's.
pub async fn erase(unit: &Unit, person: i64) -> Result<(), Error> {
    row::Entity::delete_many()
        .filter(row::Column::PersonId.eq(person))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// Drops what has expired, and says how many.
pub async fn drop_expired(unit: &Unit, now: Timestamp) -> Result<u64, Error> {
    let done = row::Entity::delete_many()
        .filter(row::Column::ExpiresAt.lte(instant(now)?))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected)
}

pub(crate) fn read(row: row::Model) -> Result<Kept, Error> {
    Ok(Kept {
        id: row.id,
        person: row.person_id,
        title: row.title,
        rulebook: row.rulebook,
        document: row.document,
        created: timestamp(row.created_at)?,
        expires: timestamp(row.expires_at)?,
    })
}
