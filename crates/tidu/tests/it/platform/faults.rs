//! What is around the platform fails: the disk is full, the database is gone. What was acknowledged stays, what
//! cannot be done is refused, and it goes on by itself when the fault is over.

use std::collections::BTreeSet;
use std::process::Command;
use std::time::Duration;

use testbed::Fresh;

use super::kills::{block_on, recorded};
use super::process::{Home, Process, sign_in, status, tidu};

#[test]
fn on_a_full_disk_what_is_asked_is_refused_and_nothing_is_lost() {
    let home = Home::sqlite();
    // Set up first; then no file may be longer than a MiB.
    assert_eq!(Process::start(&home).stop(), Some(0));
    let process = Process::start_on_a_small_disk(&home, 2_000);
    let mut acknowledged = BTreeSet::new();
    let mut refused = 0;
    for number in 0..6_000 {
        let login = format!("nobody-{number}-{}", "x".repeat(150));
        match sign_in(&process.url, &login) {
            Some(422) => assert!(acknowledged.insert(login)),
            Some(503) => refused += 1,
            other => panic!("{other:?}"),
        }
        if refused == 3 {
            break;
        }
    }
    assert_eq!(refused, 3, "the disk was not full after {} attempts", acknowledged.len());
    // Whoever watches is told, by the process itself as well as by what it writes for nothing else.
    let mut statuses = (0..30).map(|_| {
        std::thread::sleep(Duration::from_millis(250));
        status(&process.url, "/readyz")
    });
    assert!(statuses.any(|status| status == Some(503)), "nothing can be written");
    assert_eq!(status(&process.url, "/healthz"), Some(200));
    process.lift();
    let mut statuses = (0..60).map(|_| {
        std::thread::sleep(Duration::from_millis(250));
        status(&process.url, "/readyz")
    });
    assert!(statuses.any(|status| status == Some(200)), "it is not said to be ready again");
    let login = "nobody-afterwards".to_owned();
    let again = (0..20).any(|_| {
        std::thread::sleep(Duration::from_millis(250));
        sign_in(&process.url, &login) == Some(422)
    });
    assert!(again, "it did not go on");
    assert_eq!(process.stop(), Some(0));
    let recorded = block_on(recorded(&home));
    let lost: Vec<_> = acknowledged.difference(&recorded).collect();
    assert!(lost.is_empty(), "{} of {} lost: {:?}", lost.len(), acknowledged.len(), lost.first());
    intact(&home);
}

#[test]
fn a_database_that_goes_and_comes_back_is_waited_for() {
    let Some(home) = Home::postgres() else { return };
    let Fresh::Postgres(server) = home.engine() else { panic!("no server") };
    let process = Process::start(&home);
    let mut acknowledged = BTreeSet::new();
    for round in 0..3 {
        for number in 0..5 {
            let login = format!("nobody-{round}-{number}");
            assert_eq!(sign_in(&process.url, &login), Some(422));
            acknowledged.insert(login);
        }
        assert_eq!(status(&process.url, "/readyz"), Some(200));
        server.shut();
        assert_eq!(sign_in(&process.url, "nobody-meanwhile"), Some(503));
        assert_eq!(status(&process.url, "/readyz"), Some(503));
        assert_eq!(status(&process.url, "/healthz"), Some(200));
        server.open();
        let again = (0..40).any(|_| {
            std::thread::sleep(Duration::from_millis(250));
            status(&process.url, "/readyz") == Some(200)
        });
        assert!(again, "it did not go on");
    }
    assert_eq!(process.stop(), Some(0));
    let recorded = block_on(recorded(&home));
    assert!(acknowledged.is_subset(&recorded));
    intact(&home);
}

#[test]
fn a_platform_that_is_asked_to_stop_under_load_answers_what_it_has_taken() {
    for home in Home::each() {
        let process = Process::start(&home);
        let url = process.url.clone();
        let work = std::thread::spawn(move || {
            let mut acknowledged = BTreeSet::new();
            for number in 0.. {
                let login = format!("nobody-{number}");
                match sign_in(&url, &login) {
                    Some(422) => assert!(acknowledged.insert(login)),
                    Some(other) => panic!("{other}"),
                    None => break,
                }
            }
            acknowledged
        });
        std::thread::sleep(Duration::from_millis(700));
        assert_eq!(process.stop(), Some(0));
        let acknowledged = work.join().unwrap();
        assert_eq!(block_on(recorded(&home)), acknowledged, "answered and recorded are the same");
        intact(&home);
    }
}

#[test]
fn one_altered_byte_of_an_audit_record_is_named() {
    let home = Home::sqlite();
    let process = Process::start(&home);
    for number in 0..5 {
        assert_eq!(sign_in(&process.url, &format!("nobody-{number}")), Some(422));
    }
    assert_eq!(process.stop(), Some(0));
    let altered = Command::new("python3")
        .args(["-c", "import sqlite3,sys; db=sqlite3.connect(sys.argv[1]); \
                      db.execute(\"update audit_record set origin='127.0.0.2' where seq=5\"); db.commit()"])
        .arg(home.path("data/tidu.db"))
        .status();
    if !altered.is_ok_and(|status| status.success()) {
        assert!(
            std::env::var_os("TIDU_TEST_ALL").is_none(),
            "no Python to alter the database with"
        );
        return eprintln!("\n*** SKIPPED: no Python to alter the database with. ***\n");
    }
    let verified = tidu(&home, &["audit", "verify", "--lang", "en"]).output().unwrap();
    let said = String::from_utf8_lossy(&verified.stdout);
    assert_eq!(verified.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().filter(|line| line.starts_with("problem:")).count(), 1, "{said}");
    assert!(said.contains('5'), "{said}");
}

fn intact(home: &Home) {
    let verified = tidu(home, &["audit", "verify", "--lang", "en"]).output().unwrap();
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
}
