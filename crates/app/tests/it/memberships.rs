//! Roles: proposed by one, approved by another, ended by those who may give them.

use access::{Role, Why};
use app::Refusal;
use app::people::{
    NewMembership, decide_membership, end_membership, list_proposals, propose_membership,
};
use audit::Outcome::{Done, Refused};
use store::membership::State;

use crate::bed::each;
use crate::refused::{forbidden, invalid, refused};

#[test]
fn a_proposed_role_gives_nothing_before_it_is_approved_and_nothing_after_its_last_day() {
    each(async |app| {
        let world = app.world().await;
        let northern = app.by_password(world.northern).await;
        let new = NewMembership {
            organisation: world.pump.id,
            role: Role::EnterpriseManager,
            until: Some("2026-12-01".parse().unwrap()),
        };
        let proposing = propose_membership(app, &northern, world.member, new);
        let (id, state) = app.leaves("membership.propose", Done, proposing).await.unwrap();
        assert_eq!(state, State::Proposed);
        let again = propose_membership(app, &northern, world.member, new).await;
        refused!(again, Refusal::Conflict(_));
        let roles = async || -> Vec<Role> {
            app.by_password(world.member).await.who.memberships.iter().map(|one| one.role).collect()
        };
        assert_eq!(roles().await, [Role::EnterpriseMember]);
        let security = app.caller(world.security).await;
        refused!(decide_membership(app, &security, id, 7, true).await, Refusal::Changed);
        let deciding = decide_membership(app, &security, id, 1, true);
        app.leaves("membership.approve", Done, deciding).await.unwrap();
        assert_eq!(roles().await, [Role::EnterpriseMember, Role::EnterpriseManager]);
        refused!(decide_membership(app, &security, id, 2, false).await, Refusal::Changed);
        // The evening of the last day in China, and the minute after it.
        app.pass(jiff::SignedDuration::from_hours(8 * 24 + 14));
        assert_eq!(roles().await.len(), 2);
        app.minutes(61);
        assert_eq!(roles().await, [Role::EnterpriseMember]);
    });
}

#[test]
fn a_refused_or_withdrawn_proposal_never_counts() {
    each(async |app| {
        let world = app.world().await;
        let northern = app.by_password(world.northern).await;
        let security = app.caller(world.security).await;
        let new = NewMembership {
            organisation: world.pump.id,
            role: Role::EnterpriseManager,
            until: None,
        };
        let (id, _) = propose_membership(app, &northern, world.member, new).await.unwrap();
        decide_membership(app, &security, id, 1, false).await.unwrap();
        let (id, _) = propose_membership(app, &northern, world.member, new).await.unwrap();
        assert_eq!(list_proposals(app, &northern).await.unwrap().len(), 1);
        app.leaves("membership.end", Done, end_membership(app, &northern, id, 1)).await.unwrap();
        assert!(list_proposals(app, &northern).await.unwrap().is_empty());
        refused!(decide_membership(app, &security, id, 2, true).await, Refusal::Changed);
        assert_eq!(app.by_password(world.member).await.who.memberships.len(), 1);
    });
}

#[test]
fn proposals_are_seen_by_those_who_look_after_the_place() {
    each(async |app| {
        let world = app.world().await;
        let city = app.by_password(world.city).await;
        let new = NewMembership {
            organisation: world.pump.id,
            role: Role::EnterpriseManager,
            until: None,
        };
        propose_membership(app, &city, world.member, new).await.unwrap();
        for (who, seen) in
            [(world.northern, 1), (world.southern, 0), (world.manager, 1), (world.security, 1)]
        {
            let caller = app.caller(who).await;
            assert_eq!(list_proposals(app, &caller).await.unwrap().len(), seen);
        }
        let adviser = app.by_password(world.adviser).await;
        assert_eq!(forbidden(list_proposals(app, &adviser).await), Why::NotYourRole);
    });
}

#[test]
fn the_three_officers_hold_no_other_role_whatever_way_it_is_tried() {
    each(async |app| {
        let world = app.world().await;
        let admin = app.caller(world.admin).await;
        let security = app.caller(world.security).await;
        let at = |role| NewMembership { organisation: world.bureau.id, role, until: None };
        // An officer another role, somebody with a role an office.
        for (person, role) in [
            (world.auditor, Role::CityOfficer),
            (world.security, Role::Administrator),
            (world.admin, Role::SecurityOfficer),
            (world.city, Role::Auditor),
        ] {
            let proposing = propose_membership(app, &admin, person, at(role));
            let refusal = app.leaves("membership.propose", Refused, proposing).await;
            assert_eq!(forbidden(refusal), Why::RolesExclude);
        }
        // Two that exclude one another, both proposed before either counts.
        let new = app.nobody("w.new").await;
        propose_membership(app, &admin, new, at(Role::CityOfficer)).await.unwrap();
        let refusal = propose_membership(app, &admin, new, at(Role::Auditor)).await;
        assert_eq!(forbidden(refusal), Why::RolesExclude);
        // Data that came past: the second is not approved.
        let unit = app.store().write().await.unwrap();
        let past = store::membership::New {
            person: new,
            organisation: world.bureau.id,
            role: Role::Auditor,
            state: State::Proposed,
            from: app::today(app.now()),
            until: None,
            proposed_by: Some(world.admin),
            at: app.now(),
        };
        let second = store::membership::insert(&unit, &past).await.unwrap();
        unit.commit().await.unwrap();
        let first = app.memberships(new).await[0].id;
        decide_membership(app, &security, first, 1, true).await.unwrap();
        let refusal = decide_membership(app, &security, second, 1, true).await;
        assert_eq!(forbidden(refusal), Why::RolesExclude);
    });
}

#[test]
fn nobody_approves_what_they_have_proposed_or_what_concerns_them() {
    each(async |app| {
        let world = app.world().await;
        let security = app.caller(world.security).await;
        let unit = app.store().write().await.unwrap();
        let new = |person, proposed_by| store::membership::New {
            person,
            organisation: world.bureau.id,
            role: Role::Leader,
            state: State::Proposed,
            from: app::today(app.now()),
            until: None,
            proposed_by: Some(proposed_by),
            at: app.now(),
        };
        let for_oneself = new(world.security, world.admin);
        let by_oneself = new(world.city, world.security);
        let for_oneself = store::membership::insert(&unit, &for_oneself).await.unwrap();
        let by_oneself = store::membership::insert(&unit, &by_oneself).await.unwrap();
        unit.commit().await.unwrap();
        for (id, why) in [(for_oneself, Why::OwnMatter), (by_oneself, Why::SecondPerson)] {
            for approve in [true, false] {
                let deciding = decide_membership(app, &security, id, 1, approve);
                let refusal = app.leaves("membership.approve", Refused, deciding).await;
                assert_eq!(forbidden(refusal), why);
            }
        }
    });
}

#[test]
fn a_role_is_ended_by_those_who_may_give_it() {
    each(async |app| {
        let world = app.world().await;
        let member = app.memberships(world.member).await.pop().unwrap();
        for who in [world.northern, world.city, world.admin] {
            let caller = app.caller(who).await;
            let refusal = end_membership(app, &caller, member.id, member.version).await;
            assert_eq!(forbidden(refusal), Why::NotYoursToGive);
        }
        let manager = app.by_password(world.manager).await;
        let ending = end_membership(app, &manager, member.id, member.version);
        app.leaves("membership.end", Done, ending).await.unwrap();
        refused!(end_membership(app, &manager, member.id, 2).await, Refusal::Changed);
        assert!(app.by_password(world.member).await.who.memberships.is_empty());
    });
}

#[test]
fn what_is_typed_about_a_role_is_checked() {
    each(async |app| {
        let world = app.world().await;
        let manager = app.by_password(world.manager).await;
        let new = NewMembership {
            organisation: world.pump.id,
            role: Role::EnterpriseManager,
            until: Some("2026-11-22".parse().unwrap()),
        };
        assert_eq!(invalid(propose_membership(app, &manager, world.member, new).await), ["until"]);
        let unit = app.store().write().await.unwrap();
        store::organisation::close(&unit, world.pump.id, world.pump.version, Some(app.now()))
            .await
            .unwrap();
        unit.commit().await.unwrap();
        // In a closed firm nobody is anything any more.
        let manager = app.by_password(world.manager).await;
        let refusal = propose_membership(app, &manager, world.member, new).await;
        assert_eq!(forbidden(refusal), Why::NotYourRole);
        let city = app.by_password(world.city).await;
        let new = NewMembership { until: None, ..new };
        refused!(propose_membership(app, &city, world.member, new).await, Refusal::Conflict(_));
    });
}
