//! Facts in, answers of the law out.

use access::Role;
use answers::{DerivedView, Explanation, SubjectView, asked};
use axum::http::StatusCode;
use enterprise::Place;
use rules::{Question, evaluate};
use serde_json::{Value, json};

use super::{mistakes, officer, program};
use crate::world::{World, rules as law};

const PATH: &str = "/api/v1/evaluate";

async fn world() -> World {
    World::under(testbed::sqlite(), web::WebConfig::default(), law()).await
}

fn firm() -> Value {
    json!({
        "uscc": "91370202MA3C1A2B93",
        "name": "青岛海燕精密制造有限公司",
        "facts": {
            "founded_on": "2016-05-12",
            "revenue": { "2025": "51234567.89", "2024": "43000000" },
            "rd_expense": { "2025": "3600000", "2024": "2900000" },
        },
    })
}

#[tokio::test]
async fn the_answer_is_what_the_law_says_with_its_whole_explanation() {
    let world = world().await;
    let mut officer = officer(&world).await;
    let body = json!({ "facts": [firm()], "as_of": "2026-11-23" }).to_string();
    let reply = officer.call("POST", PATH, &[], &body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    // The same from the crates that the command line is made of.
    let law = world.platform.law();
    let rulebook = &law.rulebook;
    let mut found = None;
    let each = &mut |reading: connectors::Reading| {
        found = Some(reading);
        std::ops::ControlFlow::Continue(())
    };
    connectors::read_facts(&firm().to_string(), &rulebook.catalogue, each).unwrap();
    let facts = found.unwrap().facts.unwrap();
    let question = Question::on(jiff::civil::date(2026, 11, 23));
    let programmes = asked::telling(rulebook, question.as_of);
    let all: Vec<_> =
        programmes.iter().map(|one| evaluate(rulebook, one, &facts, &question)).collect();
    assert!(all.len() > 10);
    let place = Place { row: Some(1), ..Place::default() };
    let derived = DerivedView::all(rulebook, &facts, &question);
    let subject = SubjectView::of(&facts, &place);
    let expected = Explanation::of(rulebook, &question, subject, Vec::new(), derived, &all);
    let expected = json!({ "results": [serde_json::to_value(expected).unwrap()] });
    assert_eq!(reply.json(), expected);
}

/// Whether everything that is in one value is in the other at the same place.
fn is_part(small: &Value, large: &Value) -> bool {
    match (small, large) {
        (Value::Object(small), Value::Object(large)) => {
            small.iter().all(|(name, one)| large.get(name).is_some_and(|other| is_part(one, other)))
        }
        (Value::Array(small), Value::Array(large)) => {
            small.len() == large.len()
                && small.iter().zip(large).all(|(one, two)| is_part(one, two))
        }
        _ => small == large,
    }
}

#[tokio::test]
async fn verdicts_alone_are_the_same_answer_with_less_in_it() {
    let world = world().await;
    let mut officer = officer(&world).await;
    let refused = json!({ "name": "写错", "facts": { "revenue": { "2025": "much" } } });
    let mut ask = async |answer: Option<&str>, facts: Value| {
        let mut body = json!({ "facts": facts, "as_of": "2026-11-23" });
        if let Some(answer) = answer {
            body["answer"] = answer.into();
        }
        let reply = officer.call("POST", PATH, &[], &body.to_string()).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
        (reply.json(), reply.body.len())
    };
    let both = json!([firm(), refused]);
    let (short, small) = ask(Some("verdicts"), both.clone()).await;
    let (whole, large) = ask(Some("explanation"), both.clone()).await;
    assert!(is_part(&short, &whole), "{short}");
    assert!(small * 20 < large, "{small} of {large} bytes");
    let one = &short["results"][0]["programmes"][0];
    assert!(one["assessment"]["criteria"].as_array().is_some_and(|all| !all.is_empty()), "{one}");
    // Of one firm everything is told unasked, of several what came out.
    assert_eq!(ask(None, both).await.0, short);
    assert_eq!(ask(None, json!([firm()])).await, ask(Some("explanation"), json!([firm()])).await);
}

#[tokio::test]
async fn a_batch_is_answered_in_a_size_that_can_be_handled() {
    let world = world().await;
    let mut officer = officer(&world).await;
    let batch = json!(vec![firm(); 100]);
    let body = json!({ "facts": batch, "as_of": "2026-11-23" }).to_string();
    let reply = officer.call("POST", PATH, &[], &body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    assert!(reply.body.len() < 3_000_000, "{} bytes", reply.body.len());
    // Everything about everybody is more than is given at once; what to do is said.
    let whole = json!({ "facts": batch, "answer": "explanation", "as_of": "2026-11-23" });
    let reply = officer.call("POST", PATH, &[], &whole.to_string()).await;
    assert_eq!(reply.status.as_u16(), 422, "{}", reply.body);
    assert_eq!(mistakes(&reply.json()), ["answer refused"]);
    let detail = reply.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("150") && detail.contains("`programmes`"), "{detail}");
    let chosen = json!({
        "facts": batch, "answer": "explanation", "as_of": "2026-11-23",
        "programmes": ["specialised-sme"],
    });
    let reply = officer.call("POST", PATH, &[], &chosen.to_string()).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
}

#[tokio::test]
async fn a_firm_whose_data_cannot_be_taken_keeps_no_other_waiting() {
    let world = world().await;
    let mut officer = officer(&world).await;
    let broken =
        json!({ "uscc": "91370202MA3C1A2B3X", "facts": { "revenue": { "2025": "much" }, "x": 1 } });
    let body = json!({
        "facts": [firm(), broken, {}, firm()],
        "programmes": ["innovative-sme"], "purpose": "new", "as_of": "2026-11-23",
    });
    let reply = officer.call("POST", PATH, &[], &body.to_string()).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    let answer = reply.json();
    let results = answer["results"].as_array().unwrap();
    let said: Vec<(bool, usize, u64)> = results
        .iter()
        .map(|one| {
            let programmes = one["programmes"].as_array().unwrap().len();
            (
                one["refused"].as_bool().unwrap(),
                programmes,
                one["subject"]["place"]["row"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(said[0], (false, 1, 1));
    assert_eq!(said[1], (true, 0, 2));
    assert_eq!(said[2].2, 3);
    assert_eq!(said[3], (false, 1, 4));
    let problems = results[1]["problems"].as_array().unwrap();
    assert!(problems.len() >= 3, "{problems:?}");
    assert!(problems.iter().all(|one| one["place"]["row"] == 2), "{problems:?}");
    assert_eq!(results[0]["programmes"], results[3]["programmes"]);
}

#[tokio::test]
async fn what_cannot_be_asked_is_said_with_the_nearest_name() {
    let world = world().await;
    let mut officer = officer(&world).await;
    let mut ask = async |path: &str, body: Value| {
        let reply = officer.call("POST", path, &[], &body.to_string()).await;
        (reply.status.as_u16(), mistakes(&reply.json()))
    };
    let many = |count: usize| json!({ "facts": vec![json!({}); count] });
    let said = |text: &str| vec![text.to_owned()];
    let named = |name: &str| json!({ "facts": [firm()], "programmes": [name] });
    assert_eq!(ask(PATH, many(0)).await, (422, said("facts length")));
    assert_eq!(ask(PATH, many(101)).await, (422, said("facts length")));
    assert_eq!(ask("/api/v1/plan", many(11)).await, (422, said("facts length")));
    assert_eq!(ask(PATH, named("inovative-sme")).await, (422, said("programmes refused")));
    assert_eq!(ask(PATH, json!({ "facts": firm() })).await, (422, said("facts type")));
    assert_eq!(
        ask(PATH, json!({ "facts": [firm()], "purpose": "old", "as_of": "yesterday" })).await,
        (422, vec!["as_of format".to_owned(), "purpose code".to_owned()])
    );
    for (path, field) in [("/api/v1/plan", "target"), ("/api/v1/forecast", "until")] {
        let asked = |day: &str| json!({ "facts": [firm()], "as_of": "2026-11-23", field: day });
        assert_eq!(ask(path, asked("2026-11-22")).await, (422, said(&format!("{field} refused"))));
        assert_eq!(ask(path, asked("2099-11-22")).await, (422, said(&format!("{field} refused"))));
    }
    let twice = r#"{"facts":[{"facts":{"revenue":{"2025":"1","2025":"2"}}}]}"#;
    let reply = officer.call("POST", PATH, &[], twice).await;
    assert_eq!(
        (reply.status.as_u16(), reply.json()["type"].as_str()),
        (400, Some("/api#problem-syntax"))
    );
}

#[tokio::test]
async fn days_at_the_ends_of_the_calendar_break_nothing() {
    let world = world().await;
    let mut officer = officer(&world).await;
    for day in ["0001-01-01", "1989-06-30", "2024-02-29", "2200-12-31", "9999-12-31"] {
        for path in [PATH, "/api/v1/plan", "/api/v1/forecast", "/api/v1/questions"] {
            let facts = if path.ends_with("questions") { firm() } else { json!([firm()]) };
            let body = json!({ "facts": facts, "as_of": day, "programmes": ["innovative-sme"] });
            let reply = officer.call("POST", path, &[], &body.to_string()).await;
            assert!(!reply.status.is_server_error(), "{path} {day}: {}", reply.body);
        }
    }
}

#[tokio::test]
async fn plans_forecasts_and_questions_are_answered_too_and_every_asking_is_recorded() {
    let world = world().await;
    let mut officer = officer(&world).await;
    let body = |facts: Value| {
        json!({ "facts": facts, "programmes": ["innovative-sme"], "as_of": "2026-11-23" })
            .to_string()
    };
    let plan = officer.call("POST", "/api/v1/plan", &[], &body(json!([firm()]))).await;
    assert_eq!(plan.status, StatusCode::OK, "{}", plan.body);
    assert_eq!(plan.json()["results"][0]["programmes"][0]["programme"], "innovative-sme");
    let ahead = officer.call("POST", "/api/v1/forecast", &[], &body(json!([firm()]))).await;
    assert_eq!(ahead.status, StatusCode::OK, "{}", ahead.body);
    assert!(ahead.json()["results"][0]["programmes"][0]["periods"].as_array().is_some());
    let next = officer.call("POST", "/api/v1/questions", &[], &body(firm())).await;
    assert_eq!(next.status, StatusCode::OK, "{}", next.body);
    let asked = &next.json()["question"]["what"];
    assert!(asked["id"].is_string(), "{}", next.body);
    if asked["kind"] == "fact" {
        let skipped = json!({
            "facts": firm(), "programmes": ["innovative-sme"], "as_of": "2026-11-23",
            "skipped": [{ "indicator": asked["id"], "year": asked["year"] }],
        });
        let other = officer.call("POST", "/api/v1/questions", &[], &skipped.to_string()).await;
        assert_ne!(&other.json()["question"]["what"], asked);
    }
    let auditor = world.settled("auditor").await;
    let mut auditor = program(&world, auditor).await;
    let records = auditor.get("/api/v1/audit?action=decision.evaluate").await.json();
    let said: Vec<&str> = records["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["details"]["what"].as_str().unwrap())
        .collect();
    assert_eq!(said, ["question", "question", "forecast", "plan"][said.len() % 2..].to_vec());
    // Who has no part in judging is not judged for.
    let expert = world.organisation(1, access::OrganisationKind::ExpertPanel, "专家组", None).await;
    let expert = world.person("expert", "某专家", Role::Expert, expert).await;
    let mut expert = program(&world, expert).await;
    let reply = expert.call("POST", PATH, &[], &body(json!([firm()]))).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_decision_is_recorded_once_and_comes_out_the_same() {
    let world = world().await;
    let person =
        world.person("nan.officer", "南官", Role::DistrictOfficer, world.districts[0]).await;
    let mut officer = program(&world, person).await;
    let body = json!({
        "organisation": world.districts[0], "facts": firm(), "programme": "innovative-sme", "as_of": "2026-11-23",
    })
    .to_string();
    let key = [("idempotency-key", "decision-1")];
    let made = officer.call("POST", "/api/v1/decisions", &key, &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    assert_eq!(officer.call("POST", "/api/v1/decisions", &key, &body).await.body, made.body);
    let list = officer.get("/api/v1/decisions").await.json();
    assert_eq!(list["total"], 1);
    let path = made.header("location").to_owned();
    let whole = officer.get(&path).await.json();
    assert_eq!(whole["facts"], firm());
    let replay = officer.call("POST", &format!("{path}/replay"), &[], "").await.json();
    assert_eq!((&replay["same"], &replay["answer"]), (&true.into(), &whole["answer"]));
}
