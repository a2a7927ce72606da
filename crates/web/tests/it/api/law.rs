//! Programmes and numbers of the law, and one's own self-checks.

use access::Role;
use app::Origin;
use app::confirmations::{Found, confirm_number};
use app::kept_checks::{KeepCheck, keep_check};
use axum::http::StatusCode;
use serde_json::json;
use store::confirmation::Finding;

use super::city::lawful;
use super::{mistakes, officer, program};

#[tokio::test]
async fn programmes_and_numbers_are_those_of_the_law_in_force() {
    let world = lawful().await;
    let mut officer = officer(&world).await;
    let law = world.platform.law();
    let list = officer.get("/api/v1/programmes?per_page=200").await.json();
    let ids: Vec<&str> =
        list["rows"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    let expected: Vec<&str> =
        law.rulebook.programmes.iter().map(|programme| programme.id.as_str()).collect();
    assert_eq!(ids, expected);
    let one = officer.get("/api/v1/programmes/specialised-sme").await.json();
    assert!(list["rows"].as_array().unwrap().contains(&one));
    assert!(one["versions"].as_array().unwrap().len() > 1, "{one}");
    assert_eq!(officer.get("/api/v1/programmes/none").await.status, StatusCode::NOT_FOUND);
    let path = "/api/v1/programmes/specialised-sme/changes";
    let changes = officer.get(&format!("{path}?from=2022&to=2026&per_page=200")).await.json();
    let rows = changes["rows"].as_array().unwrap();
    assert!(rows.len() > 5 && rows[0]["weight"] == "verdict", "{changes}");
    assert!(rows.iter().any(|one| one["direction"] == "tightened"), "{changes}");
    assert_eq!(officer.get(&format!("{path}?from=2022&to=2022")).await.json()["total"], 0);
    let none = officer.get(&format!("{path}?from=2022&to=1999")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    assert_eq!(mistakes(&officer.get(&format!("{path}?from=2022")).await.json()), ["to required"]);

    // The text is that of the page: its criteria, their clauses, and what is not held against the official text yet.
    let path = "/api/v1/programmes/specialised-sme/text";
    let text = officer.get(&format!("{path}?version=2026")).await.json();
    for (lang, words) in [("zh", "研发费用"), ("en", "R&D")] {
        let kinds: Vec<&str> = text[lang]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["kind"].as_str().unwrap())
            .collect();
        assert!(kinds.contains(&"heading") && kinds.contains(&"table"), "{kinds:?}");
        assert!(text[lang].to_string().contains(words), "{lang}: {text}");
    }
    let about = officer.get(path).await.json();
    assert_eq!(about["version"], json!(null));
    assert!(!about["zh"].as_array().unwrap().is_empty());
    let none = officer.get(&format!("{path}?version=1999")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);

    let numbers = officer.get("/api/v1/numbers?per_page=1").await.json();
    assert_eq!(numbers["total"], law.numbers().len());
    let some = officer.get("/api/v1/numbers?owner=tech-sme&per_page=200").await.json();
    assert!(some["rows"].as_array().unwrap().iter().all(|one| one["owner"] == "tech-sme"));
    let wrong = officer.get("/api/v1/numbers?state=checked").await;
    assert_eq!(mistakes(&wrong.json()), ["state code"]);
    assert_eq!(officer.get("/api/v1/numbers/a.b.c").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_somebody_found_about_a_number_is_told_with_it() {
    let world = lawful().await;
    let mut officer = officer(&world).await;
    let list = officer.get("/api/v1/numbers?owner=tech-sme").await.json();
    let number = &list["rows"][0];
    assert_eq!(number["state"], "open");
    let path = format!("/api/v1/numbers/{}", number["address"].as_str().unwrap());
    assert_eq!(officer.get(&path).await.json()["findings"], json!([]));
    let person = world.person("hedui", "核对人", Role::CityOfficer, 1).await;
    let session = world.session(person, true).await;
    let secret = session.0.strip_prefix("tidu=").unwrap();
    let origin = Origin::default();
    let caller = app::caller::by_session(&world.platform, secret, origin).await.unwrap().unwrap();
    let found = Found {
        address: number["address"].as_str().unwrap(),
        value: number["value"].as_str().unwrap(),
        finding: Finding::Agrees,
        says: "",
        source: "https://example.cn/115",
        note: "",
    };
    confirm_number(&world.platform, &caller, found).await.unwrap();
    let told = officer.get(&path).await.json();
    assert_eq!(told["number"]["state"], "agrees");
    let finding = &told["findings"][0];
    assert_eq!((&finding["by"], &finding["finding"]), (&json!("核对人"), &json!("agrees")));
    let agreed = officer.get("/api/v1/numbers?state=agrees").await.json();
    assert_eq!((&agreed["total"], &agreed["rows"][0]), (&json!(1), &told["number"]));
}

#[tokio::test]
async fn kept_self_checks_are_their_owners_alone() {
    let world = lawful().await;
    let document = r#"{"v":1,"d":"2026-11-23","a":[["f/revenue/2025","=51234567.89",0]]}"#;
    let person = world.person("ziji", "某人", Role::EnterpriseMember, world.firms[0]).await;
    let session = world.session(person, true).await;
    let secret = session.0.strip_prefix("tidu=").unwrap();
    let origin = Origin::default();
    let caller = app::caller::by_session(&world.platform, secret, origin).await.unwrap().unwrap();
    let new = KeepCheck { title: "年初", document, consent: true };
    let id = keep_check(&world.platform, &caller, &new).await.unwrap();
    let mut own = program(&world, person).await;
    let mut other = officer(&world).await;
    let list = own.get("/api/v1/own/checks").await.json();
    assert_eq!((&list["total"], &list["rows"][0]["title"]), (&json!(1), &json!("年初")));
    assert_eq!(other.get("/api/v1/own/checks").await.json()["total"], 0);
    let path = format!("/api/v1/own/checks/{id}");
    let shown = own.get(&path).await.json();
    assert_eq!(shown["document"], serde_json::from_str::<serde_json::Value>(document).unwrap());
    for method in ["GET", "DELETE"] {
        let reply = other.call(method, &path, &[], "").await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{method}");
    }
    assert_eq!(own.call("DELETE", &path, &[], "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(own.get(&path).await.status, StatusCode::NOT_FOUND);
}
