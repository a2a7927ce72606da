//! The tables as the catalogue of the engine has them, held against the tables as the schema says they are.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, asked, finding};
use crate::database::Unit;
use crate::engine::Engine;
use crate::error::Error;
use crate::schema::table::{Column, Kind, Table};
use crate::schema::{only_once_at, tables_at, there};

pub(super) async fn examined(unit: &Unit, version: i64) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for table in tables_at(version) {
        if !there(unit, table.name).await? {
            let name = table.name;
            findings.push(finding::shape((
                format!("缺少表 {name}"),
                format!("table {name} is missing"),
            )));
            continue;
        }
        let found = Found::of(unit, table.name).await?;
        let wanted = Found::wanted(table, version, unit.engine());
        findings.extend(wanted.but_not(&found).map(|part| differs(table, "缺少", "lacks", &part)));
        findings.extend(found.but_not(&wanted).map(|part| differs(table, "多出", "has", &part)));
    }
    Ok(findings)
}

fn differs(table: &Table, zh: &str, en: &str, part: &str) -> Finding {
    let name = table.name;
    finding::shape((
        format!("表 {name} 与程序不符：{zh} {part}"),
        format!("table {name} is not as the program has it: it {en} {part}"),
    ))
}

/// Everything that makes the shape of a table, each part as a line of words.
struct Found(BTreeSet<String>);

impl Found {
    fn but_not<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = String> + 'a {
        self.0.difference(&other.0).cloned()
    }

    fn wanted(table: &Table, version: i64, engine: Engine) -> Self {
        let mut parts = BTreeSet::new();
        for column in table.columns {
            parts.insert(column_line(column.name, kind(column, engine), column.may_lack));
            if let Some(other) = column.refers {
                parts.insert(foreign_line(column.name, other));
            }
        }
        parts.insert(format!("PRIMARY KEY ({})", table.key().join(", ")));
        parts.extend(table.unique.iter().map(|set| index_line(Index::Once, &set.join(", "))));
        parts.extend(table.indexes.iter().map(|set| index_line(Index::Plain, &set.join(", "))));
        parts.extend(
            only_once_at(version, table.name)
                .map(|one| index_line(Index::OnceAmongSome, &one.columns.join(", "))),
        );
        Self(parts)
    }

    async fn of(unit: &Unit, table: &str) -> Result<Self, Error> {
        let questions = Questions::of(unit.engine(), table);
        let mut parts = BTreeSet::new();
        for row in asked(unit, questions.columns).await? {
            let (name, kind): (String, String) =
                (row.try_get("", "name")?, row.try_get("", "type")?);
            parts.insert(column_line(&name, &kind.to_lowercase(), row.try_get("", "may_lack")?));
        }
        for row in asked(unit, questions.foreign).await? {
            let (name, other): (String, String) =
                (row.try_get("", "name")?, row.try_get("", "other")?);
            parts.insert(foreign_line(&name, &other));
        }
        let mut key = Vec::new();
        for row in asked(unit, questions.key).await? {
            key.push(row.try_get::<String>("", "name")?);
        }
        parts.insert(format!("PRIMARY KEY ({})", key.join(", ")));
        let mut indexes: BTreeMap<String, (Index, Vec<String>)> = BTreeMap::new();
        for row in asked(unit, questions.indexes).await? {
            let index = indexes.entry(row.try_get("", "index_name")?).or_default();
            index.0 = Index::of(row.try_get("", "once")?, row.try_get("", "part")?);
            index.1.push(row.try_get("", "name")?);
        }
        parts.extend(indexes.values().map(|(index, names)| index_line(*index, &names.join(", "))));
        Ok(Self(parts))
    }
}

fn column_line(name: &str, kind: &str, may_lack: bool) -> String {
    format!("{name} {kind}{}", if may_lack { "" } else { " NOT NULL" })
}

fn foreign_line(name: &str, other: &str) -> String {
    format!("FOREIGN KEY ({name}) REFERENCES {other}")
}

/// What an index is for.
#[derive(Clone, Copy, Default)]
enum Index {
    /// To find rows.
    #[default]
    Plain,
    /// Values are there once.
    Once,
    /// Values are there once among the rows that count.
    OnceAmongSome,
    /// One that no version makes.
    OfSome,
}

impl Index {
    fn of(once: bool, part: bool) -> Self {
        match (once, part) {
            (false, false) => Self::Plain,
            (true, false) => Self::Once,
            (true, true) => Self::OnceAmongSome,
            (false, true) => Self::OfSome,
        }
    }
}

fn index_line(index: Index, names: &str) -> String {
    match index {
        Index::Plain => format!("INDEX ({names})"),
        Index::Once => format!("UNIQUE ({names})"),
        Index::OnceAmongSome => format!("UNIQUE ({names}) WHERE …"),
        Index::OfSome => format!("INDEX ({names}) WHERE …"),
    }
}

/// What an engine calls a kind.
fn kind(column: &Column, engine: Engine) -> &'static str {
    match (column.kind, engine) {
        (Kind::Numbered | Kind::Whole, Engine::Sqlite) => "integer",
        (Kind::Numbered | Kind::Whole, Engine::Postgres) => "bigint",
        (Kind::Flag, _) => "boolean",
        (Kind::Text, Engine::Sqlite) => "text",
        (Kind::Text, Engine::Postgres) => "text collate c",
        (Kind::Bytes, Engine::Sqlite) => "blob",
        (Kind::Bytes, Engine::Postgres) => "bytea",
        (Kind::Day, Engine::Sqlite) => "date_text",
        (Kind::Day, Engine::Postgres) => "date",
        (Kind::Instant, Engine::Sqlite) => "timestamp_with_timezone_text",
        (Kind::Instant, Engine::Postgres) => "timestamp with time zone",
    }
}

/// What a catalogue is asked, so that both engines answer with the same columns.
struct Questions {
    columns: String,
    foreign: String,
    key: String,
    indexes: String,
}

impl Questions {
    fn of(engine: Engine, table: &str) -> Self {
        match engine {
            Engine::Sqlite => Self {
                columns: format!(
                    "SELECT name, type, \"notnull\" = 0 AND pk = 0 AS may_lack \
                     FROM pragma_table_info('{table}')"
                ),
                foreign: format!(
                    "SELECT \"from\" AS name, \"table\" AS other \
                     FROM pragma_foreign_key_list('{table}')"
                ),
                key: format!(
                    "SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk"
                ),
                indexes: format!(
                    "SELECT list.name AS index_name, list.\"unique\" = 1 AS once, list.partial = 1 AS part, part.name AS name \
                     FROM pragma_index_list('{table}') AS list, pragma_index_info(list.name) AS part \
                     WHERE list.origin <> 'pk' ORDER BY list.name, part.seqno"
                ),
            },
            Engine::Postgres => {
                let index = format!(
                    "FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(number, place) \
                     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number \
                     JOIN pg_class c ON c.oid = i.indexrelid \
                     WHERE i.indrelid = to_regclass('{table}') AND i.indisvalid"
                );
                Self {
                    columns: format!(
                        "SELECT column_name::text AS name, is_nullable = 'YES' AS may_lack, \
                         data_type || CASE WHEN data_type = 'text' \
                         THEN ' collate ' || coalesce(collation_name, 'default') ELSE '' END AS type \
                         FROM information_schema.columns \
                         WHERE table_schema = current_schema() AND table_name = '{table}'"
                    ),
                    foreign: format!(
                        "SELECT a.attname::text AS name, c.confrelid::regclass::text AS other \
                         FROM pg_constraint c \
                         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
                         WHERE c.contype = 'f' AND c.convalidated AND c.conrelid = to_regclass('{table}')"
                    ),
                    key: format!(
                        "SELECT a.attname::text AS name {index} AND i.indisprimary ORDER BY k.place"
                    ),
                    indexes: format!(
                        "SELECT c.relname::text AS index_name, i.indisunique AS once, \
                         i.indpred IS NOT NULL AS part, a.attname::text AS name {index} AND NOT i.indisprimary ORDER BY c.relname, k.place"
                    ),
                }
            }
        }
    }
}
