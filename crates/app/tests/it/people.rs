//! People: who is invited by whom, who is seen by whom and how, disabling and enabling.

use access::{Role, Sight, Why};
use app::Refusal;
use app::people::{
    Invite, NewMembership, disable_person, enable_person, invite_person, list_people,
    roles_to_give, show_person,
};
use audit::Outcome::{Done, Refused};
use store::membership::State;
use store::{Page, organisation::Organisation};

use crate::bed::each;
use crate::refused::{forbidden, invalid, refused};

fn invite<'a>(login: &'a str, place: &Organisation, role: Role) -> Invite<'a> {
    let membership = NewMembership { organisation: place.id, role, until: None };
    let (phone, mail) = (Some("13700003333"), Some("sun@example.cn"));
    Invite { login, name: "孙小小", phone, mail, membership }
}

#[test]
fn who_invites_whom_and_whether_it_counts_at_once() {
    each(async |app| {
        let world = app.world().await;
        app.personal("13700003333");
        app.personal("孙小小");
        let ok = |state| Ok::<State, Option<Why>>(state);
        let table = [
            (world.manager, &world.pump, Role::EnterpriseMember, ok(State::Active)),
            (world.manager, &world.pump, Role::EnterpriseManager, ok(State::Active)),
            (world.northern, &world.pump, Role::EnterpriseManager, ok(State::Proposed)),
            (world.city, &world.lamp, Role::EnterpriseManager, ok(State::Proposed)),
            (world.admin, &world.south, Role::DistrictOfficer, ok(State::Proposed)),
            (world.admin, &world.bureau, Role::SecurityOfficer, ok(State::Proposed)),
            // Outside the scope, as what is not there.
            (world.manager, &world.lamp, Role::EnterpriseMember, Err(None)),
            (world.northern, &world.lamp, Role::EnterpriseManager, Err(None)),
            // Not theirs to give.
            (world.admin, &world.pump, Role::EnterpriseManager, Err(Some(Why::NotYoursToGive))),
            (world.northern, &world.pump, Role::EnterpriseMember, Err(Some(Why::NotYoursToGive))),
            (world.manager, &world.pump, Role::CityOfficer, Err(Some(Why::NotYoursToGive))),
            (world.city, &world.bureau, Role::Administrator, Err(Some(Why::NotYoursToGive))),
            (world.admin, &world.north, Role::Auditor, Err(Some(Why::DoesNotFit))),
            (world.member, &world.pump, Role::EnterpriseMember, Err(Some(Why::NotYourRole))),
            (world.security, &world.bureau, Role::CityOfficer, Err(Some(Why::NotYourRole))),
            (world.auditor, &world.bureau, Role::CityOfficer, Err(Some(Why::NotYourRole))),
            (world.adviser, &world.office, Role::Adviser, Err(Some(Why::NotYourRole))),
        ];
        for (number, (who, place, role, expected)) in table.into_iter().enumerate() {
            let caller = app.caller(who).await;
            let login = format!("invited-{number}");
            let invite = invite(&login, place, role);
            let outcome = if expected.is_ok() { Done } else { Refused };
            let result =
                app.leaves("person.invite", outcome, invite_person(app, &caller, &invite)).await;
            match (result, expected) {
                (Ok(invited), Ok(state)) => {
                    assert_eq!(invited.state, state, "{number}");
                    assert_eq!(app.memberships(invited.person).await[0].state, state);
                    assert!(roles_to_give(&caller, place).unwrap().contains(&role));
                }
                (Err(Refusal::NotFound), Err(None)) => {}
                (Err(Refusal::Forbidden(why)), Err(Some(expected))) => {
                    assert_eq!(why, expected, "{number}");
                    assert!(!roles_to_give(&caller, place).unwrap().contains(&role));
                }
                (result, expected) => {
                    panic!("{number}: {:?} instead of {expected:?}", result.map(|one| one.state))
                }
            }
        }
    });
}

#[test]
fn everything_that_is_wrong_with_an_invitation_is_told_at_once() {
    each(async |app| {
        let world = app.world().await;
        let caller = app.by_password(world.manager).await;
        let mut bad = invite("王", &world.pump, Role::EnterpriseMember);
        bad.name = " ";
        bad.phone = Some("call me");
        bad.mail = Some("nowhere");
        bad.membership.until = Some("2026-11-22".parse().unwrap());
        let refusal = app.leaves_nothing(invite_person(app, &caller, &bad)).await;
        assert_eq!(invalid(refusal), ["login", "name", "phone", "mail", "until"]);
        // A login is taken whoever has it, and nothing else is said of them.
        for taken in ["w.other", "W.SECURITY"] {
            let invite = invite(taken, &world.pump, Role::EnterpriseMember);
            let inviting = invite_person(app, &caller, &invite);
            let refusal = app.leaves("person.invite", Refused, inviting).await;
            assert_eq!(invalid(refusal), ["login"]);
        }
        let admin = app.caller(world.admin).await;
        let mut officer = invite("deputy", &world.bureau, Role::Administrator);
        officer.membership.until = Some("2027-11-22".parse().unwrap());
        assert_eq!(invalid(invite_person(app, &admin, &officer).await), ["until"]);
    });
}

#[test]
fn everybody_sees_the_people_they_have_to_do_with() {
    each(async |app| {
        let world = app.world().await;
        let north = [world.northern, world.manager, world.member];
        let table: [(i64, Option<&[i64]>); 8] = [
            (world.manager, Some(&[world.manager, world.member])),
            (world.northern, Some(&north)),
            (world.southern, Some(&[world.southern, world.other_manager])),
            (world.member, None),
            (world.adviser, None),
            (world.city, Some(&[])),
            (world.admin, Some(&[])),
            (world.auditor, Some(&[])),
        ];
        for (who, expected) in table {
            let caller = app.caller(who).await;
            let listed = list_people(app, &caller, &Default::default(), Page::ALL).await;
            let Some(expected) = expected else {
                assert_eq!(forbidden(listed), Why::NotYourRole);
                continue;
            };
            let mut seen: Vec<i64> = listed.unwrap().rows.iter().map(|one| one.id).collect();
            seen.sort_unstable();
            let mut expected = expected.to_vec();
            if expected.is_empty() {
                expected = (world.admin..=world.adviser).collect();
            }
            expected.sort_unstable();
            assert_eq!(seen, expected);
            for person in world.admin..=world.adviser {
                let shown = show_person(app, &caller, person).await;
                assert_eq!(shown.is_ok(), expected.contains(&person));
            }
        }
        let city = app.by_password(world.city).await;
        let found = list_people(app, &city, &words("W.Ｎorth"), Page { skip: 0, take: 5 }).await;
        let found = found.unwrap();
        assert_eq!((found.total, found.rows[0].id), (1, world.northern));
        let part = list_people(app, &city, &words("%"), Page::ALL).await.unwrap();
        assert_eq!(part.total, 0);
    });
}

#[test]
fn telephone_and_mail_are_shown_as_the_table_says() {
    each(async |app| {
        let world = app.world().await;
        let manager = app.by_password(world.manager).await;
        let invite = invite("sun.xiao", &world.pump, Role::EnterpriseMember);
        let sun = invite_person(app, &manager, &invite).await.unwrap().person;
        for (who, sight, phone) in [
            (world.manager, Sight::Full, "13700003333"),
            (world.northern, Sight::Masked, "137****3333"),
            (world.city, Sight::Masked, "137****3333"),
            (world.admin, Sight::Masked, "137****3333"),
            (world.security, Sight::Masked, "137****3333"),
        ] {
            let caller = app.caller(who).await;
            let shown = show_person(app, &caller, sun).await.unwrap();
            assert_eq!(shown.phone.sight, sight);
            assert_eq!(shown.phone.text.as_deref(), Some(phone));
            assert_eq!(shown.login.as_deref(), Some("sun.xiao"));
            assert!(shown.invited);
        }
        // Who has left is known by name, and nothing else of them.
        let held = app.memberships(sun).await.pop().unwrap();
        app::people::end_membership(app, &manager, held.id, held.version).await.unwrap();
        let shown = show_person(app, &manager, sun).await.unwrap();
        assert_eq!(shown.name.text.as_deref(), Some("孙小小"));
        assert_eq!((shown.phone.sight, shown.phone.text), (Sight::Hidden, None));
        assert_eq!((shown.mail.sight, shown.mail.text), (Sight::Hidden, None));
    });
}

#[test]
fn memberships_elsewhere_are_not_shown_to_those_who_do_not_look_after_them() {
    each(async |app| {
        let world = app.world().await;
        app.member_of(world.member, &world.lamp, Role::EnterpriseMember).await;
        let manager = app.by_password(world.manager).await;
        let shown = show_person(app, &manager, world.member).await.unwrap();
        let places: Vec<i64> = shown.memberships.iter().map(|held| held.organisation).collect();
        assert_eq!(places, [world.pump.id]);
        let city = app.by_password(world.city).await;
        let shown = show_person(app, &city, world.member).await.unwrap();
        assert_eq!(shown.memberships.len(), 2);
    });
}

#[test]
fn a_disabled_account_ends_everything_and_is_enabled_again() {
    each(async |app| {
        let world = app.world().await;
        let secret = app.session(world.city, false).await;
        let admin = app.caller(world.admin).await;
        let version = app.person(world.city).await.version;
        for who in [world.security, world.auditor, world.northern] {
            let caller = app.caller(who).await;
            let refusal = disable_person(app, &caller, world.city, version).await;
            assert_eq!(forbidden(refusal), Why::NotYourRole);
        }
        let own = disable_person(app, &admin, world.admin, 1).await;
        assert_eq!(forbidden(own), Why::OwnMatter);
        let disabling = disable_person(app, &admin, world.city, version);
        app.leaves("person.disable", Done, disabling).await.unwrap();
        assert!(app.who(&secret).await.is_none());
        refused!(disable_person(app, &admin, world.city, version).await, Refusal::Changed);
        let enabling = enable_person(app, &admin, world.city, version + 1);
        app.leaves("person.enable", Done, enabling).await.unwrap();
        assert!(app.who(&secret).await.is_none());
        assert!(app.person(world.city).await.disabled.is_none());
    });
}

#[test]
fn the_last_officer_of_a_kind_is_neither_disabled_nor_ended() {
    each(async |app| {
        let world = app.world().await;
        let admin = app.caller(world.admin).await;
        for officer in [world.security, world.auditor] {
            let version = app.person(officer).await.version;
            refused!(disable_person(app, &admin, officer, version).await, Refusal::Conflict(_));
            let held = app.memberships(officer).await.pop().unwrap();
            let ending = app::people::end_membership(app, &admin, held.id, held.version).await;
            refused!(ending, Refusal::Conflict(_));
        }
        let held = app.memberships(world.admin).await.pop().unwrap();
        let ending = app::people::end_membership(app, &admin, held.id, held.version).await;
        refused!(ending, Refusal::Conflict(_));
        // A second one who is disabled does not count.
        let second = app.somebody("w.auditor2", &world.bureau, Role::Auditor).await;
        let version = app.person(second).await.version;
        disable_person(app, &admin, second, version).await.unwrap();
        let version = app.person(world.auditor).await.version;
        refused!(disable_person(app, &admin, world.auditor, version).await, Refusal::Conflict(_));
        let again = app.person(second).await.version;
        enable_person(app, &admin, second, again).await.unwrap();
        disable_person(app, &admin, world.auditor, version).await.unwrap();
    });
}

#[test]
fn what_is_not_there_and_what_is_somebody_elses_are_refused_alike() {
    each(async |app| {
        let world = app.world().await;
        let caller = app.caller(world.northern).await;
        let held = app.memberships(world.other_manager).await.pop().unwrap().id;
        let mut said = Vec::new();
        for (person, place, membership) in
            [(world.other_manager, world.lamp.id, held), (99_999, 99_999, 99_999)]
        {
            let first = app.last().await;
            let new =
                NewMembership { organisation: place, role: Role::EnterpriseManager, until: None };
            let unmasking = app::people::unmask_field(
                app,
                &caller,
                person,
                access::Field::Phone,
                access::Purpose::Service,
            );
            let mine = NewMembership { organisation: world.pump.id, ..new };
            let words = [
                refused!(show_person(app, &caller, person).await, Refusal::NotFound),
                refused!(unmasking.await, Refusal::NotFound),
                refused!(
                    app::people::propose_membership(app, &caller, person, mine).await,
                    Refusal::NotFound
                ),
                refused!(
                    app::people::propose_membership(app, &caller, world.member, new).await,
                    Refusal::NotFound
                ),
                refused!(
                    app::people::end_membership(app, &caller, membership, 1).await,
                    Refusal::NotFound
                ),
                refused!(
                    app::people::invite_again(app, &caller, person, true).await,
                    Refusal::NotFound
                ),
                refused!(app::people::ask_erasure(app, &caller, person).await, Refusal::NotFound),
                refused!(
                    app::organisations::show_organisation(app, &caller, place).await,
                    Refusal::NotFound
                ),
            ];
            // Every refused change, and every refused look at what is sensitive, has its record.
            let outcomes: Vec<_> = app
                .since(first)
                .await
                .iter()
                .map(|one| (one.act.action.clone(), one.act.outcome))
                .collect();
            said.push((words, outcomes));
        }
        assert_eq!(said[0], said[1]);
        assert_eq!(said[0].1.len(), 6);
        assert!(said[0].1.iter().all(|(_, outcome)| *outcome == Refused));
    });
}

/// People with some words in name or login.
fn words(words: &str) -> store::person::Wanted<'_> {
    store::person::Wanted { words: Some(words), ..Default::default() }
}

#[test]
fn whoever_sees_a_person_is_told_what_is_not_theirs_and_not_that_there_is_nobody() {
    each(async |app| {
        let world = app.world().await;
        let unmask = async |who: i64, of: i64| {
            let caller = app.caller(who).await;
            let seen = show_person(app, &caller, of).await.unwrap();
            let (field, purpose) = (access::Field::Phone, access::Purpose::Administration);
            let done = app::people::unmask_field(app, &caller, of, field, purpose).await;
            assert_eq!(
                done.is_ok(),
                seen.unmaskable.contains(&field),
                "what is offered can be done"
            );
            done
        };
        for officer in [world.admin, world.security, world.auditor] {
            assert_eq!(forbidden(unmask(officer, world.member).await), Why::NotYourRole);
        }
        unmask(world.northern, world.member).await.unwrap();
        unmask(world.manager, world.member).await.unwrap();
    });
}
