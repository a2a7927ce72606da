//! Tokens do what they carry of what their owner may, until they end.

use std::collections::BTreeSet;

use access::{Action, Proof, Why, fits_token};
use app::own::{NewToken, create_own_token, list_own_tokens, may_carry, revoke_own_token};
use app::people::{disable_person, end_membership, list_people};
use app::{Caller, Refusal};
use audit::Outcome::{Done, Refused};
use store::Page;

use crate::bed::{App, PASSWORD, each};
use crate::refused::{forbidden, invalid, refused};

fn new<'a>(actions: &[Action], days: u32) -> NewToken<'a> {
    NewToken { name: "报表程序", actions: actions.iter().copied().collect(), days }
}

async fn by_token(app: &App, secret: &str) -> Option<Caller> {
    app::caller::by_token(app, secret, app.origin()).await.unwrap()
}

#[test]
fn a_token_does_what_it_carries_and_nothing_else() {
    each(async |app| {
        let world = app.world().await;
        let caller = app.caller(world.northern).await;
        let token = new(&[Action::PersonList], 30);
        let creating = create_own_token(app, &caller, &token, PASSWORD);
        let (id, secret) = app.leaves("own.create-token", Done, creating).await.unwrap();
        assert!(secret.starts_with("tidu_"));
        let program = by_token(app, &secret).await.unwrap();
        assert!(list_people(app, &program, &Default::default(), Page::ALL).await.is_ok());
        let wanted = store::organisation::Wanted::default();
        let listing = app::organisations::list_organisations(app, &program, &wanted, Page::ALL);
        let refusal = app.leaves("organisation.list", Refused, listing).await;
        assert_eq!(forbidden(refusal), Why::TokenLacks);
        let other =
            create_own_token(app, &program, &new(&[Action::PersonList], 30), PASSWORD).await;
        assert_eq!(forbidden(other), Why::TokenLacks);
        let seen = list_own_tokens(app, &caller).await.unwrap();
        assert_eq!((seen[0].id, seen[0].used.is_some()), (id, true));
        app.leaves("own.revoke-token", Done, revoke_own_token(app, &caller, id)).await.unwrap();
        assert!(by_token(app, &secret).await.is_none());
        let another = app.caller(world.southern).await;
        let (others, _) =
            create_own_token(app, &another, &new(&[Action::PersonList], 30), PASSWORD)
                .await
                .unwrap();
        for token in [id, others, 99_999] {
            refused!(revoke_own_token(app, &caller, token).await, Refusal::NotFound);
        }
    });
}

#[test]
fn a_token_carries_nothing_that_its_owner_may_not_and_nothing_that_asks_for_a_second_factor() {
    each(async |app| {
        let world = app.world().await;
        let caller = app.caller(world.northern).await;
        let allowed: BTreeSet<Action> = may_carry(&caller).into_iter().collect();
        for action in Action::ALL {
            let fits = fits_token(*action) && access::decide(&caller.who, *action).is_ok();
            assert_eq!(allowed.contains(action), fits, "{action}");
            let result = create_own_token(app, &caller, &new(&[*action], 1), PASSWORD).await;
            match result {
                Ok((id, _)) => {
                    assert!(fits, "{action}");
                    revoke_own_token(app, &caller, id).await.unwrap();
                }
                Err(_) => assert!(!fits, "{action}"),
            }
        }
        let bad = NewToken { name: " ", actions: BTreeSet::new(), days: 366 };
        let refusal = create_own_token(app, &caller, &bad, PASSWORD).await;
        assert_eq!(invalid(refusal), ["name", "actions", "days"]);
        let half = app.by_password(world.northern).await;
        let refusal = create_own_token(app, &half, &new(&[Action::PersonList], 1), PASSWORD).await;
        assert_eq!(forbidden(refusal), Why::NeedsFactor);
    });
}

#[test]
fn a_token_ends_with_its_days_and_loses_what_its_owner_loses() {
    each(async |app| {
        let world = app.world().await;
        let caller = app.caller(world.northern).await;
        let token = new(&[Action::PersonList], 2);
        let (_, short) = create_own_token(app, &caller, &token, PASSWORD).await.unwrap();
        let token = new(&[Action::PersonList], 365);
        let (_, long) = create_own_token(app, &caller, &token, PASSWORD).await.unwrap();
        app.days(2);
        assert!(by_token(app, &short).await.is_none());
        let program = by_token(app, &long).await.unwrap();
        assert!(matches!(&program.who.proof, Proof::Token(actions) if actions.len() == 1));
        let admin = app.caller(world.admin).await;
        let held = app.memberships(world.northern).await.pop().unwrap();
        end_membership(app, &admin, held.id, held.version).await.unwrap();
        let program = by_token(app, &long).await.unwrap();
        let refusal = list_people(app, &program, &Default::default(), Page::ALL).await;
        assert_eq!(forbidden(refusal), Why::NotYourRole);
        let version = app.person(world.northern).await.version;
        disable_person(app, &admin, world.northern, version).await.unwrap();
        assert!(by_token(app, &long).await.is_none());
    });
}
