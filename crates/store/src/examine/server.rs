//! What each engine says about itself: its version and size, whether its files are whole, whether it keeps what it
//! acknowledges.

use sea_orm::{ConnectionTrait, Statement};

use super::{Finding, asked, finding};
use crate::database::Unit;
use crate::engine::Engine;
use crate::error::Error;

/// SQLite names at most so many places of damage.
const NAMED: usize = 10;

pub(super) async fn examined(unit: &Unit, findings: &mut Vec<Finding>) -> Result<(), Error> {
    match unit.engine() {
        Engine::Sqlite => sqlite(unit, findings).await,
        Engine::Postgres => postgres(unit, findings).await,
    }
}

/// Whether a unit that was begun for writing may write. Nothing of it is kept.
pub(super) async fn takes_writes(unit: &Unit) -> Result<bool, Error> {
    match unit.engine() {
        Engine::Sqlite => {
            // A file that cannot be written is opened for reading, and says so at the first change.
            let change =
                Statement::from_string(unit.engine().backend(), "CREATE TABLE doctor (one)");
            unit.connection().execute_raw(change).await.map_err(Error::from)?;
            Ok(true)
        }
        Engine::Postgres => Ok(setting(unit, "transaction_read_only").await? == "off"),
    }
}

async fn sqlite(unit: &Unit, findings: &mut Vec<Finding>) -> Result<(), Error> {
    let size = "SELECT sqlite_version() AS version, page_count * page_size AS size \
                FROM pragma_page_count(), pragma_page_size()";
    for row in asked(unit, size.into()).await? {
        let version: String = row.try_get("", "version")?;
        findings.push(finding::database(Engine::Sqlite.name(), &version, row.try_get("", "size")?));
    }
    for row in asked(unit, format!("PRAGMA integrity_check({NAMED})")).await? {
        let said: String = row.try_get("", "integrity_check")?;
        if said != "ok" {
            findings.push(finding::integrity(&said));
        }
    }
    let dangling = "SELECT \"table\" AS one, parent AS other, count(*) AS rows \
                    FROM pragma_foreign_key_check() GROUP BY 1, 2 ORDER BY 1, 2";
    for row in asked(unit, dangling.into()).await? {
        let (table, other): (String, String) = (row.try_get("", "one")?, row.try_get("", "other")?);
        let rows = usize::try_from(row.try_get::<i64>("", "rows")?).unwrap_or(usize::MAX);
        findings.push(finding::dangling(&table, rows, &other));
    }
    for row in asked(unit, "PRAGMA journal_mode".into()).await? {
        let mode: String = row.try_get("", "journal_mode")?;
        if mode != "wal" {
            findings.push(finding::journal(&mode));
        }
    }
    Ok(())
}

async fn postgres(unit: &Unit, findings: &mut Vec<Finding>) -> Result<(), Error> {
    let version = setting(unit, "server_version").await?;
    for row in asked(unit, "SELECT pg_database_size(current_database()) AS size".into()).await? {
        let size = row.try_get("", "size")?;
        findings.push(finding::database(Engine::Postgres.name(), &version, size));
    }
    if setting(unit, "server_version_num").await?.parse::<u32>().is_ok_and(|found| found < 130_000)
    {
        findings.push(finding::old_server(&version));
    }
    for name in ["fsync", "full_page_writes", "synchronous_commit"] {
        if setting(unit, name).await? == "off" {
            findings.push(finding::durability(name));
        }
    }
    let rights = "SELECT current_user::text AS who, \
                  coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may";
    for row in asked(unit, rights.into()).await? {
        if !row.try_get::<bool>("", "may")? {
            findings.push(finding::cannot_create(&row.try_get::<String>("", "who")?));
        }
    }
    Ok(())
}

async fn setting(unit: &Unit, name: &str) -> Result<String, Error> {
    let rows = asked(unit, format!("SELECT current_setting('{name}') AS said")).await?;
    match rows.first() {
        Some(row) => Ok(row.try_get("", "said")?),
        None => Ok(String::new()),
    }
}
