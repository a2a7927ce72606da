//! Forms that somebody has begun to fill in: nobody else sees them. What was typed comes in as sealed bytes.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use crate::database::Unit;
use crate::error::Error;
use crate::time::{instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "draft")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub place: String,
        pub fields: Vec<u8>,
        pub kept_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A form that somebody has begun to fill in.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// What was typed, sealed.
    pub fields: Vec<u8>,
    /// When it was kept.
    pub kept: Timestamp,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Draft").field("kept", &self.kept).finish_non_exhaustive()
    }
}

/// Keeps what was typed into the form of a place, in the stead of what was kept of it before. Of all of a person's no
/// more than `most` stay: the oldest go.
pub async fn keep(
    unit: &Unit,
    person: i64,
    place: &str,
    fields: Vec<u8>,
    at: Timestamp,
    most: u64,
) -> Result<(), Error> {
    drop_one(unit, person, place).await?;
    let draft = row::ActiveModel {
        person_id: Set(person),
        place: Set(place.to_owned()),
        fields: Set(fields),
        kept_at: Set(instant(at)?),
        ..Default::default()
    };
    draft.insert(unit.connection()).await?;
    let too_many: Vec<i64> = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::PersonId.eq(person))
        .order_by_desc(row::Column::Id)
        .offset(most)
        .limit(1000)
        .into_tuple()
        .all(unit.connection())
        .await?;
    row::Entity::delete_many()
        .filter(row::Column::Id.is_in(too_many))
        .exec(unit.connection())
        .await?;
    Ok(())
}

/// What a person has typed into the form of a place.
pub async fn find(unit: &Unit, person: i64, place: &str) -> Result<Option<Draft>, Error> {
    row::Entity::find()
        .filter(row::Column::PersonId.eq(person))
        .filter(row::Column::Place.eq(place))
        .one(unit.connection())
        .await?
        .map(read)
        .transpose()
}

/// Drops it. False if there is none.
pub async fn drop_one(unit: &Unit, person: i64, place: &str) -> Result<bool, Error> {
    let done = row::Entity::delete_many()
        .filter(row::Column::PersonId.eq(person))
        .filter(row::Column::Place.eq(place))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Drops all of a person's.
pub async fn erase(unit: &Unit, person: i64) -> Result<u64, Error> {
    let done = row::Entity::delete_many()
        .filter(row::Column::PersonId.eq(person))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected)
}

/// Drops what was kept before an instant, and says how many.
pub async fn forget(unit: &Unit, before: Timestamp) -> Result<u64, Error> {
    let done = row::Entity::delete_many()
        .filter(row::Column::KeptAt.lt(instant(before)?))
        .exec(unit.connection())
        .await?;
    Ok(done.rows_affected)
}

pub(crate) fn read(row: row::Model) -> Result<Draft, Error> {
    Ok(Draft { fields: row.fields, kept: timestamp(row.kept_at)? })
}
