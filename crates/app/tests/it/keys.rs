//! Data is opened with its own keys only.

use access::Role;
use app::keys::{bind, fit};
use app::people::{Invite, NewMembership, invite_person};
use crypto::Keys;

use crate::bed::{App, each};

async fn fits(app: &App, keys: &Keys) -> Option<bool> {
    let unit = app.store().read().await.unwrap();
    fit(&unit, keys).await.unwrap()
}

#[test]
fn keys_of_another_installation_are_told_apart() {
    each(async |app| {
        let (own, others) = (Keys::random().unwrap(), Keys::random().unwrap());
        assert_eq!(fits(app, &own).await, None, "nothing is sealed yet");
        assert!(bind(app.store(), &own, app.now()).await.unwrap());
        assert!(bind(app.store(), &own, app.now()).await.unwrap(), "again");
        assert_eq!((fits(app, &own).await, fits(app, &others).await), (Some(true), Some(false)));
        assert!(!bind(app.store(), &others, app.now()).await.unwrap());
        // Newer keys beside the old ones are the same installation's.
        assert_eq!(fits(app, &own.renewed().unwrap()).await, Some(true));
    });
}

#[test]
fn they_are_told_apart_by_what_was_sealed_before_they_were_bound() {
    each(async |app| {
        let world = app.world().await;
        let manager = app.by_password(world.manager).await;
        let membership = NewMembership {
            organisation: world.pump.id,
            role: Role::EnterpriseMember,
            until: None,
        };
        let phone = Some("13600004444");
        let invite = Invite { login: "qian", name: "钱多多", phone, mail: None, membership };
        invite_person(app, &manager, &invite).await.unwrap();
        let others = Keys::random().unwrap();
        assert_eq!(fits(app, &others).await, Some(false));
        assert!(!bind(app.store(), &others, app.now()).await.unwrap());
    });
}
