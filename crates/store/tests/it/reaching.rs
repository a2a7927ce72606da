//! A server that is not there, or not as it has to be: why is told in words, and nobody waits for long.

use std::time::{Duration, Instant};

use store::{Error, Place, Store, Unreachable};
use testbed::{Fresh, Server};

fn server() -> Option<Server> {
    match testbed::postgres()? {
        Fresh::Postgres(server) => Some(server),
        Fresh::Sqlite(_) => None,
    }
}

/// The same address with another user, host or name of the database.
fn with(url: &str, authority: Option<&str>, name: Option<&str>) -> Place {
    let (_, rest) = url.split_once("://").unwrap();
    let (there, database) = rest.split_once('/').unwrap();
    let url = format!("postgres://{}/{}", authority.unwrap_or(there), name.unwrap_or(database));
    Place::postgres(&url).unwrap()
}

#[tokio::test]
async fn why_a_server_is_not_to_be_had_is_told_at_once() {
    let Some(server) = server() else { return };
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (place, expected) in [
        (with(server.url(), Some(&format!("postgres@{free}")), None), Unreachable::Refused),
        (with(server.url(), Some("postgres@nowhere.invalid:5432"), None), Unreachable::NoSuchHost),
        (with(server.url(), None, Some("nothing_of_this_name")), Unreachable::NoSuchDatabase),
    ] {
        let began = Instant::now();
        match Store::open(&place).await {
            Err(Error::Unreachable(why)) => assert_eq!(why, expected),
            other => panic!("{expected:?}: {other:?}"),
        }
        assert!(began.elapsed() < Duration::from_secs(4), "{expected:?}: {:?}", began.elapsed());
    }
    let refused = Store::open(&Place::postgres("postgres://[::/x").unwrap()).await;
    assert!(matches!(refused, Err(Error::Address { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_database_that_does_not_keep_utf_8_is_refused() {
    let Some(server) = server() else { return };
    for encoding in ["SQL_ASCII", "LATIN1"] {
        let name = format!("tidu_{}_{}", encoding.to_lowercase(), std::process::id());
        server.ask(&format!(
            "CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc"
        ));
        let refused = Store::open(&with(server.url(), None, Some(&name))).await;
        server.ask(&format!("DROP DATABASE {name} WITH (FORCE)"));
        match refused {
            Err(Error::Encoding { found }) => assert_eq!(found, encoding),
            other => panic!("{encoding}: {other:?}"),
        }
    }
}

#[test]
fn what_is_told_is_in_one_language_and_has_nothing_of_the_driver() {
    for error in [
        Error::Unreachable(Unreachable::Refused),
        Error::Unreachable(Unreachable::NotLetIn),
        Error::Encoding { found: "LATIN1".into() },
        Error::Newer { found: 9, known: 2 },
        Error::Full("database or disk is full".into()),
        Error::ReadOnly("attempt to write a readonly database".into()),
    ] {
        let words = error.words();
        let letters = words.zh.chars().filter(char::is_ascii_alphabetic).count();
        assert!(letters <= 10, "{}", words.zh);
        assert!(words.en.is_ascii(), "{}", words.en);
    }
}

#[tokio::test]
async fn nobody_waits_for_a_server_that_has_gone_and_it_is_found_when_it_is_back() {
    let Some(server) = server() else { return };
    let store = Store::open(&Place::postgres(server.url()).unwrap()).await.unwrap();
    store.read().await.unwrap();
    server.shut();
    let began = Instant::now();
    for attempt in 0..6 {
        let begun = if attempt % 2 == 0 { store.read().await } else { store.write().await };
        assert!(matches!(begun, Err(Error::Unreachable(_))), "{begun:?}");
    }
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    let began = Instant::now();
    let known = store.read().await;
    assert!(matches!(known, Err(Error::Unreachable(_))), "{known:?}");
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    server.open();
    let began = Instant::now();
    while store.read().await.is_err() {
        assert!(began.elapsed() < Duration::from_secs(5), "it was not found");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // And many who come at once all get their turn.
    let mut reading = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let store = store.clone();
        reading.spawn(async move {
            let unit = store.read().await.unwrap();
            tokio::time::sleep(Duration::from_millis(120)).await;
            drop(unit);
        });
    }
    reading.join_all().await;
    store.close().await.unwrap();
}
