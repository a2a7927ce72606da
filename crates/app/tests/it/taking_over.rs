//! Nobody alone gets into somebody else's account: not the administrator by resetting passwords, not by inviting anew.

use access::{Role, Why};
use app::Refusal;
use app::own::accept_invitation;
use app::people::{
    invite_again, list_held, reset_password, reset_second_factor, show_person, unlock_person,
};
use app::sign_in::with_password;
use audit::Outcome::Done;

use crate::bed::{App, PASSWORD, each};
use crate::refused::{forbidden, invalid, refused};
use crate::signing_in::set_up;

const CHOSEN: &str = "evening tide at the pier";

async fn cannot(app: &App, login: &str, password: &str) {
    assert_eq!(invalid(with_password(app, login, password, &app.origin()).await), ["login"]);
}

#[test]
fn after_a_reset_an_account_without_a_second_factor_waits_for_the_security_officer() {
    each(async |app| {
        let world = app.world().await;
        let admin = app.caller(world.admin).await;
        let security = app.caller(world.security).await;
        let reset = reset_password(app, &admin, world.city).await.unwrap();
        assert!(reset.held);
        cannot(app, "w.city", &reset.password).await;
        // Neither time nor failures shorten it.
        for _ in 0..7 {
            cannot(app, "w.city", "wrong wrong wrong").await;
        }
        app.days(100);
        cannot(app, "w.city", &reset.password).await;
        // Nor does doing it again, nor the one who did it.
        let admin = app.caller(world.admin).await;
        let reset = reset_password(app, &admin, world.city).await.unwrap();
        cannot(app, "w.city", &reset.password).await;
        assert_eq!(forbidden(unlock_person(app, &admin, world.city).await), Why::NotYourRole);
        assert_eq!(forbidden(list_held(app, &admin).await), Why::NotYourRole);
        drop(security);

        let security = app.caller(world.security).await;
        let waiting = list_held(app, &security).await.unwrap();
        assert_eq!(waiting.iter().map(|one| one.id).collect::<Vec<_>>(), [world.city]);
        assert!(waiting[0].held && waiting[0].locked.is_some());
        let releasing = unlock_person(app, &security, world.city);
        app.leaves("person.unlock", Done, releasing).await.unwrap();
        assert!(list_held(app, &security).await.unwrap().is_empty());
        assert!(!show_person(app, &security, world.city).await.unwrap().held);
        with_password(app, "w.city", &reset.password, &app.origin()).await.unwrap();
    });
}

#[test]
fn an_invitation_made_anew_for_an_open_account_waits_too() {
    each(async |app| {
        let world = app.world().await;
        let admin = app.caller(world.admin).await;
        let session = app.session(world.city, false).await;
        refused!(invite_again(app, &admin, world.city, false).await, Refusal::Conflict(_));
        assert!(app.who(&session).await.is_some(), "nothing was done");
        let again = invite_again(app, &admin, world.city, true).await.unwrap();
        assert!(again.held && app.who(&session).await.is_none());
        let accept = async || accept_invitation(app, &again.secret, CHOSEN, &app.origin()).await;
        refused!(accept().await, Refusal::Conflict(_));
        cannot(app, "w.city", PASSWORD).await;
        let security = app.caller(world.security).await;
        unlock_person(app, &security, world.city).await.unwrap();
        accept().await.unwrap();
    });
}

#[test]
fn where_a_second_factor_stands_behind_the_password_nothing_is_locked() {
    each(async |app| {
        let world = app.world().await;
        set_up(app, &app.by_password(world.city).await).await;
        let admin = app.caller(world.admin).await;
        let reset = reset_password(app, &admin, world.city).await.unwrap();
        assert!(!reset.held);
        let began = with_password(app, "w.city", &reset.password, &app.origin()).await.unwrap();
        assert!(began.second_factor, "the password alone opens nothing");
        // The security officer takes it away: then it was two officers' acts.
        let security = app.caller(world.security).await;
        reset_second_factor(app, &security, world.city).await.unwrap();
        let began = with_password(app, "w.city", &reset.password, &app.origin()).await.unwrap();
        assert!(!began.second_factor);
    });
}

#[test]
fn the_only_one_who_could_release_it_is_not_locked_out() {
    each(async |app| {
        let world = app.world().await;
        let admin = app.caller(world.admin).await;
        refused!(reset_password(app, &admin, world.security).await, Refusal::Conflict(_));
        refused!(invite_again(app, &admin, world.security, true).await, Refusal::Conflict(_));
        with_password(app, "w.security", PASSWORD, &app.origin()).await.unwrap();
        let second = app.somebody("w.security2", &world.bureau, Role::SecurityOfficer).await;
        let reset = reset_password(app, &admin, world.security).await.unwrap();
        let second = app.caller(second).await;
        unlock_person(app, &second, world.security).await.unwrap();
        with_password(app, "w.security", &reset.password, &app.origin()).await.unwrap();
    });
}

/// Somebody who sat at an unlocked screen for a minute has made a token and linked an account of theirs.
#[test]
fn whoever_was_in_the_account_is_out_when_it_is_taken_back() {
    each(async |app| {
        let world = app.world().await;
        let admin = app.caller(world.admin).await;
        let token = async || app.token(world.city).await;
        let link = async || app.identity(world.city, "thief").await;
        let linked = async || app.identities(world.city).await;
        let holds = async |secret: &str| {
            app::caller::by_token(app, secret, app.origin()).await.unwrap().is_some()
        };

        let secret = token().await;
        link().await;
        assert!(holds(&secret).await);
        let reset = reset_password(app, &admin, world.city).await.unwrap();
        assert_eq!((reset.closed.tokens, reset.closed.identities), (1, 1));
        assert!(!holds(&secret).await && linked().await == 0);
        // One that slipped in holds no sooner than the owner is in.
        let secret = token().await;
        assert!(!holds(&secret).await, "held, and the password has to be changed");
        let security = app.caller(world.security).await;
        unlock_person(app, &security, world.city).await.unwrap();
        assert!(!holds(&secret).await, "the password has to be changed");

        link().await;
        let again = invite_again(app, &admin, world.city, true).await.unwrap();
        assert_eq!((again.closed.tokens, again.closed.identities), (1, 1));
        assert!(!holds(&secret).await && linked().await == 0);
    });
}

#[test]
fn a_second_factor_is_taken_away_with_every_other_way_in() {
    each(async |app| {
        let world = app.world().await;
        set_up(app, &app.by_password(world.city).await).await;
        let token = app.token(world.city).await;
        app.identity(world.city, "thief").await;
        let security = app.caller(world.security).await;
        let closed = reset_second_factor(app, &security, world.city).await.unwrap();
        assert_eq!((closed.sessions, closed.tokens, closed.identities), (1, 1, 1));
        assert!(app::caller::by_token(app, &token, app.origin()).await.unwrap().is_none());
        assert_eq!(app.identities(world.city).await, 0);
    });
}
