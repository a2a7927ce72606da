//! A backup into an empty database, in one transaction: all of it or nothing.

use std::io::{Read, Seek};
use std::path::Path;

use jiff::Timestamp;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, Query, Value};
use serde_json::{Map, Value as Json};

use super::cell::heard;
use super::error::Error;
use super::manifest::{Manifest, Saved};
use super::opened::Opened;
use super::{Progress, file_of, numbers};
use crate::database::{Store, Unit};
use crate::engine::Engine;
use crate::schema::table::{Kind, Table};
use crate::schema::{Applied, migrate, migrate_to, tables_at, there, version_in};

/// A statement carries at most so many values: below the limits of both engines.
const MOST_VALUES: usize = 30_000;
/// and at most so many rows,
const MOST_ROWS: usize = 500;
/// and about so many bytes.
const MANY_BYTES: usize = 1 << 20;

/// What was restored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restored {
    /// What the backup held.
    pub manifest: Manifest,
    /// From its version to the newest.
    pub migrated: Applied,
}

/// Reads a whole backup against what it says of itself, before anything is done with it.
pub fn check<R: Read + Seek>(from: R) -> Result<Manifest, Error> {
    let mut opened = Opened::open(from)?;
    let manifest = opened.manifest.clone();
    let mut line = Vec::new();
    for saved in &manifest.tables {
        let mut lines = opened.lines(saved)?;
        while lines.next(&mut line)?.is_some() {}
    }
    for saved in &manifest.files {
        opened.hold(saved)?;
    }
    Ok(manifest)
}

/// Restores a backup into an empty database of either engine and brings it to the newest version; its files go into a
/// folder. When it fails, the database may have tables, but no rows, and files may be there that nobody names: it may
/// be tried again.
pub async fn restore<R: Read + Seek>(
    store: &Store,
    from: R,
    files: &Path,
    now: Timestamp,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Restored, Error> {
    let mut opened = Opened::open(from)?;
    let manifest = opened.manifest.clone();
    let unit = store.read().await?;
    hold_empty(&unit, manifest.schema).await?;
    drop(unit);
    // First the files: rows must not name what is not there.
    for saved in &manifest.files {
        opened.bring_back(saved, files)?;
    }
    migrate_to(store, manifest.schema, now).await?;

    let unit = store.write().await?;
    unit.engine().alone(unit.connection()).await?;
    // Somebody may have come while nobody was alone.
    hold_empty(&unit, manifest.schema).await?;
    let tables: Vec<&'static Table> = tables_at(manifest.schema).collect();
    for (table, saved) in tables.into_iter().zip(&manifest.tables) {
        let highest = load(&unit, table, saved, &mut opened, progress).await?;
        if let Some(last) = highest.max(saved.last_number).filter(|last| *last > 0)
            && table.numbered().is_some()
        {
            numbers::go_on_after(&unit, table.name, last).await?;
        }
    }
    unit.commit().await?;
    let migrated = migrate(store, now).await?;
    Ok(Restored { migrated: Applied { from: manifest.schema, to: migrated.to }, manifest })
}

/// Holds that no table has a row and that none is newer than the backup.
async fn hold_empty(unit: &Unit, schema: i64) -> Result<(), Error> {
    let found = version_in(unit).await?;
    if found > schema {
        return Err(Error::NotEmpty { table: "schema_version".into() });
    }
    let tables: Vec<&'static Table> = tables_at(schema).collect();
    for table in tables {
        if !there(unit, table.name).await? {
            continue;
        }
        let mut any = Query::select();
        any.expr_as(Expr::val(1), Alias::new("one")).from(Alias::new(table.name)).limit(1);
        // A table that nobody has set up is somebody else's.
        if found == 0 || unit.connection().query_one(&any).await?.is_some() {
            return Err(Error::NotEmpty { table: table.name.into() });
        }
    }
    Ok(())
}

/// Loads a table and gives the highest number of its rows.
async fn load<R: Read + Seek>(
    unit: &Unit,
    table: &'static Table,
    saved: &Saved,
    opened: &mut Opened<R>,
    progress: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Option<i64>, Error> {
    let most = (MOST_VALUES / table.columns.len()).min(MOST_ROWS);
    let numbered = table.columns.iter().position(|column| column.kind == Kind::Numbered);
    let mut highest = None;
    let mut lines = opened.lines(saved)?;
    let (mut line, mut rows, mut bytes) = (Vec::new(), Vec::new(), 0);
    loop {
        let next = lines.next(&mut line)?;
        if let Some(number) = next {
            let row = row(table, &line, number, unit.engine())?;
            if let Some(Value::BigInt(id)) = numbered.and_then(|place| row.get(place)) {
                highest = highest.max(*id);
            }
            bytes += line.len();
            rows.push(row);
        }
        if rows.len() >= most || bytes >= MANY_BYTES || next.is_none() && !rows.is_empty() {
            insert(unit, table, std::mem::take(&mut rows)).await?;
            bytes = 0;
            let rows = next.unwrap_or(saved.rows);
            progress(Progress { table: table.name, rows, of: Some(saved.rows) });
        }
        if next.is_none() {
            return Ok(highest);
        }
    }
}

/// The values of a line in the order of the columns: all of them and no other.
fn row(
    table: &'static Table,
    line: &[u8],
    number: u64,
    engine: Engine,
) -> Result<Vec<Value>, Error> {
    let altered =
        |what: &str| Error::Altered { what: format!("{}: {number}: {what}", file_of(table.name)) };
    let mut fields: Map<String, Json> =
        serde_json::from_slice(line).map_err(|error| altered(&error.to_string()))?;
    let mut row = Vec::new();
    for column in table.columns {
        let field = fields.remove(column.name).ok_or_else(|| altered(column.name))?;
        let value = heard(column, field).ok_or_else(|| altered(column.name))?;
        if let (Engine::Postgres, Value::String(Some(text))) = (engine, &value)
            && text.contains('\0')
        {
            return Err(Error::Unfit { table: table.name, row: number });
        }
        row.push(value);
    }
    match fields.keys().next() {
        Some(other) => Err(altered(other)),
        None => Ok(row),
    }
}

async fn insert(unit: &Unit, table: &'static Table, rows: Vec<Vec<Value>>) -> Result<(), Error> {
    let mut insert = Query::insert();
    insert
        .into_table(Alias::new(table.name))
        .columns(table.columns.iter().map(|column| Alias::new(column.name)));
    for row in rows {
        insert
            .values(row.into_iter().map(Expr::val))
            .map_err(|error| crate::Error::Engine(error.to_string()))?;
    }
    unit.connection().execute(&insert).await?;
    Ok(())
}
