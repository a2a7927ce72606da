//! The last number that an engine gave to a row of a table.

use sea_orm::{ConnectionTrait, Statement};

use crate::database::Unit;
use crate::engine::Engine;
use crate::error::Error;

/// The last number given, also if its row is gone. None before the first.
pub(crate) async fn last(unit: &Unit, table: &'static str) -> Result<Option<i64>, Error> {
    let question = match unit.engine() {
        Engine::Sqlite => format!("SELECT seq AS last FROM sqlite_sequence WHERE name = '{table}'"),
        Engine::Postgres => {
            format!("SELECT pg_sequence_last_value({}) AS last", sequence(table))
        }
    };
    match ask(unit, question).await? {
        Some(row) => Ok(row.try_get("", "last")?),
        None => Ok(None),
    }
}

/// Has the engine go on after a number.
pub(crate) async fn go_on_after(unit: &Unit, table: &'static str, last: i64) -> Result<(), Error> {
    let orders = match unit.engine() {
        Engine::Sqlite => vec![
            format!("DELETE FROM sqlite_sequence WHERE name = '{table}'"),
            format!("INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', {last})"),
        ],
        Engine::Postgres => vec![format!("SELECT setval({}, {last})", sequence(table))],
    };
    for order in orders {
        let order = Statement::from_string(unit.engine().backend(), order);
        unit.connection().execute_raw(order).await.map_err(Error::from)?;
    }
    Ok(())
}

fn sequence(table: &str) -> String {
    format!("pg_get_serial_sequence('{table}', 'id')::regclass")
}

async fn ask(unit: &Unit, question: String) -> Result<Option<sea_orm::QueryResult>, Error> {
    let question = Statement::from_string(unit.engine().backend(), question);
    Ok(unit.connection().query_one_raw(question).await?)
}
