//! Numbers of the law that somebody has held against the official text, and what they found. None is ever changed or
//! deleted: one that was a mistake is withdrawn, with a reason.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder};

use crate::database::{Unit, once};
use crate::error::Error;
use crate::time::{Instant, instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "number_confirmation")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub owner: String,
        pub address: String,
        pub value: String,
        pub finding: String,
        pub says: Option<String>,
        pub source: String,
        pub note: Option<String>,
        pub rulebook: String,
        pub by_person: i64,
        pub at: Instant,
        pub withdrawn_at: Option<Instant>,
        pub withdrawn_by: Option<i64>,
        pub withdrawn_why: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What somebody found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// The official text says the same.
    Agrees,
    /// It says something else.
    Differs,
}

impl Finding {
    /// The word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
        }
    }

    /// The finding with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Agrees, Self::Differs].into_iter().find(|finding| finding.code() == code)
    }
}

/// What somebody found about a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Confirmation {
    /// Its own number.
    pub id: i64,
    /// The programme or shared definition.
    pub owner: String,
    /// The address of the number, with the version.
    pub address: String,
    /// The number with its edge, as it was then.
    pub value: String,
    /// What was found.
    pub finding: Finding,
    /// What the official text says, where it says something else.
    pub says: Option<String>,
    /// Where the official text was read.
    pub source: String,
    /// What else there is to say.
    pub note: Option<String>,
    /// The rulebook that was in force.
    pub rulebook: String,
    /// Who looked.
    pub by: i64,
    /// When.
    pub at: Timestamp,
    /// How it was withdrawn, if it was.
    pub withdrawn: Option<Withdrawn>,
}

/// How a confirmation was withdrawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withdrawn {
    /// By whom.
    pub by: i64,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: String,
}

/// What somebody found just now.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// The programme or shared definition.
    pub owner: &'a str,
    /// The address of the number, with the version.
    pub address: &'a str,
    /// The number with its edge.
    pub value: &'a str,
    /// What was found.
    pub finding: Finding,
    /// What the official text says, where it says something else.
    pub says: Option<&'a str>,
    /// Where the official text was read.
    pub source: &'a str,
    /// What else there is to say.
    pub note: Option<&'a str>,
    /// The rulebook in force.
    pub rulebook: &'a str,
    /// Who looked.
    pub by: i64,
    /// When.
    pub at: Timestamp,
}

/// Keeps what was found and gives its number.
pub async fn insert(unit: &Unit, new: New<'_>) -> Result<i64, Error> {
    let draft = row::ActiveModel {
        owner: Set(new.owner.to_owned()),
        address: Set(new.address.to_owned()),
        value: Set(new.value.to_owned()),
        finding: Set(new.finding.code().to_owned()),
        says: Set(new.says.map(str::to_owned)),
        source: Set(new.source.to_owned()),
        note: Set(new.note.map(str::to_owned)),
        rulebook: Set(new.rulebook.to_owned()),
        by_person: Set(new.by),
        at: Set(instant(new.at)?),
        withdrawn_at: Set(None),
        withdrawn_by: Set(None),
        withdrawn_why: Set(None),
        ..Default::default()
    };
    Ok(draft.insert(unit.connection()).await?.id)
}

/// One of them.
pub async fn get(unit: &Unit, id: i64) -> Result<Option<Confirmation>, Error> {
    row::Entity::find_by_id(id).one(unit.connection()).await?.map(read).transpose()
}

/// Everything that was ever found about a number, the newest first.
pub async fn of_address(unit: &Unit, address: &str) -> Result<Vec<Confirmation>, Error> {
    let rows = row::Entity::find()
        .filter(row::Column::Address.eq(address))
        .order_by_desc(row::Column::Id)
        .all(unit.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// What holds of these programmes and definitions, or of all; the newest first.
pub async fn holding(unit: &Unit, owners: Option<&[&str]>) -> Result<Vec<Confirmation>, Error> {
    let mut query = row::Entity::find().filter(row::Column::WithdrawnAt.is_null());
    if let Some(owners) = owners {
        query = query.filter(row::Column::Owner.is_in(owners.iter().copied()));
    }
    let rows = query.order_by_desc(row::Column::Id).all(unit.connection()).await?;
    rows.into_iter().map(read).collect()
}

/// Withdraws one that nobody has withdrawn yet.
pub async fn withdraw(
    unit: &Unit,
    id: i64,
    by: i64,
    why: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::WithdrawnAt, Some::<Instant>(instant(at)?).into())
        .col_expr(row::Column::WithdrawnBy, Some(by).into())
        .col_expr(row::Column::WithdrawnWhy, Some(why.to_owned()).into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::WithdrawnAt.is_null())
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

pub(crate) fn read(row: row::Model) -> Result<Confirmation, Error> {
    let finding = Finding::from_code(&row.finding).ok_or_else(|| {
        Error::Damaged(format!("confirmation {} has the finding `{}`", row.id, row.finding))
    })?;
    let withdrawn = match (row.withdrawn_at, row.withdrawn_by) {
        (Some(at), Some(by)) => {
            Some(Withdrawn { by, at: timestamp(at)?, why: row.withdrawn_why.unwrap_or_default() })
        }
        _ => None,
    };
    Ok(Confirmation {
        id: row.id,
        owner: row.owner,
        address: row.address,
        value: row.value,
        finding,
        says: row.says,
        source: row.source,
        note: row.note,
        rulebook: row.rulebook,
        by: row.by_person,
        at: timestamp(row.at)?,
        withdrawn,
    })
}
