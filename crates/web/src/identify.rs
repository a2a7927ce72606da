//! Who asks: by a token in the header, or else by the cookie of a session. Never by both.

use app::{Caller, Origin, Refusal, caller};
use axum::http::{HeaderMap, header};

use crate::cookie;
use crate::web::Shared;

/// The secret of a token, if the request carries one. With a token no cookie counts.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    let said = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = said.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// Who asks. Nobody if there is neither cookie nor token; a token that does not hold is refused, a session that has
/// ended is nobody.
pub(crate) async fn identify(
    shared: &Shared,
    headers: &HeaderMap,
    origin: Origin,
) -> Result<Option<Caller>, Refusal> {
    if let Some(secret) = token(headers) {
        let known = secret.starts_with("tidu_") && secret.len() <= 200;
        let found =
            if known { caller::by_token(&shared.platform, secret, origin).await? } else { None };
        return found.map(Some).ok_or(Refusal::SignIn);
    }
    match cookie::session(headers, shared.config.secure) {
        Some(secret) => caller::by_session(&shared.platform, &secret, origin).await,
        None => Ok(None),
    }
}
