//! Requests under a key are done once.

use access::Role;
use axum::http::StatusCode;
use serde_json::json;

use super::{DISTRICT, administrator, officer, program};
use crate::world::World;

const PATH: &str = "/api/v1/organisations";

#[tokio::test]
async fn a_request_under_a_key_is_answered_the_same_however_often_it_is_sent() {
    let world = World::new().await;
    let mut admin = administrator(&world).await;
    let key = [("idempotency-key", "\"8e03978e-40d5\"")];
    let total =
        |text: String| serde_json::from_str::<serde_json::Value>(&text).unwrap()["total"].clone();
    let before = total(admin.get(PATH).await.body);
    let first = admin.call("POST", PATH, &key, DISTRICT).await;
    assert_eq!((first.status, first.header("idempotency-replayed")), (StatusCode::CREATED, ""));
    for _ in 0..3 {
        let again = admin.call("POST", PATH, &key, DISTRICT).await;
        assert_eq!((again.status, &again.body), (StatusCode::CREATED, &first.body));
        for name in ["location", "content-type"] {
            assert_eq!(again.header(name), first.header(name));
        }
        assert_eq!(again.header("idempotency-replayed"), "true");
    }
    assert_eq!(total(admin.get(PATH).await.body).as_u64(), before.as_u64().map(|total| total + 1));
    // Another body, another address, another method under the same key: nothing is done.
    let other = DISTRICT.replace("崂山", "黄岛");
    let id = first.json()["id"].to_string();
    let close = format!("{PATH}/{id}/close");
    for (method, path, body) in [("POST", PATH, other.as_str()), ("POST", &close, "")] {
        let headers = [key[0], ("if-match", "\"1\"")];
        let reused = admin.call(method, path, &headers, body).await;
        assert_eq!(reused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reused.body);
        assert_eq!(reused.json()["type"], "/api#problem-key");
    }
    assert_eq!(admin.get(&format!("{PATH}/{id}")).await.json()["closed"], json!(null));
    // Without a key it is done again, or stands in its own way.
    let without = admin.call("POST", PATH, &[], DISTRICT).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Another token, another measure.
    let mut neighbour = administrator(&world).await;
    let theirs = neighbour.call("POST", PATH, &key, &other).await;
    assert_eq!(theirs.status, StatusCode::CREATED, "{}", theirs.body);
    // A day later nobody remembers.
    world.pass(24 * 3600 + 1);
    let mut admin = administrator(&world).await;
    let later = admin.call("POST", PATH, &key, DISTRICT).await;
    assert_eq!(later.header("idempotency-replayed"), "");
}

#[tokio::test]
async fn two_at_one_moment_under_one_key_are_one() {
    let world = World::new().await;
    let admin = administrator(&world).await;
    for round in 0..6 {
        let key = format!("k-{round}");
        let body = DISTRICT.replace("崂山", &format!("第{round}"));
        let ask = async || {
            let mut program = admin.clone();
            program.call("POST", PATH, &[("idempotency-key", key.as_str())], &body).await
        };
        let (one, other) = tokio::join!(ask(), ask());
        assert_eq!((one.status, other.status), (StatusCode::CREATED, StatusCode::CREATED));
        assert_eq!(one.body, other.body);
        let replayed = [&one, &other].map(|reply| reply.header("idempotency-replayed") == "true");
        assert_eq!(replayed.iter().filter(|again| **again).count(), 1);
    }
}

#[tokio::test]
async fn what_was_refused_can_be_asked_again_under_its_key_and_secrets_come_back() {
    let world = World::new().await;
    let mut admin = administrator(&world).await;
    let key = [("idempotency-key", "k")];
    let wrong =
        admin.call("POST", PATH, &key, r#"{"parent":1,"kind":"district","name":" "}"#).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(admin.call("POST", PATH, &key, DISTRICT).await.status, StatusCode::CREATED);
    // The secret of an invitation is told once; who did not hear the answer asks again for the same.
    let mut officer = officer(&world).await;
    let firm = world.firms[0];
    let invite = format!(
        r#"{{"organisation":{firm},"login":"liqiang","name":"李强","role":"enterprise-manager"}}"#
    );
    let first = officer.call("POST", "/api/v1/people", &key, &invite).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    let again = officer.call("POST", "/api/v1/people", &key, &invite).await;
    assert_eq!(again.json()["secret"], first.json()["secret"]);
    assert!(first.json()["secret"].as_str().unwrap().starts_with("tidui_"));
    for odd in ["", "a b", &"x".repeat(129)] {
        let reply = admin.call("POST", PATH, &[("idempotency-key", odd)], DISTRICT).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{odd:?}");
    }
}

#[tokio::test]
async fn a_program_that_hangs_up_before_its_answer_has_done_nothing_or_everything() {
    let world = World::new().await;
    let admin = administrator(&world).await;
    for round in 0..20u64 {
        let body = DISTRICT.replace("崂山", &format!("第{round}"));
        let key = format!("k-{round}");
        {
            let mut program = admin.clone();
            let asked =
                async { program.call("POST", PATH, &[("idempotency-key", &key)], &body).await };
            let _ =
                tokio::time::timeout(std::time::Duration::from_micros(round * 400), asked).await;
        }
        let mut program = admin.clone();
        let again = program.call("POST", PATH, &[("idempotency-key", &key)], &body).await;
        assert_eq!(again.status, StatusCode::CREATED, "{round}: {}", again.body);
        let name = format!("/api/v1/organisations?q=%E7%AC%AC{round}%E5%8C%BA");
        assert_eq!(program.get(&name).await.json()["total"], 1, "{round}");
    }
    let person = world.person("x.officer", "某人", Role::DistrictOfficer, world.districts[0]).await;
    let mut looks = program(&world, person).await;
    // What changes nothing has no use for a key.
    let reply = looks.call("GET", "/api/v1/own", &[("idempotency-key", "k")], "").await;
    assert_eq!(reply.status, StatusCode::OK);
}
