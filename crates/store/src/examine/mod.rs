//! An examination of a database: whether it is whole, has the shape that this program works with, and can be written
//! to. It changes nothing, and what it finds it says as data: `tidu doctor` prints it.

mod finding;
mod rows;
mod server;
mod shape;

pub use finding::{Finding, Severity};

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, QueryResult, Statement};

use crate::backup::numbers;
use crate::database::{Store, Unit};
use crate::error::Error;
use crate::schema::{newest, tables_at, version_in};

/// Everything that is to be said about a database, the worst first. It reads every row: on a large database it takes
/// its time, while others go on working. It is an error only if the database is not to be had.
pub async fn examine(store: &Store) -> Result<Vec<Finding>, Error> {
    let mut findings = writable(store).await;
    match look_through(store, &mut findings).await {
        // A file may be too damaged to be asked any further.
        Err(Error::Engine(why) | Error::Damaged(why)) => findings.push(finding::integrity(&why)),
        other => other?,
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Ok(findings)
}

async fn look_through(store: &Store, findings: &mut Vec<Finding>) -> Result<(), Error> {
    let unit = store.read().await?;
    server::examined(&unit, findings).await?;
    let version = version_in(&unit).await?;
    findings.extend(version_fits(version));
    if version == 0 || version > newest() {
        return Ok(());
    }
    let wrong = shape::examined(&unit, version).await?;
    // Rows of a table that has another shape say nothing more.
    let readable = wrong.is_empty();
    findings.extend(wrong);
    if readable {
        findings.extend(numbers_fit(&unit, version).await?);
        findings.extend(rows::texts(&unit, version).await?);
    }
    if readable && version == newest() {
        findings.extend(rows::examined(&unit).await?);
    }
    Ok(())
}

/// Whether a unit that writes is to be had.
async fn writable(store: &Store) -> Vec<Finding> {
    let tried = async {
        let unit = store.write().await?;
        server::takes_writes(&unit).await
    };
    match tried.await {
        Ok(true) => Vec::new(),
        Ok(false) => vec![finding::read_only(None)],
        Err(error) => vec![finding::read_only(Some(&error))],
    }
}

fn version_fits(version: i64) -> Option<Finding> {
    match version {
        0 => Some(finding::not_set_up()),
        older if older < newest() => Some(finding::older(older, newest())),
        newer if newer > newest() => Some(finding::newer(newer, newest())),
        _ => None,
    }
}

/// Whether the engine goes on after the highest number of each table.
async fn numbers_fit(unit: &Unit, version: i64) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for table in tables_at(version).filter(|table| table.numbered().is_some()) {
        let mut highest = Query::select();
        highest
            .expr_as(Expr::col(Alias::new("id")).max(), Alias::new("highest"))
            .from(Alias::new(table.name));
        let Some(row) = unit.connection().query_one(&highest).await? else { continue };
        let highest: Option<i64> = row.try_get("", "highest")?;
        let last = numbers::last(unit, table.name).await?;
        if let Some(highest) = highest.filter(|_| last < highest) {
            findings.push(finding::numbers(table.name, last.unwrap_or_default(), highest));
        }
    }
    Ok(findings)
}

/// The rows that a question in the engine's own words is answered with.
async fn asked(unit: &Unit, question: String) -> Result<Vec<QueryResult>, Error> {
    let question = Statement::from_string(unit.engine().backend(), question);
    Ok(unit.connection().query_all_raw(question).await?)
}
