//! The seals of days: made each night, also after a clock that was wrong; missed when somebody takes them away.

use app::audit_trail::Verification;
use app::jobs::{Worker, enter_schedules};
use audit::{Problem, Report};
use jiff::SignedDuration;

use crate::bed::{App, each};

async fn checked(app: &App) -> Report {
    let macs = app.macs();
    let mut verification = Verification::begin(app.store(), Some(&macs)).await.unwrap();
    while verification.part(app.store()).await.unwrap() {}
    verification.finish()
}

/// Something is recorded, and then it is the next day.
async fn nights(app: &App, nights: usize) {
    let worker = Worker::new(app.shared()).unwrap();
    for _ in 0..nights {
        drop(app::sign_in::with_password(app, "nobody", "not the password", &app.origin()).await);
        app.pass(SignedDuration::from_hours(24));
        while worker.step().await.unwrap() {}
    }
}

#[test]
fn seals_that_are_taken_away_are_missed_for_ever() {
    each(async |app| {
        app.world().await;
        enter_schedules(app).await.unwrap();
        nights(app, 4).await;
        let report = checked(app).await;
        assert_eq!((report.problems, report.seals), (vec![], 4));

        app.sql("CREATE TABLE kept_seal AS SELECT * FROM audit_seal").await;
        app.sql("CREATE TABLE kept_setting AS SELECT * FROM setting WHERE name = 'audit-seals'")
            .await;
        app.sql("DELETE FROM audit_seal").await;
        let problems = checked(app).await.problems;
        assert!(problems.contains(&Problem::SealsMissing { made: 4, found: 0 }), "{problems:?}");
        assert!(
            problems.iter().any(|one| matches!(one, Problem::Unsealed { from: 1, .. })),
            "{problems:?}"
        );
        // The next seal does not heal it.
        nights(app, 1).await;
        let problems = checked(app).await.problems;
        assert!(problems.contains(&Problem::SealsMissing { made: 5, found: 1 }), "{problems:?}");
        assert!(
            problems.iter().any(|one| matches!(one, Problem::SealedLate { .. })),
            "{problems:?}"
        );
        // Nor does it when what counts them goes, too.
        app.sql("DELETE FROM audit_seal").await;
        app.sql("DELETE FROM setting WHERE name = 'audit-seals'").await;
        assert!(checked(app).await.problems.contains(&Problem::NoMark));
        nights(app, 1).await;
        let problems = checked(app).await.problems;
        assert!(problems.iter().any(|one| matches!(one, Problem::MarkLate { .. })), "{problems:?}");

        app.sql("DELETE FROM audit_seal").await;
        app.sql("DELETE FROM setting WHERE name = 'audit-seals'").await;
        app.sql("INSERT INTO audit_seal SELECT * FROM kept_seal").await;
        app.sql("INSERT INTO setting SELECT * FROM kept_setting").await;
        app.sql("DROP TABLE kept_seal").await;
        app.sql("DROP TABLE kept_setting").await;
    });
}

#[test]
fn a_chain_that_was_taken_away_altogether_is_missed() {
    each(async |app| {
        app.world().await;
        enter_schedules(app).await.unwrap();
        nights(app, 1).await;
        let tables = ["audit_record", "audit_head", "audit_seal", "audit_personal"];
        for table in tables {
            app.sql(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
            app.sql(&format!("DELETE FROM {table}")).await;
        }
        app.sql("CREATE TABLE kept_setting AS SELECT * FROM setting").await;
        app.sql("DELETE FROM setting WHERE name = 'audit-seals'").await;
        let problems = checked(app).await.problems;
        let gone = |one: &Problem| matches!(one, Problem::BeginsLate { first: None, .. });
        assert!(problems.iter().any(gone), "{problems:?}");
        // What is recorded from then on begins too late.
        app.pass(SignedDuration::from_hours(48));
        nights(app, 1).await;
        let problems = checked(app).await.problems;
        let late = |one: &Problem| matches!(one, Problem::BeginsLate { first: Some(_), .. });
        assert!(problems.iter().any(late), "{problems:?}");

        app.sql("DELETE FROM setting").await;
        app.sql("INSERT INTO setting SELECT * FROM kept_setting").await;
        app.sql("DROP TABLE kept_setting").await;
        for table in tables {
            app.sql(&format!("DELETE FROM {table}")).await;
            app.sql(&format!("INSERT INTO {table} SELECT * FROM kept_{table}")).await;
            app.sql(&format!("DROP TABLE kept_{table}")).await;
        }
    });
}

#[test]
fn nights_go_on_after_a_clock_that_was_wrong_forward() {
    each(async |app| {
        app.world().await;
        enter_schedules(app).await.unwrap();
        nights(app, 1).await;
        let wrong = SignedDuration::from_hours(24 * 400);
        app.pass(wrong);
        nights(app, 1).await;
        app.pass(-wrong);
        // The worker looks every few seconds.
        Worker::new(app.shared()).unwrap().step().await.unwrap();
        let seals = checked(app).await.seals;
        nights(app, 3).await;
        let report = checked(app).await;
        assert_eq!((report.problems, report.seals), (vec![], seals + 3));
        let unit = app.store().read().await.unwrap();
        let soon = app.now() + SignedDuration::from_hours(24 * 8);
        for schedule in store::schedule::all(&unit).await.unwrap() {
            assert!(schedule.next < soon, "{} is due at {}", schedule.name, schedule.next);
        }
    });
}
