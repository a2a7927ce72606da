//! From whatever version a database has to the newest, one transaction for each version: a process that is
//! killed on the way leaves a whole version behind, and the next start goes on from it.

use jiff::Timestamp;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Query};
use sea_orm::{ConnectionTrait, Statement};

use super::render::statements;
use super::table::{Table, instant, whole};
use super::{VERSIONS, newest};
use crate::database::{Store, Unit};
use crate::error::Error;
use crate::time;

/// Which versions a database has been brought through.
const LOG: Table = Table {
    name: "schema_version",
    columns: &[whole("version").key(), instant("applied_at")],
    unique: &[],
    indexes: &[],
};

/// What a migration did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Applied {
    /// The version before; 0 is an empty database.
    pub from: i64,
    /// The version now.
    pub to: i64,
}

/// Brings the database to the newest version. Safe to call at each start, by several processes at once.
pub async fn migrate(store: &Store, now: Timestamp) -> Result<Applied, Error> {
    migrate_to(store, newest(), now).await
}

/// Brings the database up to a version: for restoring what an older program has saved, and for tests.
pub async fn migrate_to(store: &Store, last: i64, now: Timestamp) -> Result<Applied, Error> {
    let from = version(store).await?;
    let mut to = from;
    for step in VERSIONS.iter().filter(|step| step.number <= last) {
        let unit = store.write().await?;
        unit.engine().alone(unit.connection()).await?;
        // Another process may have done it while this one waited.
        let found = version_in(&unit).await?;
        if step.number > found {
            let backend = unit.engine().backend();
            if found == 0 {
                for statement in statements(&LOG, backend) {
                    unit.connection().execute_raw(statement).await?;
                }
            }
            let tables = step.tables.iter().copied().flatten();
            let all: Vec<_> = tables.flat_map(|table| statements(table, backend)).collect();
            for statement in all {
                unit.connection().execute_raw(statement).await?;
            }
            for once in step.only_once {
                unit.connection().execute(&once.settling(time::instant(now)?)).await?;
                unit.connection().execute_raw(unit.engine().statement(&once.index())).await?;
            }
            let mut note = Query::insert();
            note.into_table(Alias::new(LOG.name))
                .columns([Alias::new("version"), Alias::new("applied_at")])
                .values_panic([step.number.into(), time::instant(now)?.into()]);
            unit.connection().execute(&note).await?;
        }
        unit.commit().await?;
        to = std::cmp::max(to, step.number);
    }
    Ok(Applied { from, to })
}

/// The version of a database; 0 if it is empty. One that a newer program made is an error.
pub async fn version(store: &Store) -> Result<i64, Error> {
    let unit = store.read().await?;
    let found = version_in(&unit).await?;
    if found > newest() {
        return Err(Error::Newer { found, known: newest() });
    }
    Ok(found)
}

/// Whether there is a table of a name.
pub(crate) async fn there(unit: &Unit, table: &'static str) -> Result<bool, Error> {
    let question = match unit.engine() {
        crate::Engine::Sqlite => {
            format!("SELECT name FROM sqlite_master WHERE type = 'table' AND name = '{table}'")
        }
        crate::Engine::Postgres => {
            format!("SELECT 1 AS one WHERE to_regclass('{table}') IS NOT NULL")
        }
    };
    let question = Statement::from_string(unit.engine().backend(), question);
    Ok(unit.connection().query_one_raw(question).await?.is_some())
}

/// The version of a database, whether this program knows it or not; 0 if it is empty.
pub(crate) async fn version_in(unit: &Unit) -> Result<i64, Error> {
    if !there(unit, LOG.name).await? {
        return Ok(0);
    }
    let mut newest = Query::select();
    newest
        .expr_as(
            Func::coalesce([Expr::col(Alias::new("version")).max(), 0i64.into()]),
            Alias::new("newest"),
        )
        .from(Alias::new(LOG.name));
    match unit.connection().query_one(&newest).await? {
        Some(row) => Ok(row.try_get::<i64>("", "newest")?),
        None => Ok(0),
    }
}
