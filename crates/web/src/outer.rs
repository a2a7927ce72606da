//! What happens around every request, whatever it asks for: a number, headers, a line in the log, a count. Never
//! logged: queries, cookies, bodies, and paths as they were asked for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::address;
use crate::web::Shared;

/// The number of a request.
#[derive(Clone, Debug)]
pub(crate) struct Number(pub String);

/// What the log is told about an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered {
    /// The row that answered; empty if there is none.
    pub route: &'static str,
    /// Who asked.
    pub person: Option<i64>,
}

const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; \
         base-uri 'none'; form-action 'self'; object-src 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // Not `no-referrer`: with that, browsers say `Origin: null` for our own forms.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

const NUMBER: HeaderName = HeaderName::from_static("x-request-id");

/// Around every request.
pub(crate) async fn around(shared: Arc<Shared>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let number = number(&shared, &request);
    let method = method(request.method());
    request.extensions_mut().insert(Number(number.clone()));
    let chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
    let mut answer = match is_ambiguous(request.headers()) {
        true => (StatusCode::BAD_REQUEST, "ambiguous request\n").into_response(),
        false => next.run(request).await,
    };
    let told = answer.extensions().get::<Answered>().copied();
    let Answered { route, person } = told.unwrap_or(Answered { route: "", person: None });
    let status = answer.status().as_u16();
    let took = began.elapsed();
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if shared.config.secure {
        let stay = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, stay);
    }
    if chunked {
        // The HTTP library forgets a length that stands beside chunks. A careless proxy may have gone by it, and what
        // follows be a request of nobody's: so nothing follows (RFC 9112, 6.1).
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::try_from(&number) {
        headers.insert(NUMBER, value);
    }
    let shown = if route.is_empty() { "(none)" } else { route };
    shared.metrics.answered(method, shown, status, took);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(target: "web::access", method, route = shown, status, ms, request = number, person);
    answer
}

/// Whether a head names two hosts: somebody in front may have read the other one.
fn is_ambiguous(headers: &HeaderMap) -> bool {
    headers.get_all(header::HOST).iter().nth(1).is_some()
}

/// The number of a request: the proxy's, if it is trusted and says one, else one of our own.
fn number(shared: &Shared, request: &Request) -> String {
    let said = address::is_proxy(request.extensions(), shared.config.proxy.as_ref())
        .then(|| request.headers().get(NUMBER)?.to_str().ok())
        .flatten()
        .filter(|said| (8..=64).contains(&said.len()))
        .filter(|said| said.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    match said {
        Some(said) => said.to_owned(),
        None => own_number(),
    }
}

/// When the process began and how many requests there were before: no two are the same, and none is a secret.
fn own_number() -> String {
    static BEGAN: std::sync::LazyLock<u128> = std::sync::LazyLock::new(|| {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros())
    });
    static COUNT: AtomicU64 = AtomicU64::new(1);
    format!("{:x}-{:x}", *BEGAN, COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Methods as labels: what nobody has heard of is one of them, not one each.
fn method(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        _ => "other",
    }
}
