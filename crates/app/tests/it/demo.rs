//! A demonstration: made in one piece, marked, signed in to with a password; nothing of it anywhere else.

use std::ops::ControlFlow;

use access::Role;
use app::caller::{Owes, by_session};
use app::demo::prepare;
use app::sign_in::with_password;
use app::{Caller, today};
use store::population::Population;
use tryout::Size;

use crate::bed::{App, each_with_law};

const PASSWORD: &str = "a made up password";

async fn set_up(app: &App) -> bool {
    let (folder, law) = (app.populations().unwrap(), app.law());
    let as_of = today(app.now());
    let size = Size { entities: 1_500, seed: 1, stratified: true };
    let city = tryout::city(&law.rulebook, as_of, size).unwrap();
    let draft = folder.draft("parquet").unwrap();
    let says = tryout::says(&law.rulebook, as_of, size);
    tryout::write(&city, &draft, says, &mut |_| ControlFlow::Continue(())).unwrap();
    let (file, print) = folder.keep(&draft).unwrap();
    let population = Population {
        id: 0,
        name: "演示城市".into(),
        file,
        hash: print.hash,
        bytes: print.bytes as i64,
        subjects: 1_500,
        known_as_of: as_of,
        base_year: Some(2025),
        made_up: true,
        refused: 0,
        report: "{}".into(),
        by: None,
        at: app.now(),
    };
    let prepared = prepare(app, population, 1).await.unwrap();
    prepared.enter(app, PASSWORD).await.unwrap()
}

async fn signed_in(app: &App, login: &str) -> Caller {
    let began = with_password(app, login, PASSWORD, &app.origin()).await.unwrap();
    by_session(app, &began.secret, app.origin()).await.unwrap().unwrap()
}

#[test]
fn everybody_signs_in_with_the_password_and_one_shows_the_second_factor() {
    each_with_law(async |app| {
        assert!(!app.is_demo());
        assert!(set_up(app).await);
        let demo = app.demo().unwrap().clone();
        let mut roles = Vec::new();
        for account in &demo.accounts {
            let caller = signed_in(app, &account.login).await;
            let held: Vec<Role> = caller.memberships.iter().map(|held| held.role).collect();
            assert_eq!(held, [account.role().unwrap()], "{}", account.login);
            assert_eq!(caller.memberships[0].organisation_name, account.organisation);
            let owes = account.shows_second_factor.then_some(Owes::SetUpSecondFactor);
            assert_eq!(caller.owes, owes, "{}", account.login);
            roles.extend(held);
        }
        roles.sort_unstable();
        roles.dedup();
        assert_eq!(roles, Role::ALL);
        // The firms that the accounts belong to are firms of the city, each for another reason.
        let city = app.city().unwrap();
        let firms: Vec<_> = demo
            .accounts
            .iter()
            .filter(|one| one.role() == Some(Role::EnterpriseManager))
            .collect();
        assert_eq!(firms.len(), 4);
        let unit = app.store().read().await.unwrap();
        for firm in firms {
            let snapshot = city.snapshot();
            let mut rows =
                (0..snapshot.rows()).filter(|row| snapshot.name(*row) == firm.organisation);
            let code = snapshot.code(rows.next().unwrap());
            let place = store::organisation::by_uscc(&unit, code).await.unwrap().unwrap();
            assert_eq!(place.name, firm.organisation);
            assert!(place.district.is_some() && !firm.zh.is_empty(), "{firm:?}");
        }
    });
}

#[test]
fn it_is_made_once_and_known_again() {
    each_with_law(async |app| {
        assert!(set_up(app).await);
        let before = app.last().await;
        assert!(!set_up(app).await, "somebody is there already");
        assert_eq!(app.last().await, before);
        let other = app.another().await;
        app::demo::recognise(&other).await.unwrap();
        assert_eq!(other.demo(), app.demo());
    });
}

#[test]
fn anywhere_else_officers_owe_a_second_factor() {
    each_with_law(async |app| {
        let world = app.world().await;
        for (login, owes) in [("w.admin", Some(Owes::SetUpSecondFactor)), ("w.city", None)] {
            let began =
                with_password(app, login, crate::bed::PASSWORD, &app.origin()).await.unwrap();
            let caller = by_session(app, &began.secret, app.origin()).await.unwrap().unwrap();
            assert_eq!(caller.owes, owes, "{login}");
            assert!(caller.session.unwrap().second_factor.is_none());
        }
        app::demo::recognise(app).await.unwrap();
        assert!(!app.is_demo());
        assert!(world.admin > 0 && !set_up(app).await);
        assert!(!app.is_demo());
    });
}
