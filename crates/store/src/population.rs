//! Populations: what is known of the files that hold them, and which of them was put in use when and by whom. None
//! is ever changed or deleted: screenings and decisions are replayed with them.

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
    #[sea_orm(table_name = "population")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub file: String,
        pub hash: String,
        pub bytes: i64,
        pub subjects: i64,
        pub known_as_of: Day,
        pub base_year: Option<i64>,
        pub made_up: bool,
        pub refused: i64,
        pub report: String,
        pub brought_by: Option<i64>,
        pub brought_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which population was put in use when.
pub(crate) mod uses {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "population_use")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub population_id: i64,
        pub previous_id: Option<i64>,
        pub by_person: Option<i64>,
        pub at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A population.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Population {
    /// Its number; 0 before it is kept.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// The name of its file in the folder of populations.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub hash: String,
    /// The length of the file.
    pub bytes: i64,
    /// How many subjects it has.
    pub subjects: i64,
    /// Up to which day things are known.
    pub known_as_of: Date,
    /// The last fiscal year, if it is pinned.
    pub base_year: Option<i16>,
    /// Whether everything in it is made up.
    pub made_up: bool,
    /// How many rows of what was brought were not taken.
    pub refused: i64,
    /// Which these were: JSON.
    pub report: String,
    /// Who brought it; nobody if the program did.
    pub by: Option<i64>,
    /// When.
    pub at: Timestamp,
}

/// That a population was put in use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Use {
    /// Its number: what a second one at the same time would not know of.
    pub id: i64,
    /// The population.
    pub population: i64,
    /// The one before.
    pub previous: Option<i64>,
    /// Who did it; nobody if the program did.
    pub by: Option<i64>,
    /// When.
    pub at: Timestamp,
}

/// Keeps a population and gives its number. [`Error::Taken`] if one of the same hash is kept already.
pub async fn keep(unit: &Unit, new: &Population) -> Result<i64, Error> {
    let draft = row::ActiveModel {
        name: Set(new.name.clone()),
        file: Set(new.file.clone()),
        hash: Set(new.hash.clone()),
        bytes: Set(new.bytes),
        subjects: Set(new.subjects),
        known_as_of: Set(day(new.known_as_of)?),
        base_year: Set(new.base_year.map(i64::from)),
        made_up: Set(new.made_up),
        refused: Set(new.refused),
        report: Set(new.report.clone()),
        brought_by: Set(new.by),
        brought_at: Set(instant(new.at)?),
        ..Default::default()
    };
    Ok(draft.insert(unit.connection()).await?.id)
}

/// A population by its number.
pub async fn get(unit: &Unit, id: i64) -> Result<Option<Population>, Error> {
    row::Entity::find_by_id(id).one(unit.connection()).await?.map(read).transpose()
}

/// A population by the hash of its file.
pub async fn by_hash(unit: &Unit, hash: &str) -> Result<Option<Population>, Error> {
    let found =
        row::Entity::find().filter(row::Column::Hash.eq(hash)).one(unit.connection()).await?;
    found.map(read).transpose()
}

/// All populations, the newest first.
pub async fn all(unit: &Unit) -> Result<Vec<Population>, Error> {
    let rows = row::Entity::find().order_by_desc(row::Column::Id).all(unit.connection()).await?;
    rows.into_iter().map(read).collect()
}

/// What says which population is in use; none before the first.
pub async fn in_use(unit: &Unit) -> Result<Option<Use>, Error> {
    let last = uses::Entity::find()
        .order_by_desc(uses::Column::Id)
        .limit(1)
        .one(unit.connection())
        .await?;
    last.map(read_use).transpose()
}

/// Everything that was put in use, the newest first.
pub async fn uses(unit: &Unit) -> Result<Vec<Use>, Error> {
    let rows = uses::Entity::find().order_by_desc(uses::Column::Id).all(unit.connection()).await?;
    rows.into_iter().map(read_use).collect()
}

/// Puts a population in use, if `known` is still the last time that one was.
pub async fn put_in_use(
    unit: &Unit,
    population: i64,
    known: Option<i64>,
    by: Option<i64>,
    at: Timestamp,
) -> Result<i64, Error> {
    unit.engine().in_turn(unit.connection(), "population_use").await?;
    let last = in_use(unit).await?;
    if last.as_ref().map(|last| last.id) != known {
        return Err(Error::Changed);
    }
    let draft = uses::ActiveModel {
        population_id: Set(population),
        previous_id: Set(last.map(|last| last.population)),
        by_person: Set(by),
        at: Set(instant(at)?),
        ..Default::default()
    };
    Ok(draft.insert(unit.connection()).await?.id)
}

pub(crate) fn read(row: row::Model) -> Result<Population, Error> {
    let base_year = row.base_year.map(i16::try_from).transpose().map_err(|_| {
        Error::Damaged(format!("population {} has a base year beyond the calendar", row.id))
    })?;
    Ok(Population {
        id: row.id,
        name: row.name,
        file: row.file,
        hash: row.hash,
        bytes: row.bytes,
        subjects: row.subjects,
        known_as_of: date(row.known_as_of)?,
        base_year,
        made_up: row.made_up,
        refused: row.refused,
        report: row.report,
        by: row.brought_by,
        at: timestamp(row.brought_at)?,
    })
}

pub(crate) fn read_use(row: uses::Model) -> Result<Use, Error> {
    Ok(Use {
        id: row.id,
        population: row.population_id,
        previous: row.previous_id,
        by: row.by_person,
        at: timestamp(row.at)?,
    })
}
