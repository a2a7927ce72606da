//! Signing in: locks and their end, the second factor, what nobody learns.

use app::own::{Confirming, confirm_second_factor, offer_second_factor};
use app::people::{disable_person, unlock_person};
use app::sign_in::{Began, give_second_factor, with_password};
use app::{Caller, Refusal};
use audit::Outcome::{Done, Refused};
use totp_rs::Totp;

use crate::bed::{App, PASSWORD, each};
use crate::refused::{invalid, refused};

/// The code that an authenticator shows now.
pub fn code_of(app: &App, url: &str) -> String {
    let now = u64::try_from(app.now().as_second()).unwrap();
    Totp::from_url(url).unwrap().generate(now).to_string()
}

/// A code that is none.
pub fn wrong_code(app: &App, url: &str) -> String {
    let now = u64::try_from(app.now().as_second()).unwrap();
    let totp = Totp::from_url(url).unwrap();
    let near: Vec<String> =
        [now - 30, now, now + 30].map(|at| totp.generate(at).to_string()).into();
    ["111111", "222222", "333333", "444444"]
        .into_iter()
        .find(|code| !near.contains(&(*code).to_owned()))
        .unwrap()
        .to_owned()
}

/// Sets up a second factor for a person and gives its address.
pub async fn set_up(app: &App, caller: &Caller) -> (String, Began) {
    let offer = offer_second_factor(app, caller).await.unwrap();
    let code = code_of(app, &offer.url);
    let began = confirm(app, caller, &offer.ticket, &code, None).await.unwrap();
    (offer.url, began)
}

/// Confirms an offer with the usual password.
pub async fn confirm(
    app: &App,
    caller: &Caller,
    ticket: &str,
    code: &str,
    present_code: Option<&str>,
) -> Result<Began, Refusal> {
    let with = Confirming { ticket, code, present_code, present: PASSWORD };
    confirm_second_factor(app, caller, &with).await
}

async fn try_in(app: &App, login: &str, password: &str) -> Result<Began, Refusal> {
    with_password(app, login, password, &app.origin()).await
}

#[test]
fn a_password_opens_a_session_and_the_login_is_read_as_it_is_meant() {
    each(async |app| {
        let world = app.world().await;
        let signing = try_in(app, " Ｗ.CITY ", PASSWORD);
        let began = app.leaves("session.begin", Done, signing).await.unwrap();
        assert!(!began.second_factor);
        let caller = app.who(&began.secret).await.unwrap();
        assert_eq!(caller.person(), world.city);
        assert_eq!(caller.owes, None);
    });
}

#[test]
fn whoever_fails_learns_only_that_it_failed() {
    each(async |app| {
        let world = app.world().await;
        let admin = app.caller(world.admin).await;
        let version = app.person(world.northern).await.version;
        disable_person(app, &admin, world.northern, version).await.unwrap();
        let mut words = Vec::new();
        for (login, password) in [
            ("w.city", "not the password"),
            ("w.nobody", PASSWORD),
            ("w.northern", PASSWORD),
            ("", ""),
        ] {
            let trying = try_in(app, login, password);
            let refusal = app.leaves("session.begin", Refused, trying).await;
            words.push(refused!(refusal, Refusal::Invalid(_)));
        }
        words.dedup();
        assert_eq!(words.len(), 1);
    });
}

#[test]
fn an_account_locks_after_five_failures_and_opens_by_itself() {
    each(async |app| {
        let world = app.world().await;
        for _ in 0..5 {
            assert_eq!(invalid(try_in(app, "w.city", "wrong wrong wrong").await), ["login"]);
        }
        assert_eq!(invalid(try_in(app, "w.city", PASSWORD).await), ["login"]);
        app.minutes(14);
        assert_eq!(invalid(try_in(app, "w.city", PASSWORD).await), ["login"]);
        app.minutes(1);
        try_in(app, "w.city", PASSWORD).await.unwrap();
        assert_eq!(app.person(world.city).await.failed, 0);
        // Four are forgiven by the next that succeeds.
        for _ in 0..2 {
            for _ in 0..4 {
                assert_eq!(invalid(try_in(app, "w.city", "wrong wrong wrong").await), ["login"]);
            }
            try_in(app, "w.city", PASSWORD).await.unwrap();
        }
    });
}

#[test]
fn the_security_officer_opens_a_locked_account_before_its_time() {
    each(async |app| {
        let world = app.world().await;
        for _ in 0..5 {
            invalid(try_in(app, "w.city", "wrong wrong wrong").await);
        }
        let security = app.caller(world.security).await;
        let seen = app::people::show_person(app, &security, world.city).await.unwrap();
        assert!(seen.locked.is_some());
        let unlocking = unlock_person(app, &security, world.city);
        app.leaves("person.unlock", Done, unlocking).await.unwrap();
        try_in(app, "w.city", PASSWORD).await.unwrap();
    });
}

#[test]
fn a_code_opens_once_and_the_session_gets_another_secret() {
    each(async |app| {
        let world = app.world().await;
        let (url, _) = set_up(app, &app.by_password(world.city).await).await;
        app.minutes(1);
        let began = try_in(app, "w.city", PASSWORD).await.unwrap();
        assert!(began.second_factor);
        let half = app.who(&began.secret).await.unwrap();
        let code = code_of(app, &url);
        let giving = give_second_factor(app, &half, &code);
        let whole = app.leaves("session.second-factor", Done, giving).await.unwrap();
        assert!(app.who(&began.secret).await.is_none(), "the old secret still opens it");
        assert_eq!(app.who(&whole.secret).await.unwrap().owes, None);
        // The same code in another session, at the same time.
        let began = try_in(app, "w.city", PASSWORD).await.unwrap();
        let half = app.who(&began.secret).await.unwrap();
        let giving = give_second_factor(app, &half, &code);
        let refusal = app.leaves("session.second-factor", Refused, giving).await;
        assert_eq!(invalid(refusal), ["code"]);
        app.minutes(1);
        give_second_factor(app, &half, &code_of(app, &url)).await.unwrap();
    });
}

#[test]
fn wrong_codes_lock_the_account_and_a_right_password_does_not_forgive_them() {
    each(async |app| {
        let world = app.world().await;
        let (url, _) = set_up(app, &app.by_password(world.city).await).await;
        app.minutes(1);
        for _ in 0..5 {
            let began = try_in(app, "w.city", PASSWORD).await.unwrap();
            let half = app.who(&began.secret).await.unwrap();
            let wrong = wrong_code(app, &url);
            assert_eq!(invalid(give_second_factor(app, &half, &wrong).await), ["code"]);
        }
        assert_eq!(invalid(try_in(app, "w.city", PASSWORD).await), ["login"]);
        app.minutes(16);
        let began = try_in(app, "w.city", PASSWORD).await.unwrap();
        let half = app.who(&began.secret).await.unwrap();
        give_second_factor(app, &half, &code_of(app, &url)).await.unwrap();
        assert_eq!(app.person(world.city).await.failed, 0);
    });
}

#[test]
fn after_a_lock_has_ended_failures_are_counted_anew() {
    each(async |app| {
        app.world().await;
        for _ in 0..3 {
            for _ in 0..5 {
                assert_eq!(invalid(try_in(app, "w.city", "wrong wrong wrong").await), ["login"]);
            }
            assert_eq!(invalid(try_in(app, "w.city", PASSWORD).await), ["login"], "it is locked");
            app.minutes(16);
            for _ in 0..4 {
                assert_eq!(invalid(try_in(app, "w.city", "wrong wrong wrong").await), ["login"]);
            }
            try_in(app, "w.city", PASSWORD).await.unwrap();
        }
    });
}
