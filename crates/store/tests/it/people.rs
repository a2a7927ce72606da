//! People, their organisations, memberships and delegations: what is written is read back, and what must not be
//! there twice or must be there is refused by both engines alike.

use access::{OrganisationKind, Role};
use store::membership::{self, State};
use store::organisation::{self, New};
use store::person::{self, Change};
use store::{Error, Page, delegation};

use crate::bed::{at, day, each};
use crate::world::{NOON, bureau, everything, firm, member, somebody, today};

#[test]
fn an_organisation_reads_back_and_knows_its_place() {
    each(async |bed| {
        let (root, firm) = bed
            .act(async |unit| {
                let root = bureau(unit).await?;
                let new = New {
                    parent: Some(root),
                    kind: OrganisationKind::Enterprise,
                    name: "青岛（示例）𠮷科技 Co. 'Ltd'",
                    uscc: Some("91370200MA3C000001"),
                    district: Some("370203"),
                    at: at("2026-11-23T04:00:00.123456Z"),
                };
                let firm = organisation::insert(unit, &new).await?;
                assert_eq!(firm.path, format!("/{root}/{}/", firm.id));
                assert_eq!((firm.name.as_str(), firm.kind), (new.name, new.kind));
                assert_eq!((firm.created, firm.version), (new.at, 1));
                Ok((root, firm))
            })
            .await
            .unwrap();
        let all = everything();
        let seen = today(&all);
        let found = bed.look(async |unit| organisation::find(unit, firm.id, &seen).await).await;
        assert_eq!(found.as_ref(), Some(&firm));
        let found = bed.look(async |unit| organisation::by_uscc(unit, "91370200MA3C000001").await);
        assert_eq!(found.await.as_ref(), Some(&firm));
        let top = bed.look(organisation::root).await.unwrap();
        assert_eq!(top.id, root);

        bed.act(async |unit| organisation::close(unit, firm.id, 1, Some(at(NOON))).await)
            .await
            .unwrap();
        let open = organisation::Wanted::default();
        let listed =
            bed.look(async |unit| organisation::list(unit, &open, &seen, Page::ALL).await).await;
        assert_eq!(listed.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [root]);
    });
}

#[test]
fn two_officers_changing_one_row_are_told() {
    each(async |bed| {
        let (root, somebody) = bed
            .act(async |unit| Ok((bureau(unit).await?, somebody(unit, "a").await?)))
            .await
            .unwrap();
        let change = async |version, name: &str| {
            bed.act(async |unit| organisation::change(unit, root, version, name, None, None).await)
                .await
        };
        change(1, "one").await.unwrap();
        assert!(matches!(change(1, "two").await, Err(Error::Changed)));
        change(2, "three").await.unwrap();

        let rename = async |version| {
            bed.act(async |unit| {
                let person = person::get(unit, somebody).await?.unwrap();
                let change = Change { name: Some("另一名".into()), ..Change::default() };
                person::change(unit, &person, version, change).await
            })
            .await
        };
        rename(1).await.unwrap();
        assert!(matches!(rename(1).await, Err(Error::Changed)));
    });
}

#[test]
fn what_is_there_once_is_there_once() {
    each(async |bed| {
        let root = bed.act(bureau).await.unwrap();
        let enter = async |name, uscc| {
            bed.act(async |unit| organisation::insert(unit, &firm(Some(root), name, uscc)).await)
                .await
        };
        enter("甲", Some("91370200MA3C000001")).await.unwrap();
        let twice = enter("乙", Some("91370200MA3C000001")).await;
        assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
        // Without a code there may be many.
        enter("丙", None).await.unwrap();
        enter("丁", None).await.unwrap();

        bed.act(async |unit| somebody(unit, "Zhang.San").await).await.unwrap();
        for login in ["zhang.san", " ZHANG.SAN ", "ｚｈａｎｇ．ｓａｎ"] {
            let twice = bed.act(async |unit| somebody(unit, login).await).await;
            assert!(matches!(twice, Err(Error::Taken(_))), "{login}: {twice:?}");
            let found = bed.look(async |unit| person::by_login(unit, login).await).await;
            assert!(found.is_some(), "{login}");
        }
    });
}

#[test]
fn what_is_referred_to_is_there() {
    each(async |bed| {
        let (root, somebody) = bed
            .act(async |unit| Ok((bureau(unit).await?, somebody(unit, "a").await?)))
            .await
            .unwrap();
        let nowhere = bed
            .act(async |unit| organisation::insert(unit, &firm(Some(999), "甲", None)).await)
            .await;
        assert!(matches!(nowhere, Err(Error::Dangling(_))), "{nowhere:?}");
        let new = member(somebody, 999, State::Active);
        let nowhere = bed.act(async |unit| membership::insert(unit, &new).await).await;
        assert!(matches!(nowhere, Err(Error::Dangling(_))), "{nowhere:?}");
        let new = member(999, root, State::Active);
        let nobody = bed.act(async |unit| membership::insert(unit, &new).await).await;
        assert!(matches!(nobody, Err(Error::Dangling(_))), "{nobody:?}");
    });
}

#[test]
fn a_membership_goes_from_proposed_to_ended() {
    each(async |bed| {
        let (root, one, two) = bed
            .act(async |unit| {
                Ok((
                    bureau(unit).await?,
                    somebody(unit, "one").await?,
                    somebody(unit, "two").await?,
                ))
            })
            .await
            .unwrap();
        let new = membership::New {
            role: Role::Administrator,
            until: Some(day("2026-12-31")),
            proposed_by: Some(two),
            ..member(one, root, State::Proposed)
        };
        let id = bed.act(async |unit| membership::insert(unit, &new).await).await.unwrap();
        let held = async |on: &str| {
            bed.look(async |unit| membership::holders(unit, Role::Administrator, day(on)).await)
                .await
        };
        let decide = async |version, state| {
            bed.act(async |unit| {
                membership::decide(unit, id, version, state, Some(two), at(NOON)).await
            })
            .await
        };
        assert_eq!(held("2026-06-01").await, 0);
        decide(1, State::Active).await.unwrap();
        assert!(matches!(decide(1, State::Refused).await, Err(Error::Changed)));
        // Who cannot sign in yet does not count.
        assert_eq!(held("2026-06-01").await, 0);
        bed.act(async |unit| person::set_password(unit, one, "hash", false, at(NOON)).await)
            .await
            .unwrap();
        // The first and the last day count.
        for (on, count) in
            [("2025-12-31", 0), ("2026-01-01", 1), ("2026-12-31", 1), ("2027-01-01", 0)]
        {
            assert_eq!(held(on).await, count, "{on}");
        }
        let of = bed.look(async |unit| membership::of_person(unit, one).await).await;
        assert_eq!((of.len(), of[0].organisation_name.as_str()), (1, "示例市民营经济局"));
        assert_eq!((of[0].decided_by, of[0].proposed_by), (Some(two), Some(two)));
        decide(2, State::Ended).await.unwrap();
        let of = bed.look(async |unit| membership::of_organisation(unit, root).await).await;
        assert_eq!((of[0].state, of[0].ended), (State::Ended, Some(at(NOON))));
        assert_eq!(held("2026-06-01").await, 0);
    });
}

#[test]
fn a_delegation_is_taken_back_once() {
    each(async |bed| {
        let id = bed
            .act(async |unit| {
                let root = bureau(unit).await?;
                let firm = organisation::insert(unit, &firm(Some(root), "甲", None)).await?;
                let by = somebody(unit, "a").await?;
                let (from, until) = (day("2026-01-01"), day("2026-12-31"));
                delegation::insert(unit, firm.id, root, from, until, by, at(NOON)).await
            })
            .await
            .unwrap();
        let revoke = async |version| {
            bed.act(async |unit| delegation::revoke(unit, id, version, at(NOON)).await).await
        };
        revoke(1).await.unwrap();
        assert!(matches!(revoke(1).await, Err(Error::Changed)));
        assert!(matches!(revoke(2).await, Err(Error::Changed)));
        let all = everything();
        let found =
            bed.look(async |unit| delegation::find(unit, id, &today(&all)).await).await.unwrap();
        assert_eq!((found.revoked, found.version), (Some(at(NOON)), 2));
    });
}

#[test]
fn an_erased_person_leaves_a_number() {
    each(async |bed| {
        let id = bed
            .act(async |unit| {
                let new = person::New {
                    login: "zhang",
                    name: "张三",
                    phone: Some(vec![0, 1, 255]),
                    mail: Some(vec![]),
                    at: at(NOON),
                };
                let person = person::insert(unit, new).await?;
                assert_eq!(person.phone, Some(vec![0, 1, 255]));
                assert_eq!(person.mail, Some(vec![]));
                person::set_password(unit, person.id, "$hash", true, at(NOON)).await?;
                person::set_second_factor(unit, person.id, Some(vec![7]), Some(at(NOON))).await?;
                Ok(person.id)
            })
            .await
            .unwrap();
        let before = bed.look(async |unit| person::get(unit, id).await).await.unwrap();
        assert_eq!(
            (before.password.as_deref(), before.must_change_password),
            (Some("$hash"), true)
        );
        assert_eq!(before.second_factor, Some(vec![7]));
        bed.act(async |unit| person::erase(unit, id, at(NOON)).await).await.unwrap();
        let after = bed.look(async |unit| person::get(unit, id).await).await.unwrap();
        assert_eq!((after.phone, after.mail, after.password), (None, None, None));
        assert_eq!((after.second_factor, after.erased), (None, Some(at(NOON))));
        assert!(!after.name.contains('张') && !after.login.contains("zhang"));
        // The login may be given to somebody else.
        bed.act(async |unit| somebody(unit, "zhang").await).await.unwrap();
    });
}

fn failure(now: &str, first: bool, lock: Option<&str>) -> person::Failure {
    person::Failure { at: at(now), first, lock: lock.map(at) }
}

#[test]
fn failures_to_sign_in_are_counted_and_a_code_is_taken_once() {
    each(async |bed| {
        let id = bed.act(async |unit| somebody(unit, "a").await).await.unwrap();
        let until = "2026-11-23T05:00:00Z";
        bed.act(async |unit| {
            person::count_failure(unit, id, &failure(NOON, false, None)).await?;
            person::count_failure(unit, id, &failure(NOON, false, Some(until))).await?;
            assert!(person::take_step(unit, id, 7).await?);
            assert!(!person::take_step(unit, id, 7).await?);
            assert!(!person::take_step(unit, id, 6).await?);
            assert!(person::take_step(unit, id, 8).await?);
            Ok(())
        })
        .await
        .unwrap();
        let get = async || bed.look(async |unit| person::get(unit, id).await).await.unwrap();
        let found = get().await;
        assert_eq!((found.failed, found.locked_until), (2, Some(at(until))));
        // After a lock it is counted anew.
        let later = failure("2026-11-23T05:00:01Z", true, None);
        bed.act(async |unit| person::count_failure(unit, id, &later).await).await.unwrap();
        let found = get().await;
        assert_eq!((found.failed, found.locked_until), (1, None));
        bed.act(async |unit| person::forget_failures(unit, id).await).await.unwrap();
        let found = get().await;
        assert_eq!((found.failed, found.failed_at, found.locked_until), (0, None, None));
        let nobody = bed.act(async |unit| person::forget_failures(unit, 999).await).await;
        assert!(matches!(nobody, Err(Error::Changed)));
        let counting = async |unit: &store::Unit| person::count_nobody(unit, at(NOON)).await;
        bed.act(counting).await.unwrap();
    });
}

#[test]
fn who_is_held_stays_so_whatever_fails_until_somebody_releases_them() {
    each(async |bed| {
        let id = bed.act(async |unit| somebody(unit, "a").await).await.unwrap();
        bed.act(async |unit| person::hold(unit, id).await).await.unwrap();
        let all = everything();
        let held = async || bed.look(async |unit| person::held(unit, &today(&all)).await).await;
        assert_eq!(held().await.len(), 1);
        for (first, lock) in
            [(false, None), (true, None), (true, Some(NOON)), (false, Some("2099-01-01T00:00:00Z"))]
        {
            let failure = failure(NOON, first, lock);
            bed.act(async |unit| person::count_failure(unit, id, &failure).await).await.unwrap();
            bed.act(async |unit| person::forget_failures(unit, id).await).await.unwrap();
            let found = bed.look(async |unit| person::get(unit, id).await).await.unwrap();
            assert!(found.is_held(), "{first} {lock:?}: {:?}", found.locked_until);
        }
        bed.act(async |unit| person::release(unit, id).await).await.unwrap();
        assert_eq!(held().await.len(), 0);
        let found = bed.look(async |unit| person::get(unit, id).await).await.unwrap();
        assert_eq!((found.is_held(), found.locked_until), (false, None));
    });
}

#[test]
fn only_those_who_can_sign_in_hold_an_office() {
    each(async |bed| {
        let root = bed.act(bureau).await.unwrap();
        let mut people = Vec::new();
        for login in ["one", "disabled", "invited", "held"] {
            let id = bed.act(async |unit| somebody(unit, login).await).await.unwrap();
            bed.act(async |unit| {
                if login != "invited" {
                    person::set_password(unit, id, "$hash", false, at(NOON)).await?;
                }
                if login == "held" {
                    person::hold(unit, id).await?;
                }
                if login == "disabled" {
                    let found = person::get(unit, id).await?.unwrap();
                    let change =
                        person::Change { disabled: Some(Some(at(NOON))), ..Default::default() };
                    person::change(unit, &found, found.version, change).await?;
                }
                let mut new = crate::world::member(id, root, store::membership::State::Active);
                new.role = access::Role::Auditor;
                store::membership::insert(unit, &new).await
            })
            .await
            .unwrap();
            people.push(id);
        }
        let day = crate::bed::day("2026-11-23");
        let role = access::Role::Auditor;
        let holders =
            bed.look(async |unit| store::membership::holders(unit, role, day).await).await;
        assert_eq!(holders, 1);
        let others = async |but| {
            bed.act(async |unit| store::membership::other_holders(unit, role, but, day).await).await
        };
        assert_eq!(others(people[0]).await.unwrap(), 0);
        assert_eq!(others(people[1]).await.unwrap(), 1);
    });
}
