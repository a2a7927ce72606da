//! The three officers from the first start on: each does a part, none does another's.

use access::{OrganisationKind, Role, Why};
use app::caller::Owes;
use app::organisations::{Described, NewOrganisation, create_organisation};
use app::own::{
    Close, Confirming, change_own_password, confirm_second_factor, offer_second_factor,
};
use app::people::{
    Invite, NewMembership, decide_membership, invite_person, list_people, list_proposals,
};
use app::sign_in::with_password;
use app::{Caller, Refusal};
use audit::Outcome::{Done, Refused};
use store::Page;
use store::membership::State;

use crate::bed::{App, each};
use crate::refused::forbidden;
use crate::signing_in::code_of;

/// From the password for one time to a session with everything settled.
async fn settle(app: &App, login: &str, given: &str, chosen: &str) -> Caller {
    let began = with_password(app, login, given, &app.origin()).await.unwrap();
    let first = app.who(&began.secret).await.unwrap();
    assert_eq!(first.owes, Some(Owes::Password));
    let owing = list_people(app, &first, &Default::default(), Page::ALL).await;
    assert!(matches!(owing, Err(Refusal::Forbidden(Why::Owes | Why::NotYourRole))));
    let (began, closed) =
        change_own_password(app, &first, (given, chosen), Close::ALL).await.unwrap();
    assert_eq!(closed, Default::default());
    let second = app.who(&began.secret).await.unwrap();
    assert_eq!(second.owes, Some(Owes::SetUpSecondFactor));
    assert_eq!(
        forbidden(list_people(app, &second, &Default::default(), Page::ALL).await),
        Why::Owes
    );
    let offer = offer_second_factor(app, &second).await.unwrap();
    let code = code_of(app, &offer.url);
    let with =
        Confirming { ticket: &offer.ticket, code: &code, present_code: None, present: chosen };
    let began = confirm_second_factor(app, &second, &with).await.unwrap();
    let settled = app.who(&began.secret).await.unwrap();
    assert_eq!(settled.owes, None);
    settled
}

#[test]
fn the_administrator_proposes_and_the_security_officer_approves_and_neither_does_both() {
    each(async |app| {
        let first = app::first_start::first_start(app, "示例市民营经济局").await.unwrap().unwrap();
        app::first_passwords::shown(app).await.unwrap();
        assert!(app::first_start::first_start(app, "另一个局").await.unwrap().is_none());
        let mut officers = Vec::new();
        for (_, login, given) in &first.accounts {
            let chosen = format!("{} and some more words", "river stone");
            officers.push(settle(app, login, given, &chosen).await);
        }
        let [admin, security, auditor] = officers.as_slice() else { panic!() };
        let bureau = admin.memberships[0].organisation;

        let described = Described { name: "北区", ..Described::default() };
        let new = NewOrganisation { parent: bureau, kind: OrganisationKind::District, described };
        for other in [security, auditor] {
            let refused = app
                .leaves("organisation.create", Refused, create_organisation(app, other, &new))
                .await;
            assert_eq!(forbidden(refused), Why::NotYourRole);
        }
        let north = create_organisation(app, admin, &new).await.unwrap();

        let membership =
            NewMembership { organisation: north, role: Role::DistrictOfficer, until: None };
        let invite = Invite {
            login: "li.north",
            name: "李北北",
            phone: Some("138 0000 1111"),
            mail: Some("li@example.cn"),
            membership,
        };
        for text in ["li.north", "李北北", "13800001111", "li@example.cn"] {
            app.personal(text);
        }
        for other in [security, auditor] {
            let refused =
                app.leaves("person.invite", Refused, invite_person(app, other, &invite)).await;
            assert_eq!(forbidden(refused), Why::NotYourRole);
        }
        let invited =
            app.leaves("person.invite", Done, invite_person(app, admin, &invite)).await.unwrap();
        assert_eq!(invited.state, State::Proposed);

        let began = app::own::accept_invitation(
            app,
            &invited.secret,
            "evening tide at the pier",
            &app.origin(),
        )
        .await
        .unwrap();
        let li = app.who(&began.secret).await.unwrap();
        assert_eq!(
            forbidden(list_people(app, &li, &Default::default(), Page::ALL).await),
            Why::NotYourRole
        );

        let waiting = list_proposals(app, security).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].person.text.as_deref(), Some("李北北"));
        let (id, version) = (waiting[0].membership.id, waiting[0].membership.version);
        for other in [admin, auditor, &li] {
            let deciding = decide_membership(app, other, id, version, true);
            let refused = app.leaves("membership.approve", Refused, deciding).await;
            assert_eq!(forbidden(refused), Why::NotYourRole);
        }
        let deciding = decide_membership(app, security, id, version, true);
        app.leaves("membership.approve", Done, deciding).await.unwrap();
        let li = app.who(&began.secret).await.unwrap();
        assert!(list_people(app, &li, &Default::default(), Page::ALL).await.is_ok());

        assert!(app::settings::read_security(app, auditor).await.is_ok());
        assert_eq!(forbidden(app::settings::read_security(app, admin).await), Why::NotYourRole);
        let asked = app::audit_trail::Asked::default();
        let seen = app::audit_trail::list_records(app, admin, &asked, Page::ALL).await;
        assert_eq!(forbidden(seen), Why::NotYourRole);
        let seen = app::audit_trail::list_records(app, auditor, &asked, Page::ALL).await.unwrap();
        assert!(seen.total > 10);
    });
}

#[test]
fn an_officer_with_a_password_alone_does_nothing() {
    each(async |app| {
        let world = app.world().await;
        for officer in [world.admin, world.security, world.auditor] {
            let caller = app.by_password(officer).await;
            assert_eq!(caller.owes, Some(Owes::SetUpSecondFactor));
            assert_eq!(
                forbidden(list_people(app, &caller, &Default::default(), Page::ALL).await),
                Why::Owes
            );
        }
    });
}

#[test]
fn passwords_that_were_never_shown_are_given_anew_until_somebody_is_in() {
    each(async |app| {
        let start = async || app::first_start::first_start(app, "示例市民营经济局").await.unwrap();
        let untouched = async || {
            let unit = app.store().read().await.unwrap();
            app::first_passwords::nobody_signed_in(&unit).await.unwrap()
        };
        assert!(!untouched().await, "nobody is there yet");
        let first = start().await.unwrap();
        // The process was killed before anybody could read them.
        let second = start().await.unwrap();
        let of = |accounts: &app::first_start::FirstAccounts| -> Vec<(Role, String)> {
            accounts.accounts.iter().map(|(role, login, _)| (*role, login.clone())).collect()
        };
        assert_eq!(of(&first), of(&second));
        for ((_, login, old), (_, _, new)) in first.accounts.iter().zip(&second.accounts) {
            assert_ne!(old, new);
            assert!(with_password(app, login, old, &app.origin()).await.is_err(), "{login}");
        }
        // From now on they are known, and stay.
        app::first_passwords::shown(app).await.unwrap();
        app::first_passwords::shown(app).await.unwrap();
        assert!(start().await.is_none() && untouched().await);
        let (_, login, given) = &second.accounts[0];
        with_password(app, login, given, &app.origin()).await.unwrap();
        assert!(!untouched().await);
    });
}

#[test]
fn nobody_who_has_signed_in_loses_a_password_to_a_start() {
    each(async |app| {
        let first = app::first_start::first_start(app, "示例市民营经济局").await.unwrap().unwrap();
        let (_, login, given) = &first.accounts[1];
        with_password(app, login, given, &app.origin()).await.unwrap();
        assert!(app::first_start::first_start(app, "另一个局").await.unwrap().is_none());
        with_password(app, login, given, &app.origin()).await.unwrap();
    });
}
