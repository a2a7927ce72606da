//! Single sign-on as far as no provider answers: what is refused before one is asked, and the links to its accounts.
//! The walk through a real provider is a test of the whole program.

use access::Why;
use app::Refusal;
use app::own::{list_own_identities, unlink_own_identity};
use app::single_sign_on::{Back, NotSignedOn, Provider, begin_link, begin_sign_on, finish_sign_on};
use audit::Outcome::{Done, Refused};
use crypto::{Digest as _, Sha256};

use crate::bed::{App, PASSWORD, each};
use crate::refused::{forbidden, refused};

/// A provider that nobody runs.
fn nobodys() -> Provider {
    Provider {
        name: "示例统一认证".to_owned(),
        issuer: "http://127.0.0.1:1".to_owned(),
        client: "tidu".to_owned(),
        secret: "a secret of this test".to_owned(),
        redirect: "http://127.0.0.1:2/sign-on/return".to_owned(),
    }
}

async fn linked(app: &App, person: i64, subject: &str) -> i64 {
    app.personal(subject);
    let unit = app.store().write().await.unwrap();
    store::identity::link(&unit, person, &nobodys().issuer, subject, app.now()).await.unwrap();
    let all = store::identity::of_person(&unit, person).await.unwrap();
    unit.commit().await.unwrap();
    all.last().unwrap().id
}

#[test]
fn ones_own_links_are_seen_and_taken_back_and_nobody_elses() {
    each(async |app| {
        let world = app.world().await;
        let one = linked(app, world.city, "subject-one").await;
        let two = linked(app, world.city, "subject-two").await;
        let others = linked(app, world.northern, "subject-three").await;
        let caller = app.by_password(world.city).await;
        let seen = app.leaves_nothing(list_own_identities(app, &caller)).await.unwrap();
        let seen: Vec<_> = seen.iter().map(|one| (one.id, one.subject.as_str())).collect();
        assert_eq!(seen, [(one, "subject-one"), (two, "subject-two")]);
        let unlinking = unlink_own_identity(app, &caller, one);
        app.leaves("own.unlink-identity", Done, unlinking).await.unwrap();
        // Taken back already, somebody else's, none: the same answer.
        for identity in [one, others, 99_999] {
            let unlinking = unlink_own_identity(app, &caller, identity);
            let refusal = app.leaves("own.unlink-identity", Refused, unlinking).await;
            refused!(refusal, Refusal::NotFound);
        }
        assert_eq!(list_own_identities(app, &caller).await.unwrap().len(), 1);
        let other = app.by_password(world.northern).await;
        assert_eq!(list_own_identities(app, &other).await.unwrap().len(), 1);
    });
}

#[test]
fn whoever_owes_a_second_factor_neither_links_nor_unlinks_nor_sees_links() {
    each(async |app| {
        let world = app.world().await;
        let identity = linked(app, world.city, "subject-one").await;
        let unit = app.store().write().await.unwrap();
        let since = Some(app.now());
        store::person::set_second_factor(&unit, world.city, Some(vec![0]), since).await.unwrap();
        unit.commit().await.unwrap();
        let caller = app.by_password(world.city).await;
        let unlinking = unlink_own_identity(app, &caller, identity);
        let refusal = app.leaves("own.unlink-identity", Refused, unlinking).await;
        refused!(refusal, Refusal::GiveSecondFactor);
        let listing = app.leaves("own.read-profile", Refused, list_own_identities(app, &caller));
        refused!(listing.await, Refusal::GiveSecondFactor);
        let provider = nobodys();
        let linking = begin_link(app, &caller, &provider, PASSWORD, "/");
        let refusal = app.leaves("own.link-identity", Refused, linking).await;
        assert!(matches!(refusal, Err(NotSignedOn::Refused(Refusal::GiveSecondFactor))));
    });
}

#[test]
fn a_token_links_nothing() {
    for action in [access::Action::OwnLinkIdentity, access::Action::OwnUnlinkIdentity] {
        assert!(!access::fits_token(action), "{action:?}");
    }
}

#[test]
fn a_provider_that_does_not_answer_is_no_fault_of_the_platform_and_leaves_nothing() {
    each(async |app| {
        let begun = app.leaves_nothing(begin_sign_on(app, &nobodys(), "/")).await;
        assert!(matches!(begun, Err(NotSignedOn::Down(_))), "{begun:?}");
    });
}

#[test]
fn what_was_not_begun_here_or_too_long_ago_is_not_finished_and_no_provider_is_asked() {
    each(async |app| {
        let state = "a-state-of-long-ago";
        let hash = crypto::hex(&Sha256.digest(&[b"tidu-secret-1", state.as_bytes()]));
        let unit = app.store().write().await.unwrap();
        let (now, end) = (app.now(), app.now() + jiff::SignedDuration::from_mins(10));
        store::identity::begin(&unit, &hash, vec![0], now, end).await.unwrap();
        unit.commit().await.unwrap();
        app.minutes(11);
        let (provider, origin) = (nobodys(), app.origin());
        for state in [state, state, "another", ""] {
            let back = Back { state, code: "code", issuer: None };
            let finishing = finish_sign_on(app, None, &provider, back, &origin);
            let finished = app.leaves("session.begin", Refused, finishing).await;
            assert!(matches!(finished, Err(NotSignedOn::Late)));
        }
    });
}

#[test]
fn nobody_links_an_account_for_somebody_without_a_session() {
    each(async |app| {
        let world = app.world().await;
        let mut caller = app.by_password(world.city).await;
        caller.who.proof = access::Proof::Token(std::collections::BTreeSet::new());
        let provider = nobodys();
        let linking = begin_link(app, &caller, &provider, PASSWORD, "/");
        match app.leaves("own.link-identity", Refused, linking).await {
            Err(NotSignedOn::Refused(refusal)) => {
                assert_eq!(forbidden::<()>(Err(refusal)), Why::TokenLacks);
            }
            other => panic!("{other:?}"),
        }
    });
}
