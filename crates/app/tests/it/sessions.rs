//! How sessions end: unused, in any case after a time, by hand, with a new secret.

use access::Why;
use app::Refusal;
use app::own::{end_other_own_sessions, end_own_session, list_own_sessions, read_own_profile};
use app::sign_in::sign_out;
use audit::Outcome::{Done, Refused};

use crate::bed::each;
use crate::refused::{forbidden, refused};

#[test]
fn a_session_that_is_not_used_ends() {
    each(async |app| {
        let world = app.world().await;
        let secret = app.session(world.city, false).await;
        app.minutes(29);
        assert!(app.who(&secret).await.is_some());
        app.minutes(29);
        assert!(app.who(&secret).await.is_some());
        app.minutes(31);
        assert!(app.who(&secret).await.is_none());
    });
}

#[test]
fn a_session_ends_after_twelve_hours_though_it_is_used() {
    each(async |app| {
        let world = app.world().await;
        let secret = app.session(world.city, false).await;
        for _ in 0..36 {
            app.minutes(19);
            assert!(app.who(&secret).await.is_some());
        }
        app.minutes(37);
        assert!(app.who(&secret).await.is_none());
    });
}

#[test]
fn ones_own_sessions_are_seen_and_ended_and_nobody_elses() {
    each(async |app| {
        let world = app.world().await;
        let lost = app.session(world.city, false).await;
        let caller = app.by_password(world.city).await;
        let others = app.caller(world.northern).await.session.unwrap().id;
        let seen = app.leaves_nothing(list_own_sessions(app, &caller)).await.unwrap();
        assert_eq!(seen.len(), 2);
        assert_eq!(seen.iter().filter(|session| session.is_this).count(), 1);
        assert!(seen.iter().all(|session| session.address.text.as_deref() == Some("192.0.2.7")));
        let lost_one = seen.iter().find(|session| !session.is_this).unwrap().id;
        app.leaves("own.revoke-session", Done, end_own_session(app, &caller, lost_one))
            .await
            .unwrap();
        assert!(app.who(&lost).await.is_none());
        // Ended already, somebody else's, none: the same answer.
        for session in [lost_one, others, 99_999] {
            let ending = end_own_session(app, &caller, session);
            let refusal = app.leaves("own.revoke-session", Refused, ending).await;
            refused!(refusal, Refusal::NotFound);
        }
        app.session(world.city, false).await;
        app.session(world.city, false).await;
        assert_eq!(end_other_own_sessions(app, &caller).await.unwrap(), 2);
        assert_eq!(list_own_sessions(app, &caller).await.unwrap().len(), 1);
        app.leaves("session.end", Done, sign_out(app, &caller)).await.unwrap();
        assert!(list_own_sessions(app, &caller).await.unwrap().is_empty());
    });
}

#[test]
fn who_has_given_a_password_alone_where_a_second_factor_is_set_up_reads_and_ends_nothing() {
    each(async |app| {
        let world = app.world().await;
        crate::signing_in::set_up(app, &app.by_password(world.city).await).await;
        let half = app.by_password(world.city).await;
        let refusal = app.leaves("own.read-profile", Refused, read_own_profile(app, &half)).await;
        refused!(refusal, Refusal::GiveSecondFactor);
        refused!(
            list_own_sessions(app, &half).await,
            Refusal::GiveSecondFactor | Refusal::Forbidden(_)
        );
        refused!(end_other_own_sessions(app, &half).await, Refusal::GiveSecondFactor);
    });
}

#[test]
fn a_role_that_ends_is_gone_from_a_session_that_goes_on() {
    each(async |app| {
        let world = app.world().await;
        let secret = app.session(world.northern, false).await;
        let page = store::Page::ALL;
        let caller = app.who(&secret).await.unwrap();
        assert!(app::people::list_people(app, &caller, &Default::default(), page).await.is_ok());
        let held = app.memberships(world.northern).await.pop().unwrap();
        let admin = app.caller(world.admin).await;
        app::people::end_membership(app, &admin, held.id, held.version).await.unwrap();
        let caller = app.who(&secret).await.unwrap();
        let refusal = app::people::list_people(app, &caller, &Default::default(), page).await;
        assert_eq!(forbidden(refusal), Why::NotYourRole);
    });
}
