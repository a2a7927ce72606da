//! The keys of JSON objects and the plain values behind them: unknown, repeated and mistyped ones
//! are refused with their path. Knows no meaning of any key.

use enterprise::{Problem, ProblemKind, nearest, parse_date};
use jiff::civil::Date;

use super::tree::Json;
use crate::says::{nearest_hint, refused, shown};
use crate::subject::Draft;

/// The entries of an object that are not null; `None` if it is no object. A repeated key is refused
/// and given once.
pub(crate) fn entries<'j>(
    draft: &mut Draft<'_>,
    path: &str,
    json: &'j Json,
) -> Option<Vec<(&'j str, &'j Json)>> {
    let Json::Object(object) = json else {
        draft.problem(path, mistyped(json, "对象 {…}", "an object {…}"));
        return None;
    };
    let mut keys = std::collections::BTreeSet::new();
    let mut entries = Vec::new();
    for (key, value) in object {
        if keys.insert(key.as_str()) {
            if *value != Json::Null {
                entries.push((key.as_str(), value));
            }
        } else {
            draft.problem(
                &join(path, key),
                refused(
                    ProblemKind::Conflict,
                    (
                        format!("“{}”出现了两次", shown(key)),
                        format!("`{}` is given twice", shown(key)),
                    ),
                    ("请只保留一个", "keep only one of them"),
                ),
            );
        }
    }
    Some(entries)
}

/// The entries of an object that may only have these keys.
pub(crate) fn known_entries<'j>(
    draft: &mut Draft<'_>,
    path: &str,
    json: &'j Json,
    known: &[&str],
) -> Option<Vec<(&'j str, &'j Json)>> {
    let Json::Object(object) = json else {
        return entries(draft, path, json);
    };
    for (key, _) in object {
        if !known.contains(&key.as_str()) {
            let hint = nearest_hint(nearest(key, known.iter().copied()));
            draft.problem(
                &join(path, key),
                refused(
                    ProblemKind::UnknownName,
                    (
                        format!("不认识“{}”这一项", shown(key)),
                        format!("there is no field `{}` here", shown(key)),
                    ),
                    (
                        format!("可用：{}{}", known.join("、"), hint.zh),
                        format!("there are: {}{}", known.join(", "), hint.en),
                    ),
                ),
            );
        }
    }
    entries(draft, path, json)
}

/// The value of `key`.
pub(crate) fn value<'j>(entries: &[(&'j str, &'j Json)], key: &str) -> Option<&'j Json> {
    entries.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
}

/// The items of a list; a refusal and nothing if it is no list.
pub(crate) fn items<'j>(draft: &mut Draft<'_>, path: &str, json: &'j Json) -> &'j [Json] {
    match json {
        Json::List(list) => list,
        _ => {
            draft.problem(path, mistyped(json, "数组 […]", "an array […]"));
            &[]
        }
    }
}

/// A text that is not blank.
pub(crate) fn text<'j>(draft: &mut Draft<'_>, path: &str, json: &'j Json) -> Option<&'j str> {
    match json {
        Json::Text(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => {
            draft.problem(path, mistyped(json, "文字（加引号）", "text in quotes"));
            None
        }
    }
}

/// A date as text.
pub(crate) fn date(draft: &mut Draft<'_>, path: &str, json: &Json) -> Option<Date> {
    let found = match json {
        Json::Text(text) => parse_date(text),
        _ => None,
    };
    if found.is_none() {
        draft.problem(
            path,
            mistyped(json, "\"2024-03-01\" 这样的日期", "a date such as \"2024-03-01\""),
        );
    }
    found
}

/// The text of a single value, numbers by their digits; `None` for lists and objects.
pub(crate) fn scalar(json: &Json) -> Option<String> {
    match json {
        Json::Flag(flag) => Some(flag.to_string()),
        Json::Number(digits) => Some(crate::number::without_exponent(digits)),
        Json::Text(text) => Some(text.clone()),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}

/// Something required is not there.
pub(crate) fn missing(key: &str) -> Problem {
    refused(
        ProblemKind::WrongType,
        (format!("缺少“{key}”"), format!("`{key}` is missing")),
        (format!("请补上“{key}”"), format!("add `{key}`")),
    )
}

/// Another type was expected.
pub(crate) fn mistyped(json: &Json, expected: &str, expected_en: &str) -> Problem {
    let (found, found_en) = match json {
        Json::Null => ("null".to_owned(), "null".to_owned()),
        Json::Flag(flag) => (flag.to_string(), flag.to_string()),
        Json::Number(digits) => (shown(digits), shown(digits)),
        Json::Text(text) => (format!("“{}”", shown(text)), format!("`{}`", shown(text))),
        Json::List(_) => ("数组".to_owned(), "an array".to_owned()),
        Json::Object(_) => ("对象".to_owned(), "an object".to_owned()),
    };
    refused(
        ProblemKind::WrongType,
        (format!("这里不能是{found}"), format!("this cannot be {found_en}")),
        (format!("应为{expected}"), format!("expected {expected_en}")),
    )
}

/// `path.key`
pub(crate) fn join(path: &str, key: &str) -> String {
    let key = shown(key);
    if path.is_empty() { key } else { format!("{path}.{key}") }
}
