//! What people do about their own account.

use access::Action;
use app::Refusal;
use app::own::{
    Close, Confirming, NewProfile, NewToken, change_own_password, change_own_profile,
    confirm_second_factor, count_own_ways_in, create_own_token, offer_second_factor,
    read_own_profile,
};
use app::people::reset_second_factor;
use app::sign_in::with_password;
use app::single_sign_on::{NotSignedOn, begin_link};
use audit::Outcome::{Done, Refused};

use crate::bed::{PASSWORD, each};
use crate::refused::{invalid, refused};
use crate::signing_in::{code_of, confirm, set_up, wrong_code};

const CHOSEN: &str = "evening tide at the pier";

#[test]
fn a_profile_is_read_and_changed_and_lies_sealed() {
    each(async |app| {
        let world = app.world().await;
        let caller = app.by_password(world.city).await;
        let was = read_own_profile(app, &caller).await.unwrap();
        assert_eq!((was.phone, was.memberships.len()), (None, 1));
        for text in ["13900002222", "zhou@example.cn", "周新名"] {
            app.personal(text);
        }
        let new = NewProfile {
            name: " 周新名 ",
            phone: Some("139-0000 2222"),
            mail: Some("zhou@example.cn"),
        };
        let changing = change_own_profile(app, &caller, was.version, &new);
        app.leaves("own.change-profile", Done, changing).await.unwrap();
        let is = read_own_profile(app, &caller).await.unwrap();
        assert_eq!(is.name, "周新名");
        assert_eq!(is.phone.as_deref(), Some("13900002222"));
        let kept = app.person(world.city).await.phone.unwrap();
        assert!(!kept.windows(11).any(|part| part == b"13900002222"), "it lies there as it is");
        // Somebody has changed it since.
        refused!(change_own_profile(app, &caller, was.version, &new).await, Refusal::Changed);
        let bad = NewProfile { name: "", phone: Some("none"), mail: Some("none") };
        let refusal = change_own_profile(app, &caller, is.version, &bad).await;
        assert_eq!(invalid(refusal), ["name", "phone", "mail"]);
        let nothing = NewProfile { name: "周新名", phone: None, mail: Some(" ") };
        change_own_profile(app, &caller, is.version, &nothing).await.unwrap();
        let is = read_own_profile(app, &caller).await.unwrap();
        assert_eq!((is.phone, is.mail), (None, None));
    });
}

#[test]
fn another_password_ends_the_other_sessions_and_changes_the_secret_of_this_one() {
    each(async |app| {
        let world = app.world().await;
        let other = app.session(world.city, false).await;
        let secret = app.session(world.city, false).await;
        let caller = app.who(&secret).await.unwrap();
        let changing = change_own_password(app, &caller, (PASSWORD, CHOSEN), Close::ALL);
        let (began, _) = app.leaves("own.change-password", Done, changing).await.unwrap();
        assert!(app.who(&other).await.is_none());
        assert!(app.who(&secret).await.is_none());
        assert!(app.who(&began.secret).await.is_some());
        invalid(with_password(app, "w.city", PASSWORD, &app.origin()).await);
        with_password(app, "w.city", CHOSEN, &app.origin()).await.unwrap();
    });
}

#[test]
fn the_present_password_is_asked_for_and_guessing_it_locks_the_account() {
    each(async |app| {
        let world = app.world().await;
        let caller = app.by_password(world.city).await;
        for chosen in [PASSWORD, "short"] {
            let refusal = change_own_password(app, &caller, (PASSWORD, chosen), Close::ALL).await;
            assert_eq!(invalid(refusal), ["password"]);
        }
        for _ in 0..5 {
            let given = ("not the password", CHOSEN);
            let changing = change_own_password(app, &caller, given, Close::ALL);
            let refusal = app.leaves("own.change-password", Refused, changing).await;
            assert_eq!(invalid(refusal), ["present"]);
        }
        let refusal = change_own_password(app, &caller, (PASSWORD, CHOSEN), Close::ALL).await;
        refused!(refusal, Refusal::TooMany { .. });
    });
}

#[test]
fn a_password_that_is_too_old_is_owed() {
    each(async |app| {
        let world = app.world().await;
        app.days(181);
        let caller = app.by_password(world.city).await;
        assert_eq!(caller.owes, Some(app::caller::Owes::Password));
        let given = (PASSWORD, CHOSEN);
        let (began, _) = change_own_password(app, &caller, given, Close::NOTHING).await.unwrap();
        assert_eq!(app.who(&began.secret).await.unwrap().owes, None);
    });
}

#[test]
fn an_offered_second_factor_counts_when_it_is_confirmed_in_time_by_whom_it_was_offered() {
    each(async |app| {
        let world = app.world().await;
        let secret = app.session(world.city, false).await;
        let caller = app.who(&secret).await.unwrap();
        let offer = offer_second_factor(app, &caller).await.unwrap();
        let wrong = wrong_code(app, &offer.url);
        let refusal = confirm(app, &caller, &offer.ticket, &wrong, None).await;
        assert_eq!(invalid(refusal), ["code"]);
        let other = app.by_password(world.northern).await;
        let code = code_of(app, &offer.url);
        let refusal = confirm(app, &other, &offer.ticket, &code, None).await;
        assert_eq!(invalid(refusal), ["ticket"]);
        for none in ["", "zz", "王"] {
            let refusal = confirm(app, &caller, none, &code, None).await;
            assert_eq!(invalid(refusal), ["ticket"]);
        }
        app.minutes(16);
        let caller = app.who(&secret).await.unwrap();
        let code = code_of(app, &offer.url);
        let refusal = confirm(app, &caller, &offer.ticket, &code, None).await;
        assert_eq!(invalid(refusal), ["ticket"]);
        assert!(app.person(world.city).await.second_factor_since.is_none());

        let offer = offer_second_factor(app, &caller).await.unwrap();
        let code = code_of(app, &offer.url);
        let confirming = confirm(app, &caller, &offer.ticket, &code, None);
        let began = app.leaves("own.change-second-factor", Done, confirming).await.unwrap();
        assert!(app.who(&secret).await.is_none());
        let caller = app.who(&began.secret).await.unwrap();
        assert_eq!(caller.owes, None);
        assert!(caller.session.unwrap().second_factor.is_some());
    });
}

#[test]
fn another_second_factor_takes_a_code_of_the_present_one() {
    each(async |app| {
        let world = app.world().await;
        let (first, began) = set_up(app, &app.by_password(world.city).await).await;
        let caller = app.who(&began.secret).await.unwrap();
        app.minutes(1);
        let offer = offer_second_factor(app, &caller).await.unwrap();
        let code = code_of(app, &offer.url);
        let wrong = wrong_code(app, &first);
        for present in [None, Some(wrong.as_str())] {
            let confirming = confirm(app, &caller, &offer.ticket, &code, present);
            let refusal = app.leaves("own.change-second-factor", Refused, confirming).await;
            assert_eq!(invalid(refusal), ["present_code"]);
        }
        let present = code_of(app, &first);
        let confirming = confirm(app, &caller, &offer.ticket, &code, Some(&present));
        let began = app.leaves("own.change-second-factor", Done, confirming).await.unwrap();
        assert!(app.who(&began.secret).await.is_some());
        // The first one opens nothing any more.
        app.minutes(1);
        let half = app.by_password(world.city).await;
        let refusal = app::sign_in::give_second_factor(app, &half, &code_of(app, &first)).await;
        assert_eq!(invalid(refusal), ["code"]);
        let code = code_of(app, &offer.url);
        app::sign_in::give_second_factor(app, &half, &code).await.unwrap();
    });
}

#[test]
fn with_a_password_alone_nobody_gets_past_a_second_factor_that_is_set_up() {
    each(async |app| {
        let world = app.world().await;
        let (url, _) = set_up(app, &app.by_password(world.city).await).await;
        app.minutes(1);
        let half = app.by_password(world.city).await;
        let changing = change_own_password(app, &half, (PASSWORD, CHOSEN), Close::ALL);
        let refusal = app.leaves("own.change-password", Refused, changing).await;
        refused!(refusal, Refusal::GiveSecondFactor);
        refused!(offer_second_factor(app, &half).await, Refusal::GiveSecondFactor);
        let refusal = confirm(app, &half, "", &code_of(app, &url), None).await;
        refused!(refusal, Refusal::GiveSecondFactor);
    });
}

#[test]
fn a_second_factor_that_was_lost_is_taken_away_by_the_security_officer() {
    each(async |app| {
        let world = app.world().await;
        let (_, began) = set_up(app, &app.by_password(world.city).await).await;
        let security = app.caller(world.security).await;
        let resetting = reset_second_factor(app, &security, world.city);
        app.leaves("person.reset-second-factor", Done, resetting).await.unwrap();
        assert!(app.who(&began.secret).await.is_none());
        let began = with_password(app, "w.city", PASSWORD, &app.origin()).await.unwrap();
        assert!(!began.second_factor);
        let refusal = reset_second_factor(app, &security, world.security).await;
        assert_eq!(crate::refused::forbidden(refusal), access::Why::OwnMatter);
    });
}

#[test]
fn another_password_closes_what_its_owner_wants_closed_and_says_how_much() {
    each(async |app| {
        let world = app.world().await;
        let table = [
            (Close::NOTHING, (0, 0, 0)),
            (Close { tokens: true, ..Close::NOTHING }, (0, 1, 0)),
            (Close::ALL, (1, 0, 1)),
        ];
        app.session(world.city, false).await;
        app.token(world.city).await;
        app.identity(world.city, "somebody there").await;
        let mut given = (PASSWORD, CHOSEN);
        for (close, (sessions, tokens, identities)) in table {
            let caller = app.by_password(world.city).await;
            let there = count_own_ways_in(app, &caller).await.unwrap();
            let (began, closed) = change_own_password(app, &caller, given, close).await.unwrap();
            assert_eq!(
                (closed.sessions, closed.tokens, closed.identities),
                if close == Close::ALL {
                    (there.sessions, 0, 1)
                } else {
                    (sessions, tokens, identities)
                },
                "{close:?}"
            );
            let caller = app.who(&began.secret).await.unwrap();
            let left = count_own_ways_in(app, &caller).await.unwrap();
            assert_eq!(left.sessions, there.sessions - closed.sessions, "{close:?}");
            assert_eq!(left.tokens, there.tokens - closed.tokens, "{close:?}");
            assert_eq!(left.identities, there.identities - closed.identities, "{close:?}");
            given = (given.1, given.0);
        }
    });
}

/// What would let somebody in later who has found an unlocked screen.
#[test]
fn whatever_lets_somebody_in_later_asks_for_the_present_password_and_counts_wrong_ones() {
    each(async |app| {
        let world = app.world().await;
        let caller = app.caller(world.city).await;
        let provider = app::single_sign_on::Provider {
            name: "统一认证".to_owned(),
            issuer: "http://127.0.0.1:1".to_owned(),
            client: "tidu".to_owned(),
            secret: "a secret of this test".to_owned(),
            redirect: "http://127.0.0.1:2/sign-on/return".to_owned(),
        };
        let new = NewToken { name: "报表", actions: [Action::PersonList].into(), days: 30 };
        let offer = offer_second_factor(app, &caller).await.unwrap();
        let code = code_of(app, &offer.url);
        for present in ["", "not the password"] {
            let making = create_own_token(app, &caller, &new, present);
            let refusal = app.leaves("own.create-token", Refused, making).await;
            assert_eq!(invalid(refusal), ["present"]);
            let with =
                Confirming { ticket: &offer.ticket, code: &code, present_code: None, present };
            let setting = confirm_second_factor(app, &caller, &with);
            let refusal = app.leaves("own.change-second-factor", Refused, setting).await;
            assert_eq!(invalid(refusal), ["present"]);
        }
        let linking = begin_link(app, &caller, &provider, "not the password", "/");
        match app.leaves("own.link-identity", Refused, linking).await {
            Err(NotSignedOn::Refused(refusal)) => {
                assert_eq!(invalid::<()>(Err(refusal)), ["present"]);
            }
            other => panic!("{other:?}"),
        }
        // That was the fifth: now the right one does not help either.
        let refusal = create_own_token(app, &caller, &new, PASSWORD).await;
        refused!(refusal, Refusal::TooMany { .. });
    });
}

#[test]
fn who_has_no_password_has_signed_in_elsewhere_just_now() {
    each(async |app| {
        let world = app.world().await;
        let unit = app.store().write().await.unwrap();
        store::person::forget_password(&unit, world.city).await.unwrap();
        unit.commit().await.unwrap();
        let secret = app.session(world.city, true).await;
        let new = NewToken { name: "报表", actions: [Action::PersonList].into(), days: 30 };
        app.minutes(9);
        let caller = app.who(&secret).await.unwrap();
        create_own_token(app, &caller, &new, "").await.unwrap();
        app.minutes(2);
        let caller = app.who(&secret).await.unwrap();
        refused!(create_own_token(app, &caller, &new, "").await, Refusal::Conflict(_));
    });
}
