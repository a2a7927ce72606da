//! Schemas of the document as tables that people read.

use serde_json::{Map, Value};

use super::text::{Piece, pieces};
use crate::lang::Say;

/// What a value is: in words, and the schema that it is described by elsewhere.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Kind {
    pub before: String,
    pub to: Option<String>,
    pub after: String,
}

/// A field.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub name: String,
    pub kind: Kind,
    pub required: bool,
    pub what: Vec<Piece>,
}

/// A schema that others refer to.
#[derive(Clone, Debug)]
pub(super) struct Schema {
    pub name: String,
    pub what: Vec<Piece>,
    pub fields: Vec<Field>,
    /// Of several forms that it can have: what tells each, what it is, and its fields.
    pub forms: Vec<(String, Vec<Piece>, Vec<Field>)>,
    pub codes: Vec<String>,
    /// Of several that it can be: each by its name.
    pub either: Vec<Kind>,
}

/// A schema by its name.
pub(super) fn schema(name: &str, schema: &Value, say: Say) -> Schema {
    let what = pieces(text(schema, "description"));
    let forms = array(schema, "oneOf")
        .map(|form| {
            let kind = form.pointer("/properties/kind/const").and_then(Value::as_str);
            let fields = fields(form, say).into_iter().filter(|field| field.name != "kind");
            let name = kind.unwrap_or_default().to_owned();
            (name, pieces(text(form, "description")), fields.collect())
        })
        .collect();
    let codes = array(schema, "enum").filter_map(Value::as_str).map(str::to_owned).collect();
    let either = array(schema, "anyOf").map(|one| kind(one, say)).collect();
    Schema { name: name.to_owned(), what, fields: fields(schema, say), forms, codes, either }
}

/// The fields of an object.
pub(super) fn fields(schema: &Value, say: Say) -> Vec<Field> {
    let none = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let needed: Vec<&str> = array(schema, "required").filter_map(Value::as_str).collect();
    properties
        .iter()
        .map(|(name, field)| Field {
            name: name.clone(),
            kind: kind(field, say),
            required: needed.contains(&name.as_str()),
            what: pieces(text(field, "description")),
        })
        .collect()
}

/// What a value is.
pub(super) fn kind(schema: &Value, say: Say) -> Kind {
    if let Some(to) = schema.get("$ref").and_then(Value::as_str) {
        let to = to.rsplit('/').next().unwrap_or(to);
        return Kind { to: Some(to.to_owned()), ..Kind::default() };
    }
    let or_nothing = say.either("，可为空", ", or null");
    if let Some(some) = array(schema, "anyOf").find(|one| text(one, "type") != "null") {
        let kind = kind(some, say);
        return Kind { after: format!("{}{or_nothing}", kind.after), ..kind };
    }
    let several: Vec<&str> = array(schema, "type").filter_map(Value::as_str).collect();
    let one = several.iter().copied().find(|one| *one != "null").unwrap_or(text(schema, "type"));
    let mut kind = plain(one, schema, say);
    if several.contains(&"null") {
        kind.after.push_str(or_nothing);
    }
    kind
}

fn plain(kind: &str, schema: &Value, say: Say) -> Kind {
    let word =
        |zh: &str, en: &str| Kind { before: say.either(zh, en).to_owned(), ..Kind::default() };
    match (kind, text(schema, "format")) {
        ("string", "date") => word("日期", "day"),
        ("string", "date-time") => word("时间（UTC）", "instant (UTC)"),
        ("string", _) if schema.get("enum").is_some() => {
            let codes: Vec<&str> = array(schema, "enum").filter_map(Value::as_str).collect();
            Kind { before: codes.join(" · "), ..Kind::default() }
        }
        ("string", _) => word("文本", "text"),
        ("integer", _) => word("整数", "whole number"),
        ("number", _) => word("数字", "number"),
        ("boolean", _) => word("是否", "true or false"),
        ("array", _) => {
            let none = Value::Null;
            let each = self::kind(schema.get("items").unwrap_or(&none), say);
            Kind {
                before: format!("{}{}", say.either("数组：", "list of "), each.before), ..each
            }
        }
        ("object", _) => word("对象", "object"),
        _ => word("任意", "anything"),
    }
}

/// Bounds in words, as far as they are not clear.
pub(super) fn bounds(schema: &Value, say: Say) -> String {
    let number = |name: &str| schema.get(name).and_then(Value::as_i64);
    let between = |least: Option<i64>, most: Option<i64>, zh: &str, en: &str| match (least, most) {
        (least, Some(most)) => {
            let least = least.unwrap_or_default();
            say.either(&format!("{least}–{most}{zh}"), &format!("{least}–{most}{en}")).to_owned()
        }
        _ => String::new(),
    };
    match text(schema, "type") {
        "integer" => between(number("minimum"), number("maximum"), "", ""),
        "string" => between(number("minLength"), number("maxLength"), " 个字符", " characters"),
        _ => String::new(),
    }
}

pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn array<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}
