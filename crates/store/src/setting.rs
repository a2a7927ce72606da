//! Settings that are changed while the platform runs, each under a name, as JSON.

use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use crate::database::{Unit, later, once};
use crate::error::Error;
use crate::time::{instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "setting")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub value: String,
        pub changed_at: Instant,
        pub changed_by: Option<i64>,
        pub version: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting {
    /// JSON.
    pub value: String,
    /// When it was changed last.
    pub changed: Timestamp,
    /// By whom.
    pub by: Option<i64>,
    /// Counts its changes.
    pub version: i64,
}

/// A setting by its name; none while nobody has changed it.
pub async fn get(unit: &Unit, name: &str) -> Result<Option<Setting>, Error> {
    let found = row::Entity::find_by_id(name.to_owned()).one(unit.connection()).await?;
    found
        .map(|row| {
            Ok(Setting {
                value: row.value,
                changed: timestamp(row.changed_at)?,
                by: row.changed_by,
                version: row.version,
            })
        })
        .transpose()
}

/// Changes a setting, if nobody has changed it since `version`; 0 is one that nobody has changed yet.
pub async fn set(
    unit: &Unit,
    name: &str,
    version: i64,
    value: &str,
    by: Option<i64>,
    at: Timestamp,
) -> Result<(), Error> {
    if version == 0 {
        let draft = row::ActiveModel {
            name: Set(name.to_owned()),
            value: Set(value.to_owned()),
            changed_at: Set(instant(at)?),
            changed_by: Set(by),
            version: Set(1),
        };
        return match row::Entity::insert(draft)
            .exec_without_returning(unit.connection())
            .await
            .map_err(Error::from)
        {
            Ok(_) => Ok(()),
            Err(Error::Taken(_)) => Err(Error::Changed),
            Err(error) => Err(error),
        };
    }
    let done = row::Entity::update_many()
        .col_expr(row::Column::Value, value.into())
        .col_expr(row::Column::ChangedAt, instant(at)?.into())
        .col_expr(row::Column::ChangedBy, by.into())
        .col_expr(row::Column::Version, later(version).into())
        .filter(row::Column::Name.eq(name))
        .filter(row::Column::Version.eq(version))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}
