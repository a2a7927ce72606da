//! Every row of a table, page after page in the order of its key, so that no table is too large.

use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Order, Query, SelectStatement, Value};
use sea_orm::{ConnectionTrait, QueryResult};

use crate::database::Unit;
use crate::error::Error;
use crate::schema::table::{Column, Kind, Table};
use crate::time::{Day, Instant};

/// A walk through a table that is under way.
pub(crate) struct Walk {
    table: &'static Table,
    keys: Vec<&'static Column>,
    last: Option<Vec<Value>>,
    /// A page has at most so many rows.
    pub(crate) most: u64,
}

impl Walk {
    pub(crate) fn new(table: &'static Table, most: u64) -> Self {
        let keys = table.columns.iter().filter(|column| column.is_key()).collect();
        Self { table, keys, last: None, most }
    }

    /// The next page; empty after the last.
    pub(crate) async fn page(&mut self, unit: &Unit) -> Result<Vec<QueryResult>, Error> {
        let select = page(self.table, &self.keys, self.last.as_deref(), self.most);
        let rows = unit.connection().query_all(&select).await?;
        if let Some(end) = rows.last() {
            let key = self.keys.iter().map(|key| taken(end, key));
            self.last = Some(key.collect::<Result<_, _>>()?);
        }
        Ok(rows)
    }
}

/// Takes a column of a row.
pub(crate) fn taken(row: &QueryResult, column: &Column) -> Result<Value, Error> {
    let name = column.name;
    Ok(match column.kind {
        Kind::Numbered | Kind::Whole => Value::BigInt(row.try_get("", name)?),
        Kind::Flag => Value::Bool(row.try_get("", name)?),
        Kind::Text => Value::String(row.try_get("", name)?),
        Kind::Bytes => Value::Bytes(row.try_get("", name)?),
        Kind::Day => Value::ChronoDate(row.try_get::<Option<Day>>("", name)?),
        Kind::Instant => Value::ChronoDateTimeUtc(row.try_get::<Option<Instant>>("", name)?),
    })
}

/// The rows after a key, in the order of keys.
fn page(
    table: &'static Table,
    keys: &[&Column],
    after: Option<&[Value]>,
    most: u64,
) -> SelectStatement {
    let mut select = Query::select();
    select
        .columns(table.columns.iter().map(|column| Alias::new(column.name)))
        .from(Alias::new(table.name))
        .limit(most);
    for key in keys {
        select.order_by(Alias::new(key.name), Order::Asc);
    }
    if let Some(after) = after {
        let column = |key: &Column| Expr::col(Alias::new(key.name));
        let mut later = Condition::any();
        for (place, (key, value)) in keys.iter().zip(after).enumerate() {
            let mut here = Condition::all().add(column(key).gt(value.clone()));
            for (same, value) in keys.iter().zip(after).take(place) {
                here = here.add(column(same).eq(value.clone()));
            }
            later = later.add(here);
        }
        select.cond_where(later);
    }
    select
}
