//! The OpenAPI 3.1 document of the API, in one language, made from the table of routes and the types of its calls. The
//! copy in the repository is held against it by a test.

use std::collections::BTreeMap;

use access::Topic;
use serde_json::{Map, Value, json};

use app::Law;

use super::call::Operation;
use super::examples;
use super::shape::{self, Shape};
use super::takes::MOST_ROWS;
use crate::lang::{Lang, Say};
use crate::routes::{Method, ROUTES, Route, Whom};

/// The document, in one language, with examples of the law in force.
pub(crate) fn document(lang: Lang, law: &Law) -> Value {
    let say = Say(lang);
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": say.t("api.title"),
            "version": "1",
            "description": say.t1("api.description", "most", MOST_ROWS),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }, { "session": [] }],
        "tags": tags(say),
        "paths": paths(say),
        "components": {
            "schemas": shape::defined(),
            "responses": responses(say),
            "parameters": parameters(say),
            "headers": headers(say),
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": say.t("api.token") },
                "session": {
                    "type": "apiKey", "in": "cookie", "name": "tidu", "description": say.t("api.session"),
                },
            },
        },
    });
    speak(&mut document, lang);
    examples::fill(&mut document, law);
    document
}

/// What calls are about. One that asks for nothing of anybody is about the API itself.
fn topic(route: &Route) -> Option<Topic> {
    match route.whom {
        Whom::Action(action) => {
            Topic::ALL.iter().copied().find(|topic| topic.actions().any(|one| one == action))
        }
        _ => None,
    }
}

/// The name of the tag of what is about the API itself.
const ITSELF: &str = "api";

fn tag(route: &Route) -> &'static str {
    topic(route).map_or(ITSELF, Topic::code)
}

fn calls() -> impl Iterator<Item = (&'static Route, Operation)> {
    ROUTES.iter().filter_map(|route| Some((route, route.operation?)))
}

fn tags(say: Say) -> Value {
    let used = |code: &str| calls().any(|(route, _)| tag(route) == code);
    let mut tags: Vec<Value> = Topic::ALL
        .iter()
        .filter(|topic| used(topic.code()))
        .map(|topic| json!({ "name": topic.code(), "description": say.name(topic.words()) }))
        .collect();
    tags.push(json!({ "name": ITSELF, "description": say.t("api.itself") }));
    tags.into()
}

fn paths(say: Say) -> Value {
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for (route, operation) in calls() {
        let methods = paths.entry(route.path).or_default();
        let method = route.method.code().to_ascii_lowercase();
        methods.insert(method, call(say, route, operation));
    }
    json!(paths)
}

fn call(say: Say, route: &Route, operation: Operation) -> Value {
    let shape = shape::of(route);
    let mut what = Vec::new();
    let more = say.name(operation.what);
    if !more.is_empty() {
        what.push(more.to_owned());
    }
    if operation.city {
        what.push(say.t("api.needs-city"));
    }
    let public = matches!(route.whom, Whom::Public);
    if let Whom::Action(action) = route.whom {
        let (name, code) = (say.name(action.words()), action.code());
        what.push(say.t2("api.needs", ("action", name), ("code", code)));
    }
    let mut parameters: Vec<Value> =
        variables(route.path).map(|name| variable(say, name)).collect();
    parameters.extend(shape.query.iter().map(|one| {
        let mut schema = bare(&one.schema);
        let what = schema.as_object_mut().and_then(|schema| schema.remove("description"));
        json!({
            "name": one.name, "in": "query", "required": one.required,
            "description": what.unwrap_or_default(), "schema": schema,
        })
    }));
    for (name, there) in [
        ("IfMatch", shape.if_match),
        ("IdempotencyKey", shape::takes_key(route)),
        ("IfNoneMatch", route.method == Method::Get),
    ] {
        if there {
            parameters.push(json!({ "$ref": format!("#/components/parameters/{name}") }));
        }
    }
    let mut call = json!({
        "operationId": operation.id,
        "tags": [tag(route)],
        "summary": say.name(operation.summary),
        "parameters": parameters,
        "responses": answers(say, route, shape),
    });
    if !what.is_empty() {
        set(&mut call, "description", what.join("\n\n").into());
    }
    if let Some(body) = &shape.body {
        let content = json!({ body.kind: { "schema": body.schema } });
        set(&mut call, "requestBody", json!({ "required": true, "content": content }));
    }
    if public {
        set(&mut call, "security", json!([]));
    } else if route.method != Method::Get {
        set(&mut call, "security", json!([{ "token": [] }]));
    }
    call
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

/// The variable parts of a path.
pub(crate) fn variables(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn variable(say: Say, name: &str) -> Value {
    let schema = match name {
        "hash" | "name" | "code" | "programme" | "address" => {
            json!({ "type": "string", "minLength": 1 })
        }
        _ => json!({ "type": "integer", "format": "int64", "minimum": 1 }),
    };
    json!({
        "name": name, "in": "path", "required": true,
        "description": say.t(&format!("api.part.{name}")), "schema": schema,
    })
}

/// A schema without the nothing that it also allows: what is not given stands for that.
fn bare(schema: &Value) -> Value {
    let some = schema.get("anyOf").and_then(Value::as_array).and_then(|any| {
        any.iter().find(|one| one.get("type").and_then(Value::as_str) != Some("null"))
    });
    let mut bare = some.unwrap_or(schema).clone();
    let what = schema.get("description").cloned();
    if let (Some(bare), Some(what)) = (bare.as_object_mut(), what) {
        bare.insert("description".to_owned(), what);
    }
    if let Some(kinds) = bare.get_mut("type")
        && let Some([kind, null]) = kinds.as_array().map(Vec::as_slice)
        && null == "null"
    {
        *kinds = kind.clone();
    }
    if let Some(bare) = bare.as_object_mut()
        && bare.get("default") == Some(&Value::Null)
    {
        bare.remove("default");
    }
    bare
}

/// The statuses that are answered with problems.
pub(crate) fn refusals(route: &Route, shape: &Shape) -> Vec<u16> {
    let changes = route.method != Method::Get;
    let public = matches!(route.whom, Whom::Public);
    let body = shape.body.is_some();
    [
        (400, true),
        (401, !public),
        (403, !public),
        (404, changes || route.path.contains('{') || needs_city(route)),
        (408, changes),
        (409, changes),
        (412, shape.if_match),
        (413, changes),
        (415, body),
        (422, body || shape::takes_key(route)),
        (428, shape.if_match),
        (429, !public),
        (500, true),
        (503, !public),
    ]
    .into_iter()
    .filter_map(|(status, there)| there.then_some(status))
    .collect()
}

/// Whether there is nothing to answer as long as no population is in use.
fn needs_city(route: &Route) -> bool {
    route.operation.is_some_and(|operation| operation.city)
}

fn answers(say: Say, route: &Route, shape: &Shape) -> Value {
    let header = |name: &str| json!({ "$ref": format!("#/components/headers/{name}") });
    let mut headers = Map::new();
    let mut put = |name: &str, there: bool| {
        if there {
            headers.insert(name.to_owned(), header(name));
        }
    };
    let get = route.method == Method::Get;
    put("RateLimit-Policy", !matches!(route.whom, Whom::Public));
    put("RateLimit", !matches!(route.whom, Whom::Public));
    put("ETag", get);
    put("Link", shape.listed);
    put("Location", shape.created);
    put("Idempotency-Replayed", shape::takes_key(route));
    let said = match shape.status {
        201 => say.t("api.answer.created"),
        204 => say.t("api.answer.done"),
        _ => say.t("api.answer.found"),
    };
    let mut answer = json!({ "description": said, "headers": headers });
    if let Some(schema) = &shape.answer {
        set(&mut answer, "content", json!({ "application/json": { "schema": schema } }));
    }
    let links = links(route, shape);
    if !links.is_empty() {
        set(&mut answer, "links", Value::Object(links));
    }
    let mut answers = Map::from_iter([(shape.status.to_string(), answer)]);
    if get {
        let known = json!({ "$ref": "#/components/responses/304" });
        answers.insert("304".to_owned(), known);
    }
    for status in refusals(route, shape) {
        let to = format!("#/components/responses/{status}");
        answers.insert(status.to_string(), json!({ "$ref": to }));
    }
    Value::Object(answers)
}

/// What can be done with something that was made or found.
fn links(route: &Route, shape: &Shape) -> Map<String, Value> {
    let numbered = format!("{}/{{id}}", route.path);
    let from = match (shape.created, shape.listed) {
        (true, _) => "$response.body#/id",
        (_, true) => "$response.body#/rows/0/id",
        _ => return Map::new(),
    };
    calls()
        .filter(|(other, _)| {
            let rest = other.path.strip_prefix(&numbered);
            rest.is_some_and(|rest| !rest.contains('{')) && variables(route.path).next().is_none()
        })
        .map(|(_, operation)| {
            let link = json!({ "operationId": operation.id, "parameters": { "id": from } });
            (operation.id.to_owned(), link)
        })
        .collect()
}

/// Every status that the API answers with a problem, the codes of the problems, and the key of what is said of each.
pub(crate) const PROBLEMS: &[(u16, &[&str])] = &[
    (400, &["query", "text", "syntax", "header"]),
    (401, &["sign-in"]),
    (403, &["forbidden", "second-factor", "token"]),
    (404, &["not-found"]),
    (405, &["method"]),
    (408, &["slow"]),
    (409, &["conflict", "changed"]),
    (412, &["stale"]),
    (413, &["too-large"]),
    (415, &["kind"]),
    (422, &["invalid", "key"]),
    (428, &["version"]),
    (429, &["too-many"]),
    (500, &["broken"]),
    (503, &["later"]),
];

fn responses(say: Say) -> Value {
    let mut all = Map::new();
    let known = json!({
        "description": say.t("api.answer.known"),
        "headers": { "ETag": { "$ref": "#/components/headers/ETag" } },
    });
    all.insert("304".to_owned(), known);
    for (status, codes) in PROBLEMS.iter().filter(|(status, _)| *status != 405) {
        let said: Vec<String> = codes
            .iter()
            .map(|code| {
                let title = say.t(&format!("error.{code}.title"));
                format!(
                    "`{code}` {title}{}{}",
                    say.either("：", ": "),
                    say.t(&format!("api.problem.{code}"))
                )
            })
            .collect();
        let mut headers = Map::new();
        if matches!(status, 429 | 503) {
            headers.insert(
                "Retry-After".to_owned(),
                json!({ "$ref": "#/components/headers/Retry-After" }),
            );
        }
        let response = json!({
            "description": said.join("\n"),
            "headers": headers,
            "content": {
                "application/problem+json": { "schema": { "$ref": "#/components/schemas/ProblemDetails" } },
            },
        });
        all.insert(status.to_string(), response);
    }
    Value::Object(all)
}

fn parameters(say: Say) -> Value {
    let header = |name: &str, key: &str, required: bool, schema: Value| {
        json!({
            "name": name, "in": "header", "required": required, "description": say.t(key), "schema": schema,
        })
    };
    json!({
        "IfMatch": header("If-Match", "api.if-match", true, json!({
            "type": "string", "pattern": "^\"[0-9]{1,18}(-[0-9a-f]{16})?\"$", "examples": ["\"7-3fa94c1be0d25586\""],
        })),
        "IfNoneMatch": header("If-None-Match", "api.if-none-match", false, json!({ "type": "string" })),
        "IdempotencyKey": header("Idempotency-Key", "api.idempotency-key", false, json!({
            "type": "string", "pattern": "^[!-~]{1,128}$", "examples": ["8e03978e-40d5-43dd-bc93-6894a57f9324"],
        })),
    })
}

fn headers(say: Say) -> Value {
    let header = |key: &str, schema: Value| json!({ "description": say.t(key), "schema": schema });
    let text = || json!({ "type": "string" });
    json!({
        "ETag": header("api.etag", text()),
        "Link": header("api.link", text()),
        "Location": header("api.location", json!({ "type": "string", "format": "uri-reference" })),
        "Idempotency-Replayed": header("api.replayed", json!({ "type": "string", "enum": ["true"] })),
        "RateLimit-Policy": header("api.rate-policy", text()),
        "RateLimit": header("api.rate", text()),
        "Retry-After": header("api.retry-after", json!({ "type": "integer", "minimum": 0 })),
    })
}

/// Texts that stand there in both languages, parted by a stroke, in one of them.
fn speak(value: &mut Value, lang: Lang) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::Object(properties)) = fields.get_mut("properties") {
                properties.iter_mut().for_each(|(name, field)| say_by_name(name, field, lang));
            }
            for (name, field) in fields.iter_mut() {
                match field {
                    Value::String(text) if matches!(name.as_str(), "description" | "title") => {
                        *text = spoken(text, lang);
                    }
                    _ => speak(field, lang),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| speak(item, lang)),
        _ => {}
    }
}

/// What a field is whose type does not say it, and whose name does.
fn say_by_name(name: &str, field: &mut Value, lang: Lang) {
    let Some(field) = field.as_object_mut() else { return };
    if !field.contains_key("description")
        && !field.contains_key("$ref")
        && let Some(said) = crate::catalogue::find(lang, &format!("api.field.{name}"))
    {
        field.insert("description".to_owned(), said.into());
    }
}

fn spoken(text: &str, lang: Lang) -> String {
    let parted = text.split_once(" | ");
    parted.map_or(text, |(zh, en)| if lang == Lang::Zh { zh } else { en }).to_owned()
}
