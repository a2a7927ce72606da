//! The few files that pages need. Their address carries a mark of what is in them, so that browsers keep them until
//! they change.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use crate::ask::{Answer, Ask};
use crate::failure::Failure;

struct Asset {
    name: &'static str,
    kind: &'static str,
    content: fn() -> &'static str,
}

/// One stylesheet out of several files; dark colours count where the system or the reader asks for them.
const STYLE: &str = concat!(
    ":root {\n",
    include_str!("../assets/css/light.css"),
    "}\n@media screen and (prefers-color-scheme: dark) { :root[data-theme=auto] {\n",
    include_str!("../assets/css/dark.css"),
    "} }\n@media screen { :root[data-theme=dark] {\n",
    include_str!("../assets/css/dark.css"),
    "} }\n",
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/frame.css"),
    include_str!("../assets/css/forms.css"),
    include_str!("../assets/css/lists.css"),
    include_str!("../assets/css/parts.css"),
    include_str!("../assets/css/check.css"),
    include_str!("../assets/css/charts.css"),
    include_str!("../assets/css/law.css"),
    include_str!("../assets/css/api.css"),
    include_str!("../assets/css/narrow.css"),
    include_str!("../assets/css/media.css"),
);

/// The stylesheet without what only people need who read it.
static SHEET: LazyLock<String> = LazyLock::new(|| compact(STYLE));

const ASSETS: &[Asset] = &[
    Asset { name: "tidu.css", kind: "text/css; charset=utf-8", content: || &SHEET },
    Asset {
        name: "tidu.js",
        kind: "text/javascript; charset=utf-8",
        content: || include_str!("../assets/tidu.js"),
    },
    Asset {
        name: "tidu.svg",
        kind: "image/svg+xml",
        content: || include_str!("../assets/tidu.svg"),
    },
];

static MARKS: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let marked = |asset: &Asset| {
        let mut hasher = DefaultHasher::new();
        (asset.content)().hash(&mut hasher);
        (asset.name, format!("/assets/{}?v={:x}", asset.name, hasher.finish()))
    };
    ASSETS.iter().map(marked).collect()
});

/// The address of an asset.
pub(crate) fn address(name: &str) -> &'static str {
    MARKS.iter().find(|(one, _)| *one == name).map_or("", |(_, address)| address)
}

/// Hands out an asset.
pub(crate) async fn asset(ask: Ask) -> Answer {
    let name = ask.part("name");
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or(Failure::missing())?;
    let marked = format!("/assets/{name}?{}", ask.uri.query().unwrap_or_default());
    let keep =
        if marked == address(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut answer: Response = (asset.content)().into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    Ok(answer)
}

/// A stylesheet without remarks and without room that means nothing. What stands in quotes is left alone.
fn compact(sheet: &str) -> String {
    let mut short = String::with_capacity(sheet.len());
    let mut rest = sheet.chars().peekable();
    let mut quote = None;
    while let Some(sign) = rest.next() {
        if quote.is_some() {
            short.push(sign);
            quote = quote.filter(|open| *open != sign);
            continue;
        }
        match sign {
            '/' if rest.peek() == Some(&'*') => {
                let mut before = ' ';
                for sign in rest.by_ref().skip(1) {
                    if (before, sign) == ('*', '/') {
                        break;
                    }
                    before = sign;
                }
            }
            sign if sign.is_whitespace() => {
                let next = rest.peek().copied().unwrap_or(' ');
                let room_before = short.ends_with(['{', '}', ';', ':', ',', ' ']);
                if !room_before
                    && !short.is_empty()
                    && !next.is_whitespace()
                    && !"{}".contains(next)
                {
                    short.push(' ');
                }
            }
            '}' => {
                if short.ends_with(';') {
                    short.pop();
                }
                short.push(sign);
            }
            sign => {
                if sign == '"' || sign == '\'' {
                    quote = Some(sign);
                }
                short.push(sign);
            }
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stylesheet_is_made_short_and_means_the_same() {
        let table = [
            (
                "a { color: red; }\n\n/* why; */ b > c, d { e: \"x: { y\"; }",
                "a{color:red}b > c,d{e:\"x: { y\"}",
            ),
            (
                "@media (max-width: 4rem) {\n  a::before { content: \"… \"; }\n}\n",
                "@media (max-width:4rem){a::before{content:\"… \"}}",
            ),
            ("a { width: calc(100vh - 3rem); }", "a{width:calc(100vh - 3rem)}"),
            (".a .b:not(.c) /* x */ .d {}", ".a .b:not(.c) .d{}"),
        ];
        for (long, short) in table {
            assert_eq!(compact(long), short);
        }
        assert_eq!(SHEET.matches('{').count(), SHEET.matches('}').count());
        assert!(!SHEET.contains("/*") && !SHEET.contains("url(") && !SHEET.contains("@import"));
        assert!(SHEET.len() < 42 * 1024, "{} bytes", SHEET.len());
    }
}
