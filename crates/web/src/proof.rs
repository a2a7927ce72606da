//! Whether an unsafe request comes from one of our own pages.

use axum::http::{HeaderMap, header};
use subtle::ConstantTimeEq as _;
use url::Url;

use crate::config::WebConfig;

/// Whether the browser says that it was sent from here. Browsers say so in every request that changes something;
/// whoever says nothing is no browser, or a very old one, and is not taken for one of ours.
pub(crate) fn is_from_here(headers: &HeaderMap, config: &WebConfig) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if text("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return false;
    }
    match text(header::ORIGIN.as_str()) {
        Some(origin) => is_own(origin, headers, config),
        None => text("sec-fetch-site").is_some(),
    }
}

fn is_own(origin: &str, headers: &HeaderMap, config: &WebConfig) -> bool {
    if let Some(own) = &config.origin {
        return parts(origin).is_some_and(|given| Some(given) == parts(own));
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let scheme = if config.secure { "https" } else { "http" };
    host.and_then(|host| parts(&format!("{scheme}://{host}")))
        .is_some_and(|own| parts(origin) == Some(own))
}

fn parts(origin: &str) -> Option<(String, String, Option<u16>)> {
    let url = Url::parse(origin).ok()?;
    Some((url.scheme().to_owned(), url.host_str()?.to_owned(), url.port_or_known_default()))
}

/// Whether two secrets are the same, without telling how far they agree.
pub(crate) fn same(one: &str, other: &str) -> bool {
    !one.is_empty() && bool::from(one.as_bytes().ct_eq(other.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_our_own_pages_change_something() {
        let open = WebConfig::default();
        let fixed = WebConfig {
            origin: Some("https://tidu.example".into()),
            secure: true,
            ..WebConfig::default()
        };
        let host = ("host", "localhost:8080");
        type Case<'a> = (&'a WebConfig, &'a [(&'static str, &'static str)], bool);
        let table: &[Case<'_>] = &[
            (&open, &[host, ("origin", "http://localhost:8080")], true),
            (
                &open,
                &[host, ("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")],
                true,
            ),
            (&open, &[host, ("sec-fetch-site", "same-origin")], true),
            (&open, &[host], false),
            (&open, &[host, ("sec-fetch-site", "cross-site")], false),
            (&open, &[host, ("sec-fetch-site", "same-site")], false),
            (&open, &[host, ("sec-fetch-site", "none")], false),
            (&open, &[host, ("origin", "http://localhost:8081")], false),
            (&open, &[host, ("origin", "https://localhost:8080")], false),
            (&open, &[host, ("origin", "null")], false),
            (
                &open,
                &[host, ("origin", "http://evil.example"), ("sec-fetch-site", "same-origin")],
                false,
            ),
            (&open, &[("origin", "http://localhost:8080")], false),
            (&fixed, &[host, ("origin", "https://tidu.example")], true),
            (&fixed, &[("origin", "https://tidu.example:443")], true),
            (&fixed, &[host, ("origin", "https://localhost:8080")], false),
            (&fixed, &[("origin", "https://tidu.example.evil.example")], false),
        ];
        for (config, headers, expected) in table {
            assert_eq!(is_from_here(&says(headers), config), *expected, "{headers:?}");
        }
    }

    #[test]
    fn nothing_is_not_the_secret() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd"));
        assert!(!same("", ""));
        assert!(!same("abc", "abcd"));
    }
}
