//! A form that could not be taken is not lost: the page that it stands on, and what was typed into it.

use axum::http::{HeaderMap, header};
use url::Url;

use crate::fields::Fields;
use crate::local::local;

/// What is offered to somebody whose form was not taken.
#[derive(Default)]
pub(crate) struct Again {
    /// The page that the form stands on.
    pub to: Option<String>,
    /// What was typed into it, to be copied.
    pub typed: Vec<String>,
}

/// Fields in which nobody types what may be shown again.
const HIDDEN: [&str; 8] =
    ["password", "again", "present", "code", "version", "known", "check", "asked"];

/// The page that a form was sent from, as the browser says it: a path of ours, whatever it says.
pub(crate) fn page_of(headers: &HeaderMap) -> Option<String> {
    let said = headers.get(header::REFERER)?.to_str().ok()?;
    let page = Url::parse(said).ok()?;
    let rest = page.query().map(|query| format!("?{query}")).unwrap_or_default();
    let path = format!("{}{rest}", page.path());
    (local(Some(&path)) == path && path != "/sign-in").then_some(path)
}

/// What was typed into a form.
pub(crate) fn typed(form: &Fields) -> Vec<String> {
    let seen = |name: &str| !name.starts_with('_') && !HIDDEN.contains(&name);
    let pairs = form.pairs().iter().filter(|(name, value)| seen(name) && !value.trim().is_empty());
    pairs.map(|(_, value)| value.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_way_back_stays_here() {
        let table = [
            ("http://tidu.test/own?x=1", Some("/own?x=1")),
            ("https://evil.example/own", Some("/own")),
            ("https://evil.example//evil.example", None),
            ("javascript:alert(1)", None),
            ("no address", None),
        ];
        for (said, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, HeaderValue::from_static(said));
            assert_eq!(page_of(&headers).as_deref(), expected, "{said}");
        }
        assert_eq!(page_of(&HeaderMap::new()), None);
    }

    #[test]
    fn passwords_and_what_the_page_sends_by_itself_are_not_shown_again() {
        let form =
            Fields::read(b"_secret=s&version=3&name=%E7%8E%8B%E8%8A%B3&present=p&phone=+").unwrap();
        assert_eq!(typed(&form), ["\u{738b}\u{82b3}"]);
    }
}
