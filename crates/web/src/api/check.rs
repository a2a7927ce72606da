//! Holds what was sent against the schema that describes it: what is documented is what is enforced. All mistakes at
//! once, each with its place, in both languages, and with what to do. Knows the keywords that our own types make; a
//! test sees to it that there are no others.

use app::Words;
use enterprise::nearest;
use serde_json::{Map, Value};

use super::codes::Day;

/// Something wrong with what was sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Mistake {
    /// The name of the parameter, or the path of the field with points between the names.
    pub field: String,
    /// The same place as a JSON pointer, if it is one of the body.
    pub pointer: Option<String>,
    /// What kind of mistake.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub why: Words,
}

impl Mistake {
    pub fn new(
        field: impl Into<String>,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { field: field.into(), pointer: None, code, why: Words::new(zh, en) }
    }

    /// The same at a place of the body, which a JSON pointer says.
    pub fn at(self, pointer: &str) -> Self {
        let names =
            pointer.split('/').skip(1).map(|name| name.replace("~1", "/").replace("~0", "~"));
        let field = names.collect::<Vec<_>>().join(".").chars().take(LONGEST).collect();
        let pointer = Some(pointer.chars().take(LONGEST).collect());
        Self { field, pointer, ..self }
    }
}

/// A place is not said in more characters: names are what somebody sent.
const LONGEST: usize = 200;

/// A login, as it is described: letters, digits and a few signs, a letter or digit first. How long it may be stands
/// beside it.
pub(crate) const LOGIN: &str = "^[A-Za-z0-9][A-Za-z0-9._@-]*$";

/// Whether a text fits a pattern.
type Fits = fn(&str) -> bool;

/// The patterns that are known, and what fits them.
const PATTERNS: &[(&str, Fits)] = &[(LOGIN, |text| {
    let plain = |sign: u8| sign.is_ascii_alphanumeric() || b"._@-".contains(&sign);
    text.bytes().next().is_some_and(|sign| sign.is_ascii_alphanumeric()) && text.bytes().all(plain)
})];

/// Whether a pattern is known; a test sees to it that no other one is described.
#[cfg(test)]
pub(crate) fn is_known(pattern: &str) -> bool {
    PATTERNS.iter().any(|(one, _)| *one == pattern)
}

/// More mistakes than this are not told.
const MOST: usize = 50;

/// The schemas that others refer to, by name.
pub(crate) type Defined = Map<String, Value>;

/// Everything that is wrong with a value.
pub(crate) fn check(schema: &Value, defined: &Defined, value: &Value) -> Vec<Mistake> {
    let mut found = Vec::new();
    let mut check = Check { defined, found: &mut found };
    check.value(schema, value, "");
    found.truncate(MOST);
    found
}

/// A schema, or the one that it refers to.
pub(crate) fn resolved<'a>(schema: &'a Value, defined: &'a Defined) -> &'a Value {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    name.and_then(|name| defined.get(name)).unwrap_or(schema)
}

/// The schema of what is there, of one that also allows nothing.
pub(crate) fn present<'a>(schema: &'a Value, defined: &'a Defined) -> &'a Value {
    let any = schema.get("anyOf").and_then(Value::as_array);
    let some = any.and_then(|any| any.iter().find(|one| kinds(one) != ["null"]));
    resolved(some.unwrap_or(schema), defined)
}

/// The types that a schema names.
pub(crate) fn kinds(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

struct Check<'a> {
    defined: &'a Defined,
    found: &'a mut Vec<Mistake>,
}

impl Check<'_> {
    fn value(&mut self, schema: &Value, value: &Value, at: &str) {
        if self.found.len() > MOST {
            return;
        }
        if schema.get("anyOf").is_some() {
            if !value.is_null() {
                self.value(present(schema, self.defined), value, at);
            }
            return;
        }
        let schema = resolved(schema, self.defined);
        let kinds = kinds(schema);
        if !kinds.is_empty() && !kinds.iter().any(|kind| is(kind, value)) {
            return self.tell(at, type_mistake(&kinds));
        }
        match value {
            Value::String(text) => self.text(schema, text, at),
            Value::Number(number) => self.number(schema, number, at),
            Value::Array(items) => self.list(schema, items, at),
            Value::Object(fields) => self.object(schema, fields, at),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn tell(&mut self, at: &str, mistake: Mistake) {
        self.found.push(mistake.at(at));
    }

    fn text(&mut self, schema: &Value, text: &str, at: &str) {
        let length = text.chars().count() as u64;
        if let Some(allowed) = schema.get("enum").and_then(Value::as_array) {
            let codes: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
            if !codes.contains(&text) {
                self.tell(at, no_such_code(text, &codes));
            }
        } else if text.contains('\0') {
            let (zh, en) = ("含有空字符（U+0000），请去掉", "take out the character U+0000");
            self.tell(at, Mistake::new("", "characters", zh, en));
        } else if schema.get("format").and_then(Value::as_str) == Some("date")
            && Day::read(text).is_none()
        {
            let (zh, en) = ("请按 2027-06-30 的样子填写日期", "write the day like 2027-06-30");
            self.tell(at, Mistake::new("", "format", zh, en));
        } else if let Some(least) = schema.get("minLength").and_then(Value::as_u64)
            && length < least
        {
            let (zh, en) =
                (format!("至少 {least} 个字符"), format!("at least {least} characters are needed"));
            self.tell(at, Mistake::new("", "length", zh, en));
        } else if let Some(most) = schema.get("maxLength").and_then(Value::as_u64)
            && length > most
        {
            let (zh, en) =
                (format!("至多 {most} 个字符"), format!("at most {most} characters are taken"));
            self.tell(at, Mistake::new("", "length", zh, en));
        } else if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
            && PATTERNS.iter().any(|(one, fits)| *one == pattern && !fits(text))
        {
            let (zh, en) = (format!("应符合 {pattern}"), format!("has to fit {pattern}"));
            self.tell(at, Mistake::new("", "format", zh, en));
        }
    }

    fn number(&mut self, schema: &Value, number: &serde_json::Number, at: &str) {
        let bound = |name: &str| schema.get(name).and_then(Value::as_i64);
        let (least, most) = (bound("minimum"), bound("maximum"));
        // What does not fit into 64 bits is beyond every bound that is not named.
        let within = number.as_i64().is_some_and(|number| {
            least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most)
        });
        if !within {
            let (least, most) = (least.unwrap_or(i64::MIN), most.unwrap_or(i64::MAX));
            let (zh, en) =
                (format!("应在 {least} 到 {most} 之间"), format!("is between {least} and {most}"));
            self.tell(at, Mistake::new("", "range", zh, en));
        }
    }

    fn list(&mut self, schema: &Value, items: &[Value], at: &str) {
        let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
        if let Some(least) = bound("minItems")
            && (items.len() as u64) < least
        {
            let (zh, en) = (format!("至少 {least} 项"), format!("at least {least} are needed"));
            self.tell(at, Mistake::new("", "length", zh, en));
        }
        if let Some(most) = bound("maxItems")
            && items.len() as u64 > most
        {
            let (zh, en) = (format!("至多 {most} 项"), format!("at most {most} are taken"));
            return self.tell(at, Mistake::new("", "length", zh, en));
        }
        if let Some(each) = schema.get("items") {
            for (number, item) in items.iter().enumerate() {
                self.value(each, item, &join(at, &number.to_string()));
            }
        }
    }

    fn object(&mut self, schema: &Value, fields: &Map<String, Value>, at: &str) {
        let none = Map::new();
        let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let needed = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in needed.filter_map(Value::as_str).filter(|name| !fields.contains_key(*name)) {
            let (zh, en) = ("缺少这一项，请补上", "this is needed");
            self.tell(&join(at, name), Mistake::new("", "required", zh, en));
        }
        for (name, value) in fields {
            match (known.get(name), schema.get("additionalProperties")) {
                (Some(schema), _) => self.value(schema, value, &join(at, name)),
                (None, Some(Value::Bool(false))) => {
                    let names: Vec<&str> = known.keys().map(String::as_str).collect();
                    self.tell(&join(at, name), unknown("unknown-field", name, "", &names));
                }
                (None, Some(others)) if others.is_object() => {
                    self.value(others, value, &join(at, name));
                }
                (None, _) => {}
            }
        }
    }
}

/// The pointer to something within what another one points at.
fn join(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        // Digits only: `1.0` is written by whoever means something else.
        "integer" => value.as_number().is_some_and(|number| {
            number.to_string().bytes().all(|byte| byte == b'-' || byte.is_ascii_digit())
        }),
        "number" => value.is_number(),
        _ => false,
    }
}

fn type_mistake(kinds: &[&str]) -> Mistake {
    let name = |kind: &&str| match *kind {
        "null" => ("空值 null", "null"),
        "boolean" => ("true 或 false", "true or false"),
        "string" => ("加引号的文本", "a text in quotes"),
        "array" => ("数组 […]", "a list […]"),
        "object" => ("对象 {…}", "an object {…}"),
        "integer" => ("不带小数的整数", "a whole number"),
        _ => ("数字", "a number"),
    };
    let names: Vec<_> = kinds.iter().filter(|kind| **kind != "null").map(name).collect();
    let zh = names.iter().map(|name| name.0).collect::<Vec<_>>().join("，或");
    let en = names.iter().map(|name| name.1).collect::<Vec<_>>().join(" or ");
    Mistake::new("", "type", format!("应是{zh}"), format!("has to be {en}"))
}

fn no_such_code(text: &str, codes: &[&str]) -> Mistake {
    let text: String = text.chars().take(60).collect();
    let (zh, en) = match nearest(&text, codes.iter().copied()) {
        Some(near) => (
            format!("没有“{text}”；是不是“{near}”？"),
            format!("there is no `{text}`; did you mean `{near}`?"),
        ),
        None => {
            let all = codes.join(", ");
            (
                format!("没有“{text}”；可用：{all}"),
                format!("there is no `{text}`; there are: {all}"),
            )
        }
    };
    Mistake::new("", "code", zh, en)
}

/// Something whose name is not known.
pub(crate) fn unknown(
    code: &'static str,
    name: &str,
    field: impl Into<String>,
    names: &[&str],
) -> Mistake {
    let name: String = name.chars().take(60).collect();
    let (zh, en) = match nearest(&name, names.iter().copied()) {
        Some(near) => (
            format!("没有“{name}”这一项；是不是“{near}”？"),
            format!("`{name}` is not known; did you mean `{near}`?"),
        ),
        None if names.is_empty() => (
            format!("没有“{name}”这一项；这里不用任何项"),
            format!("`{name}` is not known; there are none here"),
        ),
        None => {
            let all = names.join(", ");
            (
                format!("没有“{name}”这一项；可用：{all}"),
                format!("`{name}` is not known; there are: {all}"),
            )
        }
    };
    let field: String = field.into().chars().take(LONGEST).collect();
    Mistake::new(field, code, zh, en)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn codes(value: Value) -> Vec<String> {
        let schema = json!({
            "type": "object",
            "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": 4 },
                "until": { "type": ["string", "null"], "format": "date" },
                "organisation": { "type": "integer", "minimum": 1 },
                "login": { "type": "string", "pattern": LOGIN },
                "role": { "$ref": "#/components/schemas/Role" },
                "other": { "anyOf": [{ "$ref": "#/components/schemas/Role" }, { "type": "null" }] },
                "list": { "type": "array", "items": { "type": "boolean" }, "maxItems": 2 },
                "free": { "type": "object", "additionalProperties": { "type": "string" } },
            },
            "required": ["name", "organisation"],
            "additionalProperties": false,
        });
        let Value::Object(defined) = json!({ "Role": { "type": "string", "enum": ["leader"] } })
        else {
            panic!()
        };
        let found = check(&schema, &defined, &value);
        found.iter().map(|one| format!("{} {}", one.field, one.code)).collect()
    }

    #[test]
    fn what_is_wrong_is_told_all_at_once_with_its_place() {
        let good = json!({ "name": "王丽", "organisation": 1, "until": null, "role": "leader",
            "other": null, "list": [true], "free": { "x": "y" } });
        assert_eq!(codes(good), Vec::<String>::new());
        let table = [
            (json!([]), vec![" type"]),
            (json!({}), vec!["name required", "organisation required"]),
            (
                json!({ "name": "", "organisation": 0, "nmae": 1 }),
                vec!["name length", "nmae unknown-field", "organisation range"],
            ),
            (json!({ "name": "一二三四五", "organisation": 1 }), vec!["name length"]),
            (json!({ "name": "a\u{0}", "organisation": 1 }), vec!["name characters"]),
            (json!({ "name": 1, "organisation": "1" }), vec!["name type", "organisation type"]),
            (json!({ "name": "x", "organisation": 1, "until": "30.6." }), vec!["until format"]),
            (json!({ "name": "x", "organisation": 1, "until": "20270630" }), vec!["until format"]),
            (json!({ "name": "x", "organisation": 1, "role": "x" }), vec!["role code"]),
            (json!({ "name": "x", "organisation": 1, "other": "x" }), vec!["other code"]),
            (json!({ "name": "x", "organisation": 1, "login": "a.b-1@c" }), vec![]),
            (json!({ "name": "x", "organisation": 1, "login": ".a" }), vec!["login format"]),
            (json!({ "name": "x", "organisation": 1, "login": "王" }), vec!["login format"]),
            (json!({ "name": "x", "organisation": 1, "list": [1, true] }), vec!["list.0 type"]),
            (
                json!({ "name": "x", "organisation": 1, "list": [true, true, 1] }),
                vec!["list length"],
            ),
            (json!({ "name": "x", "organisation": 1, "free": { "y": 2 } }), vec!["free.y type"]),
        ];
        for (value, expected) in table {
            assert_eq!(codes(value.clone()), expected, "{value}");
        }
        let large =
            super::super::strict::read(br#"{"name":"x","organisation":99999999999999999999}"#);
        assert_eq!(codes(large.unwrap()), ["organisation range"]);
        let decimal = super::super::strict::read(br#"{"name":"x","organisation":1.0}"#);
        assert_eq!(codes(decimal.unwrap()), ["organisation type"]);
    }

    #[test]
    fn a_place_is_said_with_points_and_as_a_pointer() {
        let schema = json!({ "type": "object", "additionalProperties": {
            "type": "array", "items": { "type": "boolean" } } });
        let found = check(&schema, &Defined::new(), &json!({ "a.b/c~": [true, 1] }));
        let places: Vec<_> =
            found.iter().map(|one| (&*one.field, one.pointer.as_deref())).collect();
        assert_eq!(places, [("a.b/c~.1", Some("/a.b~1c~0/1"))]);
    }

    #[test]
    fn a_name_that_is_not_known_is_told_with_the_nearest_one() {
        let mistake = unknown("unknown-parameter", "pgae", "pgae", &["page", "per_page", "q"]);
        assert_eq!(mistake.why.zh, "没有“pgae”这一项；是不是“page”？");
        assert_eq!(mistake.why.en, "`pgae` is not known; did you mean `page`?");
    }

    #[test]
    fn a_flood_of_mistakes_ends() {
        let many: Map<String, Value> = (0..10_000).map(|n| (format!("x{n}"), json!(1))).collect();
        let schema = json!({ "type": "object", "additionalProperties": false });
        assert_eq!(check(&schema, &Defined::new(), &Value::Object(many)).len(), MOST);
    }
}
