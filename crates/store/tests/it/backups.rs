//! A backup is everything, of one state, whatever engine it came from and goes to; and nothing else is taken for one.

use std::io::{Cursor, Write};
use std::path::Path;

use crypto::Sm3;
use store::backup::{self, About, Error, Manifest};
use store::{Page, Store, job, organisation};

use crate::bed::{Bed, at, each, each_pair};
use crate::chain;
use crate::filled::{fill, rows};
use crate::world::{NOON, bureau, everything, firm, today};

const LATER: &str = "2026-11-24T00:00:00Z";

async fn saved(store: &Store) -> (Vec<u8>, Manifest) {
    let mut file = Vec::new();
    let about = About { program: "0.1.0", at: at(NOON), digest: &Sm3, files: None };
    let manifest = backup::write(store, &mut file, &about, &mut |_| {}).await.unwrap();
    (file, manifest)
}

/// Where files go that are not there.
fn nowhere() -> &'static Path {
    Path::new("/nowhere")
}

async fn restored(store: &Store, file: &[u8]) -> Result<backup::Restored, Error> {
    backup::restore(store, Cursor::new(file), nowhere(), at(LATER), &mut |_| {}).await
}

#[test]
fn every_row_of_every_table_comes_back_in_either_engine() {
    each_pair(async |from, to| {
        if rows(from).await["person"].is_empty() {
            fill(from).await;
        }
        let (file, manifest) = saved(from).await;
        assert_eq!(backup::manifest(Cursor::new(&file)).unwrap(), manifest);
        let mut steps: Vec<(String, u64)> = Vec::new();
        let mut heard = |step: backup::Progress<'_>| {
            assert!(step.of.is_some_and(|of| step.rows <= of), "{step:?}");
            steps.push((step.table.into(), step.rows));
        };
        let done = backup::restore(&to.store, Cursor::new(&file), nowhere(), at(LATER), &mut heard)
            .await
            .unwrap();
        assert_eq!(done.manifest, manifest);
        assert_eq!(done.migrated.to, store::newest());
        assert!(steps.contains(&("job".into(), 500)) && steps.contains(&("job".into(), 1300)));

        let (before, after) = (rows(from).await, rows(to).await);
        for (table, rows) in &before {
            assert!(!rows.is_empty(), "{table} was not filled");
            assert_eq!(rows, &after[table], "{table}");
        }
        // And so the file is the same, but for where it was made.
        let (_, again) = saved(to).await;
        assert_eq!(again.tables, manifest.tables);
    });
}

#[test]
fn numbers_go_on_after_those_of_rows_that_are_gone() {
    each_pair(async |from, to| {
        let ask = async |bed: &Bed| {
            let new = job::New {
                kind: "k",
                payload: "{}",
                only_one: None,
                attempts_allowed: 1,
                run_at: at(NOON),
                asked_by: None,
                at: at(NOON),
            };
            bed.act(async |unit| job::ask(unit, &new).await).await.unwrap().unwrap()
        };
        let first = ask(from).await;
        let gone = ask(from).await;
        from.sql(&format!("DELETE FROM job WHERE id = {gone}")).await;
        let (file, _) = saved(from).await;
        restored(to, &file).await.unwrap();
        assert!(ask(to).await > gone, "after {first} and {gone}");
        // A table that never had a row begins as it would.
        to.act(bureau).await.unwrap();
    });
}

#[test]
fn the_audit_chain_is_whole_after_a_restore() {
    each_pair(async |from, to| {
        if chain::verified(from, None).await.records == 0 {
            chain::ten(from).await;
        }
        let (file, _) = saved(from).await;
        restored(to, &file).await.unwrap();
        let report = chain::verified(to, None).await;
        assert_eq!((report.records, report.problems), (10, vec![]));
        // And goes on.
        chain::append(to, chain::draft(Some(1), None), &Sm3).await.unwrap();
        assert_eq!(chain::verified(to, None).await.problems, []);
    });
}

#[test]
fn a_backup_is_of_one_state_while_others_write() {
    each_pair(async |from, to| {
        if from.look(organisation::root).await.is_none() {
            fill_some(from).await;
        }
        let root = from.look(organisation::root).await.unwrap().id;
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let mut writing = tokio::task::JoinSet::new();
        for _ in 0..3 {
            let (store, stopped) = (from.store.clone(), stopped.clone());
            writing.spawn(async move {
                while !*stopped.borrow() {
                    // The later table first: a backup that looks twice sees the one without the other.
                    let unit = store.write().await.unwrap();
                    let new = firm(Some(root), "与作业同在", None);
                    let firm = organisation::insert(&unit, &new).await.unwrap();
                    let payload = firm.id.to_string();
                    let job = job::New {
                        kind: "pair",
                        payload: &payload,
                        only_one: None,
                        attempts_allowed: 1,
                        run_at: at(NOON),
                        asked_by: None,
                        at: at(NOON),
                    };
                    job::ask(&unit, &job).await.unwrap();
                    unit.commit().await.unwrap();
                }
            });
        }
        let count = async |bed: &Bed| {
            let all = everything();
            let seen = today(&all);
            bed.look(async |unit| {
                let wanted =
                    organisation::Wanted { words: Some("与作业同在"), ..Default::default() };
                let firms = organisation::list(unit, &wanted, &seen, Page::ALL).await?;
                let jobs = job::list(unit, None, &seen, Page::ALL).await?;
                let pairs = jobs.rows.iter().filter(|job| job.kind == "pair");
                let mut pairs: Vec<i64> = pairs.map(|job| job.payload.parse().unwrap()).collect();
                pairs.sort_unstable();
                Ok((firms.rows.iter().map(|row| row.id).collect::<Vec<_>>(), pairs))
            })
            .await
        };
        while count(from).await.0.len() < 20 {}
        let (file, manifest) = saved(from).await;
        stop.send(true).unwrap();
        writing.join_all().await;
        restored(to, &file).await.unwrap();
        let (firms, pairs) = count(to).await;
        assert!(firms.len() >= 20, "{} in {} rows", firms.len(), manifest.rows());
        assert_eq!(firms, pairs);
    });
}

async fn fill_some(bed: &Bed) {
    bed.act(async |unit| {
        let root = bureau(unit).await?;
        for _ in 0..60 {
            organisation::insert(unit, &firm(Some(root), "某企业", None)).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

#[test]
fn a_file_that_was_cut_or_changed_is_refused_and_leaves_nothing() {
    each_pair(async |from, to| {
        if from.engine() != to.engine() {
            return;
        }
        fill_some(from).await;
        let (file, _) = saved(from).await;
        for end in 0..file.len() {
            let cut = backup::manifest(Cursor::new(&file[..end])).unwrap_err();
            let told = if end < 4 {
                matches!(cut, Error::NotABackup)
            } else {
                matches!(cut, Error::Truncated)
            };
            assert!(told, "cut at {end} of {}: {cut:?}", file.len());
        }
        let expected = rows(from).await;
        for place in (0..file.len()).step_by(1 + file.len() / 25) {
            let mut changed = file.clone();
            changed[place] ^= 1 << (place % 8);
            let whole = backup::check(Cursor::new(&changed)).is_ok();
            match restored(to, &changed).await {
                Err(_) if whole => panic!("byte {place}: the check found nothing"),
                Err(
                    Error::Altered { .. }
                    | Error::Truncated
                    | Error::NotABackup
                    | Error::Newer { .. },
                ) => {}
                // Where ZIP keeps what nobody reads, the rows are what they were.
                Ok(_) => {
                    assert!(whole, "byte {place}");
                    assert_eq!(rows(to).await, expected, "byte {place}");
                    to.sql("DELETE FROM organisation WHERE parent_id IS NOT NULL").await;
                    to.sql("DELETE FROM organisation").await;
                }
                Err(other) => panic!("byte {place}: {other:?}"),
            }
        }
        // After all that it still may be restored.
        restored(to, &file).await.unwrap();
        assert_eq!(rows(to).await, expected);
    });
}

#[test]
fn what_an_engine_cannot_keep_is_said_and_nothing_is_left() {
    each_pair(async |from, to| {
        if from.engine() == to.engine() || from.engine() == store::Engine::Postgres {
            return;
        }
        from.act(bureau).await.unwrap();
        from.sql("UPDATE organisation SET name = 'a' || char(0)").await;
        let (file, _) = saved(from).await;
        let refused = restored(to, &file).await.unwrap_err();
        let told = matches!(refused, Error::Unfit { table: "organisation", row: 1, .. });
        assert!(told, "{refused:?}");
        assert_eq!(to.look(organisation::root).await, None);
    });
}

/// Jobs run on any thread.
#[allow(dead_code, reason = "it is enough that it compiles")]
fn both_may_be_part_of_a_job(store: &'static Store) {
    fn sent(_: impl Send) {}
    let about = About { program: "", at: at(NOON), digest: &Sm3, files: None };
    sent(async move { backup::write(store, Vec::new(), &about, &mut |_| {}).await });
    sent(
        async move { backup::restore(store, Cursor::new([]), nowhere(), at(NOON), &mut |_| {}).await },
    );
}

#[test]
fn only_an_empty_database_is_restored_into() {
    each_pair(async |from, to| {
        let (file, _) = saved(from).await;
        store::migrate(to, at(NOON)).await.unwrap();
        restored(to, &file).await.unwrap();
        to.act(bureau).await.unwrap();
        let refused = restored(to, &file).await.unwrap_err();
        assert!(matches!(&refused, Error::NotEmpty { table } if table == "organisation"));
        assert!(to.look(organisation::root).await.is_some());
    });
    each_pair(async |from, to| {
        let mut file = Vec::new();
        let about = About { program: "0.1.0", at: at(NOON), digest: &Sm3, files: None };
        let nothing = backup::write(to, &mut file, &about, &mut |_| {}).await.unwrap_err();
        assert!(matches!(nothing, Error::NothingThere));
        to.sql("CREATE TABLE person (somebody_elses text)").await;
        let (file, _) = saved(from).await;
        let refused = restored(to, &file).await.unwrap_err();
        assert!(matches!(&refused, Error::NotEmpty { table } if table == "person"));
    });
}

/// The files of a ZIP, changed and put together again.
fn remade(file: &[u8], change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..from.len() {
        let mut entry = from.by_index(number).unwrap();
        let name = entry.name().unwrap().to_string();
        let mut text = Vec::new();
        std::io::copy(&mut entry, &mut text).unwrap();
        if let Some(text) = change(&name, text) {
            to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            to.write_all(&text).unwrap();
        }
    }
    to.finish().unwrap().into_inner()
}

/// What was done to a file, the file, and whether an error says so.
type Case = (&'static str, Vec<u8>, fn(&Error) -> bool);

#[test]
fn what_is_wrong_with_a_file_is_said() {
    each(async |from| {
        fill_some(from).await;
        let (file, _) = saved(from).await;
        let only = |wanted: &'static str, change: fn(String) -> String| {
            remade(&file, |name, text| {
                let text = if name == wanted {
                    change(String::from_utf8(text).unwrap()).into_bytes()
                } else {
                    text
                };
                Some(text)
            })
        };
        let manifest = "manifest.json";
        let rows = "organisation.jsonl";
        let cases: Vec<Case> = vec![
            ("text", b"hello, this is no backup".to_vec(), |e| matches!(e, Error::NotABackup)),
            ("nothing", vec![], |e| matches!(e, Error::NotABackup)),
            ("another ZIP", remade(&file, |name, text| (name == rows).then_some(text)), |e| {
                matches!(e, Error::NotABackup)
            }),
            ("unfinished", remade(&file, |name, text| (name != manifest).then_some(text)), |e| {
                matches!(e, Error::Truncated)
            }),
            (
                "without a table",
                remade(&file, |name, text| (name != rows).then_some(text)),
                |e| matches!(e, Error::Altered { what } if what.contains("organisation")),
            ),
            (
                "newer form",
                only(manifest, |text| text.replace("\"format\": 1", "\"format\": 2")),
                |e| matches!(e, Error::Newer { what: "format", found: 2, known: 1 }),
            ),
            (
                "newer tables",
                only(manifest, |text| {
                    text.replace(&format!("\"schema\": {}", store::newest()), "\"schema\": 99")
                }),
                |e| matches!(e, Error::Newer { what: "schema", found: 99, .. }),
            ),
            (
                "unknown digest",
                only(manifest, |text| text.replace("\"sm3\"", "\"md5\"")),
                |e| matches!(e, Error::Altered { what } if what.contains("md5")),
            ),
            (
                "another name in a row",
                only(rows, |text| text.replacen("某企业", "它企业", 1)),
                |e| matches!(e, Error::Altered { what } if what.contains("digest")),
            ),
            ("a row less", only(rows, |text| text.split_once('\n').unwrap().1.to_owned()), |e| {
                matches!(e, Error::Altered { .. })
            }),
            (
                "two rows changed about",
                only(rows, |text| {
                    let mut lines: Vec<_> = text.split_inclusive('\n').collect();
                    lines.swap(5, 6);
                    lines.concat()
                }),
                |e| matches!(e, Error::Altered { .. }),
            ),
            (
                "a line without end",
                only(rows, |text| text + &"x".repeat(50_000_000)),
                |e| matches!(e, Error::Altered { what } if what.contains("length")),
            ),
        ];
        for fresh in testbed::fresh().into_iter().take(1) {
            let testbed::Fresh::Sqlite(folder) = fresh else { continue };
            let place = store::Place::folder(folder.path()).unwrap();
            let store = Store::open(&place).await.unwrap();
            for (what, file, fits) in &cases {
                let refused = restored(&store, file).await.unwrap_err();
                assert!(fits(&refused), "{what}: {refused:?}");
            }
        }
    });
}
