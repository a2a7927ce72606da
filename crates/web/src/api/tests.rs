//! What is documented is all there is, is said in both languages, and is what is enforced.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use access::Action;
use app::Law;
use serde_json::{Value, json};

use super::check::check;
use super::openapi::{PROBLEMS, document, refusals};
use super::{left_out, shape};
use crate::lang::Lang;
use crate::routes::{Kind, Method, ROUTES, Route, Whom};

#[path = "../../tests/it/rules.rs"]
mod rules;

/// The law of this repository.
static LAW: LazyLock<Law> = LazyLock::new(|| {
    let sources = rules::rules();
    let compiled = ::rulebook::compile(&sources);
    Law::new(sources, compiled)
});

fn calls() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(|route| route.operation.is_some())
}

#[test]
fn every_row_for_programs_is_described_and_no_other() {
    for route in ROUTES {
        assert_eq!(route.operation.is_some(), route.kind == Kind::Api, "{}", route.path);
        assert_eq!(route.path.starts_with("/api/v1/"), route.kind == Kind::Api, "{}", route.path);
    }
    let mut ids = BTreeSet::new();
    for route in calls() {
        let operation = route.operation.unwrap();
        assert!(ids.insert(operation.id), "{} is there twice", operation.id);
        assert!(!operation.summary.zh.is_empty() && !operation.summary.en.is_empty());
        assert_eq!(operation.what.zh.is_empty(), operation.what.en.is_empty(), "{}", operation.id);
        let method = route.method;
        assert!(method != Method::Get || shape::of(route).body.is_none(), "{}", operation.id);
        // A change that something can be lost by says which version it changes.
        if method == Method::Put && operation.id != "change-schedule" {
            assert!(shape::of(route).if_match, "{}", operation.id);
        }
    }
}

#[test]
fn every_action_can_be_asked_for_or_has_a_reason_why_not() {
    let asked: BTreeSet<Action> = calls()
        .filter_map(|route| match route.whom {
            Whom::Action(action) => Some(action),
            _ => None,
        })
        .collect();
    for action in Action::ALL {
        let why = left_out::why(*action);
        assert!(asked.contains(action) || why.is_some(), "{action}: neither there nor left out");
        assert!(!(asked.contains(action) && why.is_some()), "{action}: there and left out");
    }
}

#[test]
fn every_problem_that_can_be_answered_is_explained() {
    let known: BTreeMap<u16, &[&str]> = PROBLEMS.iter().copied().collect();
    for route in calls() {
        for status in refusals(route, shape::of(route)) {
            assert!(known.contains_key(&status), "{status}");
        }
    }
    for code in known.values().copied().flatten() {
        for lang in [Lang::Zh, Lang::En] {
            for key in [format!("error.{code}.title"), format!("api.problem.{code}")] {
                assert!(crate::catalogue::find(lang, &key).is_some(), "{key}");
            }
        }
    }
}

/// The keywords by which requests are held against schemas; what is said of them beside.
const ENFORCED: &[&str] = &[
    "$ref",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "anyOf",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "pattern",
];
const SAID: &[&str] = &["description", "title", "examples", "default", "format"];
/// Formats that are enforced, or that say no more than the bounds beside them.
const FORMATS: &[&str] = &["date", "int64", "uint64", "int32", "uint32", "int16", "uint8"];

fn only_known_keywords(schema: &Value, at: &str, seen: &mut BTreeSet<String>) {
    let Some(fields) = schema.as_object() else {
        assert_eq!(schema, &Value::Bool(true), "{at}");
        return;
    };
    for (keyword, value) in fields {
        let at = format!("{at}/{keyword}");
        assert!(ENFORCED.contains(&&**keyword) || SAID.contains(&&**keyword), "{at}");
        match keyword.as_str() {
            "pattern" => assert!(super::check::is_known(value.as_str().unwrap()), "{at}: {value}"),
            "format" => assert!(FORMATS.contains(&value.as_str().unwrap()), "{at}: {value}"),
            "properties" => {
                for (name, inner) in value.as_object().unwrap() {
                    only_known_keywords(inner, &format!("{at}/{name}"), seen);
                }
            }
            "items" => only_known_keywords(value, &at, seen),
            "additionalProperties" if value.is_object() => only_known_keywords(value, &at, seen),
            // Something or nothing: no other choice is understood.
            "anyOf" => {
                let any = value.as_array().unwrap();
                assert!(any.len() == 2 && any[1] == json!({ "type": "null" }), "{at}: {value}");
                only_known_keywords(&any[0], &at, seen);
            }
            "$ref" => {
                let name = value.as_str().unwrap().rsplit('/').next().unwrap();
                if seen.insert(name.to_owned()) {
                    only_known_keywords(&shape::defined()[name], name, seen);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn everything_that_a_schema_of_a_request_says_is_enforced() {
    let mut seen = BTreeSet::new();
    for route in calls() {
        let shape = shape::of(route);
        for parameter in &shape.query {
            only_known_keywords(&parameter.schema, &parameter.name, &mut seen);
        }
        if let Some(body) = shape.body.as_ref().filter(|body| body.kind == "application/json") {
            only_known_keywords(&body.schema, route.path, &mut seen);
        }
    }
}

#[test]
fn every_body_has_an_example_that_is_taken() {
    let document = document(Lang::En, &LAW);
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for route in calls() {
        let Some(body) = &shape::of(route).body else { continue };
        if body.kind != "application/json" {
            continue;
        }
        let schema = super::check::resolved(&body.schema, schemas);
        let examples = schema.get("examples").and_then(Value::as_array);
        let example = examples.and_then(|all| all.first());
        let example = example.unwrap_or_else(|| panic!("{} has no example", route.path));
        assert_eq!(check(&body.schema, schemas, example), [], "{}", route.path);
    }
}

/// A law of another place, or none at all, has no programme of ours in its examples.
#[test]
fn examples_are_of_the_law_in_force() {
    let sources = ::rulebook::Sources::default();
    let compiled = ::rulebook::compile(&sources);
    let none = document(Lang::En, &Law::new(sources, compiled));
    let of = |document: &Value| {
        document["components"]["schemas"]["SimulationRequest"]["examples"][0].clone()
    };
    assert!(of(&none).is_null());
    let ours = of(&document(Lang::En, &LAW));
    let address = ours["settings"][0]["address"].as_str().unwrap();
    assert!(LAW.numbers().iter().any(|number| number.address() == address), "{ours}");
}

#[test]
fn schemas_have_names_of_their_own_and_everything_in_them_is_said_in_both_languages() {
    fn said(value: &Value, at: &str, missing: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    if name == "description" && field.is_string() {
                        if !field.as_str().unwrap().contains(" | ") {
                            missing.push(at.to_owned());
                        }
                    } else if name == "properties" {
                        for (name, field) in field.as_object().unwrap() {
                            let at = format!("{at}.{name}");
                            let there = ["description", "$ref", "const"]
                                .iter()
                                .any(|key| field.get(key).is_some())
                                || crate::catalogue::find(Lang::Zh, &format!("api.field.{name}"))
                                    .is_some();
                            if !there {
                                missing.push(at.clone());
                            }
                            said(field, &at, missing);
                        }
                    } else {
                        said(field, at, missing);
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| said(item, at, missing)),
            _ => {}
        }
    }
    let mut missing = Vec::new();
    for (name, schema) in shape::defined() {
        assert!(
            !name.ends_with(|last: char| last.is_ascii_digit()),
            "{name}: two types of one name"
        );
        said(schema, name, &mut missing);
    }
    assert_eq!(missing, Vec::<String>::new(), "not said in both languages");
}

/// The copies of the document in the repository.
#[test]
fn the_document_in_the_repository_is_what_the_table_says() {
    for (lang, file) in [(Lang::Zh, "openapi.json"), (Lang::En, "openapi.en.json")] {
        let path = format!("{}/../../docs/api/{file}", env!("CARGO_MANIFEST_DIR"));
        let text = format!("{}\n", serde_json::to_string_pretty(&document(lang, &LAW)).unwrap());
        if std::env::var_os("TIDU_WRITE_TABLES").is_some() {
            std::fs::create_dir_all(format!("{}/../../docs/api", env!("CARGO_MANIFEST_DIR")))
                .unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == text,
            "{path} is out of date: run with TIDU_WRITE_TABLES=1, and read the difference"
        );
    }
}

#[test]
fn the_document_says_nothing_in_the_other_language() {
    let is_chinese =
        |text: &str| text.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
    fn texts<'a>(value: &'a Value, into: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    match field {
                        Value::String(text)
                            if matches!(name.as_str(), "description" | "summary") =>
                        {
                            into.push(text);
                        }
                        _ if matches!(name.as_str(), "examples" | "example") => {}
                        _ => texts(field, into),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
            _ => {}
        }
    }
    for (lang, chinese) in [(Lang::Zh, true), (Lang::En, false)] {
        let document = document(lang, &LAW);
        let mut all = Vec::new();
        texts(&document, &mut all);
        for text in all {
            assert_eq!(is_chinese(text), chinese, "{text}");
            assert!(!text.contains(" | ") && !text.is_empty(), "{text}");
        }
    }
}

#[test]
fn everything_that_is_referred_to_is_there() {
    let document = document(Lang::En, &LAW);
    fn refs<'a>(value: &'a Value, into: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    match field {
                        Value::String(to) if name == "$ref" => drop(into.insert(to)),
                        _ => refs(field, into),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| refs(item, into)),
            _ => {}
        }
    }
    let mut all = BTreeSet::new();
    refs(&document, &mut all);
    for to in all {
        assert!(document.pointer(to.strip_prefix('#').unwrap()).is_some(), "{to}");
    }
}
