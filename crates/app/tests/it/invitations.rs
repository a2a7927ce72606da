//! Invitations: what opens an account, once, in time, and what does not.

use access::{Role, Why};
use app::Refusal;
use app::own::accept_invitation;
use app::people::{
    Invite, Invited, NewMembership, disable_person, invite_again, invite_person, reset_password,
    unlock_person,
};
use app::sign_in::with_password;
use audit::Outcome::{Done, Refused};

use crate::bed::{App, PASSWORD, each};
use crate::refused::{forbidden, invalid, refused};
use crate::signing_in::set_up;
use crate::world::World;

const CHOSEN: &str = "evening tide at the pier";

async fn invited(app: &App, world: &World) -> Invited {
    let manager = app.by_password(world.manager).await;
    let membership =
        NewMembership { organisation: world.pump.id, role: Role::EnterpriseMember, until: None };
    let invite =
        Invite { login: "chen.mei", name: "陈美美", phone: None, mail: None, membership };
    invite_person(app, &manager, &invite).await.unwrap()
}

async fn accept(app: &App, secret: &str, chosen: &str) -> Result<app::sign_in::Began, Refusal> {
    accept_invitation(app, secret, chosen, &app.origin()).await
}

#[test]
fn an_invitation_opens_an_account_once() {
    each(async |app| {
        let world = app.world().await;
        let invited = invited(app, &world).await;
        assert_eq!(invited.state, store::membership::State::Active);
        invalid(with_password(app, "chen.mei", "", &app.origin()).await);
        let accepting = accept(app, &invited.secret, CHOSEN);
        let began = app.leaves("session.begin", Done, accepting).await.unwrap();
        let caller = app.who(&began.secret).await.unwrap();
        assert_eq!((caller.person(), caller.owes), (invited.person, None));
        let again = app
            .leaves("session.begin", Refused, accept(app, &invited.secret, "another good password"))
            .await;
        assert_eq!(invalid(again), ["invitation"]);
        with_password(app, "chen.mei", CHOSEN, &app.origin()).await.unwrap();
    });
}

#[test]
fn an_invitation_holds_for_seven_days() {
    each(async |app| {
        let world = app.world().await;
        let invited = invited(app, &world).await;
        app.days(7);
        assert_eq!(invalid(accept(app, &invited.secret, CHOSEN).await), ["invitation"]);
    });
}

#[test]
fn a_wrong_secret_and_a_disabled_account_are_answered_alike() {
    each(async |app| {
        let world = app.world().await;
        let invited = invited(app, &world).await;
        let admin = app.caller(world.admin).await;
        let version = app.person(invited.person).await.version;
        disable_person(app, &admin, invited.person, version).await.unwrap();
        let mut words = Vec::new();
        for secret in [invited.secret.as_str(), "tidui_0", "", "short"] {
            for chosen in [CHOSEN, "bad"] {
                words.push(refused!(accept(app, secret, chosen).await, Refusal::Invalid(_)));
            }
        }
        words.dedup();
        assert_eq!(words.len(), 1);
    });
}

#[test]
fn the_password_has_to_be_a_good_one_and_the_invitation_is_not_used_up_by_a_bad_one() {
    each(async |app| {
        let world = app.world().await;
        let invited = invited(app, &world).await;
        for bad in ["short", "aaaaaaaaaaaaaaaa", "my name is 陈美美 yes", "CHEN.MEI is here now"]
        {
            assert_eq!(invalid(accept(app, &invited.secret, bad).await), ["password"], "{bad}");
        }
        accept(app, &invited.secret, CHOSEN).await.unwrap();
    });
}

#[test]
fn an_invitation_that_was_lost_is_made_anew_by_who_could_have_made_it() {
    each(async |app| {
        let world = app.world().await;
        let first = invited(app, &world).await;
        // The district officer does not give the role of a member, and does not get their account either.
        let northern = app.by_password(world.northern).await;
        let refusal = invite_again(app, &northern, first.person, true).await;
        assert_eq!(forbidden(refusal), Why::NotYoursToGive);
        let other = app.by_password(world.other_manager).await;
        refused!(invite_again(app, &other, first.person, true).await, Refusal::NotFound);
        let manager = app.by_password(world.manager).await;
        let inviting = invite_again(app, &manager, first.person, false);
        let second = app.leaves("person.invite", Done, inviting).await.unwrap();
        assert_eq!(invalid(accept(app, &first.secret, CHOSEN).await), ["invitation"]);
        accept(app, &second.secret, CHOSEN).await.unwrap();
        // Who has a password is invited anew by the administrator only.
        let refusal = invite_again(app, &manager, first.person, true).await;
        assert_eq!(forbidden(refusal), Why::NotYourRole);
        let admin = app.caller(world.admin).await;
        let unmeant = invite_again(app, &admin, first.person, false);
        refused!(app.leaves_nothing(unmeant).await, Refusal::Conflict(_));
        with_password(app, "chen.mei", CHOSEN, &app.origin()).await.unwrap();
        let inviting = invite_again(app, &admin, first.person, true);
        let third = app.leaves("person.reset-password", Done, inviting).await.unwrap();
        assert!(third.held);
        invalid(with_password(app, "chen.mei", CHOSEN, &app.origin()).await);
        let security = app.caller(world.security).await;
        unlock_person(app, &security, first.person).await.unwrap();
        accept(app, &third.secret, "morning fog on the hills").await.unwrap();
    });
}

#[test]
fn a_password_for_one_time_opens_only_the_way_to_another_one_and_ends_what_went_on() {
    each(async |app| {
        let world = app.world().await;
        let secret = app.session(world.city, false).await;
        let admin = app.caller(world.admin).await;
        let resetting = reset_password(app, &admin, world.city);
        let given = app.leaves("person.reset-password", Done, resetting).await.unwrap().password;
        assert!(app.who(&secret).await.is_none());
        invalid(with_password(app, "w.city", PASSWORD, &app.origin()).await);
        let security = app.caller(world.security).await;
        unlock_person(app, &security, world.city).await.unwrap();
        let began = with_password(app, "w.city", &given, &app.origin()).await.unwrap();
        let caller = app.who(&began.secret).await.unwrap();
        assert_eq!(caller.owes, Some(app::caller::Owes::Password));
        let refusal = reset_password(app, &admin, world.admin).await;
        assert_eq!(forbidden(refusal), Why::OwnMatter);
        let half = app.by_password(world.admin).await;
        assert_eq!(forbidden(reset_password(app, &half, world.city).await), Why::Owes);
    });
}

#[test]
fn a_password_for_one_time_takes_the_place_of_an_invitation() {
    each(async |app| {
        let world = app.world().await;
        let invited = invited(app, &world).await;
        let admin = app.caller(world.admin).await;
        let given = reset_password(app, &admin, invited.person).await.unwrap().password;
        assert_eq!(invalid(accept(app, &invited.secret, CHOSEN).await), ["invitation"]);
        let security = app.caller(world.security).await;
        unlock_person(app, &security, invited.person).await.unwrap();
        with_password(app, "chen.mei", &given, &app.origin()).await.unwrap();
    });
}

#[test]
fn a_lock_holds_against_an_invitation_made_anew() {
    each(async |app| {
        let world = app.world().await;
        let admin = app.caller(world.admin).await;
        set_up(app, &app.by_password(world.city).await).await;
        for _ in 0..5 {
            invalid(with_password(app, "w.city", "wrong wrong wrong", &app.origin()).await);
        }
        let again = invite_again(app, &admin, world.city, true).await.unwrap();
        assert!(!again.held, "a second factor stands behind it");
        refused!(accept(app, &again.secret, CHOSEN).await, Refusal::TooMany { .. });
        app.minutes(16);
        assert!(accept(app, &again.secret, CHOSEN).await.unwrap().second_factor);
    });
}
