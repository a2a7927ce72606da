//! The check of the chain in the platform: what is done to records past the platform is named, what it does itself
//! by law is not.

use app::audit_trail::{Asked, export_list, export_records, list_records};
use app::people::{ask_erasure, erase_person, list_people, unlock_person};
use audit::{Head, Outcome, Place, Problem, verify_file};
use store::Page;

use crate::bed::{App, each};
use crate::refused::forbidden;

/// Some records, two of them with personal data, and the number of the last of these.
async fn some(app: &App) -> i64 {
    for login in ["nobody-1", "nobody-2"] {
        drop(app::sign_in::with_password(app, login, "not the password", &app.origin()).await);
    }
    let last = app.last().await;
    let world = app.world().await;
    let security = app.caller(world.security).await;
    for person in [world.city, world.northern, world.southern] {
        unlock_person(app, &security, person).await.unwrap();
    }
    last
}

#[test]
fn a_head_that_is_gone_or_moved_back_is_named_with_what_it_was_to_hide() {
    each(async |app| {
        let second = some(app).await;
        let unit = app.store().read().await.unwrap();
        let Head { seq, hash } = store::audit::head(&unit).await.unwrap();
        let records = store::audit::after(&unit, 0, 100).await.unwrap();
        let earlier = records[usize::try_from(second).unwrap() - 1].1.as_ref().unwrap().hash;
        drop(unit);
        let moved = |seq: i64, hash: &audit::Hash| {
            let bytes = crypto::hex(&hash.0);
            let literal = match app.store().engine() {
                store::Engine::Sqlite => format!("x'{bytes}'"),
                store::Engine::Postgres => format!("'\\x{bytes}'::bytea"),
            };
            format!("INSERT INTO audit_head (one, seq, hash) VALUES (1, {seq}, {literal})")
        };
        app.sql("DELETE FROM audit_head").await;
        assert_eq!(app.verified().await.problems, [Problem::NoHead]);
        // An export without it says so as well.
        let unit = app.store().read().await.unwrap();
        assert_eq!(store::audit::ends(&unit).await.unwrap(), (None, seq));
        drop(unit);

        app.sql(&moved(second, &earlier)).await;
        app.sql(&format!("UPDATE audit_record SET person_id = 77 WHERE seq = {}", second + 1))
            .await;
        let problems = app.verified().await.problems;
        assert!(problems.contains(&Problem::Altered { seq: second + 1 }), "{problems:?}");
        assert!(problems.contains(&Problem::Beyond { from: second + 1, to: seq }), "{problems:?}");

        let before = &records[usize::try_from(second).unwrap()].1.as_ref().unwrap().record;
        let person = before.act.actor.person.unwrap();
        app.sql(&format!(
            "UPDATE audit_record SET person_id = {person} WHERE seq = {}",
            second + 1
        ))
        .await;
        app.sql("DELETE FROM audit_head").await;
        app.sql(&moved(seq, &hash)).await;
    });
}

#[test]
fn personal_data_that_is_gone_without_a_record_is_named_and_what_was_erased_is_not() {
    each(async |app| {
        let second = some(app).await;
        app.sql(&format!("CREATE TABLE kept AS SELECT * FROM audit_personal WHERE seq = {second}"))
            .await;
        app.sql(&format!("DELETE FROM audit_personal WHERE seq = {second}")).await;
        let named = Problem::Unexplained { from: second, to: second };
        assert_eq!(app.verified().await.problems, [named]);
        app.sql("INSERT INTO audit_personal SELECT * FROM kept").await;
        app.sql("DROP TABLE kept").await;

        // What the platform erases by law has its record.
        let admin = app.somebody_new("officer", access::Role::Administrator).await;
        let admin = app.caller(admin).await;
        let wanted = store::person::Wanted { words: Some("w.city"), ..Default::default() };
        let people = list_people(app, &admin, &wanted, Page::ALL).await.unwrap().rows;
        let city = app.by_password(people[0].id).await;
        let version = app.person(city.person()).await.version;
        let new = app::own::NewProfile { name: "另一个名字", phone: None, mail: None };
        app::own::change_own_profile(app, &city, version, &new).await.unwrap();
        ask_erasure(app, &admin, city.person()).await.unwrap();
        let security = app.somebody_new("security", access::Role::SecurityOfficer).await;
        erase_person(app, &app.caller(security).await, city.person()).await.unwrap();
        let report = app.verified().await;
        assert_eq!((report.problems, report.remarks, report.erased), (vec![], vec![], 1));
    });
}

#[test]
fn a_row_that_cannot_be_read_is_named_and_still_listed() {
    each(async |app| {
        let second = some(app).await;
        let was = {
            let unit = app.store().read().await.unwrap();
            let (_, found) = store::audit::after(&unit, second - 1, 1).await.unwrap().remove(0);
            found.unwrap().record.act.outcome
        };
        app.sql(&format!("UPDATE audit_record SET outcome = 'perhaps' WHERE seq = {second}")).await;
        let problems = app.verified().await.problems;
        let named = matches!(
            problems.as_slice(),
            [Problem::Unreadable { place: Place::Record(seq), .. }] if *seq == second
        );
        assert!(named, "{problems:?}");
        let auditor = app.somebody_new("auditor", access::Role::Auditor).await;
        let auditor = app.caller(auditor).await;
        let listed = list_records(app, &auditor, &Asked::default(), Page::ALL).await.unwrap();
        let bad: Vec<i64> =
            listed.rows.iter().filter(|(_, one)| one.is_none()).map(|(seq, _)| *seq).collect();
        assert_eq!(bad, [second]);
        let outcome = was.as_str();
        app.sql(&format!("UPDATE audit_record SET outcome = '{outcome}' WHERE seq = {second}"))
            .await;
    });
}

#[test]
fn a_list_is_taken_out_as_it_was_asked_for_with_who_took_it() {
    each(async |app| {
        some(app).await;
        let auditor = app.somebody_new("auditor", access::Role::Auditor).await;
        let auditor = app.caller(auditor).await;
        let asked = Asked { action: Some("person.".into()), ..Asked::default() };
        let exporting = export_list(app, &auditor, &asked);
        let taken = app.leaves("audit.export", Outcome::Looked, exporting).await.unwrap();
        assert_eq!(taken.rows.len(), 3, "the unlockings, and nothing else");
        assert!(taken.watermark.zh.contains(&format!("{}", taken.record)), "{:?}", taken.watermark);
        assert_eq!(taken.record, app.last().await);
        // The file that proves something is the whole chain.
        let file = export_records(app, &auditor, None).await.unwrap();
        assert!(file.records > 5);
        assert!(verify_file(file.text.as_bytes(), None).unwrap().is_clean());
        let security = app.somebody_new("security", access::Role::SecurityOfficer).await;
        let security = app.caller(security).await;
        forbidden(export_list(app, &security, &asked).await);
    });
}
