//! Rulebooks by their hash, and which of them was put in force when and by whom. None is ever changed or deleted:
//! decisions are replayed with them.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
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
    #[sea_orm(table_name = "rulebook")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub title: String,
        pub files: Vec<u8>,
        pub semantics: i64,
        pub errors: i64,
        pub warnings: i64,
        pub brought_by: Option<i64>,
        pub brought_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Switches from one rulebook to another.
pub(crate) mod switch {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rulebook_switch")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub hash: String,
        pub previous: Option<String>,
        pub note: String,
        pub by_person: Option<i64>,
        pub at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A rulebook as it is stored, without its files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored {
    /// The hash of its files.
    pub hash: String,
    /// What it is called.
    pub title: String,
    /// The version of the meaning under which it was checked.
    pub semantics: i64,
    /// How many errors the checker found; it cannot be put in force with any.
    pub errors: i64,
    /// How many warnings.
    pub warnings: i64,
    /// Who brought it; nobody for the one that the program came with.
    pub by: Option<i64>,
    /// When.
    pub at: Timestamp,
}

/// A switch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Switch {
    /// Its number: what a second switch at the same time would not know of.
    pub id: i64,
    /// The rulebook that was put in force.
    pub hash: String,
    /// The one before.
    pub previous: Option<String>,
    /// Why.
    pub note: String,
    /// Who did it; nobody at the first start.
    pub by: Option<i64>,
    /// When.
    pub at: Timestamp,
}

/// Keeps a rulebook with its files. One of the same hash is the same, and stays.
pub async fn keep(unit: &Unit, stored: &Stored, files: Vec<u8>) -> Result<(), Error> {
    let draft = row::ActiveModel {
        hash: Set(stored.hash.clone()),
        title: Set(stored.title.clone()),
        files: Set(files),
        semantics: Set(stored.semantics),
        errors: Set(stored.errors),
        warnings: Set(stored.warnings),
        brought_by: Set(stored.by),
        brought_at: Set(instant(stored.at)?),
    };
    row::Entity::insert(draft)
        .on_conflict(OnConflict::column(row::Column::Hash).do_nothing().to_owned())
        .exec_without_returning(unit.connection())
        .await?;
    Ok(())
}

/// The files of a rulebook, as they were given to [`keep`].
pub async fn files(unit: &Unit, hash: &str) -> Result<Option<Vec<u8>>, Error> {
    Ok(row::Entity::find_by_id(hash.to_owned()).one(unit.connection()).await?.map(|row| row.files))
}

/// A rulebook by its hash.
pub async fn get(unit: &Unit, hash: &str) -> Result<Option<Stored>, Error> {
    row::Entity::find_by_id(hash.to_owned()).one(unit.connection()).await?.map(read).transpose()
}

/// All rulebooks, the newest first.
pub async fn all(unit: &Unit) -> Result<Vec<Stored>, Error> {
    let rows = row::Entity::find()
        .order_by_desc(row::Column::BroughtAt)
        .order_by_asc(row::Column::Hash)
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// The switch that says what is in force; none before the first.
pub async fn in_force(unit: &Unit) -> Result<Option<Switch>, Error> {
    let last = switch::Entity::find()
        .order_by_desc(switch::Column::Id)
        .limit(1)
        .one(unit.connection())
        .await?;
    last.map(read_switch).transpose()
}

/// All switches, the newest first.
pub async fn switches(unit: &Unit) -> Result<Vec<Switch>, Error> {
    let rows =
        switch::Entity::find().order_by_desc(switch::Column::Id).all(unit.connection()).await?;
    rows.into_iter().map(read_switch).collect()
}

/// Puts a rulebook in force, if `known` is still the last switch. What was in force before is what the database says,
/// not what a process has loaded.
pub async fn switch_to(
    unit: &Unit,
    hash: &str,
    known: Option<i64>,
    note: &str,
    by: Option<i64>,
    at: Timestamp,
) -> Result<Switch, Error> {
    unit.engine().in_turn(unit.connection(), "rulebook_switch").await?;
    let last = in_force(unit).await?;
    if last.as_ref().map(|last| last.id) != known {
        return Err(Error::Changed);
    }
    let draft = switch::ActiveModel {
        hash: Set(hash.to_owned()),
        previous: Set(last.map(|last| last.hash)),
        note: Set(note.to_owned()),
        by_person: Set(by),
        at: Set(instant(at)?),
        ..Default::default()
    };
    read_switch(draft.insert(unit.connection()).await?)
}

pub(crate) fn read(row: row::Model) -> Result<Stored, Error> {
    Ok(Stored {
        hash: row.hash,
        title: row.title,
        semantics: row.semantics,
        errors: row.errors,
        warnings: row.warnings,
        by: row.brought_by,
        at: timestamp(row.brought_at)?,
    })
}

pub(crate) fn read_switch(row: switch::Model) -> Result<Switch, Error> {
    Ok(Switch {
        id: row.id,
        hash: row.hash,
        previous: row.previous,
        note: row.note,
        by: row.by_person,
        at: timestamp(row.at)?,
    })
}
