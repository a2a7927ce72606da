//! What every answer carries, and pages for what is not there.

use axum::body::Body;
use axum::http::StatusCode;
use web::routes::{Method, ROUTES};

use crate::browser::{Browser, Reply};
use crate::world::World;

/// A path of a route with its variable parts filled.
pub fn filled(path: &str) -> String {
    let parts: Vec<&str> = path
        .split('/')
        .map(|part| match part {
            "{name}" => "audit.seal",
            "{hash}" => "none",
            part if part.starts_with('{') => "1",
            part => part,
        })
        .collect();
    parts.join("/")
}

fn check(reply: &Reply, what: &str) {
    let policy = reply.header("content-security-policy");
    for part in [
        "default-src 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{what}");
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(reply.header("referrer-policy"), "same-origin", "{what}");
    assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{what}");
    assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin", "{what}");
    assert!(reply.header("permissions-policy").contains("camera=()"), "{what}");
    assert!(!reply.header("x-request-id").is_empty(), "{what}");
    assert!(!reply.header("cache-control").is_empty(), "{what}");
    // A program keeps what it has, and asks each time whether it still holds; a browser keeps nothing but the pages of
    // a self-check, whose answers are nowhere else when somebody goes back.
    let kept = reply.header("cache-control");
    let may_stay = ["/api/v1/openapi.json", "/self-check"].iter().any(|path| what.contains(path));
    let stays = may_stay && kept == "private, no-cache";
    assert!(kept == "no-store" || stays || what.contains("/assets/"), "{what}: {kept}");
    assert_eq!(reply.header("strict-transport-security"), "", "{what}: only behind TLS");
    assert_eq!(reply.header("server"), "", "{what}");
}

/// Whether a tag has an attribute that would run a script.
fn has_handler(page: &str) -> bool {
    let tags = page.split('<').skip(1).filter_map(|tag| tag.split('>').next());
    tags.flat_map(|tag| tag.split_ascii_whitespace().skip(1)).any(|word| {
        word.starts_with("on") && word.contains("=\"") || word.contains("=\"javascript:")
    })
}

#[tokio::test]
async fn every_answer_of_every_route_carries_the_same_headers() {
    let world = World::new().await;
    let admin = world.settled("admin").await;
    for route in ROUTES {
        let path = filled(route.path);
        let what = format!("{} {path}", route.method.code());
        for browser in [
            Browser::new(&world.router),
            Browser::with(&world.router, world.session(admin, true).await),
        ] {
            let mut browser = browser;
            let reply = match route.method {
                Method::Get => browser.get(&path).await,
                Method::Post => browser.post(&path, &[]).await,
                other => browser.call(other.code(), &path, &[], "").await,
            };
            check(&reply, &what);
            assert!(!reply.status.is_server_error(), "{what}: {} {}", reply.status, reply.body);
            assert!(!reply.has_strange_script(), "{what}");
            assert!(!has_handler(&reply.body), "{what}");
            assert!(!reply.has("style="), "{what}");
        }
    }
    let mut browser = Browser::new(&world.router);
    check(&browser.get("/nowhere").await, "/nowhere");
    let request = browser.request("DELETE", "/own").body(Body::empty()).unwrap();
    check(&browser.send(request).await, "DELETE");
}

#[tokio::test]
async fn what_is_not_there_has_a_page_in_both_languages_or_a_problem() {
    let world = World::new().await;
    let mut browser = Browser::new(&world.router);
    let missing = browser.get("/nowhere/at/all").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.has("没有找到") && missing.has("lang=\"zh-CN\""));
    let english = browser.get("/nowhere?lang=en").await;
    assert!(english.has("Not found") && english.has("lang=\"en\""));
    let request = browser.request("PUT", "/own").body(Body::empty()).unwrap();
    let method = browser.send(request).await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(method.has("不支持这种访问方式"));
    assert!(!method.header("allow").is_empty());
    for path in ["/api/nowhere", "/api/v1/own"] {
        let reply = browser.get(path).await;
        assert_eq!(reply.header("content-type"), "application/problem+json");
        let problem: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
        assert_eq!(problem["status"], reply.status.as_u16());
        assert!(problem["title"].is_string() && problem["type"].is_string());
    }
    let unknown = Browser::token(&world.router, "tidu_0000").get("/api/v1/own").await;
    assert_eq!(
        (unknown.status, unknown.header("www-authenticate")),
        (StatusCode::UNAUTHORIZED, "Bearer")
    );
}

#[tokio::test]
async fn the_language_stays_as_it_was_chosen() {
    let world = World::new().await;
    let mut browser = Browser::new(&world.router);
    assert!(browser.get("/sign-in").await.has("<h1>登录</h1>"));
    assert!(browser.get("/sign-in?lang=en").await.has("<h1>Sign in</h1>"));
    assert!(browser.get("/sign-in").await.has("<h1>Sign in</h1>"));
    assert!(browser.get("/sign-in?lang=xx").await.has("<h1>Sign in</h1>"));
    assert!(browser.get("/sign-in?lang=zh").await.has("<h1>登录</h1>"));
}

#[tokio::test]
async fn a_number_of_a_request_is_taken_from_the_trusted_proxy_only() {
    let world = World::new().await;
    let mut browser = Browser::new(&world.router);
    browser.headers.push(("x-request-id", "from-a-stranger".into()));
    assert_ne!(browser.get("/healthz").await.header("x-request-id"), "from-a-stranger");
}

#[tokio::test]
async fn readiness_tells_of_the_database_and_metrics_are_for_those_who_know_the_secret() {
    let config =
        web::WebConfig { metrics_secret: Some("long-enough".into()), ..web::WebConfig::default() };
    let world = World::with(config).await;
    let mut browser = Browser::new(&world.router);
    assert_eq!(browser.get("/healthz").await.body, "ok\n");
    assert_eq!(browser.get("/readyz").await.body, "ready\n");
    assert_eq!(browser.get("/metrics").await.status, StatusCode::NOT_FOUND);
    let mut wrong = Browser::token(&world.router, "long-enougg");
    assert_eq!(wrong.get("/metrics").await.status, StatusCode::NOT_FOUND);
    let mut right = Browser::token(&world.router, "long-enough");
    let reply = right.get("/metrics").await;
    assert_eq!(reply.status, StatusCode::OK);
    for text in [
        "tidu_http_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 1",
        "tidu_jobs{state=\"dead\"} 0",
    ] {
        assert!(reply.has(text), "{}", reply.body);
    }
    world.platform.store().clone().close().await.unwrap();
    assert_eq!(browser.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(browser.get("/healthz").await.status, StatusCode::OK);
}
