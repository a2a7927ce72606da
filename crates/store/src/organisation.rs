//! Organisations: a tree from the city's bureau down to each firm.

use access::OrganisationKind;
use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, LockType, NullOrdering, Query, SelectStatement};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use crate::database::{Unit, later, once};
use crate::engine::Engine;
use crate::error::Error;
use crate::page::{Listed, Page, Sorted, contains, folded, listed};
use crate::scope::{Owned, Scope, visible};
use crate::time::{Instant, instant, timestamp};

/// Rows as they lie in the database.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    use crate::time::Instant;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "organisation")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub parent_id: Option<i64>,
        pub path: String,
        pub kind: String,
        pub name: String,
        pub search: String,
        pub uscc: Option<String>,
        pub district: Option<String>,
        pub created_at: Instant,
        pub closed_at: Option<Instant>,
        pub version: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Organisation {
    /// Its number.
    pub id: i64,
    /// The one above it; none for the root.
    pub parent: Option<i64>,
    /// Its place in the tree: `/1/4/` is 4 below 1.
    pub path: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its full name.
    pub name: String,
    /// The unified social credit code, of firms.
    pub uscc: Option<String>,
    /// The code of the district that it is in or is responsible for.
    pub district: Option<String>,
    /// When it was entered.
    pub created: Timestamp,
    /// Since when it is closed.
    pub closed: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// What a new organisation is.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// The one above it.
    pub parent: Option<i64>,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its full name.
    pub name: &'a str,
    /// The unified social credit code.
    pub uscc: Option<&'a str>,
    /// The code of its district.
    pub district: Option<&'a str>,
    /// When it is entered.
    pub at: Timestamp,
}

/// Which organisations are wanted.
#[derive(Clone, Copy, Default, Debug)]
pub struct Wanted<'a> {
    /// Only of this kind.
    pub kind: Option<OrganisationKind>,
    /// Only with these words in name or code.
    pub words: Option<&'a str>,
    /// Closed ones, too.
    pub closed: bool,
    /// In this order.
    pub order: Sorted<By>,
}

/// By what organisations can be sorted.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum By {
    /// As they were entered: nobody before those above.
    #[default]
    Entered,
    /// By name.
    Name,
    /// By what they are.
    Kind,
    /// By the unified social credit code.
    Code,
    /// By the code of the district.
    District,
}

/// Enters an organisation below another one.
pub async fn insert(unit: &Unit, new: &New<'_>) -> Result<Organisation, Error> {
    let above = match new.parent {
        Some(parent) => {
            let found = row::Entity::find_by_id(parent).one(unit.connection()).await?;
            found.ok_or_else(|| Error::Dangling(format!("organisation {parent}")))?.path
        }
        None => String::from("/"),
    };
    // The path holds the number that the engine is about to give: first a text that nobody else has.
    let draft = row::ActiveModel {
        parent_id: Set(new.parent),
        path: Set(format!(
            "?{}",
            crypto::secret_token("").map_err(|error| Error::Engine(error.to_string()))?
        )),
        kind: Set(new.kind.code().to_owned()),
        name: Set(new.name.to_owned()),
        search: Set(search(new.name, new.uscc)),
        uscc: Set(new.uscc.map(str::to_owned)),
        district: Set(new.district.map(str::to_owned)),
        created_at: Set(instant(new.at)?),
        closed_at: Set(None),
        version: Set(1),
        ..Default::default()
    };
    let entered = draft.insert(unit.connection()).await?;
    let path = format!("{above}{}/", entered.id);
    let placed = row::ActiveModel { id: Set(entered.id), path: Set(path), ..Default::default() };
    read(placed.update(unit.connection()).await?)
}

/// An organisation by its number, if it is visible.
pub async fn find(unit: &Unit, id: i64, seen: &Scope<'_>) -> Result<Option<Organisation>, Error> {
    row::Entity::find_by_id(id)
        .filter(in_scope(seen)?)
        .one(unit.connection())
        .await?
        .map(read)
        .transpose()
}

/// Has everybody else who wants to change something of an organisation wait until this unit ends: what is decided by what
/// is read from here on still holds when it is written.
pub async fn hold_alone(unit: &Unit, id: i64) -> Result<(), Error> {
    if unit.engine() == Engine::Postgres {
        row::Entity::find_by_id(id)
            .select_only()
            .column(row::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple::<i64>()
            .one(unit.connection())
            .await?;
    }
    Ok(())
}

/// A firm's organisation by its code.
pub async fn by_uscc(unit: &Unit, uscc: &str) -> Result<Option<Organisation>, Error> {
    row::Entity::find()
        .filter(row::Column::Uscc.eq(uscc))
        .one(unit.connection())
        .await?
        .map(read)
        .transpose()
}

/// Whether an open organisation other than one has a name. Units that ask wait for one another, so that no two of
/// them take the same name.
pub async fn is_name_taken(unit: &Unit, name: &str, but: Option<i64>) -> Result<bool, Error> {
    unit.engine().in_turn(unit.connection(), "organisation").await?;
    let mut select = row::Entity::find()
        .filter(row::Column::Name.eq(name))
        .filter(row::Column::ClosedAt.is_null());
    if let Some(but) = but {
        select = select.filter(row::Column::Id.ne(but));
    }
    Ok(select.count(unit.connection()).await? > 0)
}

/// The names of organisations, whoever asks: for those that a visible row names.
pub async fn names(unit: &Unit, ids: &[i64]) -> Result<Vec<(i64, String)>, Error> {
    let names: Vec<(i64, String)> = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .column(row::Column::Name)
        .filter(row::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(unit.connection())
        .await?;
    Ok(names)
}

/// The root of the tree, if there is one yet.
pub async fn root(unit: &Unit) -> Result<Option<Organisation>, Error> {
    row::Entity::find()
        .filter(row::Column::ParentId.is_null())
        .one(unit.connection())
        .await?
        .map(read)
        .transpose()
}

/// A page of those that are visible.
pub async fn list(
    unit: &Unit,
    wanted: &Wanted<'_>,
    seen: &Scope<'_>,
    page: Page,
) -> Result<Listed<Organisation>, Error> {
    let mut select = row::Entity::find().filter(in_scope(seen)?);
    if let Some(kind) = wanted.kind {
        select = select.filter(row::Column::Kind.eq(kind.code()));
    }
    if let Some(words) = wanted.words.filter(|words| !words.trim().is_empty()) {
        select = select.filter(contains(row::Column::Search, words));
    }
    if !wanted.closed {
        select = select.filter(row::Column::ClosedAt.is_null());
    }
    let column = match wanted.order.by {
        By::Entered => row::Column::Id,
        By::Name => row::Column::Name,
        By::Kind => row::Column::Kind,
        By::Code => row::Column::Uscc,
        By::District => row::Column::District,
    };
    // Engines disagree about where nothing stands.
    let sorted = select
        .order_by_with_nulls(column, wanted.order.order(), NullOrdering::Last)
        .order_by_asc(row::Column::Id);
    listed(unit, sorted, page, read).await
}

/// Changes name, code and district, if nobody has changed it since `version`.
pub async fn change(
    unit: &Unit,
    id: i64,
    version: i64,
    name: &str,
    uscc: Option<&str>,
    district: Option<&str>,
) -> Result<(), Error> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::Name, name.into())
        .col_expr(row::Column::Search, search(name, uscc).into())
        .col_expr(row::Column::Uscc, uscc.map(str::to_owned).into())
        .col_expr(row::Column::District, district.map(str::to_owned).into())
        .col_expr(row::Column::Version, later(version).into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::Version.eq(version))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// Closes it, or opens it again, if nobody has changed it since `version`.
pub async fn close(
    unit: &Unit,
    id: i64,
    version: i64,
    closed: Option<Timestamp>,
) -> Result<(), Error> {
    let closed: Option<Instant> = closed.map(instant).transpose()?;
    let done = row::Entity::update_many()
        .col_expr(row::Column::ClosedAt, closed.into())
        .col_expr(row::Column::Version, later(version).into())
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::Version.eq(version))
        .exec(unit.connection())
        .await?;
    once(done.rows_affected)
}

/// The numbers of those that are visible: for nouns that belong to an organisation.
pub(crate) fn visible_ids(seen: &Scope<'_>) -> Result<SelectStatement, Error> {
    Ok(Query::select()
        .column(row::Column::Id)
        .from(row::Entity)
        .cond_where(in_scope(seen)?)
        .to_owned())
}

/// The rows that are seen.
pub(crate) fn in_scope(seen: &Scope<'_>) -> Result<Condition, Error> {
    visible(
        seen,
        &Owned {
            path: row::Column::Path,
            organisation: row::Column::Id,
            person: None::<row::Column>,
        },
    )
}

fn search(name: &str, uscc: Option<&str>) -> String {
    folded(&format!("{name} {}", uscc.unwrap_or_default()))
}

pub(crate) fn read(row: row::Model) -> Result<Organisation, Error> {
    let kind = OrganisationKind::from_code(&row.kind).ok_or_else(|| {
        Error::Damaged(format!("organisation {} has the kind `{}`", row.id, row.kind))
    })?;
    Ok(Organisation {
        id: row.id,
        parent: row.parent_id,
        path: row.path,
        kind,
        name: row.name,
        uscc: row.uscc,
        district: row.district,
        created: timestamp(row.created_at)?,
        closed: row.closed_at.map(timestamp).transpose()?,
        version: row.version,
    })
}
