//! The audit chain as it lies in a database: unbroken whoever writes at once, and whatever is done to it past the
//! store is named.

use audit::{
    Act, Actor, DaySeal, Details, Draft, Hash, Head, How, Object, Outcome, Personal, Problem,
    Report, Verifier,
};
use crypto::{Digest, Hmac, Key, MacRing, Sha256, Sm3};
use store::audit::{self as chain, Wanted};
use store::{Error, Page, Store};

use crate::bed::{Bed, at, day, each};
use crate::world::NOON;

/// No record.
const NONE: [i64; 0] = [];

pub fn draft(person: Option<i64>, said: Option<&str>) -> Draft {
    Draft {
        act: Act {
            at: at("2026-11-23T04:00:00.123456789Z"),
            actor: Actor { person, how: How::Session },
            organisation: Some(1),
            action: "person.invite".into(),
            object: Object { kind: "person".into(), id: "7".into() },
            outcome: Outcome::Done,
            origin: Some("192.0.2.1".into()),
            request: None,
            rulebook: None,
            details: Details::new(&serde_json::json!({"理由": "新员工", "n": i64::MIN})).unwrap(),
        },
        personal: said.map(|text| Personal {
            salt: Hash(crypto::random_bytes().unwrap()),
            text: text.into(),
        }),
    }
}

pub async fn append(store: &Store, draft: Draft, digest: &dyn Digest) -> Result<i64, Error> {
    let unit = store.write().await?;
    let record = chain::append(&unit, draft, digest).await?;
    unit.commit().await?;
    Ok(record.seq)
}

pub async fn verified(bed: &Bed, macs: Option<&MacRing>) -> Report {
    let unit = bed.read().await.unwrap();
    let mut verifier = Verifier::new(Head::NONE, macs);
    for (_, seal) in chain::seals(&unit).await.unwrap() {
        verifier.seal(&seal.unwrap());
    }
    let mut last = 0;
    loop {
        let part = chain::after(&unit, last, 7).await.unwrap();
        let Some((seq, _)) = part.last() else { break };
        last = *seq;
        for (_, found) in part {
            verifier.record(&found.unwrap());
        }
    }
    verifier.finish(Some(&chain::head(&unit).await.unwrap()))
}

pub async fn ten(bed: &Bed) {
    for number in 1..=10 {
        let digest: &dyn Digest = if number % 2 == 0 { &Sm3 } else { &Sha256 };
        let said = (number % 3 == 0).then_some("张三 13800000000");
        assert_eq!(append(bed, draft(Some(number % 4), said), digest).await.unwrap(), number);
    }
}

#[test]
fn records_that_are_appended_at_once_make_one_chain() {
    each(async |bed| {
        let mut appending = tokio::task::JoinSet::new();
        for worker in 0..6 {
            let store = bed.again().await;
            appending.spawn(async move {
                for number in 0..15 {
                    append(&store, draft(Some(worker), (number % 4 == 0).then_some("李四")), &Sm3)
                        .await
                        .unwrap();
                    // One that is given up leaves no hole.
                    let unit = store.write().await.unwrap();
                    chain::append(&unit, draft(None, None), &Sm3).await.unwrap();
                    drop(unit);
                }
                store.close().await.unwrap();
            });
        }
        appending.join_all().await;
        let report = verified(bed, None).await;
        assert_eq!((report.records, report.problems), (90, vec![]));
    });
}

#[test]
fn what_is_done_past_the_store_is_named() {
    for (statement, named) in [
        ("UPDATE audit_record SET details = '{}' WHERE seq = 4", Problem::Altered { seq: 4 }),
        ("UPDATE audit_record SET person_id = 9 WHERE seq = 4", Problem::Altered { seq: 4 }),
        (
            "UPDATE audit_record SET at = '2026-11-23 04:00:01+00:00' WHERE seq = 4",
            Problem::Altered { seq: 4 },
        ),
        ("UPDATE audit_record SET origin = NULL WHERE seq = 4", Problem::Altered { seq: 4 }),
        ("UPDATE audit_personal SET said = '李四' WHERE seq = 3", Problem::Personal { seq: 3 }),
        ("DELETE FROM audit_record WHERE seq IN (4, 5)", Problem::Removed { from: 4, to: 5 }),
        ("DELETE FROM audit_record WHERE seq = 10", Problem::Removed { from: 10, to: 10 }),
        ("UPDATE audit_head SET seq = 9", Problem::Beyond { from: 10, to: 10 }),
    ] {
        each(async |bed| {
            ten(bed).await;
            assert_eq!(verified(bed, None).await.problems, []);
            bed.sql(statement).await;
            let problems = verified(bed, None).await.problems;
            assert!(problems.contains(&named), "{statement}: {problems:?}");
        });
    }
}

#[test]
fn personal_data_is_erased_and_the_chain_stays_clean() {
    each(async |bed| {
        ten(bed).await;
        let seqs = bed.look(async |unit| chain::personal_of(unit, 7).await).await;
        assert_eq!(seqs, [3, 6, 9], "records about a person count, whoever did it");
        bed.act(async |unit| {
            assert_eq!(chain::erase_personal(unit, &seqs).await?, 3);
            let details = audit::erasure(&[(3, 3), (6, 6), (9, 9)], "本人要求").unwrap();
            let mut record = draft(Some(1), None);
            (record.act.action, record.act.details) = (audit::ERASED.into(), details);
            chain::append(unit, record, &Sm3).await
        })
        .await
        .unwrap();
        let report = verified(bed, None).await;
        assert_eq!((report.problems, report.remarks, report.erased), (vec![], vec![], 3));
        let left = bed.rows("SELECT said FROM audit_personal").await;
        assert!(left.is_empty());
    });
}

#[test]
fn seals_are_kept_one_a_day_and_fit() {
    each(async |bed| {
        let macs = MacRing::new([
            Box::new(Hmac::new(&Sm3, Key::from_bytes([7; 32]))) as Box<dyn crypto::Mac>
        ]);
        ten(bed).await;
        let seal = async |of: &str| {
            bed.act(async |unit| {
                let head = chain::head_before(unit, at("2026-11-23T16:00:00Z")).await?;
                let before = chain::last_seal(unit).await?;
                let seal =
                    DaySeal::new(day(of), &head, before.as_ref(), macs.newest().unwrap()).unwrap();
                chain::keep_seal(unit, &seal, at(NOON)).await?;
                Ok(seal)
            })
            .await
        };
        let first = seal("2026-11-23").await.unwrap();
        assert_eq!((first.last, first.count), (10, 10));
        assert!(matches!(seal("2026-11-23").await, Err(Error::Taken(_))));
        let second = seal("2026-11-24").await.unwrap();
        let kept: Vec<_> = bed
            .look(chain::seals)
            .await
            .into_iter()
            .map(|(day, seal)| (day, seal.unwrap()))
            .collect();
        assert_eq!(kept, [(Some(first.day), first), (Some(second.day), second)]);
        let report = verified(bed, Some(&macs)).await;
        assert_eq!((report.seals, report.problems), (2, vec![]));
        bed.sql("UPDATE audit_seal SET records = 9 WHERE last_seq = 10").await;
        assert!(!verified(bed, Some(&macs)).await.is_clean());
    });
}

#[test]
fn records_are_found_by_what_they_say() {
    each(async |bed| {
        ten(bed).await;
        let found = async |wanted: Wanted| {
            bed.look(async |unit| chain::list(unit, &wanted, Page::ALL).await)
                .await
                .rows
                .into_iter()
                .map(|(seq, linked)| {
                    assert_eq!(linked.unwrap().record.seq, seq);
                    seq
                })
                .collect::<Vec<_>>()
        };
        let any = Wanted::default;
        assert_eq!(found(any()).await, (1..=10).rev().collect::<Vec<_>>());
        assert_eq!(found(Wanted { person: Some(1), ..any() }).await, [9, 5, 1]);
        assert_eq!(found(Wanted { action: Some("person.".into()), ..any() }).await.len(), 10);
        assert_eq!(found(Wanted { action: Some("person".into()), ..any() }).await, NONE);
        assert_eq!(found(Wanted { action: Some("%.".into()), ..any() }).await, NONE);
        assert_eq!(found(Wanted { outcome: Some(Outcome::Refused), ..any() }).await, NONE);
        let object = Some(("person".to_owned(), Some("7".to_owned())));
        assert_eq!(found(Wanted { object, ..any() }).await.len(), 10);
        let but_of = Some(vec![0, 1, 2]);
        assert_eq!(found(Wanted { but_of, ..any() }).await, [7, 3]);
        let instant = at("2026-11-23T04:00:00.123456Z");
        assert_eq!(found(Wanted { from: Some(instant), ..any() }).await.len(), 10);
        assert_eq!(found(Wanted { until: Some(instant), ..any() }).await, NONE);
    });
}

#[test]
fn a_head_that_was_taken_away_is_missed_and_not_made_up() {
    each(async |bed| {
        let ends = async || bed.look(chain::ends).await;
        assert_eq!(ends().await, (Some(Head::NONE), 0), "before the first record there is none");
        ten(bed).await;
        let head = bed.look(chain::head).await;
        assert_eq!(ends().await, (Some(head), 10));
        bed.sql("UPDATE audit_head SET seq = 4").await;
        assert_eq!(ends().await.1, 10, "what is there is told apart from what should be");
        bed.sql("DELETE FROM audit_head").await;
        assert_eq!(ends().await, (None, 10));
        let refused = append(bed, draft(None, None), &Sm3).await;
        assert!(matches!(refused, Err(Error::Damaged(_))), "{refused:?}");
        let unit = bed.read().await.unwrap();
        assert!(matches!(chain::head(&unit).await, Err(Error::Damaged(_))));
        drop(unit);
        assert_eq!(ends().await, (None, 10), "nothing of the refused record is left");
    });
}

#[test]
fn one_row_that_cannot_be_read_hides_no_other() {
    for (engine, statement) in [
        (None, "UPDATE audit_record SET outcome = 'perhaps' WHERE seq = 4"),
        (None, "UPDATE audit_record SET hash = previous || hash WHERE seq = 4"),
        (Some(store::Engine::Sqlite), "UPDATE audit_record SET at = 'rubbish' WHERE seq = 4"),
        (Some(store::Engine::Sqlite), "UPDATE audit_record SET person_id = 'me' WHERE seq = 4"),
        (Some(store::Engine::Sqlite), "UPDATE audit_record SET details = x'ff' WHERE seq = 4"),
    ] {
        each(async |bed| {
            if engine.is_some_and(|engine| engine != bed.engine()) {
                return;
            }
            ten(bed).await;
            bed.sql(statement).await;
            let unit = bed.read().await.unwrap();
            let after = chain::after(&unit, 0, 100).await.unwrap();
            let listed = chain::list(&unit, &Wanted::default(), Page::ALL).await.unwrap().rows;
            for rows in [after, listed] {
                let bad: Vec<i64> =
                    rows.iter().filter(|(_, found)| found.is_err()).map(|(seq, _)| *seq).collect();
                assert_eq!((rows.len(), bad), (10, vec![4]), "{statement}");
            }
        });
    }
}

#[test]
fn what_lies_beside_the_chain_and_cannot_be_read_spoils_one_record_and_one_seal() {
    each(async |bed| {
        ten(bed).await;
        let macs = MacRing::new([
            Box::new(Hmac::new(&Sm3, Key::from_bytes([7; 32]))) as Box<dyn crypto::Mac>
        ]);
        bed.act(async |unit| {
            let head = chain::head(unit).await?;
            let seal = DaySeal::new(day("2026-11-23"), &head, None, macs.newest().unwrap());
            chain::keep_seal(unit, &seal.unwrap(), at(NOON)).await
        })
        .await
        .unwrap();
        bed.sql(
            "UPDATE audit_personal SET salt = said::bytea WHERE seq = 3"
                .replace(
                    "said::bytea",
                    if bed.engine() == store::Engine::Postgres {
                        "convert_to(said, 'UTF8')"
                    } else {
                        "x'01'"
                    },
                )
                .as_str(),
        )
        .await;
        bed.sql("UPDATE audit_seal SET tag = last_hash || tag").await;
        let unit = bed.read().await.unwrap();
        let found = chain::after(&unit, 0, 100).await.unwrap();
        let bad: Vec<i64> =
            found.iter().filter(|(_, one)| one.is_err()).map(|(seq, _)| *seq).collect();
        assert_eq!((found.len(), bad), (10, vec![3]));
        let seals = chain::seals(&unit).await.unwrap();
        assert!(matches!(seals.as_slice(), [(Some(of), Err(_))] if *of == day("2026-11-23")));
    });
}
