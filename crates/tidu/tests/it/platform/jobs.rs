//! Jobs of the real program: what fails is tried again, then lies before whoever operates the platform, and is done
//! when the fault is gone; what a killed process was doing is done by the next one, once.

use std::time::{Duration, Instant};

use store::job::{Job, New, State};
use store::{Page, Store};

use super::browser::Browser;
use super::demo::Demo;
use super::kills::block_on;
use super::process::{Home, Process};

#[test]
fn a_job_that_fails_lies_before_its_operator_and_is_done_when_the_fault_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    let demo = Demo::start(&data);
    // Where backups go lies a file.
    let backups = data.join("backups");
    assert!(!backups.exists(), "the demonstration has made a backup already");
    std::fs::write(&backups, "in the way").unwrap();
    let at = |path: &str| format!("{}{path}", demo.url);

    let mut operator = Browser::new();
    assert_eq!(operator.get(&at("/?lang=en")).status, 303);
    let password = demo.password();
    let fields = [("login", "admin"), ("password", password.as_str())];
    assert_eq!(operator.post(&at("/sign-in"), &fields).status, 303);
    let secret = operator.get(&at("/backups")).secret();
    assert_eq!(operator.post(&at("/backups"), &[("_secret", &secret)]).status, 303);

    // Whoever has to see to it is told wherever they look.
    for (path, said) in [
        ("/", "older cannot be read"),
        ("/health", "older cannot be read"),
        ("/backups", "no backup succeeds"),
    ] {
        let page = operator.get(&at(path));
        assert!(page.status == 200 && page.has(said), "{path}: {}", page.body);
    }

    // Three times with a pause that grows; every time it says why.
    let began = Instant::now();
    let dead = until(90, || {
        let list = operator.get(&at("/jobs?state=dead"));
        list.has("href=\"/jobs/").then_some(list)
    });
    assert!(began.elapsed() >= Duration::from_secs(15), "it was tried again without a pause");
    assert!(dead.has(">3/3<"), "{}", dead.body);
    let job = format!("/jobs/{}", dead.after("href=\"/jobs/"));
    let page = operator.get(&at(&job));
    assert!(page.has("failed, to be looked at") && page.has("backups"), "{}", page.body);
    assert!(operator.get(&at("/")).has("Jobs that failed"));

    // The fault is gone; nothing is done until somebody says so, and then once.
    std::fs::remove_file(&backups).unwrap();
    let secret = page.secret();
    let retry = at(&format!("{job}/retry"));
    assert_eq!(operator.post(&retry, &[("_secret", &secret)]).status, 303);
    until(60, || operator.get(&at(&job)).has("<span class=\"state good\">done").then_some(()));
    assert_eq!(operator.post(&retry, &[("_secret", &secret)]).status, 409, "it is done");
    let made = std::fs::read_dir(&backups).unwrap().count();
    assert_eq!(made, 1, "one backup");
    assert!(!operator.get(&at("/jobs?state=dead")).has("href=\"/jobs/"));
}

#[test]
fn the_job_of_a_killed_process_is_done_by_the_next_one_and_told_once() {
    for home in Home::each() {
        assert_eq!(Process::start(&home).stop(), Some(0));
        // Killed until a kill meets the work.
        let (job, left) = (0..60)
            .find_map(|_| {
                let job = block_on(ask_to_verify(&home));
                let process = Process::start(&home);
                let began = until(20, || {
                    let job = block_on(found(&home, job));
                    (job.state != State::Waiting).then_some(job.state)
                });
                process.kill();
                let left = block_on(found(&home, job));
                (began == State::Running && left.state == State::Running).then_some((job, left))
            })
            .expect("no kill has met the work");
        assert_eq!(left.attempts, 1);

        let process = Process::start(&home);
        // Held for a minute by the process that is gone.
        let done = until(120, || {
            let job = block_on(found(&home, job));
            (job.state == State::Done).then_some(job)
        });
        assert_eq!((done.attempts, done.failure), (2, None));
        assert_eq!(process.stop(), Some(0));
        assert_eq!(block_on(ends(&home, job)), 1, "its end is on record once");
    }
}

/// Asks again and again, for at most so many seconds.
fn until<T>(seconds: u64, mut ask: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(seconds), "waited for {seconds} seconds");
        std::thread::sleep(Duration::from_millis(5));
    }
}

async fn ask_to_verify(home: &Home) -> i64 {
    let store = Store::open_existing(&home.place()).await.unwrap();
    let now = jiff::Timestamp::now();
    let new = New {
        kind: "audit.verify",
        payload: "null",
        only_one: None,
        attempts_allowed: 3,
        run_at: now,
        asked_by: None,
        at: now,
    };
    let unit = store.write().await.unwrap();
    let job = store::job::ask(&unit, &new).await.unwrap().unwrap();
    unit.commit().await.unwrap();
    store.close().await.unwrap();
    job
}

async fn found(home: &Home, job: i64) -> Job {
    let store = Store::open_existing(&home.place()).await.unwrap();
    let unit = store.read().await.unwrap();
    let found = store::job::get(&unit, job).await.unwrap().unwrap();
    drop(unit);
    store.close().await.unwrap();
    found
}

/// How often the end of a job is on record.
async fn ends(home: &Home, job: i64) -> u64 {
    let store = Store::open_existing(&home.place()).await.unwrap();
    let unit = store.read().await.unwrap();
    let wanted = store::audit::Wanted {
        action: Some("job.end".to_owned()),
        object: Some(("job".to_owned(), Some(job.to_string()))),
        ..Default::default()
    };
    store::audit::list(&unit, &wanted, Page::ALL).await.unwrap().total
}
