//! An examination finds what is wrong with a database, and nothing with one that is as it should be.

use store::Engine;
use store::examine::{Finding, Severity, examine};

use crate::bed::{Bed, at, each, each_empty};
use crate::filled;
use crate::world::{NOON, bureau};

/// What is found but for the server of tests itself, which keeps nothing when the power goes.
async fn found(bed: &Bed) -> Vec<Finding> {
    let mut findings = examine(bed).await.unwrap();
    findings.retain(|finding| !["database", "durability"].contains(&finding.code));
    findings
}

async fn codes(bed: &Bed) -> Vec<&'static str> {
    found(bed).await.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_database_that_is_as_it_should_be_is_left_in_peace() {
    each(async |bed| {
        assert_eq!(found(bed).await, []);
        bed.act(bureau).await.unwrap();
        assert_eq!(found(bed).await, []);
        let all = examine(bed).await.unwrap();
        let about = all.iter().find(|finding| finding.code == "database").unwrap();
        assert!(about.en.starts_with(bed.engine().name()), "{about:?}");
        let warned = all.iter().any(|finding| finding.code == "durability");
        // The server of tests runs without fsync.
        assert_eq!(warned, bed.engine() == Engine::Postgres);
    });
}

#[test]
fn an_empty_or_a_newer_database_is_said_to_be_so() {
    each_empty(async |bed| {
        assert_eq!(codes(bed).await, ["not-set-up"]);
        store::migrate(bed, at(NOON)).await.unwrap();
        bed.sql("UPDATE schema_version SET version = version + 97").await;
        assert_eq!(codes(bed).await, ["newer-schema"]);
    });
}

#[test]
fn a_table_that_was_altered_past_the_program_is_named() {
    for (statement, part) in [
        (
            "ALTER TABLE person ADD COLUMN extra text",
            "person is not as the program has it: it has extra text",
        ),
        (
            "ALTER TABLE token DROP COLUMN name",
            "token is not as the program has it: it lacks name text",
        ),
        ("ALTER TABLE token RENAME COLUMN name TO title", "it lacks name text"),
        ("DROP TABLE audit_personal", "table audit_personal is missing"),
        (
            "DROP INDEX person_by_login",
            "person is not as the program has it: it lacks UNIQUE (login)",
        ),
        ("DROP INDEX decision_by_subject", "it lacks INDEX (subject)"),
        (
            "CREATE INDEX more ON job (kind, state)",
            "job is not as the program has it: it has INDEX (kind, state)",
        ),
    ] {
        each(async |bed| {
            bed.sql(statement).await;
            let findings = found(bed).await;
            assert!(findings.iter().all(|finding| finding.code == "shape"), "{findings:?}");
            assert!(
                findings.iter().any(|finding| finding.en.contains(part)),
                "{statement}: {findings:?}"
            );
        });
    }
}

#[test]
fn a_constraint_that_was_taken_away_is_named() {
    each(async |bed| {
        if bed.engine() == Engine::Sqlite {
            return;
        }
        for (statement, part) in [
            (
                "ALTER TABLE token DROP CONSTRAINT token_person_id",
                "FOREIGN KEY (person_id) REFERENCES person",
            ),
            ("ALTER TABLE job ALTER COLUMN kind DROP NOT NULL", "kind text collate c NOT NULL"),
            (
                "ALTER TABLE decision ALTER COLUMN base_year TYPE integer",
                "base_year bigint NOT NULL",
            ),
            (
                "ALTER TABLE person ALTER COLUMN search TYPE text COLLATE \"default\"",
                "search text collate c",
            ),
            ("ALTER TABLE setting DROP CONSTRAINT setting_pkey", "PRIMARY KEY (name)"),
        ] {
            bed.sql(statement).await;
            let findings = found(bed).await;
            let lacks = format!("it lacks {part}");
            assert!(
                findings.iter().any(|one| one.en.contains(&lacks)),
                "{statement}: {findings:?}"
            );
        }
    });
}

#[test]
fn rows_that_no_noun_can_read_are_counted() {
    for (statement, table) in [
        ("UPDATE organisation SET kind = 'castle'", "organisation"),
        ("UPDATE membership SET role = 'king' WHERE id = 1", "membership"),
        ("UPDATE decision SET base_year = 99999", "decision"),
        ("UPDATE audit_record SET outcome = 'perhaps'", "audit_record"),
    ] {
        each(async |bed| {
            crate::chain::ten(bed).await;
            bed.act(async |unit| {
                let root = bureau(unit).await?;
                let person = crate::world::somebody(unit, "a").await?;
                let state = store::membership::State::Active;
                let new = crate::world::member(person, root, state);
                store::membership::insert(unit, &new).await?;
                let made = crate::scope::decision_of(root, None);
                store::decision::insert(unit, &made).await
            })
            .await
            .unwrap();
            assert_eq!(found(bed).await, []);
            bed.sql(statement).await;
            let findings = found(bed).await;
            assert_eq!(findings.len(), 1, "{statement}: {findings:?}");
            assert_eq!((findings[0].code, findings[0].severity), ("unreadable", Severity::Fault));
            assert!(findings[0].zh.contains(table), "{findings:?}");
        });
    }
}

#[test]
fn what_nobody_wrote_so_is_found_in_every_table() {
    each(async |bed| {
        // Rows of all kinds of values, hardly one of which a noun would have written.
        filled::fill(bed).await;
        let findings = found(bed).await;
        assert!(findings.iter().all(|finding| finding.code == "unreadable"), "{findings:?}");
        for table in ["organisation", "membership", "job", "audit_record", "audit_seal"] {
            let named = format!("of table {table} ");
            assert!(findings.iter().any(|one| one.en.contains(&named)), "{table}: {findings:?}");
        }
    });
}

#[test]
fn numbers_that_would_be_given_twice_are_found() {
    each(async |bed| {
        bed.act(bureau).await.unwrap();
        bed.sql(match bed.engine() {
            Engine::Sqlite => "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'organisation'",
            Engine::Postgres => {
                "INSERT INTO organisation (id, path, kind, name, search, created_at, version) \
                 VALUES (50, '/50/', 'enterprise', 'a', 'a', '2026-01-01Z', 1)"
            }
        })
        .await;
        assert_eq!(codes(bed).await, ["numbers"]);
    });
}

#[test]
fn a_database_that_cannot_be_written_to_is_said_to_be_so() {
    each(async |bed| {
        if bed.engine() == Engine::Sqlite {
            return;
        }
        let name = bed.rows("SELECT current_database()::text AS name").await[0]
            .try_get::<String>("", "name")
            .unwrap();
        bed.sql(&format!("ALTER DATABASE {name} SET default_transaction_read_only = on")).await;
        let again = store::Store::open(&bed.place).await.unwrap();
        let findings = examine(&again).await.unwrap();
        again.close().await.unwrap();
        assert_eq!((findings[0].code, findings[0].severity), ("read-only", Severity::Fault));
    });
}

#[test]
fn a_damaged_file_is_found_and_what_refers_to_nothing() {
    each(async |bed| {
        if bed.engine() == Engine::Postgres {
            return;
        }
        bed.act(bureau).await.unwrap();
        bed.sql("PRAGMA foreign_keys = OFF; UPDATE organisation SET parent_id = 77").await;
        bed.sql("UPDATE organisation SET name = name || char(0)").await;
        assert_eq!(codes(bed).await, ["dangling", "unportable-text"]);

        let file = bed.place.in_folder().unwrap().join("tidu.db");
        bed.sql("PRAGMA wal_checkpoint(TRUNCATE)").await;
        let root = "SELECT rootpage AS root FROM sqlite_master WHERE name = 'person'";
        let root = bed.rows(root).await[0].try_get::<i64>("", "root").unwrap() as usize;
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[(root - 1) * 4096..root * 4096].fill(0x5a);
        std::fs::write(&file, bytes).unwrap();
        let again = bed.again().await;
        let findings = examine(&again).await.unwrap();
        again.close().await.unwrap();
        assert_eq!((findings[0].code, findings[0].severity), ("integrity", Severity::Fault));
        // So damaged that it cannot be opened: it will not get better by waiting.
        std::fs::write(&file, vec![0x5a; 8192]).unwrap();
        let refused = store::Store::open(&bed.place).await.unwrap_err();
        assert!(matches!(refused, store::Error::Damaged(_)), "{refused:?}");
    });
}
