//! What a firm lets an adviser or a bank see, until a day.

use access::{OrganisationKind as Kind, Role, Why};
use app::Refusal;
use app::delegations::{grant_delegation, list_delegations, list_recipients, revoke_delegation};
use app::organisations::list_organisations;
use audit::Outcome::{Done, Refused};
use jiff::civil::Date;
use store::Page;
use store::organisation::Wanted;

use crate::bed::{App, each};
use crate::refused::{forbidden, invalid, refused};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

async fn sees(app: &App, person: i64) -> Vec<i64> {
    let caller = app.by_password(person).await;
    let seen = list_organisations(app, &caller, &Wanted::default(), Page::ALL).await.unwrap();
    seen.rows.iter().map(|place| place.id).collect()
}

#[test]
fn an_adviser_sees_a_firm_from_the_grant_to_its_last_day() {
    each(async |app| {
        let world = app.world().await;
        let manager = app.by_password(world.manager).await;
        let directory =
            list_recipients(app, &manager, Kind::AdviserOffice, Some("代办"), Page::ALL).await;
        assert_eq!(directory.unwrap().rows[0].id, world.office.id);
        assert!(sees(app, world.adviser).await.is_empty());
        let granting =
            grant_delegation(app, &manager, world.pump.id, world.office.id, day("2026-12-01"));
        let id = app.leaves("delegation.grant", Done, granting).await.unwrap();
        assert_eq!(sees(app, world.adviser).await, [world.pump.id]);
        let adviser = app.by_password(world.adviser).await;
        let seen = list_delegations(app, &adviser).await.unwrap();
        assert_eq!(seen.len(), 1);
        assert_eq!(
            (seen[0].firm.as_str(), seen[0].to.as_str()),
            ("示例水泵有限公司", "示例代办事务所")
        );
        assert_eq!(seen[0].delegation.id, id);
        // Until midnight in China.
        app.pass(jiff::SignedDuration::from_hours(8 * 24 + 14));
        assert_eq!(sees(app, world.adviser).await, [world.pump.id]);
        app.minutes(61);
        assert!(sees(app, world.adviser).await.is_empty());
    });
}

#[test]
fn the_firm_takes_it_back_or_the_adviser_gives_it_back() {
    each(async |app| {
        let world = app.world().await;
        let manager = app.by_password(world.manager).await;
        let adviser = app.by_password(world.adviser).await;
        for who in [&manager, &adviser] {
            let (firm, until) = (world.pump.id, day("2027-01-01"));
            let id = grant_delegation(app, &manager, firm, world.office.id, until).await.unwrap();
            let again = grant_delegation(app, &manager, firm, world.office.id, until).await;
            refused!(again, Refusal::Conflict(_));
            refused!(revoke_delegation(app, who, id, 7).await, Refusal::Changed);
            app.leaves("delegation.revoke", Done, revoke_delegation(app, who, id, 1))
                .await
                .unwrap();
            assert!(sees(app, world.adviser).await.is_empty());
            refused!(revoke_delegation(app, &manager, id, 1).await, Refusal::Changed);
        }
    });
}

#[test]
fn an_adviser_learns_nothing_of_whom_else_a_firm_trusts_and_ends_nothing_of_theirs() {
    each(async |app| {
        let world = app.world().await;
        let manager = app.by_password(world.manager).await;
        let until = day("2027-01-01");
        grant_delegation(app, &manager, world.pump.id, world.office.id, until).await.unwrap();
        let to_bank =
            grant_delegation(app, &manager, world.pump.id, world.bank.id, until).await.unwrap();
        let adviser = app.by_password(world.adviser).await;
        assert_eq!(list_delegations(app, &adviser).await.unwrap().len(), 1);
        let revoking = revoke_delegation(app, &adviser, to_bank, 1);
        let refusal = app.leaves("delegation.revoke", Refused, revoking).await;
        refused!(refusal, Refusal::NotFound);
        for (who, seen) in [
            (world.manager, 2),
            (world.member, 2),
            (world.northern, 2),
            (world.southern, 0),
            (world.city, 2),
            (world.security, 2),
        ] {
            let caller = app.caller(who).await;
            assert_eq!(list_delegations(app, &caller).await.unwrap().len(), seen);
        }
        let teller = app.somebody("w.teller", &world.bank, Role::Bank).await;
        assert_eq!(sees(app, teller).await, [world.pump.id]);
    });
}

#[test]
fn a_firm_delegates_for_itself_to_advisers_and_banks_for_a_year_at_most() {
    each(async |app| {
        let world = app.world().await;
        let manager = app.by_password(world.manager).await;
        let until = day("2027-01-01");
        for (firm, to) in [
            (world.lamp.id, world.office.id),
            (99_999, world.office.id),
            (world.pump.id, world.lamp.id),
            (world.pump.id, world.north.id),
            (world.pump.id, 99_999),
        ] {
            let granting = grant_delegation(app, &manager, firm, to, until);
            let refusal = app.leaves("delegation.grant", Refused, granting).await;
            refused!(refusal, Refusal::NotFound);
        }
        for wrong in ["2026-11-22", "2027-11-24", "9999-12-31"] {
            let refusal =
                grant_delegation(app, &manager, world.pump.id, world.office.id, day(wrong)).await;
            assert_eq!(invalid(refusal), ["until"]);
        }
        for last in ["2026-11-23", "2027-11-23"] {
            let to = if last < "2027" { world.office.id } else { world.bank.id };
            grant_delegation(app, &manager, world.pump.id, to, day(last)).await.unwrap();
        }
        for who in [world.member, world.northern, world.city, world.admin, world.adviser] {
            let caller = app.caller(who).await;
            let refusal =
                grant_delegation(app, &caller, world.pump.id, world.office.id, until).await;
            assert_eq!(forbidden(refusal), Why::NotYourRole);
        }
        let firms =
            list_recipients(app, &manager, Kind::Enterprise, None, Page::ALL).await.unwrap();
        assert!(firms.rows.is_empty(), "a directory of other firms");
    });
}
