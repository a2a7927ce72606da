//! What firms have given to advisers and banks: to see and do for them what their consent covers, until a day.

use access::OrganisationId;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, IntoCondition, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use crate::database::{Unit, later, once};
use crate::error::Error;
use crate::organisation;
use crate::scope::Scope;
use crate::time::{Instant, date, day, instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::{Day, Instant};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "delegation")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub organisation_id: i64,
        pub to_organisation_id: i64,
        pub from_day: Day,
        pub until_day: Day,
        pub granted_by: i64,
        pub created_at: Instant,
        pub revoked_at: Option<Instant>,
        pub version: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A delegation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delegation {
    /// Its number.
    pub id: i64,
    /// The firm that gives it.
    pub organisation: i64,
    /// The organisation that it is given to.
    pub to: i64,
    /// The first day.
    pub from: Date,
    /// The last day. None goes on for ever.
    pub until: Date,
    /// Who gave it.
    pub granted_by: i64,
    /// When it was given.
    pub created: Timestamp,
    /// When it was taken back.
    pub revoked: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// Gives a delegation and its number.
pub async fn insert(
    unit: &Unit,
    organisation: i64,
    to: i64,
    from: Date,
    until: Date,
    by: i64,
    at: Timestamp,
) -> Result<i64, Error> {
    let draft = row::ActiveModel {
        organisation_id: Set(organisation),
        to_organisation_id: Set(to),
        from_day: Set(day(from)?),
        until_day: Set(day(until)?),
        granted_by: Set(by),
        created_at: Set(instant(at)?),
        revoked_at: Set(None),
        version: Set(1),
        ..Default::default()
    };
    Ok(draft.insert(unit.connection()).await?.id)
}

/// A delegation by its number, if the firm that gave it is visible.
pub async fn find(unit: &Unit, id: i64, seen: &Scope<'_>) -> Result<Option<Delegation>, Error> {
    row::Entity::find_by_id(id)
        .filter(own(seen)?)
        .one(unit.connection())
        .await?
        .map(read)
        .transpose()
}

/// All delegations of firms that are visible, the newest first.
pub async fn all(unit: &Unit, seen: &Scope<'_>) -> Result<Vec<Delegation>, Error> {
    let rows = row::Entity::find()
        .filter(own(seen)?)
        .order_by_desc(row::Column::Id)
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Takes a delegation back, if nobody has changed it since `version`.
pub async fn revoke(unit: &Unit, id: i64, version: i64, at: Timestamp) -> Result<(), Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::RevokedAt, Some::<Instant>(instant(at)?).into())
        .col_expr(row::Column::Version, later(version).into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::Version.eq(version))
        .filter(row::Column::RevokedAt.is_null())
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// The firms whose consent an organisation has on a day.
pub(crate) fn alive_to(organisation: i64, today: Date) -> Result<SelectStatement, Error> {
    let today = day(today)?;
    Ok(Query::select()
        .column(row::Column::OrganisationId)
        .from(row::Entity)
        .and_where(row::Column::ToOrganisationId.eq(organisation))
        .and_where(row::Column::FromDay.lte(today))
        .and_where(row::Column::UntilDay.gte(today))
        .and_where(row::Column::RevokedAt.is_null())
        .to_owned())
}

/// The organisations that have a firm's consent on a day.
pub async fn recipients(
    unit: &Unit,
    organisation: i64,
    today: Date,
) -> Result<Vec<OrganisationId>, Error> {
    let today = day(today)?;
    let found: Vec<i64> = row::Entity::find()
        .select_only()
        .column(row::Column::ToOrganisationId)
        .filter(row::Column::OrganisationId.eq(organisation))
        .filter(row::Column::FromDay.lte(today))
        .filter(row::Column::UntilDay.gte(today))
        .filter(row::Column::RevokedAt.is_null())
        .into_tuple()
        .all(unit.connection())
        .await?;
    Ok(found.into_iter().map(OrganisationId).collect())
}

fn own(seen: &Scope<'_>) -> Result<Condition, Error> {
    Ok(row::Column::OrganisationId.in_subquery(organisation::visible_ids(seen)?).into_condition())
}

pub(crate) fn read(row: row::Model) -> Result<Delegation, Error> {
    Ok(Delegation {
        id: row.id,
        organisation: row.organisation_id,
        to: row.to_organisation_id,
        from: date(row.from_day)?,
        until: date(row.until_day)?,
        granted_by: row.granted_by,
        created: timestamp(row.created_at)?,
        revoked: row.revoked_at.map(timestamp).transpose()?,
        version: row.version,
    })
}
