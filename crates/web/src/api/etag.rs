//! Which state of something was given, and which one is meant. A tag is `"7-3f…"`: the version of the row, where it
//! has one, and a mark of everything that was answered. A change is made to the version; whether anything of the
//! answer is different is told by the whole tag.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use axum::http::{HeaderMap, HeaderValue, header};

use crate::failure::Failure;

/// The tag of an answer.
pub(crate) fn tag(version: Option<i64>, body: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let mark = hasher.finish();
    match version {
        Some(version) => format!("\"{version}-{mark:016x}\""),
        None => format!("\"{mark:016x}\""),
    }
}

/// The tag of a row after a change: what can be changed next.
pub(crate) fn of_version(version: i64) -> String {
    format!("\"{version}\"")
}

/// Whether the caller has the answer already.
pub(crate) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let said = headers.get_all(header::IF_NONE_MATCH).iter();
    said.filter_map(|said| said.to_str().ok()).flat_map(|said| said.split(',')).any(|one| {
        let one = one.trim();
        one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag
    })
}

/// The version that the caller means to change.
pub(crate) fn version(headers: &HeaderMap) -> Result<i64, Failure> {
    let mut said = headers.get_all(header::IF_MATCH).iter();
    let (first, more) = (said.next(), said.next());
    let text = match (first.map(HeaderValue::to_str), more) {
        (None, _) => return Err(Failure::NeedsVersion),
        (Some(Ok(text)), None) => text.trim(),
        _ => return Err(Failure::Header("If-Match")),
    };
    // Whatever is there, is not a version that somebody has seen.
    if text == "*" {
        return Err(Failure::NeedsVersion);
    }
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let number = inner.map(|inner| inner.split('-').next().unwrap_or(inner));
    let number = number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    number.and_then(|number| number.parse().ok()).ok_or(Failure::Header("If-Match"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, values: &[&str]) -> HeaderMap {
        values.iter().map(|value| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn a_version_is_read_from_the_tag_that_came_with_it() {
        let of = |values: &[&str]| version(&headers(header::IF_MATCH, values));
        assert_eq!(of(&[&tag(Some(7), b"x")]).ok(), Some(7));
        assert_eq!(of(&[&of_version(12)]).ok(), Some(12));
        assert!(matches!(of(&[]), Err(Failure::NeedsVersion)));
        assert!(matches!(of(&["*"]), Err(Failure::NeedsVersion)));
        let no_tag = [
            "7",
            "\"\"",
            "W/\"7-00\"",
            "\"7\", \"8\"",
            "\"-7\"",
            "\"99999999999999999999\"",
            "\"x\"",
        ];
        for no_tag in no_tag {
            assert!(matches!(of(&[no_tag]), Err(Failure::Header("If-Match"))), "{no_tag}");
        }
        assert!(matches!(of(&["\"1\"", "\"2\""]), Err(Failure::Header("If-Match"))));
    }

    #[test]
    fn what_is_known_is_told_by_the_whole_tag() {
        let (one, other) = (tag(Some(7), b"x"), tag(Some(7), b"y"));
        let known = |values: &[&str]| is_known(&headers(header::IF_NONE_MATCH, values), &one);
        assert!(known(&[&one]) && known(&["*"]) && known(&[&format!("W/{one}")]));
        assert!(known(&[&format!("{other}, {one}")]) && known(&[&other, &one]));
        assert!(!known(&[]) && !known(&[&other]) && !known(&["\"7\""]));
    }
}
