//! What is asked for under a key is done once: asked again, asked at the same moment, and when the process ends between
//! the change and its answer.

use std::sync::Arc;

use access::{Action, OrganisationKind};
use app::organisations::{Described, NewOrganisation, create_organisation};
use app::{Caller, Once, Refusal};
use jiff::SignedDuration;
use store::organisation::Wanted;

use crate::bed::{App, each};

/// A program that acts for the administrator, with a token of its own.
async fn program(app: &App, person: i64) -> Caller {
    let secret = crypto::secret_token("tidu_").unwrap();
    let now = app.now();
    let hash = {
        use crypto::Digest as _;
        crypto::hex(&crypto::Sha256.digest(&[b"tidu-secret-1", secret.as_bytes()]))
    };
    let new = store::token::New {
        person,
        secret_hash: &hash,
        name: "program",
        actions: &[Action::OrganisationCreate.code()],
        at: now,
        expires: now + SignedDuration::from_hours(24 * 90),
    };
    let unit = app.store().write().await.unwrap();
    store::token::insert(&unit, &new).await.unwrap();
    unit.commit().await.unwrap();
    app::caller::by_token(app, &secret, app.origin()).await.unwrap().unwrap()
}

/// The caller with a request under a key.
fn under(caller: &Caller, key: &str, asked: &str) -> (Caller, Arc<Once>) {
    let once = Arc::new(Once::new(caller, key, &[asked.as_bytes()]).unwrap());
    (Caller { once: Some(once.clone()), ..caller.clone() }, once)
}

async fn create(app: &App, caller: &Caller, parent: i64, name: &str) -> Result<i64, Refusal> {
    let described = Described { name, uscc: None, district: None };
    let new = NewOrganisation { parent, kind: OrganisationKind::District, described };
    create_organisation(app, caller, &new).await
}

async fn count(app: &App, name: &str) -> u64 {
    let everything = [access::Visible::Everything].into_iter().collect();
    let unit = app.store().read().await.unwrap();
    let scope = store::Scope { rows: &everything, today: app::today(app.now()) };
    let wanted = Wanted { words: Some(name), ..Wanted::default() };
    store::organisation::list(&unit, &wanted, &scope, store::Page::ALL).await.unwrap().total
}

#[test]
fn what_was_done_under_a_key_is_answered_again_and_not_done_again() {
    each(async |app| {
        let world = app.world().await;
        let program = program(app, world.admin).await;
        let (caller, once) = under(&program, "k-1", "东区");
        let before = app.last().await;
        assert!(once.answered(app).await.unwrap().is_none());
        let id = create(app, &caller, world.bureau.id, "东区工业和信息化局").await.unwrap();
        // Nothing of it is there before its answer is.
        assert_eq!(count(app, "东区").await, 0);
        once.finish(app, 201, &format!("{{\"id\":{id}}}")).await.unwrap();
        assert_eq!(count(app, "东区").await, 1);
        let (again, once) = under(&program, "k-1", "东区");
        let known = once.answered(app).await.unwrap().unwrap();
        assert_eq!((known.same, known.status), (true, 201));
        assert_eq!(known.answer, format!("{{\"id\":{id}}}"));
        // Whoever does not look first is told so, and nothing comes of it.
        let refused = create(app, &again, world.bureau.id, "东区第二工业和信息化局").await;
        assert!(matches!(refused, Err(Refusal::Repeated)), "{refused:?}");
        assert_eq!((count(app, "东区").await, app.since(before).await.len()), (1, 1));
        // The same key for something else is told apart; another token has keys of its own.
        let (_, other) = under(&program, "k-1", "西区");
        assert!(!other.answered(app).await.unwrap().unwrap().same);
        let neighbour = self::program(app, world.admin).await;
        let (_, theirs) = under(&neighbour, "k-1", "东区");
        assert!(theirs.answered(app).await.unwrap().is_none());
    });
}

#[test]
fn two_requests_under_one_key_at_one_moment_do_it_once() {
    each(async |app| {
        let world = app.world().await;
        let program = program(app, world.admin).await;
        for round in 0..8 {
            let (key, name) = (format!("k-{round}"), format!("第{round}区工业和信息化局"));
            let ask = async || {
                let (caller, once) = under(&program, &key, &name);
                match create(app, &caller, world.bureau.id, &name).await {
                    Ok(id) => {
                        once.finish(app, 201, &id.to_string()).await.unwrap();
                        id.to_string()
                    }
                    Err(Refusal::Repeated) => once.answered(app).await.unwrap().unwrap().answer,
                    Err(other) => panic!("{other:?}"),
                }
            };
            let (one, other, third) = tokio::join!(ask(), ask(), ask());
            assert!(one == other && other == third, "{one} {other} {third}");
            assert_eq!(count(app, &name).await, 1);
        }
    });
}

#[test]
fn a_process_that_ends_between_the_change_and_its_answer_has_done_nothing() {
    each(async |app| {
        let world = app.world().await;
        let program = program(app, world.admin).await;
        let before = app.last().await;
        for _ in 0..3 {
            let (caller, once) = under(&program, "k", "岛区");
            create(app, &caller, world.bureau.id, "岛区工业和信息化局").await.unwrap();
            drop((caller, once));
        }
        assert_eq!((count(app, "岛区").await, app.since(before).await.len()), (0, 0));
        let (caller, once) = under(&program, "k", "岛区");
        assert!(once.answered(app).await.unwrap().is_none());
        create(app, &caller, world.bureau.id, "岛区工业和信息化局").await.unwrap();
        once.finish(app, 201, "").await.unwrap();
        assert_eq!(count(app, "岛区").await, 1);
    });
}

#[test]
fn a_refusal_leaves_the_key_free_and_a_day_later_it_is_free_anyway() {
    each(async |app| {
        let world = app.world().await;
        let program = program(app, world.admin).await;
        let (caller, once) = under(&program, "k", "");
        let refused = create(app, &caller, world.bureau.id, "").await;
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
        assert!(once.answered(app).await.unwrap().is_none());
        let refused = create(app, &caller, 999_999, "某区工业和信息化局").await;
        assert!(matches!(refused, Err(Refusal::NotFound)), "{refused:?}");
        let (caller, once) = under(&program, "k", "中区");
        create(app, &caller, world.bureau.id, "中区工业和信息化局").await.unwrap();
        once.finish(app, 201, "1").await.unwrap();
        app.pass(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
        assert!(once.answered(app).await.unwrap().is_some());
        app.pass(SignedDuration::from_secs(2));
        assert!(once.answered(app).await.unwrap().is_none());
        let (caller, once) = under(&program, "k", "内区");
        create(app, &caller, world.bureau.id, "内区工业和信息化局").await.unwrap();
        once.finish(app, 201, "2").await.unwrap();
        assert_eq!(once.answered(app).await.unwrap().unwrap().answer, "2");
        // What is given again no more is forgotten, what is stays.
        let unit = app.store().write().await.unwrap();
        let old = app.now() - SignedDuration::from_hours(24);
        assert_eq!(store::reply::forget(&unit, old).await.unwrap(), 0);
        assert_eq!(
            store::reply::forget(&unit, app.now() + SignedDuration::from_secs(1)).await.unwrap(),
            1
        );
    });
}

#[test]
fn two_changes_under_one_key_are_a_fault_and_not_a_standstill() {
    each(async |app| {
        let world = app.world().await;
        let program = program(app, world.admin).await;
        let (caller, _once) = under(&program, "k", "");
        create(app, &caller, world.bureau.id, "甲区工业和信息化局").await.unwrap();
        // Otherwise the second would wait for the first, which waits for its answer.
        let another = create(app, &caller, world.bureau.id, "乙区工业和信息化局");
        let refused = tokio::time::timeout(std::time::Duration::from_secs(20), another).await;
        assert!(refused.unwrap().is_err());
    });
}
