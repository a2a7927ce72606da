//! Requests that carry a key are done once: the answer to the first is the answer to all.

use std::sync::Arc;

use app::{Answered, Once, Refusal};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};

use super::shape::takes_key;
use crate::ask::{Answer, Ask};
use crate::failure::Failure;

/// The header that carries the key.
pub(crate) const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The header that says that an answer was given before.
pub(crate) const AGAIN: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The headers of an answer that are given again with it.
const KEPT: [HeaderName; 3] = [header::CONTENT_TYPE, header::ETAG, header::LOCATION];

/// An answer as it is kept.
#[derive(Serialize, Deserialize)]
struct Reply {
    headers: Vec<(String, String)>,
    body: String,
}

/// What makes sure that the request is done once, if it carries a key and changes something.
pub(crate) fn once(ask: &Ask) -> Result<Option<Arc<Once>>, Failure> {
    if !takes_key(ask.route) {
        return Ok(None);
    }
    let Some(key) = key(&ask.headers)? else { return Ok(None) };
    let header = |name: HeaderName| ask.headers.get(name).map_or(&b""[..], HeaderValue::as_bytes);
    let asked = ask.uri.path_and_query().map_or("", |asked| asked.as_str());
    let parts: [&[u8]; 5] = [
        ask.route.method.code().as_bytes(),
        asked.as_bytes(),
        header(header::CONTENT_TYPE),
        header(header::IF_MATCH),
        &ask.body,
    ];
    Ok(Once::new(ask.caller()?, &key, &parts).map(Arc::new))
}

/// The key: up to 128 visible characters, in quotes or without.
fn key(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let wrong = || Failure::Header("Idempotency-Key");
    let mut said = headers.get_all(KEY).iter();
    let Some(first) = said.next() else { return Ok(None) };
    let text = first.to_str().map_err(|_| wrong())?.trim();
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let good = (1..=128).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_graphic());
    if said.next().is_some() || !good { Err(wrong()) } else { Ok(Some(bare.to_owned())) }
}

/// The answer that was given before.
pub(crate) fn again(known: Answered) -> Answer {
    if !known.same {
        return Err(Failure::KeyReused);
    }
    let reply: Reply = serde_json::from_str(&known.answer).map_err(Refusal::broken)?;
    let status = StatusCode::from_u16(known.status).map_err(Refusal::broken)?;
    let mut answer = (status, reply.body).into_response();
    let headers = answer.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    for (name, value) in reply.headers {
        let name: HeaderName = name.parse().map_err(Refusal::broken)?;
        headers.insert(name, value.parse().map_err(Refusal::broken)?);
    }
    headers.insert(AGAIN, HeaderValue::from_static("true"));
    Ok(answer)
}

/// Makes what was done lasting, with its answer.
pub(crate) async fn keep(ask: &Ask, once: &Once, answer: Response) -> Answer {
    let (parts, body) = answer.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.map_err(Refusal::broken)?;
    let kept = |name: &HeaderName| {
        let value = parts.headers.get(name)?.to_str().ok()?;
        Some((name.as_str().to_owned(), value.to_owned()))
    };
    let reply = Reply {
        headers: KEPT.iter().filter_map(kept).collect(),
        body: String::from_utf8(body.to_vec()).map_err(Refusal::broken)?,
    };
    let text = serde_json::to_string(&reply).map_err(Refusal::broken)?;
    once.finish(ask.platform(), parts.status.as_u16(), &text).await?;
    Ok(Response::from_parts(parts, body.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_key_may_be() {
        let of = |values: &[&str]| {
            let all = values.iter().map(|value| (KEY, HeaderValue::from_str(value).unwrap()));
            key(&all.collect()).ok()
        };
        assert_eq!(of(&[]), Some(None));
        assert_eq!(of(&["\"8e03978e-40d5\""]), Some(Some("8e03978e-40d5".into())));
        assert_eq!(of(&["8e03978e-40d5"]), Some(Some("8e03978e-40d5".into())));
        for no_key in [&[""][..], &["\"\""], &["a b"], &["a", "b"], &[&"x".repeat(129)]] {
            assert_eq!(of(no_key), None, "{no_key:?}");
        }
    }
}
