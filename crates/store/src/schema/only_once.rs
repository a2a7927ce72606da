//! Rows that are there once among those that still count: a partial unique index, and how twins end that an older
//! program has let in.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, UpdateStatement};

use crate::time::Instant;

/// Of the rows of a table that still count, no two have the same values in some columns.
#[derive(Debug)]
pub(crate) struct OnlyOnce {
    pub(crate) table: &'static str,
    pub(crate) columns: &'static [&'static str],
    /// Which rows count, in words that both engines know.
    pub(crate) among: &'static str,
    /// Whether an `other` row is kept rather than this one.
    pub(crate) kept: &'static str,
    /// What becomes of the columns of a twin that ends.
    pub(crate) ends: &'static [(&'static str, &'static str)],
    /// The column that says when it ended.
    pub(crate) ended: &'static str,
}

impl OnlyOnce {
    /// The statement that ends all twins but one.
    pub(crate) fn settling(&self, now: Instant) -> UpdateStatement {
        let table = self.table;
        let same: Vec<String> =
            self.columns.iter().map(|name| format!("other.{name} = {table}.{name}")).collect();
        // The condition names columns without their table: within the subquery these are the other row's.
        let twin = format!(
            "EXISTS (SELECT 1 FROM (SELECT * FROM {table} WHERE {}) AS other WHERE {} AND {})",
            self.among,
            same.join(" AND "),
            self.kept
        );
        let mut update = Query::update();
        update.table(Alias::new(table)).value(Alias::new(self.ended), now);
        for (column, value) in self.ends {
            update.value(Alias::new(*column), Expr::cust(*value));
        }
        update.and_where(Expr::cust(self.among).and(Expr::cust(twin)));
        update
    }

    /// The statement that keeps it so.
    pub(crate) fn index(&self) -> String {
        let (table, columns) = (self.table, self.columns.join(", "));
        format!("CREATE UNIQUE INDEX {table}_only_once ON {table} ({columns}) WHERE {}", self.among)
    }
}
