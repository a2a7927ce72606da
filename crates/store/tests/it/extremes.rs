//! Instants, days and numbers at their ends mean the same on every engine.

use jiff::{Timestamp, ToSpan};
use store::{decision, delegation, job, organisation};

use crate::bed::{at, day, each};
use crate::scope::decision_of;
use crate::world::{NOON, bureau, everything, firm, somebody, today};

const INSTANTS: [&str; 10] = [
    "0001-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999999Z",
    "1970-01-01T00:00:00Z",
    "1970-01-01T00:00:00.000001Z",
    "2026-11-23T04:00:00Z",
    "2026-11-23T04:00:00.1Z",
    "2026-11-23T04:00:00.100001Z",
    "2026-11-23T04:00:00.999999Z",
    "2026-11-23T04:00:01Z",
    "9999-12-30T21:59:59.999999Z",
];

#[test]
fn instants_keep_their_microseconds_and_their_order() {
    each(async |bed| {
        let mut ids = Vec::new();
        for instant in INSTANTS {
            let new = job::New {
                kind: "k",
                payload: "{}",
                only_one: None,
                attempts_allowed: i64::MAX,
                run_at: at(instant),
                asked_by: None,
                at: at(instant),
            };
            ids.push(bed.act(async |unit| job::ask(unit, &new).await).await.unwrap().unwrap());
        }
        for (id, instant) in ids.iter().zip(INSTANTS) {
            let found = bed.look(async |unit| job::get(unit, *id).await).await.unwrap();
            assert_eq!((found.run_at, found.created), (at(instant), at(instant)));
            assert_eq!(found.attempts_allowed, i64::MAX);
        }
        // The one that is due longest comes first, and none before its microsecond.
        for (id, instant) in ids.into_iter().zip(INSTANTS) {
            let instant = at(instant);
            let take = async |now: Timestamp| {
                bed.act(async |unit| job::take(unit, "w", &["k"], now, Timestamp::MAX).await)
                    .await
                    .unwrap()
            };
            assert_eq!(take(instant - 1.microsecond()).await.map(|job| job.id), None, "{instant}");
            assert_eq!(take(instant).await.map(|job| job.id), Some(id), "{instant}");
        }
    });
}

#[test]
fn an_instant_is_cut_to_the_microsecond_alike() {
    each(async |bed| {
        let new = organisation::New {
            at: at("2026-11-23T04:00:00.123456789Z"),
            ..firm(None, "甲", None)
        };
        let entered = bed.act(async |unit| organisation::insert(unit, &new).await).await.unwrap();
        let found = bed.look(organisation::root).await.unwrap();
        assert_eq!(found.created, at("2026-11-23T04:00:00.123456Z"));
        assert_eq!(entered.created, found.created, "what is said is what is there");
    });
}

#[test]
fn days_and_numbers_read_back_at_their_ends() {
    each(async |bed| {
        let (root, by) = bed
            .act(async |unit| Ok((bureau(unit).await?, somebody(unit, "a").await?)))
            .await
            .unwrap();
        let all = everything();
        for text in ["0001-01-01", "1949-10-01", "1969-12-31", "2024-02-29", "9999-12-31"] {
            let id = bed
                .act(async |unit| {
                    delegation::insert(unit, root, root, day(text), day(text), by, at(NOON)).await
                })
                .await
                .unwrap();
            let found = bed.look(async |unit| delegation::find(unit, id, &today(&all)).await);
            let found = found.await.unwrap();
            assert_eq!((found.from, found.until), (day(text), day(text)));
        }
        for (base_year, journal) in [(i16::MAX, i64::MIN), (i16::MIN, i64::MAX), (0, 0)] {
            let mut made = decision_of(root, None);
            (made.base_year, made.journal) = (base_year, Some(journal));
            made.as_of = day("9999-12-31");
            made.facts = "梯度🏭\u{1F468}\u{200D}\u{1F469}\r\n\t\"\\\u{7f}".repeat(5_000);
            made.id = bed.act(async |unit| decision::insert(unit, &made).await).await.unwrap();
            let found = bed.look(async |unit| decision::find(unit, made.id, &today(&all)).await);
            assert_eq!(found.await, Some(made));
        }
    });
}

#[test]
fn a_version_that_no_row_has_changes_nothing_whatever_number_it_is() {
    each(async |bed| {
        let root = bed.act(bureau).await.unwrap();
        let person = bed.act(async |unit| somebody(unit, "a").await).await.unwrap();
        let state = store::membership::State::Active;
        let member = bed
            .act(async |unit| {
                let new = crate::world::member(person, root, state);
                store::membership::insert(unit, &new).await
            })
            .await
            .unwrap();
        for version in [i64::MAX, i64::MIN, -1, 0, 2, i64::MAX - 1] {
            let mut refused = vec![
                bed.act(async |unit| {
                    organisation::change(unit, root, version, "改", None, None).await
                })
                .await,
                bed.act(async |unit| organisation::close(unit, root, version, None).await).await,
                bed.act(async |unit| {
                    let found = store::person::get(unit, person).await?.unwrap();
                    store::person::change(unit, &found, version, Default::default()).await
                })
                .await,
                bed.act(async |unit| {
                    let ended = store::membership::State::Ended;
                    store::membership::decide(unit, member, version, ended, None, at(NOON)).await
                })
                .await,
                bed.act(async |unit| {
                    delegation::revoke(unit, 1, version, at(NOON)).await.map(drop)
                })
                .await,
            ];
            if version != 0 {
                refused.push(
                    bed.act(async |unit| {
                        store::setting::set(unit, "s", version, "{}", None, at(NOON)).await
                    })
                    .await,
                );
            }
            for (number, refused) in refused.into_iter().enumerate() {
                let changed = matches!(refused, Err(store::Error::Changed));
                assert!(changed, "{version} {number}: {refused:?}");
            }
        }
    });
}
