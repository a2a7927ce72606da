//! The way back for an officer whom no other officer can help.

use app::Refusal;
use app::caller::Owes;
use app::rescue::{Rescue, Rescued, rescue};
use app::sign_in::with_password;
use audit::How;
use crypto::Keys;

use crate::bed::{App, PASSWORD, each};
use crate::refused::{invalid, refused};
use crate::signing_in::set_up;

const BOTH: Rescue = Rescue { password: true, second_factor: true };

async fn rescued(app: &App, login: &str, what: Rescue) -> Result<Rescued, Refusal> {
    rescue(app.again().await, Keys::random().unwrap(), app.clock(), login, what).await
}

#[test]
fn an_officer_is_let_in_again_and_it_is_recorded() {
    each(async |app| {
        let world = app.world().await;
        set_up(app, &app.by_password(world.security).await).await;
        let session = app.session(world.security, true).await;
        for _ in 0..5 {
            invalid(with_password(app, "w.security", "wrong wrong wrong", &app.origin()).await);
        }
        let before = app.last().await;
        let done = rescued(app, " W.Security", BOTH).await.unwrap();
        assert!(app.who(&session).await.is_none());
        let records = app.since(before).await;
        let said: Vec<_> = records.iter().map(|one| one.act.action.as_str()).collect();
        assert_eq!(said, ["person.reset-password", "person.reset-second-factor"]);
        for record in &records {
            assert_eq!((record.act.actor.how, record.act.actor.person), (How::Command, None));
            assert_eq!(record.act.object.id, world.security.to_string());
        }
        invalid(with_password(app, "w.security", PASSWORD, &app.origin()).await);
        let given = done.password.unwrap();
        let began = with_password(app, "w.security", &given, &app.origin()).await.unwrap();
        let caller = app.who(&began.secret).await.unwrap();
        assert_eq!(caller.owes, Some(Owes::Password), "it is for one time");
    });
}

#[test]
fn only_what_is_asked_for_is_taken_away() {
    each(async |app| {
        let world = app.world().await;
        set_up(app, &app.by_password(world.admin).await).await;
        let only = Rescue { password: false, second_factor: true };
        assert_eq!(rescued(app, "w.admin", only).await.unwrap().password, None);
        let began = with_password(app, "w.admin", PASSWORD, &app.origin()).await.unwrap();
        assert_eq!(app.who(&began.secret).await.unwrap().owes, Some(Owes::SetUpSecondFactor));
        set_up(app, &app.by_password(world.auditor).await).await;
        let only = Rescue { password: true, second_factor: false };
        let given = rescued(app, "w.auditor", only).await.unwrap().password.unwrap();
        let began = with_password(app, "w.auditor", &given, &app.origin()).await.unwrap();
        assert!(began.second_factor);
    });
}

#[test]
fn nobody_else_is_let_in_so() {
    each(async |app| {
        let world = app.world().await;
        let before = app.last().await;
        assert_eq!(invalid(rescued(app, "w.nobody", BOTH).await), ["login"]);
        for login in ["w.city", "w.manager", "w.adviser"] {
            refused!(rescued(app, login, BOTH).await, Refusal::Conflict(_));
        }
        assert_eq!(app.since(before).await, []);
        with_password(app, "w.city", PASSWORD, &app.origin()).await.unwrap();
        let admin = app.caller(world.admin).await;
        let second = app.somebody("w.auditor2", &world.bureau, access::Role::Auditor).await;
        let version = app.person(second).await.version;
        app::people::disable_person(app, &admin, second, version).await.unwrap();
        refused!(rescued(app, "w.auditor2", BOTH).await, Refusal::Conflict(_));
    });
}
