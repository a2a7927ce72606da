//! The security settings: the security officer's, within bounds, in force at once.

use access::Why;
use app::caller::Owes;
use app::settings::{change_security, read_security};
use app::sign_in::with_password;
use app::{Refusal, Security};
use audit::Outcome::{Done, Refused};

use crate::bed::{PASSWORD, each};
use crate::refused::{forbidden, invalid, refused};

#[test]
fn settings_are_changed_by_the_security_officer_and_hold_at_once() {
    each(async |app| {
        let world = app.world().await;
        let security = app.caller(world.security).await;
        let (was, version) = read_security(app, &security).await.unwrap();
        assert_eq!((was == Security::default(), version), (true, 0));
        let new = Security {
            lock_after: 3,
            second_factor_roles: vec!["city-officer".into()],
            audit_digest: "sha256".into(),
            ..was
        };
        let changing = change_security(app, &security, version, &new);
        app.leaves("security.change-settings", Done, changing).await.unwrap();
        let record = app.since(app.last().await - 1).await.pop().unwrap();
        let changed = record.act.details.value().unwrap()["changed"].clone();
        assert_eq!(changed["lock_after"], serde_json::json!([5, 3]));
        assert_eq!(changed.as_object().unwrap().len(), 3);
        // Somebody was quicker, also with the very first change.
        for late in [0, 7] {
            refused!(change_security(app, &security, late, &new).await, Refusal::Changed);
        }
        assert_eq!(read_security(app, &security).await.unwrap(), (new, 1));
        assert_eq!(app.by_password(world.city).await.owes, Some(Owes::SetUpSecondFactor));
        for _ in 0..3 {
            invalid(with_password(app, "w.northern", "wrong wrong wrong", &app.origin()).await);
        }
        invalid(with_password(app, "w.northern", PASSWORD, &app.origin()).await);
    });
}

#[test]
fn nobody_else_changes_them_and_nothing_goes_out_of_bounds() {
    each(async |app| {
        let world = app.world().await;
        for who in [world.admin, world.auditor, world.city] {
            let caller = app.caller(who).await;
            let new = Security::default();
            let changing = change_security(app, &caller, 0, &new);
            let refusal = app.leaves("security.change-settings", Refused, changing).await;
            assert_eq!(forbidden(refusal), Why::NotYourRole);
        }
        let security = app.caller(world.security).await;
        let loose = Security { password_length: 1, lock_after: 0, ..Security::default() };
        let refusal = change_security(app, &security, 0, &loose).await;
        assert_eq!(invalid(refusal), ["password_length", "lock_after"]);
    });
}
