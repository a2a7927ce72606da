//! Self-checks that are kept: by consent, for their owner alone, for a time, and gone with the person.

use app::Refusal;
use app::kept_checks::{
    KEPT_DAYS, KeepCheck, Registration, drop_check, keep_check, list_checks, may_register,
    open_check, register_person,
};
use app::people::{ask_erasure, erase_person};
use app::settings::{change_security, read_security};
use app::sign_in::with_password;
use audit::Outcome::{Done, Refused};

use crate::bed::each;
use crate::refused::{invalid, refused};

const DOCUMENT: &str = r#"{"v":1,"d":"2026-11-23","a":[["f/revenue/2025","=51234567.89",0]]}"#;
const SECRET: &str = "wind over the tall reeds";

fn registration(login: &'static str) -> Registration<'static> {
    Registration {
        login,
        name: "赵敏",
        password: SECRET,
        phone: Some("13800001111"),
        title: "梯度科技 2026",
        document: DOCUMENT,
        consent: true,
    }
}

#[test]
fn an_account_that_somebody_makes_has_no_role_and_its_check_is_its_own() {
    each(async |app| {
        let world = app.world().await;
        for text in ["zhao.min", "赵敏", "13800001111"] {
            app.personal(text);
        }
        let origin = app::Origin::default();
        let none = Registration { consent: false, ..registration("zhao.min") };
        assert_eq!(invalid(register_person(app, &none, &origin).await), ["consent"]);
        let weak = Registration { password: "short", login: "!", ..registration("x") };
        let mut wrong = invalid(register_person(app, &weak, &origin).await);
        wrong.sort_unstable();
        assert_eq!(wrong, ["login", "password"]);
        let before = app.last().await;
        let began = register_person(app, &registration("zhao.min"), &origin).await.unwrap();
        let said = app.since(before).await;
        let said: Vec<&str> = said.iter().map(|record| record.act.action.as_str()).collect();
        assert_eq!(said, ["person.register", "session.begin"]);
        let caller = app.who(&began.secret).await.unwrap();
        assert!(caller.memberships.is_empty() && caller.owes.is_none());
        let taken = app
            .leaves(
                "person.register",
                Refused,
                register_person(app, &registration("zhao.min"), &origin),
            )
            .await;
        assert_eq!(invalid(taken), ["login"]);
        with_password(app, "zhao.min", SECRET, &origin).await.unwrap();

        let kept = list_checks(app, &caller).await.unwrap();
        assert_eq!((kept.len(), kept[0].title.as_str()), (1, "梯度科技 2026"));
        assert_eq!(open_check(app, &caller, kept[0].id).await.unwrap().1, DOCUMENT);
        let manager = app.by_password(world.manager).await;
        refused!(open_check(app, &manager, kept[0].id).await, Refusal::NotFound);
        refused!(drop_check(app, &manager, kept[0].id).await, Refusal::NotFound);
        let security = app.caller(world.security).await;
        refused!(open_check(app, &security, kept[0].id).await, Refusal::NotFound);
        // Sealed under its own number and its owner's.
        let unit = app.store().write().await.unwrap();
        let raw = store::self_check::find(&unit, kept[0].id, caller.person(), app.now())
            .await
            .unwrap()
            .unwrap();
        assert!(!String::from_utf8_lossy(&raw.document).contains("revenue"));
        drop(unit);

        // With the person it goes.
        ask_erasure(app, &caller, caller.person()).await.unwrap();
        erase_person(app, &security, caller.person()).await.unwrap();
        let unit = app.store().read().await.unwrap();
        let left = store::self_check::of_person(&unit, caller.person(), app.now()).await.unwrap();
        assert!(left.is_empty());
    });
}

#[test]
fn they_are_kept_by_consent_for_a_time_and_no_more_than_some() {
    each(async |app| {
        let world = app.world().await;
        let caller = app.by_password(world.manager).await;
        let new = KeepCheck { title: "一", document: DOCUMENT, consent: false };
        assert_eq!(invalid(keep_check(app, &caller, &new).await), ["consent"]);
        let new = KeepCheck { consent: true, ..new };
        let untitled = KeepCheck { title: " ", ..new };
        assert_eq!(invalid(keep_check(app, &caller, &untitled).await), ["title"]);
        let first =
            app.leaves("own.keep-check", Done, keep_check(app, &caller, &new)).await.unwrap();
        for _ in 1..20 {
            keep_check(app, &caller, &new).await.unwrap();
        }
        refused!(keep_check(app, &caller, &new).await, Refusal::Conflict(_));
        app.leaves("own.drop-check", Done, drop_check(app, &caller, first)).await.unwrap();
        refused!(drop_check(app, &caller, first).await, Refusal::NotFound);
        keep_check(app, &caller, &new).await.unwrap();
        app.pass(jiff::SignedDuration::from_hours(24 * KEPT_DAYS));
        let unit = app.store().write().await.unwrap();
        let person = caller.person();
        assert!(store::self_check::of_person(&unit, person, app.now()).await.unwrap().is_empty());
        assert_eq!(store::self_check::drop_expired(&unit, app.now()).await.unwrap(), 20);
        assert_eq!(store::self_check::drop_expired(&unit, app.now()).await.unwrap(), 0);
    });
}

#[test]
fn the_security_officer_can_close_registration() {
    each(async |app| {
        let world = app.world().await;
        assert!(may_register(app).await.unwrap());
        let officer = app.caller(world.security).await;
        let (mut security, version) = read_security(app, &officer).await.unwrap();
        security.self_registration = false;
        change_security(app, &officer, version, &security).await.unwrap();
        assert!(!may_register(app).await.unwrap());
        let origin = app::Origin::default();
        let done = register_person(app, &registration("zhao.min"), &origin).await;
        refused!(done, Refusal::Conflict(_));
        let unit = app.store().read().await.unwrap();
        assert!(store::person::by_login(&unit, "zhao.min").await.unwrap().is_none());
    });
}
