//! Two who do the same thing at the same moment: one of them did it, the other is told, nothing is half done.

use access::Role;
use app::Refusal;
use app::delegations::{grant_delegation, revoke_delegation};
use app::own::{NewToken, accept_invitation, create_own_token};
use app::people::{
    Invite, NewMembership, decide_membership, disable_person, end_membership, invite_person,
    propose_membership,
};
use app::settings::change_security;

use store::membership::State;

use crate::bed::{PASSWORD, each};

/// One of both was done; the other was refused in one of these ways.
fn one_of<T, U>(
    one: Result<T, Refusal>,
    other: Result<U, Refusal>,
    refused: impl Fn(&Refusal) -> bool,
) {
    match (one, other) {
        (Ok(_), Err(refusal)) | (Err(refusal), Ok(_)) => assert!(refused(&refusal), "{refusal:?}"),
        (Ok(_), Ok(_)) => panic!("both were done"),
        (Err(one), Err(other)) => panic!("neither was done: {one:?}, {other:?}"),
    }
}

#[test]
fn the_last_two_administrators_cannot_let_each_other_go() {
    each(async |app| {
        let world = app.world().await;
        for round in 0..4 {
            let login = format!("w.second{round}");
            let second = app.somebody(&login, &world.bureau, Role::Administrator).await;
            let (one, other) = (app.caller(world.admin).await, app.caller(second).await);
            let admin_held = app.memberships(world.admin).await.pop().unwrap();
            let second_version = app.person(second).await.version;
            let (ended, disabled) = tokio::join!(
                end_membership(app, &other, admin_held.id, admin_held.version),
                disable_person(app, &one, second, second_version),
            );
            let done = ended.is_ok();
            one_of(ended, disabled, |refusal| matches!(refusal, Refusal::Conflict(_)));
            if done {
                app.member_of(world.admin, &world.bureau, Role::Administrator).await;
                let last = app.memberships(second).await.pop().unwrap();
                let admin = app.caller(world.admin).await;
                end_membership(app, &admin, last.id, last.version).await.unwrap();
            }
        }
    });
}

#[test]
fn a_proposal_is_decided_once() {
    each(async |app| {
        let world = app.world().await;
        let second = app.somebody("w.security2", &world.bureau, Role::SecurityOfficer).await;
        let city = app.by_password(world.city).await;
        let (one, other) = (app.caller(world.security).await, app.caller(second).await);
        for _ in 0..5 {
            let new = NewMembership {
                organisation: world.pump.id,
                role: Role::EnterpriseManager,
                until: None,
            };
            let (id, _) = propose_membership(app, &city, world.member, new).await.unwrap();
            let (yes, no) = tokio::join!(
                decide_membership(app, &one, id, 1, true),
                decide_membership(app, &other, id, 1, false),
            );
            one_of(yes, no, |refusal| matches!(refusal, Refusal::Changed));
            let held = app.memberships(world.member).await.pop().unwrap();
            if held.holds_on(app::today(app.now())) {
                end_membership(app, &city, id, held.version).await.unwrap();
            }
        }
    });
}

#[test]
fn an_invitation_is_accepted_once_and_a_login_given_once() {
    each(async |app| {
        let world = app.world().await;
        let (one, other) =
            (app.by_password(world.manager).await, app.by_password(world.other_manager).await);
        let at = |organisation| NewMembership {
            organisation,
            role: Role::EnterpriseMember,
            until: None,
        };
        let invite = |organisation| Invite {
            login: "same.login",
            name: "同名人",
            phone: None,
            mail: None,
            membership: at(organisation),
        };
        let (here, there) = (invite(world.pump.id), invite(world.lamp.id));
        let (first, second) =
            tokio::join!(invite_person(app, &one, &here), invite_person(app, &other, &there));
        let secret = first.as_ref().or(second.as_ref()).map(|one| one.secret.clone()).ok().unwrap();
        one_of(first, second, |refusal| matches!(refusal, Refusal::Invalid(_)));
        let origin = app.origin();
        let (first, second) = tokio::join!(
            accept_invitation(app, &secret, "evening tide at the pier", &origin),
            accept_invitation(app, &secret, "morning fog on the hills", &origin),
        );
        one_of(first, second, |refusal| matches!(refusal, Refusal::Invalid(_)));
    });
}

#[test]
fn settings_are_changed_by_one_of_two() {
    each(async |app| {
        let world = app.world().await;
        let (one, other) = (app.caller(world.security).await, app.caller(world.security).await);
        for version in 0..4 {
            let new = app::Security { lock_after: 4, ..app::Security::default() };
            let newer = app::Security { lock_after: 6, ..app::Security::default() };
            let (first, second) = tokio::join!(
                change_security(app, &one, version, &new),
                change_security(app, &other, version, &newer),
            );
            one_of(first, second, |refusal| matches!(refusal, Refusal::Changed));
        }
    });
}

#[test]
fn a_role_is_given_once_and_offices_that_exclude_each_other_to_nobody() {
    each(async |app| {
        let world = app.world().await;
        let security2 = app.somebody("w.security2", &world.bureau, Role::SecurityOfficer).await;
        let admin = app.caller(world.admin).await;
        let (one, other) = (app.caller(world.security).await, app.caller(security2).await);
        let new = |role| NewMembership { organisation: world.bureau.id, role, until: None };
        for round in 0..4 {
            let somebody = app.somebody_new(&format!("new{round}"), Role::Leader).await;
            let give = async |role| propose_membership(app, &admin, somebody, new(role)).await;
            let (first, second) = tokio::join!(give(Role::CityOfficer), give(Role::CityOfficer));
            one_of(first, second, |refusal| matches!(refusal, Refusal::Conflict(_)));
            for held in app.memberships(somebody).await {
                if matches!(held.state, State::Active | State::Proposed) {
                    let (id, version) = (held.id, held.version);
                    end_membership(app, &admin, id, version).await.unwrap();
                }
            }
            // Both are proposed while neither holds; only one of them can be approved.
            let proposed = async |role| {
                let unit = app.store().write().await.unwrap();
                let entered = store::membership::New {
                    person: somebody,
                    organisation: world.bureau.id,
                    role,
                    state: State::Proposed,
                    from: app::today(app.now()),
                    until: None,
                    proposed_by: Some(world.admin),
                    at: app.now(),
                };
                let id = store::membership::insert(&unit, &entered).await.unwrap();
                unit.commit().await.unwrap();
                id
            };
            let (office, audit) =
                (proposed(Role::Administrator).await, proposed(Role::Auditor).await);
            let (first, second) = tokio::join!(
                decide_membership(app, &one, office, 1, true),
                decide_membership(app, &other, audit, 1, true),
            );
            one_of(first, second, |refusal| matches!(refusal, Refusal::Forbidden(_)));
        }
    });
}

#[test]
fn a_delegation_is_given_once() {
    each(async |app| {
        let world = app.world().await;
        let manager = app.by_password(world.manager).await;
        let until = app::today(app.now());
        for _ in 0..4 {
            let grant = async || {
                grant_delegation(app, &manager, world.pump.id, world.office.id, until).await
            };
            let (first, second) = tokio::join!(grant(), grant());
            let id = *first.as_ref().or(second.as_ref()).unwrap();
            one_of(first, second, |refusal| matches!(refusal, Refusal::Conflict(_)));
            revoke_delegation(app, &manager, id, 1).await.unwrap();
        }
    });
}

#[test]
fn nobody_has_more_tokens_than_the_most() {
    each(async |app| {
        let world = app.world().await;
        let caller = app.caller(world.city).await;
        let make = async || {
            let actions = [access::Action::PersonList].into();
            let new = NewToken { name: "报表", actions, days: 30 };
            create_own_token(app, &caller, &new, PASSWORD).await
        };
        for _ in 0..49 {
            make().await.unwrap();
        }
        let (first, second) = tokio::join!(make(), make());
        one_of(first, second, |refusal| matches!(refusal, Refusal::Conflict(_)));
    });
}
