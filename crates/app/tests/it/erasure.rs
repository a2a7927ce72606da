//! Erasing personal data: asked for by one, done by another, and the chain holds.

use access::{Role, Why};
use app::Refusal;
use app::own::{NewProfile, change_own_profile};
use app::people::{
    Invite, NewMembership, ask_erasure, erase_person, invite_person, list_erasures, show_person,
};
use app::sign_in::with_password;
use audit::Outcome::{Done, Refused};

use crate::bed::{PASSWORD, each};
use crate::refused::{forbidden, invalid, refused};

#[test]
fn everything_personal_goes_and_every_record_stays() {
    each(async |app| {
        let world = app.world().await;
        let manager = app.by_password(world.manager).await;
        let membership = NewMembership {
            organisation: world.pump.id,
            role: Role::EnterpriseMember,
            until: None,
        };
        let invite = Invite {
            login: "qian.duo",
            name: "钱多多",
            phone: Some("13600004444"),
            mail: Some("qian@example.cn"),
            membership,
        };
        for text in ["qian.duo", "钱多多", "13600004444", "qian@example.cn", "钱少少"] {
            app.personal(text);
        }
        let qian = invite_person(app, &manager, &invite).await.unwrap().person;
        let secret = app.session(qian, true).await;
        let caller = app.who(&secret).await.unwrap();
        let actions = [access::Action::OwnReadProfile].into();
        let token = app::own::NewToken { name: "钱的程序", actions, days: 9 };
        app::own::create_own_token(app, &caller, &token, PASSWORD).await.unwrap();
        let new = NewProfile { name: "钱少少", phone: None, mail: None };
        change_own_profile(app, &caller, app.person(qian).await.version, &new).await.unwrap();
        let records = app.last().await;

        app.leaves("person.ask-erasure", Done, ask_erasure(app, &caller, qian)).await.unwrap();
        refused!(ask_erasure(app, &caller, qian).await, Refusal::Conflict(_));
        let security = app.caller(world.security).await;
        assert_eq!(list_erasures(app, &security).await.unwrap()[0].id, qian);
        let admin = app.caller(world.admin).await;
        assert_eq!(forbidden(erase_person(app, &admin, qian).await), Why::NotYourRole);
        app.leaves("person.erase", Done, erase_person(app, &security, qian)).await.unwrap();

        assert!(app.who(&secret).await.is_none());
        // Nor in what the engine has given free, or keeps beside the tables.
        for file in app.files() {
            let bytes = std::fs::read(&file).unwrap_or_default();
            for text in ["qian.duo", "钱多多", "钱少少", "钱的程序"] {
                let lies = bytes.windows(text.len()).any(|part| part == text.as_bytes());
                assert!(!lies, "{text} lies in {}", file.display());
            }
        }
        // Not only ended: nothing is left that could be erased.
        let unit = app.store().write().await.unwrap();
        assert_eq!(store::session::erase(&unit, qian).await.unwrap(), 0);
        assert_eq!(store::token::erase(&unit, qian).await.unwrap(), 0);
        drop(unit);
        let left = app.person(qian).await;
        assert_eq!(
            (left.name.as_str(), left.login.as_str()),
            (&*format!("erased-{qian}"), &*format!("erased-{qian}"))
        );
        assert!(left.phone.is_none() && left.mail.is_none() && left.password.is_none());
        assert!(left.erased.is_some() && left.disabled.is_some());
        assert!(app.memberships(qian).await.iter().all(|held| held.ended.is_some()));
        let unit = app.store().read().await.unwrap();
        let wanted = store::audit::Wanted::default();
        let all = store::audit::list(&unit, &wanted, store::Page::ALL).await.unwrap();
        drop(unit);
        for (_, linked) in &all.rows {
            let linked = linked.as_ref().unwrap();
            let text = linked.personal.as_ref().map(|personal| personal.text.as_str());
            assert!(!text.unwrap_or_default().contains('钱'), "{linked:?}");
        }
        assert!(all.total > u64::try_from(records).unwrap());
        assert!(list_erasures(app, &security).await.unwrap().is_empty());
        refused!(erase_person(app, &security, qian).await, Refusal::NotFound);
        let shown = show_person(app, &admin, qian).await.unwrap();
        assert!(shown.erased.is_some() && !shown.invited);
        // The login is free again, for somebody else.
        assert!(invite_person(app, &manager, &invite).await.unwrap().person != qian);
    });
}

#[test]
fn what_somebody_did_to_others_keeps_the_others_data() {
    each(async |app| {
        let world = app.world().await;
        let manager = app.by_password(world.manager).await;
        let membership = NewMembership {
            organisation: world.pump.id,
            role: Role::EnterpriseMember,
            until: None,
        };
        let invite =
            Invite { login: "feng.yi", name: "冯一一", phone: None, mail: None, membership };
        invite_person(app, &manager, &invite).await.unwrap();
        ask_erasure(app, &manager, world.manager).await.unwrap();
        let security = app.caller(world.security).await;
        erase_person(app, &security, world.manager).await.unwrap();
        let unit = app.store().read().await.unwrap();
        let wanted = store::audit::Wanted {
            action: Some("person.invite".to_owned()),
            ..store::audit::Wanted::default()
        };
        let found = store::audit::list(&unit, &wanted, store::Page::ALL).await.unwrap();
        let linked = found.rows[0].1.as_ref().unwrap();
        let text = linked.personal.as_ref().map(|personal| personal.text.as_str());
        assert_eq!(text, Some("feng.yi 冯一一"));
    });
}

#[test]
fn nobody_is_erased_unasked_or_by_whom_it_concerns() {
    each(async |app| {
        let world = app.world().await;
        let security = app.caller(world.security).await;
        refused!(erase_person(app, &security, world.city).await, Refusal::Conflict(_));
        ask_erasure(app, &security, world.security).await.unwrap();
        let erasing = erase_person(app, &security, world.security);
        let refusal = app.leaves("person.erase", Refused, erasing).await;
        assert_eq!(forbidden(refusal), Why::OwnMatter);
        // Only the administrator asks for somebody else.
        let city = app.by_password(world.city).await;
        refused!(ask_erasure(app, &city, world.member).await, Refusal::NotFound);
        let admin = app.caller(world.admin).await;
        ask_erasure(app, &admin, world.member).await.unwrap();
        erase_person(app, &security, world.member).await.unwrap();
        invalid(with_password(app, "w.member", PASSWORD, &app.origin()).await);
        // The last auditor cannot go.
        ask_erasure(app, &admin, world.auditor).await.unwrap();
        refused!(erase_person(app, &security, world.auditor).await, Refusal::Conflict(_));
    });
}
