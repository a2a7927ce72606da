//! `tidu forecast`: the page in both languages, to be read by somebody who knows the rules; the JSON
//! form by its schema.

use serde_json::{Value, json};

use crate::program::{DAY, file, firm, root, tidu, with};
use crate::several::hide_hash;

/// A firm with an accident two years ago, an old title and a young history.
fn changing() -> Value {
    with(
        firm(),
        json!({
            "revenue": { "2023": "4400 万元", "2024": "4650 万元", "2025": "5000 万元" },
            "quality_score": { "2026": "72 分" }
        }),
    )
}

fn page(more: &[&str]) -> String {
    let file = file(&changing());
    let run = tidu(&[&["forecast", file.path(), DAY], more].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    hide_hash(&run.stdout)
}

#[test]
fn all_programmes_of_a_firm() {
    insta::assert_snapshot!("forecast_zh", page(&[]));
    insta::assert_snapshot!("forecast_en", page(&["--lang=en"]));
}

#[test]
fn what_is_told_ends_with_the_versions_that_are_known() {
    let page = page(&["--programme=little-giant", "--purpose=re-review"]);
    insta::assert_snapshot!("forecast_ends_zh", page);
}

#[test]
fn answers_are_valid_by_the_schema() {
    let path = root().join("docs/schema/forecast.schema.json");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(tidu(&["schema", "forecast"]).stdout, committed, "cargo xtask generated --write");
    let validator = jsonschema::validator_for(&serde_json::from_str(&committed).unwrap()).unwrap();
    let mut all = tidu(&["forecast", "examples/demo-firms.csv", "--json", DAY]).objects();
    all.extend(tidu(&["forecast", "examples/demo-firm.json", "--json", DAY]).objects());
    let refused = file(&json!({ "uscc": "91370202MADEM0011B", "name": "错码" }));
    all.extend(tidu(&["forecast", refused.path(), "--json"]).objects());
    assert!(all.len() > 2);
    for object in &all {
        let errors: Vec<String> = validator.iter_errors(object).map(|e| e.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

#[test]
fn a_period_names_its_days_and_what_changed() {
    let run = tidu(&[
        "forecast",
        "examples/demo-firm.json",
        "--json",
        "--as-of=2026-06-01",
        "--until=2027-12-31",
        "--programme=specialised-sme",
    ]);
    let object = &run.objects()[0]["programmes"][0];
    let told = |key: &str| object[key].as_str().map(str::to_owned);
    assert_eq!(told("now").as_deref(), Some("passed"));
    assert_eq!((told("turns"), told("waits")), (None, None));
    assert_eq!(told("lost").as_deref(), Some("2027-06-01"));
    assert_eq!(told("until").as_deref(), Some("2027-12-31"));
    let lost = &object["periods"][1];
    assert_eq!(lost["from"], "2027-06-01");
    let change = &lost["changes"][0];
    assert_eq!(change["kind"], "criterion");
    assert_eq!((&change["before"], &change["after"]), (&json!("met"), &json!("not_met")));
    let same = |step: &&Value| step["kind"] == "same" && step["indicator"] == "revenue";
    let carried = object["assumed"].as_array().unwrap().iter().find(same).unwrap();
    assert_eq!((&carried["year"], &carried["from"]), (&json!(2026), &json!(2025)));
}

#[test]
fn days_that_make_no_sense_are_refused() {
    for (until, part) in [("2026-01-01", "早于起日"), ("2099-01-01", "最多预测 50 年")] {
        let until = format!("--until={until}");
        let run = tidu(&["forecast", "examples/demo-firm.json", DAY, &until]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
}
