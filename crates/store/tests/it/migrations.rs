//! From nothing to the newest version, whatever happens on the way.

use store::{Applied, Error, migrate, newest, version};

use crate::bed::{at, each, each_empty};
use crate::world::{NOON, bureau};

#[test]
fn an_empty_database_becomes_the_newest_and_stays_so() {
    each_empty(async |bed| {
        assert_eq!(version(bed).await.unwrap(), 0);
        let first = migrate(bed, at(NOON)).await.unwrap();
        assert_eq!(first, Applied { from: 0, to: newest() });
        assert_eq!(version(bed).await.unwrap(), newest());
        let second = migrate(bed, at(NOON)).await.unwrap();
        assert_eq!(second, Applied { from: newest(), to: newest() });
        bed.act(bureau).await.unwrap();
    });
}

#[test]
fn processes_that_start_at_once_migrate_one_after_the_other() {
    each_empty(async |bed| {
        let mut starting = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let store = bed.again().await;
            starting.spawn(async move {
                let applied = migrate(&store, at(NOON)).await;
                store.close().await.unwrap();
                applied
            });
        }
        while let Some(applied) = starting.join_next().await {
            assert_eq!(applied.unwrap().unwrap().to, newest());
        }
        let log = bed.rows("SELECT version FROM schema_version").await;
        assert_eq!(log.len() as i64, newest());
    });
}

#[test]
fn a_migration_that_is_cut_off_leaves_a_whole_version() {
    each_empty(async |bed| {
        // Cut off after ever more time, until one comes through.
        let mut cut = 0;
        for micros in std::iter::successors(Some(400u64), |micros| Some(micros * 5 / 4)) {
            let store = bed.again().await;
            let limit = std::time::Duration::from_micros(micros);
            let through = tokio::time::timeout(limit, migrate(&store, at(NOON))).await.is_ok();
            store.close().await.unwrap();
            let found = version(bed).await.unwrap();
            let tables = bed.rows(&tables_of(bed)).await.len();
            assert_eq!(found == 0, tables == 0, "version {found} with {tables} tables");
            if through {
                break;
            }
            cut += 1;
        }
        assert!(cut > 0, "nothing was ever cut off");
        assert_eq!(version(bed).await.unwrap(), newest());
        bed.act(bureau).await.unwrap();
    });
}

#[test]
fn a_database_of_a_newer_program_is_refused_and_left_alone() {
    each(async |bed| {
        let newer = newest() + 1;
        let note = match bed.engine() {
            store::Engine::Sqlite => "'2030-01-01 00:00:00+00:00'",
            store::Engine::Postgres => "'2030-01-01 00:00:00+00'",
        };
        bed.sql(&format!("INSERT INTO schema_version VALUES ({newer}, {note})")).await;
        let refused = migrate(bed, at(NOON)).await.unwrap_err();
        assert!(
            matches!(refused, Error::Newer { found, known } if found == newer && known == newest()),
            "{refused}"
        );
    });
}

fn tables_of(bed: &crate::bed::Bed) -> String {
    match bed.engine() {
        store::Engine::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        store::Engine::Postgres => {
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        }
    }
    .to_owned()
}
