//! What calls are given: parameters, a body, the version that is changed. Everything that is sent is held against its
//! schema; what nobody asked for is refused, so that a mistyped name never passes for none.

use std::marker::PhantomData;

use app::Words;
use axum::body::Bytes;
use axum::http::header;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::check::{Mistake, check, kinds, present, unknown};
use super::shape::{self, Body, Draft, Parameter};
use super::{etag, strict};
use crate::ask::Ask;
use crate::failure::Failure;

/// Something that a call is given.
pub(crate) trait Takes: Sized {
    /// Adds it to the shape of the call.
    fn describe(draft: &mut Draft);
    /// Reads it from a request.
    fn read(ask: &Ask) -> Result<Self, Failure>;
}

impl Takes for () {
    fn describe(_: &mut Draft) {}

    fn read(_: &Ask) -> Result<Self, Failure> {
        Ok(())
    }
}

macro_rules! together {
    ($($name:ident)+) => {
        impl<$($name: Takes),+> Takes for ($($name,)+) {
            fn describe(draft: &mut Draft) {
                $($name::describe(draft);)+
            }

            fn read(ask: &Ask) -> Result<Self, Failure> {
                Ok(($($name::read(ask)?,)+))
            }
        }
    };
}

together!(A B);
together!(A B C);

/// Parameters of the query: the fields of a type.
pub(crate) struct Query<T>(pub T);

impl<T: JsonSchema + DeserializeOwned> Takes for Query<T> {
    fn describe(draft: &mut Draft) {
        draft.parameters::<T>();
    }

    fn read(ask: &Ask) -> Result<Self, Failure> {
        let fields = Value::Object(parameters(ask)?);
        serde_json::from_value(fields).map(Self).map_err(|_| Failure::Query(Vec::new()))
    }
}

/// The most rows that are given at once.
pub(crate) const MOST_ROWS: u64 = 200;

/// Which part of a list is wanted.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
pub(crate) struct Paging {
    /// 第几页，从 1 开始 | Which part, counted from 1
    #[serde(default = "first")]
    #[schemars(range(min = 1, max = 1_000_000))]
    pub page: u64,
    /// 每页多少行 | How many rows each part has
    #[serde(default = "usual")]
    #[schemars(range(min = 1, max = 200))]
    pub per_page: u64,
}

fn first() -> u64 {
    1
}

fn usual() -> u64 {
    50
}

impl Paging {
    /// For the store.
    pub fn page(self) -> store::Page {
        store::Page { skip: (self.page - 1) * self.per_page, take: self.per_page }
    }
}

impl Takes for Paging {
    fn describe(draft: &mut Draft) {
        draft.parameters::<Self>();
    }

    fn read(ask: &Ask) -> Result<Self, Failure> {
        Query::<Self>::read(ask).map(|query| query.0)
    }
}

/// A body of JSON.
pub(crate) struct Json<T>(pub T);

impl<T: JsonSchema + DeserializeOwned> Takes for Json<T> {
    fn describe(draft: &mut Draft) {
        let schema = draft.taken::<T>();
        draft.shape.body = Some(Body { kind: "application/json", schema });
    }

    fn read(ask: &Ask) -> Result<Self, Failure> {
        let kind = kind(ask).ok_or(Failure::Kind)?;
        let json = kind == "application/json"
            || kind.strip_prefix("application/").is_some_and(|kind| kind.ends_with("+json"));
        if !json {
            return Err(Failure::Kind);
        }
        let value = strict::read(&ask.body).map_err(|error| Failure::Syntax(unread(&error)))?;
        let schema = shape::of(ask.route).body.as_ref().map_or(&Value::Null, |body| &body.schema);
        let mistakes = check(schema, shape::defined(), &value);
        if !mistakes.is_empty() {
            return Err(Failure::Body(mistakes));
        }
        serde_json::from_value(value).map(Self).map_err(|_| Failure::Body(Vec::new()))
    }
}

/// Where a body stops being JSON, and why.
fn unread(error: &serde_json::Error) -> Words {
    let (line, column, said) = (error.line(), error.column(), app::json_mistake(error));
    Words::new(
        format!("第 {line} 行第 {column} 列：{}", said.zh),
        format!("line {line}, column {column}: {}", said.en),
    )
}

fn kind(ask: &Ask) -> Option<String> {
    let said = ask.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    said.split(';').next().map(|kind| kind.trim().to_ascii_lowercase())
}

/// A file as a body, of one of some kinds.
pub(crate) struct File<K>(pub Bytes, pub PhantomData<K>);

/// The kinds of a file.
pub(crate) trait Kinds {
    /// The one that is documented first, and others under which it is sent.
    const ALL: &'static [&'static str];
}

/// A ZIP.
pub(crate) struct Zip;

impl Kinds for Zip {
    const ALL: &'static [&'static str] =
        &["application/zip", "application/x-zip-compressed", "application/octet-stream"];
}

/// Firms: a workbook, a sheet, facts documents, or a population file. What it is, is told by its content.
pub(crate) struct Firms;

impl Kinds for Firms {
    const ALL: &'static [&'static str] = &[
        "application/octet-stream",
        "application/vnd.apache.parquet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/json",
        "text/csv",
    ];
}

impl<K: Kinds> Takes for File<K> {
    fn describe(draft: &mut Draft) {
        let kind = K::ALL.first().copied().unwrap_or_default();
        draft.shape.body = Some(Body { kind, schema: json!({}) });
    }

    fn read(ask: &Ask) -> Result<Self, Failure> {
        match kind(ask) {
            Some(kind) if K::ALL.contains(&kind.as_str()) => {
                Ok(Self(ask.body.clone(), PhantomData))
            }
            _ => Err(Failure::Kind),
        }
    }
}

/// The version that is changed: nobody changes what they have not seen.
pub(crate) struct IfMatch(pub i64);

impl Takes for IfMatch {
    fn describe(draft: &mut Draft) {
        draft.shape.if_match = true;
    }

    fn read(ask: &Ask) -> Result<Self, Failure> {
        etag::version(&ask.headers).map(Self)
    }
}

/// The parameters of a request by their names, each of its type. Everything that is wrong with them at once.
pub(crate) fn parameters(ask: &Ask) -> Result<Map<String, Value>, Failure> {
    let known = &shape::of(ask.route).query;
    let mut fields = Map::new();
    let mut mistakes = Vec::new();
    for (name, text) in ask.query.pairs() {
        let Some(parameter) = known.iter().find(|parameter| parameter.name == *name) else {
            let names: Vec<&str> = known.iter().map(|parameter| parameter.name.as_str()).collect();
            mistakes.push(unknown("unknown-parameter", name, name, &names));
            continue;
        };
        let schema = present(&parameter.schema, shape::defined());
        if kinds(schema).contains(&"array") {
            let list = fields.entry(name.clone()).or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(list) = list {
                list.push(Value::String(text.clone()));
            }
        } else if fields.contains_key(name) {
            let (zh, en) = ("只能给出一次", "is given once only");
            mistakes.push(Mistake::new(name, "twice", zh, en));
        } else {
            fields.insert(name.clone(), typed(text, &kinds(schema)));
        }
    }
    for Parameter { name, schema, required } in known {
        match fields.get(name) {
            Some(value) => mistakes.extend(
                check(schema, shape::defined(), value)
                    .into_iter()
                    .map(|one| Mistake { field: format!("{name}{}", dotted(&one.field)), ..one }),
            ),
            None if *required => {
                let (zh, en) = ("缺少这一参数，请补上", "this is needed");
                mistakes.push(Mistake::new(name, "required", zh, en));
            }
            None => {}
        }
    }
    if mistakes.is_empty() { Ok(fields) } else { Err(Failure::Query(mistakes)) }
}

fn dotted(field: &str) -> String {
    if field.is_empty() { String::new() } else { format!(".{field}") }
}

/// A text of the query as what it stands for; if it stands for nothing of the kind, as it is.
fn typed(text: &str, kinds: &[&str]) -> Value {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match text {
        _ if kinds.contains(&"integer") && whole => {
            text.parse::<serde_json::Number>().map_or_else(|_| text.into(), Value::Number)
        }
        "true" if kinds.contains(&"boolean") => true.into(),
        "false" if kinds.contains(&"boolean") => false.into(),
        _ => text.into(),
    }
}
