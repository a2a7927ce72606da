//! Looking at what is masked, and taking lists out of the platform: recorded, and marked with who did it.

use access::{Field, Purpose, Role, Sight, Why};
use app::Refusal;
use app::people::{Invite, NewMembership, export_people, invite_person, unmask_field};
use audit::Outcome::{Looked, Refused};

use crate::bed::{App, each};
use crate::refused::{forbidden, refused};
use crate::world::World;

async fn zhao(app: &App, world: &World) -> i64 {
    let manager = app.by_password(world.manager).await;
    let membership =
        NewMembership { organisation: world.pump.id, role: Role::EnterpriseMember, until: None };
    let phone = Some("13500005555");
    let invite = Invite { login: "zhao.da", name: "赵大大", phone, mail: None, membership };
    app.personal("13500005555");
    app.personal("赵大大");
    invite_person(app, &manager, &invite).await.unwrap().person
}

#[test]
fn a_masked_field_is_looked_at_for_a_purpose_by_those_who_look_after_the_firm() {
    each(async |app| {
        let world = app.world().await;
        let zhao = zhao(app, &world).await;
        let phone = async |who: i64| {
            let caller = app.caller(who).await;
            unmask_field(app, &caller, zhao, Field::Phone, Purpose::Service).await
        };
        for who in [world.northern, world.city, world.manager] {
            let found = app.leaves("data.unmask", Looked, phone(who)).await.unwrap();
            assert_eq!(found.as_deref(), Some("13500005555"));
            let record = app.since(app.last().await - 1).await.pop().unwrap();
            let said = record.act.details.value().unwrap();
            assert_eq!((&said["field"], &said["purpose"]), (&"phone".into(), &"service".into()));
            assert_eq!(record.act.object.id, zhao.to_string());
        }
        // The officers run the platform and look at nobody's number.
        for who in [world.admin, world.security, world.auditor] {
            let refusal = app.leaves("data.unmask", Refused, phone(who)).await;
            assert_eq!(forbidden(refusal), Why::NotYourRole);
        }
        for who in [world.southern, world.other_manager, world.adviser] {
            let refusal = app.leaves("data.unmask", Refused, phone(who)).await;
            refused!(refusal, Refusal::NotFound);
        }
        let caller = app.by_password(world.northern).await;
        for field in [Field::IdentityNumber, Field::TaxFigure, Field::SignInAddress] {
            let refusal = unmask_field(app, &caller, zhao, field, Purpose::Service).await;
            refused!(refusal, Refusal::NotFound);
        }
        // Who has left is known by name, and nothing else of them is to be had.
        let manager = app.by_password(world.manager).await;
        let held = app.memberships(zhao).await.pop().unwrap();
        app::people::end_membership(app, &manager, held.id, held.version).await.unwrap();
        refused!(phone(world.manager).await, Refusal::NotFound);
        refused!(phone(world.northern).await, Refusal::NotFound);
        app.member_of(zhao, &world.pump, Role::EnterpriseMember).await;
        let mail = unmask_field(app, &caller, zhao, Field::Mail, Purpose::Service).await;
        assert_eq!(mail.unwrap(), None);
    });
}

#[test]
fn an_export_has_what_the_page_has_and_names_who_took_it() {
    each(async |app| {
        let world = app.world().await;
        let zhao = zhao(app, &world).await;
        let caller = app.by_password(world.northern).await;
        let everybody = Default::default();
        let exporting = export_people(app, &caller, &everybody);
        let out = app.leaves("data.export", Looked, exporting).await.unwrap();
        let mut ids: Vec<i64> = out.rows.iter().map(|row| row.id).collect();
        ids.sort_unstable();
        assert_eq!(ids, [world.northern, world.manager, world.member, zhao]);
        let row = out.rows.iter().find(|row| row.id == zhao).unwrap();
        assert_eq!(row.phone.sight, Sight::Masked);
        assert_eq!(row.phone.text.as_deref(), Some("135****5555"));
        assert_eq!(out.record, app.last().await);
        let record = app.since(out.record - 1).await.pop().unwrap();
        assert_eq!(record.act.details.value().unwrap()["rows"], 4);
        for part in ["姓名w.northern", "北区", "2026-11-23 09:00", &out.record.to_string()] {
            assert!(out.watermark.zh.contains(part), "{}", out.watermark.zh);
            assert!(out.watermark.en.contains(part), "{}", out.watermark.en);
        }
        let some = export_people(app, &caller, &words("zhao")).await.unwrap();
        assert_eq!(some.rows.len(), 1);
        for who in [world.admin, world.security, world.auditor, world.member, world.adviser] {
            let caller = app.caller(who).await;
            assert_eq!(
                forbidden(export_people(app, &caller, &Default::default()).await),
                Why::NotYourRole
            );
        }
    });
}

/// People with some words in name or login.
fn words(words: &str) -> store::person::Wanted<'_> {
    store::person::Wanted { words: Some(words), ..Default::default() }
}
