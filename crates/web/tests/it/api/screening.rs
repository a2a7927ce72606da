//! Populations, what their screening came to, and what other numbers of the law would do.

use access::Role;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::city::{BRING, city, code, documents, lawful, southern, works};
use super::{mistakes, officer, program};
use crate::browser::Browser;

/// How many firms are counted, wherever they stand.
fn counted(counts: &Value) -> u64 {
    counts.as_object().unwrap().values().map(|one| one.as_u64().unwrap()).sum()
}

#[tokio::test]
async fn a_screening_is_counted_as_far_as_one_sees() {
    let (world, mut officer, _) = city().await;
    let mut south = southern(&world, Role::DistrictOfficer).await;
    for (who, seen, whole) in [(&mut officer, 3, true), (&mut south, 2, false)] {
        let all = who.get("/api/v1/screening").await.json();
        assert_eq!(all["whole"], whole);
        assert!(all["programmes"].as_array().unwrap().len() > 10);
        for one in all["programmes"].as_array().unwrap() {
            assert_eq!(counted(&one["counts"]), seen, "{one}");
        }
        let one = who.get("/api/v1/screening/innovative-sme").await.json();
        for shares in ["districts", "sections", "sizes"] {
            let shares = one[shares].as_array().unwrap();
            assert_eq!(shares.iter().map(|one| counted(&one["counts"])).sum::<u64>(), seen);
        }
        let north = json!("370203");
        let named = one["districts"].as_array().unwrap().iter().any(|one| one["code"] == north);
        assert_eq!(named, whole, "{one}");
    }
    let none = officer.get("/api/v1/screening/inovative-sme").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let screened = officer.call("POST", "/api/v1/screening", &[], "").await;
    assert_eq!(screened.status, StatusCode::NO_CONTENT, "{}", screened.body);
    let twice = officer.call("POST", "/api/v1/screening", &[], "").await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);
    let forbidden = south.call("POST", "/api/v1/screening", &[], "").await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn other_numbers_are_tried_and_those_who_would_move_are_named_to_those_who_see_them() {
    let (world, mut officer, firms) = city().await;
    let numbers = officer.get("/api/v1/numbers?owner=specialised-sme&per_page=200").await.json();
    let amount = numbers["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["address"].as_str().unwrap().ends_with("@2026.rd.amount"))
        .unwrap_or_else(|| panic!("{numbers}"));
    let address = amount["address"].as_str().unwrap().to_owned();
    let body =
        |value: &str| json!({ "settings": [{ "address": address, "value": value }] }).to_string();
    let (try_out, export) = ("/api/v1/simulation", "/api/v1/simulation/export");
    let tried = officer.call("POST", try_out, &[], &body("9 亿元")).await;
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.body);
    let tried = tried.json();
    assert_eq!(tried["subjects"], 3);
    assert_eq!(tried["applied"][0]["address"], address);
    let effect = &tried["effects"][0];
    assert_eq!(effect["programme"], "specialised-sme");
    assert_eq!(effect["moved"], 3, "{tried}");
    // The same again, by name; a district's officer is named the district's.
    let named = officer.call("POST", export, &[], &body("9 亿元")).await.json();
    assert_eq!(named["rows"].as_array().unwrap().len(), 3, "{named}");
    assert_eq!(named["result"]["effects"], tried["effects"]);
    let mut south = southern(&world, Role::DistrictOfficer).await;
    let named = south.call("POST", export, &[], &body("9 亿元")).await;
    assert!(!named.body.contains(&firms.north) && !named.body.contains("云帆"), "{}", named.body);
    let named = named.json();
    assert_eq!(named["rows"].as_array().unwrap().len(), 2);
    assert_eq!(named["result"]["subjects"], 2);
    for (sent, said) in [
        (body("ten"), "settings.0.value refused"),
        (body(""), "settings.0.value length"),
        (json!({ "settings": [] }).to_string(), "settings length"),
        (
            json!({ "settings": [{ "address": "a.b", "value": "1" }] }).to_string(),
            "settings.0.address refused",
        ),
    ] {
        let reply = officer.call("POST", try_out, &[], &sent).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{sent}: {}", reply.body);
        assert_eq!(mistakes(&reply.json()), [said], "{sent}");
    }
    // Which of several is wrong, and in what, stands beside each mistake.
    let several = json!({ "settings": [
        { "address": address, "value": "9 亿元" },
        { "address": address.replace("amount", "amuont"), "value": "1" },
        { "address": address, "value": "8 亿元" },
    ] });
    for path in [try_out, export] {
        let reply = officer.call("POST", path, &[], &several.to_string()).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.body);
        let errors = reply.json()["errors"].clone();
        let pointers: Vec<&str> =
            errors.as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/settings/1/address", "/settings/2/value"], "{errors}");
        assert!(errors[0]["detail"].as_str().unwrap().contains("did you mean"), "{errors}");
    }
}

/// What pages say of numbers, programs are told too: what they are worth, and whether the firms are made up.
#[tokio::test]
async fn the_numbers_of_a_trial_say_what_they_are_worth() {
    let (_world, mut officer, _) = city().await;
    let screening = officer.get("/api/v1/screening").await.json();
    let worth = |id: &Value| {
        let all = screening["programmes"].as_array().unwrap();
        all.iter().find(|one| one["programme"] == *id).map(|one| one["worth"].clone())
    };
    let body =
        json!({ "settings": [{ "address": "specialised-sme@2026.rd.amount", "value": "9 亿元" }] });
    let tried = officer.call("POST", "/api/v1/simulation", &[], &body.to_string()).await.json();
    assert_eq!(tried["made_up"], screening["made_up"], "{tried}");
    let effects = tried["effects"].as_array().unwrap();
    assert!(!effects.is_empty());
    for effect in effects {
        assert_eq!(Some(&effect["worth"]), worth(&effect["programme"]).as_ref(), "{effect}");
    }
    let one = officer.get("/api/v1/screening/specialised-sme").await.json();
    assert_eq!(one["made_up"], screening["made_up"], "{one}");
}

#[tokio::test]
async fn a_leader_tries_numbers_and_takes_nothing_out() {
    let (world, _, _) = city().await;
    let mut leader = southern(&world, Role::Leader).await;
    let all = leader.get("/api/v1/numbers?owner=tech-sme").await.json();
    let number = &all["rows"][0];
    let body = json!({ "settings": [{ "address": number["address"], "value": "1 人" }] });
    let export = leader.call("POST", "/api/v1/simulation/export", &[], &body.to_string()).await;
    assert_eq!(export.status, StatusCode::FORBIDDEN);
    assert_eq!(leader.get("/api/v1/screening").await.status, StatusCode::OK);
}

/// Whoever may choose a threshold could read a firm's figure off it: who sees no figures is told no count that is about
/// a few firms only, and no name.
#[tokio::test]
async fn a_leader_reads_no_figure_off_a_threshold() {
    let (world, _, firms) = city().await;
    let mut leader = southern(&world, Role::Leader).await;
    let body =
        json!({ "settings": [{ "address": "specialised-sme@2026.rd.amount", "value": "9 亿元" }] });
    let tried = leader.call("POST", "/api/v1/simulation", &[], &body.to_string()).await;
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.body);
    let tried = tried.json();
    let effect = &tried["effects"][0];
    assert_eq!(effect["programme"], "specialised-sme");
    for told in ["moved", "leaving"] {
        assert!(effect[told].is_null() || effect[told] == 0, "{effect}");
    }
    assert!(effect["moved"].is_null(), "{effect}");
    assert!(effect["moves"].as_array().unwrap().iter().all(|one| one["count"].is_null()));
    assert_eq!(effect["costs"], json!([]));
    let page = "/what-if/specialised-sme?n.specialised-sme@2026.rd.amount=9+%E4%BA%BF%E5%85%83";
    let shown = |browser: &str| {
        let found = firms.south.iter().any(|code| browser.contains(code));
        (found || browser.contains("南岸"), browser.contains("不足 5"))
    };
    let person = world.person("lingdao", "领导", Role::Leader, world.districts[0]).await;
    let mut on_page = Browser::with(&world.router, world.session(person, true).await);
    let seen = on_page.get(page).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert_eq!(shown(&seen.body), (false, true), "{}", seen.body);
    let person = world.person("jingban", "经办", Role::DistrictOfficer, world.districts[0]).await;
    let mut on_page = Browser::with(&world.router, world.session(person, true).await);
    assert!(!shown(&on_page.get(page).await.body).1, "an officer is told every count");
    // All of it is on record, with what was asked.
    let auditor = world.person("shenji", "审计", Role::Auditor, 1).await;
    let mut auditor = program(&world, auditor).await;
    let records = auditor.get("/api/v1/audit?action=screening.simulate").await.json();
    assert_eq!(records["rows"].as_array().unwrap().len(), 3, "{records}");
    assert!(records.to_string().contains("9 亿元"), "{records}");
}

#[tokio::test]
async fn a_population_is_brought_looked_at_and_put_in_use_by_a_program() {
    let (world, mut officer, firms) = city().await;
    let mut file = documents(&firms);
    let same = officer.call("POST", BRING, &[], &json!(file).to_string()).await;
    assert_eq!((same.status, &same.json()["again"]), (StatusCode::CREATED, &json!(true)));
    file.push(json!({ "uscc": code("91370202MA3C1A2D9"), "name": "南岸新材" }));
    file.push(json!({ "uscc": "91370203MA00000000", "name": "写错代码的企业" }));
    let brought = officer.call("POST", BRING, &[], &json!(file).to_string()).await;
    assert_eq!(brought.status, StatusCode::CREATED, "{}", brought.body);
    let path = brought.header("location").to_owned();
    let shown = officer.get(&path).await.json();
    assert_eq!((&shown["in_use"], &shown["population"]["refused"]), (&json!(false), &json!(1)));
    assert_eq!(shown["problems"][0]["name"], "写错代码的企业", "{shown}");
    // Nobody knows in whose district that row belongs.
    let mut south = southern(&world, Role::DistrictOfficer).await;
    let hidden = south.get(&path).await;
    assert_eq!(hidden.json()["problems"], json!([]), "{}", hidden.body);
    assert!(!hidden.body.contains("写错"));
    let use_it = format!("{path}/use");
    let blind = officer.call("POST", &use_it, &[], r#"{"known":null}"#).await;
    assert_eq!(blind.status, StatusCode::CONFLICT, "{}", blind.body);
    let known = json!({ "known": shown["last_use"] }).to_string();
    let refused = south.call("POST", &use_it, &[], &known).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let used = officer.call("POST", &use_it, &[], &known).await;
    assert_eq!(used.status, StatusCode::NO_CONTENT, "{}", used.body);
    works(&world).await;
    assert_eq!(officer.get(&path).await.json()["in_use"], true);
    let list = officer.get("/api/v1/populations?per_page=1").await.json();
    assert_eq!((&list["total"], &list["rows"][0]["id"]), (&json!(2), &shown["population"]["id"]));
    assert_eq!(officer.get("/api/v1/populations/99").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_no_population_is_said_field_by_field() {
    let world = lawful().await;
    let mut officer = officer(&world).await;
    let sound = json!([{ "uscc": code("91370202MA3C1A2B9"), "name": "甲" }]).to_string();
    let named = "name=%E7%94%B2";
    for (query, file, status, said) in [
        (format!("{named}&known_as_of=soon"), sound.as_str(), 400, "known_as_of format"),
        (
            format!("{named}&known_as_of=2026-11-20&base_year=1"),
            sound.as_str(),
            400,
            "base_year range",
        ),
        ("known_as_of=2026-11-20".into(), sound.as_str(), 400, "name required"),
        (named.to_owned(), sound.as_str(), 422, "known_as_of refused"),
        (format!("{named}&known_as_of=2026-11-20"), "x", 422, "file refused"),
    ] {
        let path = format!("/api/v1/populations?{query}");
        let reply = officer.call("POST", &path, &[], file).await;
        assert_eq!(reply.status.as_u16(), status, "{query}: {}", reply.body);
        assert_eq!(mistakes(&reply.json()), [said], "{query}");
    }
    let body = axum::body::Body::from(sound);
    let request = officer.request("POST", BRING).header("content-type", "image/png").body(body);
    let kind = officer.send(request.unwrap()).await;
    assert_eq!(kind.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(officer.get("/api/v1/populations").await.json()["total"], 0);
}
