//! Sessions and tokens of others: those who watch look, and that is recorded; the security officer ends them.

use access::{Action, Sight, Why};
use app::Refusal;
use app::own::{NewToken, create_own_token};
use app::people::{end_session, list_sessions, list_tokens, revoke_token};
use audit::Outcome::{Done, Looked, Refused};

use crate::bed::{PASSWORD, each};
use crate::refused::{forbidden, refused};

#[test]
fn those_who_watch_see_sessions_and_the_security_officer_ends_them() {
    each(async |app| {
        let world = app.world().await;
        let secret = app.session(world.city, false).await;
        for who in [world.security, world.auditor] {
            let caller = app.caller(who).await;
            let listing = list_sessions(app, &caller, world.city);
            let seen = app.leaves("session.list", Looked, listing).await.unwrap();
            assert_eq!(seen.len(), 1);
            assert_eq!(seen[0].address.sight, Sight::Full);
            assert!(!seen[0].is_this);
        }
        let session = app.who(&secret).await.unwrap().session.unwrap().id;
        for who in [world.admin, world.auditor, world.city, world.northern] {
            let caller = app.caller(who).await;
            let ending = end_session(app, &caller, world.city, session);
            let refusal = app.leaves("session.revoke", Refused, ending).await;
            assert_eq!(forbidden(refusal), Why::NotYourRole);
        }
        let security = app.caller(world.security).await;
        // Not theirs, nobody's, none.
        for (person, session) in
            [(world.northern, session), (99_999, session), (world.city, 99_999)]
        {
            refused!(end_session(app, &security, person, session).await, Refusal::NotFound);
        }
        let ending = end_session(app, &security, world.city, session);
        app.leaves("session.revoke", Done, ending).await.unwrap();
        assert!(app.who(&secret).await.is_none());
        refused!(list_sessions(app, &security, 99_999).await, Refusal::NotFound);
    });
}

#[test]
fn those_who_watch_see_tokens_and_the_security_officer_revokes_them() {
    each(async |app| {
        let world = app.world().await;
        let owner = app.caller(world.city).await;
        let new = NewToken { name: "报表", actions: [Action::PersonList].into(), days: 30 };
        let (id, secret) = create_own_token(app, &owner, &new, PASSWORD).await.unwrap();
        let security = app.caller(world.security).await;
        let auditor = app.caller(world.auditor).await;
        assert_eq!(list_tokens(app, &auditor, world.city).await.unwrap().len(), 1);
        let refusal = revoke_token(app, &auditor, world.city, id).await;
        assert_eq!(forbidden(refusal), Why::NotYourRole);
        assert_eq!(forbidden(list_tokens(app, &owner, world.city).await), Why::NotYourRole);
        refused!(revoke_token(app, &security, world.northern, id).await, Refusal::NotFound);
        let revoking = revoke_token(app, &security, world.city, id);
        app.leaves("token.revoke", Done, revoking).await.unwrap();
        assert!(app::caller::by_token(app, &secret, app.origin()).await.unwrap().is_none());
        refused!(revoke_token(app, &security, world.city, id).await, Refusal::NotFound);
    });
}
