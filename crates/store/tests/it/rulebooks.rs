//! Rulebooks, which of them is in force, and the decisions that were made with them.

use store::rulebook::{self, Stored};
use store::{Error, Page, decision, job, organisation, schedule};

use crate::bed::{at, each};
use crate::scope::decision_of;
use crate::world::{NOON, bureau, everything, somebody, today};

fn stored(hash: &str) -> Stored {
    Stored {
        hash: hash.into(),
        title: "规则库".into(),
        semantics: 1,
        errors: 0,
        warnings: 3,
        by: None,
        at: at(NOON),
    }
}

#[test]
fn a_rulebook_is_kept_once_with_its_files() {
    each(async |bed| {
        let files: Vec<u8> = (0..=255).cycle().take(100_000).collect();
        for again in [files.clone(), vec![]] {
            bed.act(async |unit| rulebook::keep(unit, &stored("a"), again.clone()).await)
                .await
                .unwrap();
        }
        let found = bed.look(async |unit| rulebook::files(unit, "a").await).await;
        assert_eq!(found, Some(files));
        assert_eq!(bed.look(async |unit| rulebook::get(unit, "a").await).await, Some(stored("a")));
        assert_eq!(bed.look(async |unit| rulebook::files(unit, "b").await).await, None);
        assert_eq!(bed.look(rulebook::all).await, [stored("a")]);
    });
}

#[test]
fn two_switches_at_once_do_not_both_come_through() {
    each(async |bed| {
        for known in [None, Some(())] {
            let known = match known {
                None => None,
                Some(()) => bed.look(rulebook::in_force).await.map(|switch| switch.id),
            };
            let mut switching = tokio::task::JoinSet::new();
            for number in 0..4 {
                let store = bed.store.clone();
                switching.spawn(async move {
                    let unit = store.write().await?;
                    let hash = format!("r{number}");
                    let id = rulebook::switch_to(&unit, &hash, known, "", None, at(NOON)).await?.id;
                    // Long enough that the others have read what is in force.
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    unit.commit().await?;
                    Ok::<i64, Error>(id)
                });
            }
            let done = switching.join_all().await;
            let through = done.iter().filter(|one| one.is_ok()).count();
            let changed = done.iter().filter(|one| matches!(one, Err(Error::Changed))).count();
            assert_eq!((through, changed), (1, 3), "{done:?}");
        }
        let switches = bed.look(rulebook::switches).await;
        assert_eq!(switches.len(), 2);
        assert_eq!(switches[0].previous.as_deref(), Some(switches[1].hash.as_str()));
    });
}

#[test]
fn a_decision_reads_back_as_it_was() {
    each(async |bed| {
        let mut made = bed
            .act(async |unit| {
                let (root, by) = (bureau(unit).await?, somebody(unit, "a").await?);
                let mut made = decision_of(root, Some(by));
                made.facts = "{\"营业收入\":\"1.50\"}".into();
                made.id = decision::insert(unit, &made).await?;
                Ok(made)
            })
            .await
            .unwrap();
        let all = everything();
        let found = bed.look(async |unit| decision::find(unit, made.id, &today(&all)).await).await;
        assert_eq!(found.as_ref(), Some(&made));
        made.subject = "nobody".into();
        let listed = bed
            .look(async |unit| {
                decision::list(unit, Some(&made.subject), &today(&all), Page::ALL).await
            })
            .await;
        assert_eq!((listed.rows.len(), listed.total), (0, 0));
        // The organisation cannot be taken from under it; nothing here can delete one anyway.
        assert!(bed.look(organisation::root).await.is_some());
    });
}

#[test]
fn a_schedule_is_moved_on_by_one_process() {
    each(async |bed| {
        let entered = schedule::Schedule {
            name: "seal".into(),
            kind: "audit.seal".into(),
            payload: "{}".into(),
            cron: "5 0 * * *".into(),
            on_duty: true,
            next: at("2026-11-24T00:05:00.5Z"),
            last_job: None,
        };
        for _ in 0..2 {
            bed.act(async |unit| schedule::enter(unit, &entered).await).await.unwrap();
        }
        assert_eq!(bed.look(schedule::all).await, std::slice::from_ref(&entered));
        let move_on = async || {
            bed.act(async |unit| {
                let new = job::New {
                    kind: "audit.seal",
                    payload: "{}",
                    only_one: None,
                    attempts_allowed: 3,
                    run_at: at(NOON),
                    asked_by: None,
                    at: at(NOON),
                };
                let job = job::ask(unit, &new).await?;
                let next = at("2026-11-25T00:05:00Z");
                schedule::move_on(unit, &entered, next, job).await
            })
            .await
            .unwrap()
        };
        assert!(move_on().await);
        assert!(!move_on().await);
        let duty = async |name| {
            bed.act(async |unit| schedule::set_duty(unit, name, false, at(NOON)).await)
                .await
                .unwrap()
        };
        assert!(duty("seal").await);
        assert!(!duty("other").await);
        let found = &bed.look(schedule::all).await[0];
        assert!(!found.on_duty && found.last_job.is_some());
    });
}
