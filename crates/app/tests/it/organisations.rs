//! Organisations: the tree and what is typed about it.

use access::{OrganisationKind as Kind, Role, Why};
use app::Refusal;
use app::organisations::{
    Described, NewOrganisation, change_organisation, close_organisation, create_organisation,
    list_organisations, reopen_organisation, show_organisation,
};
use audit::Outcome::{Done, Refused};
use store::Page;
use store::organisation::Wanted;

use crate::bed::each;
use crate::refused::{forbidden, invalid, refused};
use crate::world::code;

fn new<'a>(parent: i64, kind: Kind, name: &'a str, uscc: Option<&'a str>) -> NewOrganisation<'a> {
    NewOrganisation { parent, kind, described: Described { name, uscc, district: None } }
}

#[test]
fn an_organisation_is_entered_tidily_below_one_that_it_may_stand_under() {
    each(async |app| {
        let world = app.world().await;
        let admin = app.caller(world.admin).await;
        let typed = format!(" {} ", code(3).to_lowercase());
        let firm = new(world.north.id, Kind::Enterprise, " 青岛（示例）　有限公司 ", Some(&typed));
        let creating = create_organisation(app, &admin, &firm);
        let id = app.leaves("organisation.create", Done, creating).await.unwrap();
        let made = show_organisation(app, &admin, id).await.unwrap();
        assert_eq!(made.name, "青岛(示例) 有限公司");
        assert_eq!(made.uscc.as_deref(), Some(code(3).as_str()));
        assert_eq!(made.path, format!("{}{id}/", world.north.path));
        for (parent, kind, fields) in [
            (&world.bureau, Kind::CityBureau, ["kind"]),
            (&world.north, Kind::District, ["kind"]),
            (&world.north, Kind::Bank, ["kind"]),
            (&world.pump, Kind::Enterprise, ["kind"]),
        ] {
            let refusal =
                create_organisation(app, &admin, &new(parent.id, kind, "新单位", None)).await;
            assert_eq!(invalid(refusal), fields);
        }
        refused!(
            create_organisation(app, &admin, &new(99_999, Kind::District, "新区", None)).await,
            Refusal::NotFound
        );
    });
}

#[test]
fn what_is_typed_about_an_organisation_is_checked_at_once() {
    each(async |app| {
        let world = app.world().await;
        let admin = app.caller(world.admin).await;
        let mut bad = new(world.north.id, Kind::Enterprise, "", Some("91370202MA00000010"));
        bad.described.district = Some("三七零二零二");
        let creating = create_organisation(app, &admin, &bad);
        let refusal = app.leaves_nothing(creating).await;
        assert_eq!(invalid(refusal), ["name", "uscc", "district"]);
        let long = "长".repeat(101);
        let checks: [(NewOrganisation<'_>, &str); 5] = [
            (new(world.north.id, Kind::Enterprise, "无码公司", None), "uscc"),
            (new(world.north.id, Kind::Enterprise, "同码公司", world.pump.uscc.as_deref()), "uscc"),
            (new(world.bureau.id, Kind::Zone, "北区", None), "name"),
            (new(world.bureau.id, Kind::Zone, "　北区 ", None), "name"),
            (new(world.bureau.id, Kind::Zone, &long, None), "name"),
        ];
        for (new, field) in &checks {
            assert_eq!(invalid(create_organisation(app, &admin, new).await), [*field]);
        }
    });
}

#[test]
fn two_who_change_one_organisation_do_not_undo_each_other() {
    each(async |app| {
        let world = app.world().await;
        let (one, other) = (app.caller(world.admin).await, app.caller(world.admin).await);
        let to =
            |name| Described { name, uscc: world.pump.uscc.as_deref(), district: Some("370202") };
        let version = world.pump.version;
        let id = world.pump.id;
        let first = to("甲公司");
        let changing = change_organisation(app, &one, id, version, &first);
        app.leaves("organisation.change", Done, changing).await.unwrap();
        let late = change_organisation(app, &other, id, version, &to("乙公司")).await;
        refused!(late, Refusal::Changed);
        let is = show_organisation(app, &one, id).await.unwrap();
        assert_eq!((is.name.as_str(), is.district.as_deref()), ("甲公司", Some("370202")));
        // Its own name and code do not stand in its way; another's do.
        change_organisation(app, &one, id, is.version, &to("甲公司")).await.unwrap();
        let taken = Described {
            name: "示例灯具有限公司",
            uscc: world.lamp.uscc.as_deref(),
            district: None,
        };
        assert_eq!(invalid(change_organisation(app, &one, id, 3, &taken).await), ["name"]);
        let taken = Described { name: "甲公司", ..taken };
        assert_eq!(invalid(change_organisation(app, &one, id, 3, &taken).await), ["uscc"]);
        refused!(close_organisation(app, &one, id, version).await, Refusal::Changed);
    });
}

#[test]
fn a_closed_organisation_gives_nothing_until_it_is_opened_again() {
    each(async |app| {
        let world = app.world().await;
        let admin = app.caller(world.admin).await;
        refused!(
            close_organisation(app, &admin, world.north.id, world.north.version).await,
            Refusal::Conflict(_)
        );
        refused!(
            close_organisation(app, &admin, world.bureau.id, world.bureau.version).await,
            Refusal::Conflict(_)
        );
        let secret = app.session(world.manager, false).await;
        let closing = close_organisation(app, &admin, world.pump.id, world.pump.version);
        app.leaves("organisation.close", Done, closing).await.unwrap();
        assert!(app.who(&secret).await.unwrap().who.memberships.is_empty());
        let seen = list_organisations(app, &admin, &Wanted::default(), Page::ALL).await.unwrap();
        assert!(seen.rows.iter().all(|place| place.id != world.pump.id));
        let all = Wanted { closed: true, ..Wanted::default() };
        let seen = list_organisations(app, &admin, &all, Page::ALL).await.unwrap();
        assert!(seen.rows.iter().any(|place| place.id == world.pump.id));
        let north = show_organisation(app, &admin, world.north.id).await.unwrap();
        close_organisation(app, &admin, north.id, north.version).await.unwrap();
        let again = reopen_organisation(app, &admin, world.pump.id, 2).await;
        refused!(again, Refusal::Conflict(_));
        let below = create_organisation(
            app,
            &admin,
            &new(north.id, Kind::Enterprise, "新公司", Some(&code(9))),
        )
        .await;
        refused!(below, Refusal::Conflict(_));
        reopen_organisation(app, &admin, north.id, 2).await.unwrap();
        reopen_organisation(app, &admin, world.pump.id, 2).await.unwrap();
        assert_eq!(app.who(&secret).await.unwrap().who.memberships.len(), 1);
    });
}

#[test]
fn everybody_sees_their_part_of_the_tree_and_only_the_administrator_changes_it() {
    each(async |app| {
        let world = app.world().await;
        let all = [
            &world.bureau,
            &world.north,
            &world.south,
            &world.pump,
            &world.lamp,
            &world.office,
            &world.bank,
        ]
        .map(|place| place.id);
        let table: [(i64, &[i64]); 8] = [
            (world.northern, &[world.north.id, world.pump.id]),
            (world.southern, &[world.south.id, world.lamp.id]),
            (world.manager, &[world.pump.id]),
            (world.member, &[world.pump.id]),
            (world.adviser, &[]),
            (world.city, &all),
            (world.security, &all),
            (world.admin, &all),
        ];
        for (who, expected) in table {
            let caller = app.caller(who).await;
            let seen =
                list_organisations(app, &caller, &Wanted::default(), Page::ALL).await.unwrap();
            let seen: Vec<i64> = seen.rows.iter().map(|place| place.id).collect();
            assert_eq!(seen, expected);
            if who != world.admin {
                let zone = new(world.bureau.id, Kind::Zone, "新区", None);
                let creating = create_organisation(app, &caller, &zone);
                let refusal = app.leaves("organisation.create", Refused, creating).await;
                assert_eq!(forbidden(refusal), Why::NotYourRole);
            }
        }
        let panel = app.organisation(Some(&world.bureau), Kind::ExpertPanel, "专家库", None).await;
        let expert = app.somebody("w.expert", &panel, Role::Expert).await;
        let expert = app.by_password(expert).await;
        let refusal = list_organisations(app, &expert, &Wanted::default(), Page::ALL).await;
        assert_eq!(forbidden(refusal), Why::NotYourRole);
    });
}
