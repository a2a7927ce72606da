//! Ways of signing in: each secret holds until its end, once where it holds once, and for one person.

use store::{Error, identity, invitation, session, setting, token};

use crate::bed::{at, each};
use crate::world::{NOON, somebody};

const BEFORE: &str = "2026-11-23T04:59:59.999999Z";
const END: &str = "2026-11-23T05:00:00Z";

#[test]
fn an_invitation_holds_until_its_end_and_once() {
    each(async |bed| {
        let id = bed.act(async |unit| somebody(unit, "a").await).await.unwrap();
        let invite = async |hash: &str| {
            bed.act(async |unit| {
                invitation::insert(unit, id, hash, Some(id), at(NOON), at(END)).await
            })
            .await
        };
        let by = async |hash: &str, now: &str| {
            bed.look(async |unit| invitation::by_secret(unit, hash, at(now)).await).await
        };
        invite("first").await.unwrap();
        assert!(by("first", BEFORE).await.is_some());
        assert!(by("first", END).await.is_none());
        invite("second").await.unwrap();
        assert!(by("first", BEFORE).await.is_none(), "a second invitation ends the first");
        let found = by("second", BEFORE).await.unwrap();
        assert_eq!((found.person, found.expires), (id, at(END)));
        let redeem =
            async || bed.act(async |unit| invitation::redeem(unit, found.id, at(NOON)).await).await;
        assert!(redeem().await.unwrap());
        assert!(!redeem().await.unwrap());
        assert!(by("second", BEFORE).await.is_none());
        assert!(matches!(invite("second").await, Err(Error::Taken(_))));
    });
}

#[test]
fn a_session_is_rotated_moved_and_ended() {
    each(async |bed| {
        let (one, two) = bed
            .act(async |unit| Ok((somebody(unit, "one").await?, somebody(unit, "two").await?)))
            .await
            .unwrap();
        let begin = async |person, secret_hash: &str| {
            bed.act(async |unit| {
                let new = session::New {
                    person,
                    secret_hash,
                    form_secret: "form",
                    at: at(NOON),
                    expires: at(END),
                    second_factor: None,
                    way: "password",
                    address: "192.0.2.1",
                    agent: "浏览器",
                };
                session::insert(unit, &new).await
            })
            .await
        };
        let by = async |hash: &str, now: &str| {
            bed.look(async |unit| session::by_secret(unit, hash, at(now)).await).await
        };
        let id = begin(one, "a").await.unwrap();
        let other = begin(one, "b").await.unwrap();
        begin(two, "c").await.unwrap();
        assert!(matches!(begin(two, "a").await, Err(Error::Taken(_))));
        let found = by("a", BEFORE).await.unwrap();
        assert_eq!((found.id, found.agent.as_str(), found.seen), (id, "浏览器", at(NOON)));
        assert!(by("a", END).await.is_none());
        bed.act(async |unit| {
            session::touch(unit, id, at(BEFORE), at("2026-11-23T06:00:00Z")).await?;
            session::rotate(unit, id, "a2", "form2", Some(at(BEFORE))).await
        })
        .await
        .unwrap();
        assert!(by("a", NOON).await.is_none());
        let found = by("a2", END).await.unwrap();
        assert_eq!((found.form_secret.as_str(), found.second_factor), ("form2", Some(at(BEFORE))));
        let mine = bed.look(async |unit| session::of_person(unit, one, at(NOON)).await).await;
        assert_eq!(mine.iter().map(|one| one.id).collect::<Vec<_>>(), [id, other]);
        let end = async |id, person| {
            bed.act(async |unit| session::end(unit, id, person, at(NOON)).await).await.unwrap()
        };
        assert!(!end(other, two).await, "nobody ends somebody else's");
        assert!(end(other, one).await);
        assert!(!end(other, one).await);
        let rotated =
            bed.act(async |unit| session::rotate(unit, other, "d", "d", None).await).await;
        assert!(matches!(rotated, Err(Error::Changed)));
        let ended = bed.act(async |unit| session::end_all(unit, one, Some(id), at(NOON)).await);
        assert_eq!(ended.await.unwrap(), 0);
        let ended = bed.act(async |unit| session::end_all(unit, one, None, at(NOON)).await);
        assert_eq!(ended.await.unwrap(), 1);
        assert!(by("c", NOON).await.is_some());
        let gone = bed.act(async |unit| session::forget(unit, at("2026-11-23T05:30:00Z")).await);
        assert_eq!(gone.await.unwrap(), 2);
    });
}

#[test]
fn a_token_holds_until_it_is_revoked() {
    each(async |bed| {
        let id = bed.act(async |unit| somebody(unit, "a").await).await.unwrap();
        let make = async |secret_hash: &str| {
            bed.act(async |unit| {
                let new = token::New {
                    person: id,
                    secret_hash,
                    name: "取数程序",
                    actions: &["person.list", "decision.view"],
                    at: at(NOON),
                    expires: at(END),
                };
                token::insert(unit, &new).await
            })
            .await
        };
        let number = make("a").await.unwrap();
        make("b").await.unwrap();
        assert!(matches!(make("a").await, Err(Error::Taken(_))));
        let by = async |hash: &str, now: &str| {
            bed.look(async |unit| token::by_secret(unit, hash, at(now)).await).await
        };
        assert!(by("a", END).await.is_none());
        let found = by("a", BEFORE).await.unwrap();
        assert_eq!(found.actions, ["person.list", "decision.view"]);
        bed.act(async |unit| token::touch(unit, number, at(NOON)).await).await.unwrap();
        let revoke = async |person| {
            bed.act(async |unit| token::revoke(unit, number, person, at(NOON)).await).await.unwrap()
        };
        assert!(!revoke(id + 1).await);
        assert!(revoke(id).await);
        assert!(!revoke(id).await);
        assert!(by("a", BEFORE).await.is_none());
        let all = bed.act(async |unit| token::revoke_all(unit, id, at(NOON)).await).await;
        assert_eq!(all.unwrap(), 1);
        let mine = bed.look(async |unit| token::of_person(unit, id).await).await;
        assert_eq!(mine.len(), 2);
        assert_eq!((mine[1].used, mine[1].revoked), (Some(at(NOON)), Some(at(NOON))));
    });
}

#[test]
fn a_subject_of_a_provider_is_one_person() {
    each(async |bed| {
        let (one, two) = bed
            .act(async |unit| Ok((somebody(unit, "one").await?, somebody(unit, "two").await?)))
            .await
            .unwrap();
        let link = async |person, subject: &str| {
            bed.act(async |unit| {
                identity::link(unit, person, "https://id.example", subject, at(NOON)).await
            })
            .await
        };
        link(one, "s").await.unwrap();
        assert!(matches!(link(two, "s").await, Err(Error::Taken(_))));
        let who = async |issuer: &str, subject: &str| {
            bed.look(async |unit| identity::person_of(unit, issuer, subject).await).await
        };
        assert_eq!(who("https://id.example", "s").await, Some(one));
        assert_eq!(who("https://id.example", "S").await, None);
        assert_eq!(who("https://other.example", "s").await, None);
        let gone = bed.act(async |unit| identity::unlink(unit, one).await).await.unwrap();
        assert_eq!(gone, 1);
        link(two, "s").await.unwrap();
    });
}

#[test]
fn a_sign_in_under_way_is_finished_once_and_in_time() {
    each(async |bed| {
        let begin = async |hash: &str, now: &str, end: &str| {
            bed.act(async |unit| identity::begin(unit, hash, vec![0, 9], at(now), at(end)).await)
                .await
        };
        let finish = async |hash: &str, now: &str| {
            bed.act(async |unit| identity::finish(unit, hash, at(now)).await).await.unwrap()
        };
        begin("a", NOON, END).await.unwrap();
        begin("b", NOON, END).await.unwrap();
        assert!(matches!(begin("a", NOON, END).await, Err(Error::Taken(_))));
        assert_eq!(finish("a", BEFORE).await, Some(vec![0, 9]));
        assert_eq!(finish("a", BEFORE).await, None);
        assert_eq!(finish("b", END).await, None, "too late");
        begin("c", NOON, END).await.unwrap();
        begin("d", "2026-11-23T05:00:01Z", "2026-11-23T06:00:00Z").await.unwrap();
        assert_eq!(bed.rows("SELECT state_hash FROM sign_in_flow").await.len(), 1);
    });
}

#[test]
fn a_setting_is_changed_by_whoever_knows_what_it_was() {
    each(async |bed| {
        let set = async |version, value: &str| {
            bed.act(async |unit| setting::set(unit, "mail", version, value, None, at(NOON)).await)
                .await
        };
        assert!(bed.look(async |unit| setting::get(unit, "mail").await).await.is_none());
        assert!(matches!(set(1, "{}").await, Err(Error::Changed)));
        set(0, "{}").await.unwrap();
        assert!(matches!(set(0, "[]").await, Err(Error::Changed)));
        set(1, "{\"a\":1}").await.unwrap();
        let found = bed.look(async |unit| setting::get(unit, "mail").await).await.unwrap();
        assert_eq!((found.value.as_str(), found.version), ("{\"a\":1}", 2));
    });
}
