//! The command line and the API say the same of the same facts, word for word.

use serde_json::{Value, json};

use super::demo::Demo;
use super::program::token;
use crate::program::{file, firm, root, tidu};

const DAY: &str = "2026-11-23";

/// Takes out in which file somebody stood, which only the command line knows.
fn without_file(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::Object(place)) = fields.get_mut("place") {
                place.insert("file".to_owned(), Value::Null);
            }
            fields.values_mut().for_each(without_file);
        }
        Value::Array(items) => items.iter_mut().for_each(without_file),
        _ => {}
    }
}

#[test]
fn a_firm_is_explained_by_the_api_as_by_the_command_line() {
    let place = tempfile::tempdir().unwrap();
    let running = Demo::start(&place.path().join("demo"));
    let demo = std::fs::read_to_string(root().join("examples/demo-firm.json")).unwrap();
    let demo: Value = serde_json::from_str(&demo).unwrap();
    let refused = json!({ "uscc": "91370202MADEM0011B", "name": "错码" });
    let firms = json!([demo, firm(), refused, { "facts": {} }]);
    let written = file(&firms);
    let by_token = format!("Bearer {}", token(&running, "city"));
    for asked in [
        json!({ "facts": firms, "as_of": DAY, "answer": "explanation" }),
        json!({
            "facts": firms, "as_of": DAY, "answer": "explanation", "purpose": "re-review",
            "base_year": 2024,
        }),
        json!({
            "facts": firms, "as_of": DAY, "answer": "explanation",
            "programmes": ["专精特新中小企业"],
        }),
    ] {
        let mut command = vec!["explain".to_owned(), written.path().to_owned(), "--json".into()];
        command.push(format!("--as-of={DAY}"));
        if asked["purpose"].is_string() {
            command.extend(["--purpose=re-review".into(), "--base-year=2024".into()]);
        }
        if asked["programmes"].is_array() {
            command.push("--programme=专精特新中小企业".into());
        }
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let mut printed = Value::Array(tidu(&command).objects());
        without_file(&mut printed);
        let mut answer = ureq::post(format!("{}/api/v1/evaluate", running.url))
            .header("authorization", &by_token)
            .content_type("application/json")
            .send(asked.to_string())
            .unwrap();
        let answer: Value =
            serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
        assert_eq!(answer["results"].as_array().unwrap().len(), 4);
        assert_eq!(answer["results"], printed, "{asked}");
    }
}
