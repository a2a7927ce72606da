//! From nothing to the newest version, whatever happens on the way.

use store::{Applied, Error, migrate, newest, version};

use crate::bed::{at, each, each_empty};
use crate::filled::{fill_those, rows_of, tables_at};
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

/// A database that an older program has worked with, not an empty one: every table of that version is full.
#[test]
fn every_row_that_an_older_program_wrote_is_there_after_the_migration() {
    for older in 1..newest() {
        each_empty(async |bed| {
            store::migrate_to(bed, older, at(NOON)).await.unwrap();
            let tables = tables_at(older).await;
            fill_those(bed, &tables).await;
            let before = rows_of(bed, &tables).await;
            assert!(before.values().all(|rows| !rows.is_empty()), "{older}");

            let applied = migrate(bed, at(NOON)).await.unwrap();
            assert_eq!(applied, Applied { from: older, to: newest() });
            assert_eq!(rows_of(bed, &tables).await, before, "from version {older}");
            let found = store::examine::examine(bed).await.unwrap();
            assert!(found.iter().all(|finding| finding.code != "shape"), "{older}: {found:?}");
            // The newest program writes beside what is there.
            bed.act(bureau).await.unwrap();
        });
    }
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

/// What an older program let in twice on PostgreSQL when it was asked twice at the same moment.
#[test]
fn what_an_older_program_has_let_in_twice_ends_with_the_migration() {
    each_empty(async |bed| {
        store::migrate_to(bed, 2, at(NOON)).await.unwrap();
        let (place, person) = bed
            .act(async |unit| {
                Ok((bureau(unit).await?, crate::world::somebody(unit, "w.twice").await?))
            })
            .await
            .unwrap();
        let role = async |state, from| {
            let new = crate::world::member(person, place, state);
            let new = store::membership::New { from: crate::bed::day(from), ..new };
            bed.act(async |unit| store::membership::insert(unit, &new).await).await
        };
        let given = async |from| {
            let (from, until) = (crate::bed::day(from), crate::bed::day("2027-01-01"));
            bed.act(async |unit| {
                store::delegation::insert(unit, place, place, from, until, person, at(NOON)).await
            })
            .await
        };
        use store::membership::State::{Active, Proposed};
        let (today, before) = ("2026-11-23", "2025-11-23");
        for (state, from) in [(Active, before), (Proposed, today), (Active, today), (Active, today)]
        {
            role(state, from).await.unwrap();
        }
        for from in [before, today, today] {
            given(from).await.unwrap();
        }
        migrate(bed, at(NOON)).await.unwrap();
        let memberships =
            bed.look(async |unit| store::membership::of_person(unit, person).await).await;
        let stands: Vec<_> = memberships.iter().map(|held| (held.id, held.state)).collect();
        use store::membership::State::Ended;
        assert_eq!(stands, [(1, Active), (2, Ended), (3, Active), (4, Ended)]);
        assert!(memberships.iter().all(|held| (held.state == Ended) == held.ended.is_some()));
        let open = "SELECT id FROM delegation WHERE revoked_at IS NULL ORDER BY id";
        let open: Vec<i64> =
            bed.rows(open).await.iter().map(|row| row.try_get("", "id").unwrap()).collect();
        assert_eq!(open, [1, 2]);
        // From now on the database itself keeps it so; what has ended stands in nobody's way.
        for state in [Active, Proposed] {
            assert!(matches!(role(state, today).await, Err(Error::Taken(_))));
        }
        assert!(matches!(given(today).await, Err(Error::Taken(_))));
        role(Active, "2026-11-24").await.unwrap();
        let found = store::examine::examine(bed).await.unwrap();
        assert!(found.iter().all(|finding| finding.code != "shape"), "{found:?}");
    });
}
