//! `--json`: one object a line, valid by the committed schema, without a float in it.

use serde_json::{Value, json};

use crate::program::{DAY, TextFile, file, firm, root, tidu, with};

fn schema() -> Value {
    let path = root().join("docs/schema/explain.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_committed_schema_is_current() {
    let run = tidu(&["schema"]);
    assert_eq!(run.code, 0);
    let committed = std::fs::read_to_string(root().join("docs/schema/explain.schema.json"));
    assert_eq!(committed.unwrap_or_default(), run.stdout, "tidu schema > docs/schema/…");
}

#[test]
fn answers_are_valid_by_the_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let mut all = Vec::new();
    for name in ["demo-firm.xlsx", "demo-firms.csv", "demo-firm.json"] {
        let path = format!("examples/{name}");
        for more in
            [&[DAY][..], &["--as-of=2022-03-01"], &["--as-of=2027-02-01", "--purpose=re-review"]]
        {
            let run = tidu(&[&["explain", &path, "--json"], more].concat());
            assert_eq!(run.code, 0, "{}", run.stderr);
            all.extend(run.objects());
        }
    }
    let refused = file(&json!({ "uscc": "91370202MADEM0011B", "name": "错码" }));
    all.extend(tidu(&["explain", refused.path(), "--json"]).objects());
    assert_eq!(all.len(), 19);
    for object in &all {
        let errors: Vec<String> = validator.iter_errors(object).map(|e| e.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        assert_no_float(object);
    }
}

fn assert_no_float(value: &Value) {
    match value {
        Value::Number(number) => assert!(number.is_i64() || number.is_u64(), "{number}"),
        Value::Array(items) => items.iter().for_each(assert_no_float),
        Value::Object(fields) => fields.values().for_each(assert_no_float),
        _ => {}
    }
}

#[test]
fn one_firm_is_one_line_with_its_numbers() {
    let file = file(&firm());
    let run = tidu(&["explain", file.path(), "--json", "--programme=little-giant", DAY]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let objects = run.objects();
    assert_eq!(objects.len(), 1);
    let object = &objects[0];
    assert_eq!(object["schema"], 1);
    assert_eq!(object["as_of"], "2026-05-01");
    assert_eq!(object["subject"]["uscc"], "91370202MADEM0011A");
    assert_eq!(object["derived"][0]["possible"][0]["id"], "small");
    let programme = &object["programmes"][0];
    assert_eq!(programme["verdict"], "ineligible");
    assert_eq!(programme["purpose_because"], "title_not_held");
    assert_eq!(programme["window"]["state"], "open");
    let assessment = &programme["assessment"];
    assert_eq!(assessment["population"], "one-short");
    let criteria = assessment["criteria"].as_array().unwrap();
    let revenue = criteria.iter().find(|criterion| criterion["id"] == "revenue").unwrap();
    let test = &revenue["finding"]["condition"]["test"];
    assert_eq!(test["left"]["value"], "49875000");
    assert_eq!(test["right"]["limits"][0]["written"], "5000 万元");
    assert_eq!(test["right"]["limits"][0]["value"], "50000000");
    assert_eq!(test["distance"], json!({ "absolute": "125000", "ppm": 2500 }));
    assert_eq!(test["operands"][0]["origin"]["source"]["name"], "税务 2026-05");
    let turns = assessment["turns"][0].as_array().unwrap();
    assert!(turns.iter().any(|turn| turn["test"]["zh"] == "营业收入 2025 ≥ 5000 万元"));
}

#[test]
fn a_missing_year_names_the_older_one() {
    let file = file(&with(firm(), json!({ "rd_expense": { "2024": "610 万元" } })));
    let run = tidu(&["explain", file.path(), "--json", "--programme=little-giant", DAY]);
    let text = run.objects()[0].to_string();
    assert!(text.contains(r#""origin":{"kind":"missing","older":2024}"#), "{text}");
}

#[test]
fn a_refused_firm_says_so_in_its_line() {
    let lines = format!("{}\n{}", json!({ "uscc": "9137", "name": "短码" }), firm());
    let file = TextFile::new("firms.json", lines);
    let run = tidu(&["explain", file.path(), "--json", DAY]);
    let objects = run.objects();
    assert_eq!(run.code, 1);
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[0]["refused"], true);
    assert_eq!(objects[0]["subject"]["name"], "短码");
    assert_eq!(objects[0]["problems"][0]["kind"], "uscc");
    assert_eq!(objects[1]["refused"], false);
}

#[test]
fn knowledge_can_be_turned_back() {
    let mut document = firm();
    document["sources"]["revenue.2025"] = json!({ "name": "税务", "known": "2026-04-30" });
    let file = file(&document);
    let verdict = |known: &str| {
        let known = format!("--known-on={known}");
        let run =
            tidu(&["explain", file.path(), "--json", "--programme=little-giant", DAY, &known]);
        run.objects()[0]["programmes"][0]["verdict"].clone()
    };
    assert_eq!(verdict("2026-04-30"), "ineligible");
    assert_eq!(verdict("2026-04-29"), "undetermined");
}
