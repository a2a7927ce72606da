//! Tables as statements of an engine.

use sea_orm::sea_query::{Alias, ColumnDef, ForeignKey, ForeignKeyAction, Index};
use sea_orm::{DbBackend, Statement};

use super::table::{Column, Kind, Table};

/// The statements that make a table with its constraints and indexes.
pub(crate) fn statements(table: &Table, backend: DbBackend) -> Vec<Statement> {
    let mut create = sea_orm::sea_query::Table::create();
    create.table(Alias::new(table.name));
    for column in table.columns {
        create.col(definition(column, backend));
        if let Some(other) = column.refers {
            create.foreign_key(
                ForeignKey::create()
                    .name(format!("{}_{}", table.name, column.name))
                    .from(Alias::new(table.name), Alias::new(column.name))
                    .to(Alias::new(other), Alias::new("id"))
                    .on_delete(ForeignKeyAction::Restrict),
            );
        }
    }
    if table.numbered().is_none() {
        let mut key = Index::create();
        key.primary();
        for name in table.key() {
            key.col(Alias::new(name));
        }
        create.primary_key(&mut key);
    }
    let mut statements = vec![backend.build(&create)];
    for (columns, unique) in table
        .unique
        .iter()
        .map(|set| (set, true))
        .chain(table.indexes.iter().map(|set| (set, false)))
    {
        let mut index = Index::create();
        index
            .name(format!("{}_by_{}", table.name, columns.join("_")))
            .table(Alias::new(table.name));
        for name in *columns {
            index.col(Alias::new(*name));
        }
        if unique {
            index.unique();
        }
        statements.push(backend.build(&index));
    }
    statements
}

fn definition(column: &Column, backend: DbBackend) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column.name));
    match column.kind {
        Kind::Numbered if backend == DbBackend::Sqlite => {
            definition.integer().primary_key().auto_increment()
        }
        Kind::Numbered => definition.big_integer().primary_key().auto_increment(),
        Kind::Whole => definition.big_integer(),
        Kind::Flag => definition.boolean(),
        Kind::Text => definition.text(),
        Kind::Bytes => definition.blob(),
        Kind::Day => definition.date(),
        Kind::Instant => definition.timestamp_with_time_zone(),
    };
    if column.kind == Kind::Text && backend == DbBackend::Postgres {
        // By code point as SQLite sorts, whatever language the server was set up for.
        definition.extra("COLLATE \"C\"");
    }
    if !column.may_lack {
        definition.not_null();
    }
    definition
}
