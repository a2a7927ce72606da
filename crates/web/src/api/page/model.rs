//! The document, taken apart for the page.

use access::Action;
use serde_json::{Map, Value};

use super::schema::{Field, Kind, Schema, array, bounds, kind, schema, text};
use super::text::{Piece, paragraphs, pieces};
use crate::api::left_out;
use crate::api::openapi::PROBLEMS;
use crate::lang::{Lang, Say};

/// Everything that the page says.
pub(super) struct Model {
    pub title: String,
    pub about: Vec<Vec<Piece>>,
    pub topics: Vec<Topic>,
    pub problems: Vec<Problem>,
    pub schemas: Vec<Schema>,
    pub left_out: Vec<(String, &'static str, &'static str)>,
}

/// What some calls are about.
pub(super) struct Topic {
    pub code: String,
    pub name: String,
    pub calls: Vec<Call>,
}

/// A call.
pub(super) struct Call {
    pub id: String,
    pub method: String,
    pub path: String,
    pub summary: String,
    pub what: Vec<Vec<Piece>>,
    pub parameters: Vec<(Field, String)>,
    pub body: Option<(String, Kind)>,
    pub status: String,
    pub answer: Option<Kind>,
    pub refusals: Vec<String>,
    pub example: String,
}

/// A kind of problem.
pub(super) struct Problem {
    pub status: u16,
    pub code: &'static str,
    pub title: String,
    pub what: String,
}

impl Model {
    /// A document in its language.
    pub fn of(document: &Value, lang: Lang) -> Self {
        let say = Say(lang);
        let empty = Map::new();
        let object =
            |path: &str| document.pointer(path).and_then(Value::as_object).unwrap_or(&empty);
        let mut calls = Vec::new();
        for (path, methods) in object("/paths") {
            for (method, call) in methods.as_object().into_iter().flatten() {
                let tag = array(call, "tags").filter_map(Value::as_str).next().unwrap_or_default();
                calls.push((tag.to_owned(), Call::of(document, path, method, call, say)));
            }
        }
        let mut topics: Vec<Topic> = array(document, "tags")
            .map(|tag| Topic {
                code: text(tag, "name").to_owned(),
                name: text(tag, "description").to_owned(),
                calls: Vec::new(),
            })
            .collect();
        for (tag, call) in calls {
            if let Some(topic) = topics.iter_mut().find(|topic| topic.code == tag) {
                topic.calls.push(call);
            }
        }
        // What other systems come for stands first.
        topics.sort_by_key(|topic| topic.code != "decision");
        let problem = |(status, codes): &(u16, &'static [&'static str])| {
            let status = *status;
            let problem = move |code: &&'static str| Problem {
                status,
                code,
                title: say.t(&format!("error.{code}.title")),
                what: say.t(&format!("api.problem.{code}")),
            };
            codes.iter().map(problem).collect::<Vec<_>>()
        };
        let left_out = |action: &Action| {
            let why = left_out::why(*action)?;
            Some((say.name(action.words()).to_owned(), action.code(), say.name(why)))
        };
        Self {
            title: text(document.get("info").unwrap_or(&Value::Null), "title").to_owned(),
            about: paragraphs(text(document.get("info").unwrap_or(&Value::Null), "description")),
            topics,
            problems: PROBLEMS.iter().flat_map(problem).collect(),
            schemas: object("/components/schemas")
                .iter()
                .map(|(name, one)| schema(name, one, say))
                .collect(),
            left_out: Action::ALL.iter().filter_map(left_out).collect(),
        }
    }
}

impl Model {
    /// Whether a problem is the first one of its status: that is where the status is explained.
    pub fn is_first(&self, place: &usize) -> bool {
        let status = |place: usize| self.problems.get(place).map(|problem| problem.status);
        place.checked_sub(1).is_none_or(|before| status(*place) != status(before))
    }
}

impl Call {
    fn of(document: &Value, path: &str, method: &str, call: &Value, say: Say) -> Self {
        let answers = call.get("responses").and_then(Value::as_object);
        let (good, bad): (Vec<_>, Vec<_>) =
            answers.into_iter().flatten().partition(|(status, _)| status.starts_with('2'));
        let (status, answer) =
            good.first().map_or(("", &Value::Null), |(status, answer)| (status, answer));
        let content = |value: &Value| {
            let (media, content) = value.get("content")?.as_object()?.iter().next()?;
            Some((media.clone(), content.get("schema")?.clone()))
        };
        let body = call.get("requestBody").and_then(content);
        let parameters: Vec<(Field, String, Value)> =
            array(call, "parameters").map(|one| parameter(resolved(document, one), say)).collect();
        Self {
            id: text(call, "operationId").to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            summary: text(call, "summary").to_owned(),
            what: paragraphs(text(call, "description")),
            example: example(document, path, method, call, &parameters, body.as_ref()),
            parameters: parameters.into_iter().map(|(field, place, _)| (field, place)).collect(),
            body: body.map(|(media, schema)| (media, kind(&schema, say))),
            status: status.to_owned(),
            answer: content(answer).map(|(_, schema)| kind(&schema, say)),
            refusals: bad.iter().map(|(status, _)| (*status).clone()).collect(),
        }
    }
}

fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let to = value.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#'));
    to.and_then(|to| document.pointer(to)).unwrap_or(value)
}

fn parameter(parameter: &Value, say: Say) -> (Field, String, Value) {
    let none = Value::Null;
    let schema = parameter.get("schema").unwrap_or(&none);
    let mut kind = kind(schema, say);
    let bounds = bounds(schema, say);
    if !bounds.is_empty() {
        kind.after.push_str(&format!("{}{bounds}", say.either("，", ", ")));
    }
    if let Some(usual) = schema.get("default") {
        kind.after.push_str(&format!("{}{usual}", say.either("，默认 ", ", by default ")));
    }
    let place = text(parameter, "in").to_owned();
    let field = Field {
        name: text(parameter, "name").to_owned(),
        kind,
        required: parameter.get("required") == Some(&Value::Bool(true)),
        what: pieces(text(parameter, "description")),
    };
    (field, place, schema.clone())
}

/// How it is asked for from a command line.
fn example(
    document: &Value,
    path: &str,
    method: &str,
    call: &Value,
    parameters: &[(Field, String, Value)],
    body: Option<&(String, Value)>,
) -> String {
    let mut lines = vec!["curl".to_owned()];
    if method != "get" {
        lines.push(format!("-X {}", method.to_uppercase()));
    }
    if call.get("security") != Some(&Value::Array(Vec::new())) {
        lines.push("-H \"Authorization: Bearer $TIDU_TOKEN\"".to_owned());
    }
    let (mut path, mut query) = (path.to_owned(), Vec::new());
    for (field, place, schema) in parameters {
        let given = array(schema, "examples").filter_map(Value::as_str).next();
        match (place.as_str(), given) {
            ("path", Some(given)) => path = path.replace(&format!("{{{}}}", field.name), given),
            ("header", Some(given)) => lines.push(format!("-H '{}: {given}'", field.name)),
            ("query", _) if field.required => {
                let code = array(schema, "enum").filter_map(Value::as_str).next();
                query.push(format!("{}={}", field.name, code.unwrap_or("…")));
            }
            _ => {}
        }
    }
    if let Some((media, schema)) = body {
        lines.push(format!("-H 'Content-Type: {media}'"));
        let example = array(resolved(document, schema), "examples").next();
        match example.and_then(|example| serde_json::to_string_pretty(example).ok()) {
            Some(example) => lines.push(format!("-d '{}'", example.replace('\'', "'\\''"))),
            None if media == "application/json" => lines.push("-d '…'".to_owned()),
            None => lines.push("--data-binary @rulebook.zip".to_owned()),
        }
    }
    let path = path.replace("{id}", "7").replace("{session}", "12").replace("{token}", "3");
    let path = path.replace("{hash}", "9f86d081…").replace("{name}", "backup.make");
    let path = path.replace("{code}", "91370202MA3C1A2B93").replace("{programme}", "…");
    let path = path.replace("{address}", "…");
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    lines.push(format!("\"$TIDU{path}{query}\""));
    lines.join(" \\\n  ")
}
