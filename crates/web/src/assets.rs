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
    content: &'static str,
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
    include_str!("../assets/css/narrow.css"),
    include_str!("../assets/css/media.css"),
);

const ASSETS: &[Asset] = &[
    Asset { name: "tidu.css", kind: "text/css; charset=utf-8", content: STYLE },
    Asset {
        name: "tidu.js",
        kind: "text/javascript; charset=utf-8",
        content: include_str!("../assets/tidu.js"),
    },
    Asset { name: "tidu.svg", kind: "image/svg+xml", content: include_str!("../assets/tidu.svg") },
];

static MARKS: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let marked = |asset: &Asset| {
        let mut hasher = DefaultHasher::new();
        asset.content.hash(&mut hasher);
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
    let mut answer: Response = asset.content.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    Ok(answer)
}
