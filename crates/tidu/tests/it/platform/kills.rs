//! Kills at random moments: what was acknowledged is there afterwards, nothing is half done, and the platform goes
//! on by itself. Twenty for each engine; any number with `TIDU_KILLS`.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use store::job::{New, State};
use store::{Page, Store};

use super::process::{Home, Process, sign_in_with, tidu, try_to_sign_in};

fn times() -> usize {
    std::env::var("TIDU_KILLS").ok().and_then(|times| times.parse().ok()).unwrap_or(20)
}

#[test]
fn nothing_that_was_acknowledged_is_lost_when_the_platform_is_killed() {
    for home in Home::each() {
        let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
        let mut random = u64::from(std::process::id()) | 1;
        for round in 0..times() {
            let process = Process::start(&home);
            if round % 5 == 0 {
                block_on(ask_for_jobs(&home));
            }
            let stop = Arc::new(AtomicBool::new(false));
            let work: Vec<_> = (0..3)
                .map(|worker| {
                    let (url, stop, acknowledged) =
                        (process.url.clone(), Arc::clone(&stop), Arc::clone(&acknowledged));
                    std::thread::spawn(move || {
                        for number in 0.. {
                            if stop.load(Ordering::Relaxed) {
                                break;
                            }
                            let login = format!("nobody-{round}-{worker}-{number}");
                            if try_to_sign_in(&url, &login) {
                                acknowledged.lock().unwrap().insert(login);
                            } else {
                                break;
                            }
                        }
                    })
                })
                .collect();
            random = next(random);
            std::thread::sleep(Duration::from_millis(30 + random % 900));
            process.kill();
            stop.store(true, Ordering::Relaxed);
            work.into_iter().for_each(|work| work.join().unwrap());
        }
        let acknowledged = acknowledged.lock().unwrap().clone();
        assert!(
            acknowledged.len() >= times(),
            "the platform did next to nothing: {}",
            acknowledged.len()
        );

        // It goes on by itself, and does what was left undone.
        let process = Process::start(&home);
        block_on(until_jobs_are_done(&home));
        assert_eq!(process.stop(), Some(0));
        let recorded = block_on(recorded(&home));
        let lost: Vec<_> = acknowledged.difference(&recorded).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        let verified = tidu(&home, &["audit", "verify", "--lang", "en"]).output().unwrap();
        let said = String::from_utf8_lossy(&verified.stdout);
        assert_eq!(verified.status.code(), Some(0), "{said}");
        assert!(said.contains("intact"), "{said}");
    }
}

#[test]
fn a_first_start_that_is_killed_is_made_up_for_by_the_next() {
    for home in Home::each() {
        let mut random = u64::from(std::process::id()) | 1;
        for _ in 0..times() / 2 {
            let mut child = tidu(&home, &["serve", "--listen", "127.0.0.1:0"])
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .spawn()
                .unwrap();
            random = next(random);
            std::thread::sleep(Duration::from_millis(random % 700));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let process = Process::start(&home);
        assert!(try_to_sign_in(&process.url, "nobody"));
        assert_eq!(process.stop(), Some(0));
        let verified = tidu(&home, &["audit", "verify", "--lang", "en"]).output().unwrap();
        assert_eq!(
            verified.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&verified.stdout)
        );
        // Whichever start made them, there is one of each officer.
        let people = block_on(async {
            let store = Store::open_existing(&home.place()).await.unwrap();
            let unit = store.read().await.unwrap();
            let rows = std::iter::once(access::Visible::Everything).collect();
            let seen = store::Scope { rows: &rows, today: jiff::civil::date(2026, 1, 1) };
            store::person::list(&unit, &Default::default(), &seen, Page::ALL).await.unwrap().total
        });
        assert_eq!(people, 3);
    }
}

async fn ask_for_jobs(home: &Home) {
    let store = Store::open_existing(&home.place()).await.unwrap();
    let now = jiff::Timestamp::now();
    let unit = store.write().await.unwrap();
    for _ in 0..3 {
        let new = New {
            kind: "upkeep.forget",
            payload: "null",
            only_one: None,
            attempts_allowed: 1000,
            run_at: now,
            asked_by: None,
            at: now,
        };
        store::job::ask(&unit, &new).await.unwrap();
    }
    unit.commit().await.unwrap();
    store.close().await.unwrap();
}

async fn until_jobs_are_done(home: &Home) {
    let store = Store::open_existing(&home.place()).await.unwrap();
    // A job whose worker was killed is held for a minute.
    for _ in 0..240 {
        let unit = store.read().await.unwrap();
        let counts = store::job::counts(&unit).await.unwrap();
        let open: u64 = counts
            .iter()
            .filter(|(state, _)| matches!(state, State::Waiting | State::Running))
            .map(|(_, n)| n)
            .sum();
        let dead: u64 =
            counts.iter().filter(|(state, _)| *state == State::Dead).map(|(_, n)| n).sum();
        assert_eq!(dead, 0, "a job failed for good");
        if open == 0 {
            return;
        }
        drop(unit);
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    panic!("jobs are left undone");
}

/// The passwords that a start has shown, by login.
fn shown(process: &Process) -> Vec<(String, String)> {
    let lines = process.said.lines().filter_map(|line| line.strip_prefix("  "));
    let words = lines.filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?.to_owned(), words.next()?.to_owned()))
    });
    words.filter(|(login, _)| ["admin", "security", "auditor"].contains(&login.as_str())).collect()
}

#[test]
fn a_first_start_that_is_killed_before_anybody_reads_the_passwords_locks_nobody_out() {
    for home in Home::each() {
        let there = || {
            block_on(async {
                let Ok(store) = Store::open_existing(&home.place()).await else { return false };
                let Ok(unit) = store.read().await else { return false };
                store::person::is_anybody_there(&unit).await.unwrap_or(false)
            })
        };
        Process::start_unheard_and_kill(&home, there);
        let doctor = || {
            let said = tidu(&home, &["doctor", "--lang", "en"]).output().unwrap();
            String::from_utf8_lossy(&said.stdout).into_owned()
        };
        assert!(doctor().contains("none of the three officers has ever signed in"), "{}", doctor());
        let process = Process::start(&home);
        let passwords = shown(&process);
        assert_eq!(passwords.len(), 3, "{}", process.said);
        for (login, password) in &passwords {
            assert_eq!(sign_in_with(&process.url, login, password), Some(303), "{login}");
        }
        assert_eq!(process.stop(), Some(0));
        assert!(!doctor().contains("has ever signed in"), "{}", doctor());
        // What was shown stays.
        let process = Process::start(&home);
        assert_eq!(shown(&process), []);
        assert_eq!(sign_in_with(&process.url, &passwords[0].0, &passwords[0].1), Some(303));
        assert_eq!(process.stop(), Some(0));
    }
}

/// All logins that were recorded as refused.
pub(super) async fn recorded(home: &Home) -> BTreeSet<String> {
    let store = Store::open_existing(&home.place()).await.unwrap();
    let unit = store.read().await.unwrap();
    let wanted =
        store::audit::Wanted { action: Some("session.begin".to_owned()), ..Default::default() };
    let listed = store::audit::list(&unit, &wanted, Page::ALL).await.unwrap();
    let logins: Vec<String> = listed
        .rows
        .into_iter()
        .filter_map(|(_, linked)| Some(linked.unwrap().personal?.text))
        .collect();
    let distinct: BTreeSet<String> = logins.iter().cloned().collect();
    assert_eq!(distinct.len(), logins.len(), "something was recorded twice");
    distinct
}

pub(super) fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(work)
}

/// The next of a row of numbers that nobody can foresee (xorshift).
fn next(number: u64) -> u64 {
    let number = number ^ (number << 13);
    let number = number ^ (number >> 7);
    number ^ (number << 17)
}
