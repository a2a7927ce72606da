//! Screenings that were done: of which population, under which law, as of which day, and what was counted. Enough to
//! do each of them again.

use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use crate::database::Unit;
use crate::error::Error;
use crate::time::{date, day, instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::{Day, Instant};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "screening")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub population_id: i64,
        pub rulebook: String,
        pub semantics: i64,
        pub as_of: Day,
        pub base_year: Option<i64>,
        pub counts: String,
        pub began_at: Instant,
        pub ended_at: Instant,
        pub job: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A screening.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Screening {
    /// Its number; 0 before it is recorded.
    pub id: i64,
    /// Whom it judged.
    pub population: i64,
    /// The hash of the rulebook.
    pub rulebook: String,
    /// The version of the meaning.
    pub semantics: i64,
    /// The day that was judged.
    pub as_of: Date,
    /// The last fiscal year, if it was pinned.
    pub base_year: Option<i16>,
    /// How many of each programme are in each of the five populations: JSON.
    pub counts: String,
    /// When it began.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// The job that did it, as long as that is kept.
    pub job: Option<i64>,
}

/// Records a screening and gives its number.
pub async fn record(unit: &Unit, done: &Screening) -> Result<i64, Error> {
    let draft = row::ActiveModel {
        population_id: Set(done.population),
        rulebook: Set(done.rulebook.clone()),
        semantics: Set(done.semantics),
        as_of: Set(day(done.as_of)?),
        base_year: Set(done.base_year.map(i64::from)),
        counts: Set(done.counts.clone()),
        began_at: Set(instant(done.began)?),
        ended_at: Set(instant(done.ended)?),
        job: Set(done.job),
        ..Default::default()
    };
    Ok(draft.insert(unit.connection()).await?.id)
}

/// The screenings, the newest first, so many of them.
pub async fn newest(unit: &Unit, most: u64) -> Result<Vec<Screening>, Error> {
    let rows = row::Entity::find()
        .order_by_desc(row::Column::Id)
        .limit(most)
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

pub(crate) fn read(row: row::Model) -> Result<Screening, Error> {
    let base_year = row.base_year.map(i16::try_from).transpose().map_err(|_| {
        Error::Damaged(format!("screening {} has a base year beyond the calendar", row.id))
    })?;
    Ok(Screening {
        id: row.id,
        population: row.population_id,
        rulebook: row.rulebook,
        semantics: row.semantics,
        as_of: date(row.as_of)?,
        base_year,
        counts: row.counts,
        began: timestamp(row.began_at)?,
        ended: timestamp(row.ended_at)?,
        job: row.job,
    })
}
