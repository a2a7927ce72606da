//! Jobs: asked for with the change that needs them, held by one worker, never lost with it.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use store::job::{self, End, New, Progress, State};
use store::{Error, Page, Unit};

use crate::bed::{Bed, at, each};
use crate::world::{NOON, everything, today};

const LATER: &str = "2026-11-23T04:01:00Z";
const MUCH_LATER: &str = "2026-11-23T05:00:00Z";
const KINDS: &[&str] = &["screen"];

fn new<'a>(only_one: Option<&'a str>) -> New<'a> {
    New {
        kind: "screen",
        payload: "{}",
        only_one,
        attempts_allowed: 3,
        run_at: at(NOON),
        asked_by: None,
        at: at(NOON),
    }
}

async fn ask(bed: &Bed, only_one: Option<&str>) -> Option<i64> {
    bed.act(async |unit| job::ask(unit, &new(only_one)).await).await.unwrap()
}

async fn take(bed: &Bed, worker: &str, now: &str) -> Option<job::Job> {
    let now = at(now);
    let until = now + Duration::from_secs(30);
    bed.act(async |unit| job::take(unit, worker, KINDS, now, until).await).await.unwrap()
}

async fn end(bed: &Bed, id: i64, worker: &str, how: End<'_>) -> Result<(), Error> {
    bed.act(async |unit| job::end(unit, id, worker, &how, at(LATER)).await).await
}

async fn get(bed: &Bed, id: i64) -> job::Job {
    bed.look(async |unit| job::get(unit, id).await).await.unwrap()
}

#[test]
fn a_job_is_there_with_the_change_that_asked_for_it_and_not_without() {
    each(async |bed| {
        let unit = bed.write().await.unwrap();
        job::ask(&unit, &new(None)).await.unwrap();
        drop(unit);
        assert!(take(bed, "w", NOON).await.is_none());
        let id = ask(bed, None).await.unwrap();
        assert!(
            take(bed, "w", "2026-11-23T03:59:59.999999Z").await.is_none(),
            "not before its time"
        );
        let other =
            bed.act(async |unit| job::take(unit, "w", &["other"], at(NOON), at(LATER)).await).await;
        assert!(other.unwrap().is_none(), "not of another kind");
        let taken = take(bed, "w", NOON).await.unwrap();
        assert_eq!((taken.id, taken.state, taken.attempts), (id, State::Running, 1));
        end(bed, id, "w", End::Done { result: Some("{}") }).await.unwrap();
        let done = get(bed, id).await;
        assert_eq!((done.state, done.held_by, done.finished), (State::Done, None, Some(at(LATER))));
        let again = end(bed, id, "w", End::Done { result: None }).await;
        assert!(matches!(again, Err(Error::Changed)));
    });
}

#[test]
fn no_two_workers_hold_one_job() {
    each(async |bed| {
        const JOBS: usize = 60;
        bed.act(async |unit: &Unit| {
            for _ in 0..JOBS {
                job::ask(unit, &new(None)).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
        let mut working = tokio::task::JoinSet::new();
        for number in 0..6 {
            let store = bed.again().await;
            working.spawn(async move {
                let worker = format!("w{number}");
                let mut held = Vec::new();
                loop {
                    let unit = store.write().await.unwrap();
                    let (now, until) = (at(NOON), at(LATER));
                    let taken = job::take(&unit, &worker, KINDS, now, until).await.unwrap();
                    unit.commit().await.unwrap();
                    let Some(taken) = taken else { break };
                    assert_eq!(taken.held_by.as_deref(), Some(worker.as_str()));
                    held.push(taken.id);
                }
                store.close().await.unwrap();
                held
            });
        }
        let mut times: BTreeMap<i64, usize> = BTreeMap::new();
        for id in working.join_all().await.into_iter().flatten() {
            *times.entry(id).or_default() += 1;
        }
        assert_eq!(times.len(), JOBS);
        assert!(times.values().all(|times| *times == 1), "{times:?}");
    });
}

#[test]
fn the_job_of_a_lost_worker_falls_back_and_the_lost_one_is_told() {
    each(async |bed| {
        let id = ask(bed, None).await.unwrap();
        take(bed, "lost", NOON).await.unwrap();
        assert!(take(bed, "next", "2026-11-23T04:00:30Z").await.is_none(), "held until then");
        let said = Progress::At { done: 3, of: Some(9), note: Some("第三批") };
        let progress = async |worker: &str, until: Timestamp| {
            bed.act(async |unit| job::progress(unit, id, worker, until, &said).await).await
        };
        assert!(!progress("lost", at(LATER)).await.unwrap());
        assert!(take(bed, "next", LATER).await.is_none(), "it said that it still holds it");
        let found = get(bed, id).await;
        assert_eq!((found.done, found.of, found.note.as_deref()), (3, Some(9), Some("第三批")));
        let taken = take(bed, "next", "2026-11-23T04:01:00.000001Z").await.unwrap();
        assert_eq!((taken.id, taken.attempts, taken.done), (id, 2, 0));
        assert!(matches!(progress("lost", at(LATER)).await, Err(Error::Changed)));
        let ended = end(bed, id, "lost", End::Done { result: None }).await;
        assert!(matches!(ended, Err(Error::Changed)));
        end(bed, id, "next", End::Done { result: None }).await.unwrap();
    });
}

#[test]
fn of_jobs_with_one_key_one_is_unfinished() {
    each(async |bed| {
        let id = ask(bed, Some("snapshot")).await.unwrap();
        assert_eq!(ask(bed, Some("snapshot")).await, None);
        assert!(ask(bed, Some("other")).await.is_some());
        assert_eq!(take(bed, "w", NOON).await.unwrap().id, id);
        assert_eq!(ask(bed, Some("snapshot")).await, None, "running is unfinished");
        end(bed, id, "w", End::Dead { failure: "so" }).await.unwrap();
        assert!(ask(bed, Some("snapshot")).await.is_some());
    });
}

#[test]
fn of_many_who_ask_at_once_with_one_key_one_gets_a_job_and_nobody_fails() {
    each(async |bed| {
        let mut asking = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let store = bed.store.clone();
            asking.spawn(async move {
                let unit = store.write().await.unwrap();
                let asked = job::ask(&unit, &new(Some("snapshot"))).await.unwrap();
                tokio::time::sleep(Duration::from_millis(30)).await;
                // What else the unit does still can be done.
                job::counts(&unit).await.unwrap();
                unit.commit().await.unwrap();
                asked
            });
        }
        let asked = asking.join_all().await;
        assert_eq!(asked.iter().flatten().count(), 1, "{asked:?}");
    });
}

#[test]
fn a_job_is_cancelled_at_once_or_when_its_worker_hears_of_it() {
    each(async |bed| {
        let cancel =
            async |id| bed.act(async |unit| job::cancel(unit, id, at(LATER)).await).await.unwrap();
        let waiting = ask(bed, Some("k")).await.unwrap();
        assert!(cancel(waiting).await);
        assert_eq!(get(bed, waiting).await.state, State::Cancelled);
        assert!(!cancel(waiting).await);
        let running = ask(bed, Some("k")).await.unwrap();
        take(bed, "w", NOON).await.unwrap();
        assert!(cancel(running).await);
        assert_eq!(get(bed, running).await.state, State::Running);
        let told = bed
            .act(async |unit| job::progress(unit, running, "w", at(LATER), &Progress::Held).await)
            .await;
        assert!(told.unwrap());
        end(bed, running, "w", End::Cancelled).await.unwrap();
        assert_eq!(get(bed, running).await.state, State::Cancelled);
        assert!(!cancel(999).await);
    });
}

#[test]
fn a_job_is_begun_again_handed_back_buried_and_retried() {
    each(async |bed| {
        let id = ask(bed, None).await.unwrap();
        take(bed, "w", NOON).await.unwrap();
        end(bed, id, "w", End::HandedBack).await.unwrap();
        assert_eq!((get(bed, id).await.state, get(bed, id).await.attempts), (State::Waiting, 0));
        take(bed, "w", NOON).await.unwrap();
        end(bed, id, "w", End::Again { failure: "网络", run_at: at(LATER) }).await.unwrap();
        let found = get(bed, id).await;
        assert_eq!((found.state, found.attempts), (State::Waiting, 1));
        assert_eq!((found.failure.as_deref(), found.run_at), (Some("网络"), at(LATER)));
        assert!(take(bed, "w", NOON).await.is_none());
        take(bed, "w", LATER).await.unwrap();
        end(bed, id, "w", End::Dead { failure: "死" }).await.unwrap();
        assert!(take(bed, "w", MUCH_LATER).await.is_none());
        let retry =
            async || bed.act(async |unit| job::retry(unit, id, at(LATER)).await).await.unwrap();
        assert!(retry().await);
        assert!(!retry().await);
        let found = get(bed, id).await;
        assert_eq!((found.state, found.attempts, found.finished), (State::Waiting, 0, None));
        assert!(take(bed, "w", LATER).await.is_some());
    });
}

#[test]
fn what_is_over_is_forgotten_and_what_is_dead_stays() {
    each(async |bed| {
        let mut ids = Vec::new();
        for how in [End::Done { result: None }, End::Dead { failure: "so" }, End::Cancelled] {
            let id = ask(bed, None).await.unwrap();
            take(bed, "w", NOON).await.unwrap();
            end(bed, id, "w", how).await.unwrap();
            ids.push(id);
        }
        let forget = async |before: &str| {
            bed.act(async |unit| job::forget(unit, at(before)).await).await.unwrap()
        };
        assert_eq!(forget(LATER).await, 0);
        assert_eq!(forget(MUCH_LATER).await, 2);
        let all = everything();
        let left =
            bed.look(async |unit| job::list(unit, None, &today(&all), Page::ALL).await).await;
        assert_eq!(left.rows.iter().map(|job| job.id).collect::<Vec<_>>(), [ids[1]]);
        let counts = bed.look(job::counts).await;
        assert_eq!(counts.into_iter().map(|(_, count)| count).sum::<u64>(), 1);
    });
}

#[test]
fn a_job_that_ends_the_process_each_time_is_buried_after_its_last_attempt() {
    each(async |bed| {
        let id = ask(bed, Some("k")).await.unwrap();
        let bury = async |now: &str| {
            bed.act(async |unit| job::bury(unit, KINDS, at(now)).await).await.unwrap()
        };
        for (number, now) in
            ["2026-11-23T04:00:00Z", "2026-11-23T04:01:00Z", "2026-11-23T04:02:00Z"]
                .iter()
                .enumerate()
        {
            assert_eq!(bury(now).await, []);
            let taken = take(bed, "w", now).await.unwrap();
            assert_eq!(taken.attempts, number as i64 + 1);
        }
        assert_eq!(bury("2026-11-23T04:02:29Z").await, [], "it is still held");
        assert!(take(bed, "w", MUCH_LATER).await.is_none(), "never a fourth time");
        let dead: Vec<i64> = bury(MUCH_LATER).await.iter().map(|job| job.id).collect();
        assert_eq!(dead, [id]);
        let found = get(bed, id).await;
        assert_eq!((found.state, found.attempts, found.held_by), (State::Dead, 3, None));
        assert!(found.failure.is_some() && found.finished == Some(at(MUCH_LATER)));
        assert_eq!(bury(MUCH_LATER).await, []);
        assert!(ask(bed, Some("k")).await.is_some(), "another one may be asked for");
        assert!(bed.act(async |unit| job::retry(unit, id, at(LATER)).await).await.unwrap());
    });
}
