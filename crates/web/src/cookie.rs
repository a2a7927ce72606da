//! The cookies: the session and a sign-on under way, which only the server reads, the language, and how pages look.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::lang::Lang;
use crate::look::Style;

const LANG: &str = "tidu-lang";
const LOOK: &str = "tidu-look";

/// The name of the session cookie. The prefix makes browsers refuse it from a neighbouring host or without HTTPS.
fn session_name(secure: bool) -> &'static str {
    if secure { "__Host-tidu" } else { "tidu" }
}

/// The secret of the session that a browser sent. Two cookies of the name are none: one of them is planted.
pub(crate) fn session(headers: &HeaderMap, secure: bool) -> Option<String> {
    only(headers, session_name(secure))
}

/// The language that a browser keeps.
pub(crate) fn lang(headers: &HeaderMap) -> Option<Lang> {
    Lang::from_code(&only(headers, LANG)?)
}

/// How a browser wants pages to look, as it keeps it.
pub(crate) fn look(headers: &HeaderMap) -> Option<String> {
    only(headers, LOOK)
}

/// Gives a browser the secret of its session, until it is closed; the platform ends sessions by itself.
pub(crate) fn set_session(secret: &str, secure: bool) -> Option<HeaderValue> {
    let also = if secure { "; Secure" } else { "" };
    let name = session_name(secure);
    HeaderValue::try_from(format!("{name}={secret}; Path=/; HttpOnly; SameSite=Lax{also}")).ok()
}

/// Takes the secret away.
pub(crate) fn forget_session(secure: bool) -> Option<HeaderValue> {
    let also = if secure { "; Secure" } else { "" };
    let name = session_name(secure);
    HeaderValue::try_from(format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{also}")).ok()
}

/// The name of the cookie that a browser keeps while somebody is at the provider of identities.
fn sign_on_name(secure: bool) -> &'static str {
    if secure { "__Host-tidu-sign-on" } else { "tidu-sign-on" }
}

/// The state of the sign-on that a browser has begun.
pub(crate) fn sign_on(headers: &HeaderMap, secure: bool) -> Option<String> {
    only(headers, sign_on_name(secure))
}

/// Lets a browser keep the state of a sign-on for ten minutes. `Lax`, since it comes back from elsewhere.
pub(crate) fn set_sign_on(state: &str, secure: bool) -> Option<HeaderValue> {
    let also = if secure { "; Secure" } else { "" };
    let name = sign_on_name(secure);
    HeaderValue::try_from(format!(
        "{name}={state}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax{also}"
    ))
    .ok()
}

/// Takes the state away.
pub(crate) fn forget_sign_on(secure: bool) -> Option<HeaderValue> {
    let also = if secure { "; Secure" } else { "" };
    let name = sign_on_name(secure);
    HeaderValue::try_from(format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{also}")).ok()
}

/// Lets a browser keep its language for a year.
pub(crate) fn set_lang(lang: Lang, secure: bool) -> Option<HeaderValue> {
    for_a_year(LANG, lang.code(), secure)
}

/// Lets a browser keep how pages look for a year.
pub(crate) fn set_look(look: Style, secure: bool) -> Option<HeaderValue> {
    for_a_year(LOOK, &look.code(), secure)
}

fn for_a_year(name: &str, value: &str, secure: bool) -> Option<HeaderValue> {
    let also = if secure { "; Secure" } else { "" };
    let kept = format!("{name}={value}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{also}");
    HeaderValue::try_from(kept).ok()
}

fn only(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(one, _)| *one == name)
        .map(|(_, value)| value.to_owned());
    let first = found.next().filter(|value| !value.is_empty() && value.len() <= 200);
    if found.next().is_some() { None } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_a_sign_on_comes_back_from_elsewhere_to_this_host_and_to_no_script() {
        let open = set_sign_on("state", false).unwrap();
        let open = open.to_str().unwrap();
        assert_eq!(open, "tidu-sign-on=state; Path=/; Max-Age=600; HttpOnly; SameSite=Lax");
        let secure = set_sign_on("state", true).unwrap();
        let secure = secure.to_str().unwrap();
        assert_eq!(secure, format!("__Host-{open}; Secure"));
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=b; __Host-tidu-sign-on=state".parse().unwrap());
        assert_eq!(sign_on(&headers, true).as_deref(), Some("state"));
        assert_eq!(sign_on(&headers, false), None);
        // Two of them are none: one is planted.
        headers.append(header::COOKIE, "__Host-tidu-sign-on=other".parse().unwrap());
        assert_eq!(sign_on(&headers, true), None);
        let gone = forget_sign_on(true).unwrap();
        assert!(gone.to_str().unwrap().starts_with("__Host-tidu-sign-on=; Path=/; Max-Age=0; "));
    }
}
