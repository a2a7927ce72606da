//! The shape of the database, version by version, and the way from any version to the newest.
//!
//! A version only adds: tables, columns, indexes. It is written in a small language of its own ([`table`]), from
//! which both engines get their statements and the backup its list of what to copy.

mod migrate;
mod only_once;
mod render;
pub(crate) mod table;
mod v1;
mod v2;
mod v3;

pub use migrate::{Applied, migrate, migrate_to, version};
pub(crate) use migrate::{there, version_in};

use only_once::OnlyOnce;
use table::Table;

/// What one version adds.
pub(crate) struct Version {
    pub(crate) number: i64,
    pub(crate) tables: &'static [&'static [Table]],
    /// What is there only once from then on.
    pub(crate) only_once: &'static [OnlyOnce],
}

/// All versions, the oldest first. A released one is never changed.
pub(crate) const VERSIONS: &[Version] = &[
    Version { number: 1, tables: &[v1::TABLES], only_once: &[] },
    Version { number: 2, tables: v2::TABLES, only_once: &[] },
    Version { number: 3, tables: &[], only_once: v3::ONLY_ONCE },
];

/// The version that this program works with.
pub fn newest() -> i64 {
    VERSIONS.iter().map(|version| version.number).max().unwrap_or_default()
}

/// All tables as they are at a version, each after those that it refers to.
pub(crate) fn tables_at(number: i64) -> std::vec::IntoIter<&'static Table> {
    let versions = VERSIONS.iter().filter(|version| version.number <= number);
    let tables = versions.flat_map(|version| version.tables.iter().copied().flatten());
    // A list, since callers wait for the database between one table and the next.
    tables.collect::<Vec<_>>().into_iter()
}

/// What a table has only once at a version.
pub(crate) fn only_once_at(number: i64, table: &str) -> impl Iterator<Item = &'static OnlyOnce> {
    let versions = VERSIONS.iter().filter(move |version| version.number <= number);
    versions.flat_map(|version| version.only_once).filter(move |one| one.table == table)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_table_refers_only_to_tables_before_it() {
        let mut before = BTreeSet::new();
        for table in tables_at(newest()) {
            for column in table.columns {
                if let Some(other) = column.refers {
                    assert!(
                        before.contains(other) || other == table.name,
                        "{}.{} refers to {other}, which comes later",
                        table.name,
                        column.name
                    );
                }
            }
            assert!(before.insert(table.name), "{} is there twice", table.name);
        }
    }

    #[test]
    fn what_is_unique_or_indexed_is_a_column() {
        for table in tables_at(newest()) {
            let columns: BTreeSet<_> = table.columns.iter().map(|column| column.name).collect();
            let only_once = only_once_at(newest(), table.name).map(|one| &one.columns);
            for name in table.unique.iter().chain(table.indexes).chain(only_once).copied().flatten()
            {
                assert!(columns.contains(name), "{}.{name}", table.name);
            }
        }
    }

    #[test]
    fn every_table_has_a_key() {
        for table in tables_at(newest()) {
            assert!(!table.key().is_empty(), "{} has no key", table.name);
        }
    }
}
