//! Whatever cannot be done is said as a problem, with what is wrong and what to do.

use access::Action;
use axum::http::StatusCode;
use serde_json::Value;

use super::{DISTRICT, administrator, mistakes, officer};
use crate::browser::{Browser, Reply};
use crate::world::World;

fn problem(reply: &Reply, status: u16, code: &str) -> Value {
    assert_eq!(reply.status.as_u16(), status, "{}", reply.body);
    assert_eq!(reply.header("content-type"), "application/problem+json");
    assert_eq!(reply.header("content-language"), "en");
    let problem = reply.json();
    assert_eq!(problem["type"], format!("/api#problem-{code}"), "{}", reply.body);
    assert_eq!(problem["status"], status);
    assert_eq!(problem["request"], reply.header("x-request-id"));
    for said in ["title", "detail"] {
        assert!(!problem[said].as_str().unwrap().contains("error."), "{}", reply.body);
    }
    problem
}

#[tokio::test]
async fn parameters_that_are_not_known_or_wrong_are_refused_by_name() {
    let world = World::new().await;
    let mut admin = administrator(&world).await;
    let reply =
        admin.get("/api/v1/organisations?pgae=2&per_page=500&kind=firm&kind=x&closed=1").await;
    let problem = problem(&reply, 400, "query");
    assert_eq!(
        mistakes(&problem),
        ["pgae unknown-parameter", "kind twice", "closed type", "kind code", "per_page range"]
    );
    let first = &problem["errors"][0]["detail"];
    assert_eq!(first, "`pgae` is not known; did you mean `page`?");
    for path in ["/api/v1/own?x=1", "/api/v1/organisations/1?x", "/api/v1/openapi.json?lang=fr"] {
        assert_eq!(admin.get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    for page in ["0", "-1", "x", "1.0", "99999999999999999999", ""] {
        let reply = admin.get(&format!("/api/v1/organisations?page={page}")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{page}");
    }
    let flood = format!("/api/v1/organisations?{}", "a=1&".repeat(500));
    assert_eq!(admin.get(&flood).await.status, StatusCode::BAD_REQUEST);
    // What is needed and is not there.
    let reply = admin.call("POST", "/api/v1/rulebooks", &[], "").await;
    assert!(matches!(reply.status.as_u16(), 400 | 403), "{}", reply.body);
}

#[tokio::test]
async fn the_language_is_that_which_is_asked_for() {
    let world = World::new().await;
    let mut admin = administrator(&world).await;
    admin.headers.retain(|(name, _)| *name != "accept-language");
    assert_eq!(admin.get("/api/v1/nowhere").await.json()["title"], "没有找到");
    let asked = [("accept-language", "en-GB;q=0.8, zh;q=0.5")];
    assert_eq!(admin.call("GET", "/api/v1/nowhere", &asked, "").await.json()["title"], "Not found");
    // A cookie for pages is none for programs, and nothing is kept.
    admin.cookies.insert("tidu-lang".into(), "en".into());
    let reply = admin.get("/api/v1/nowhere").await;
    assert_eq!((reply.json()["title"].as_str(), reply.set_cookies()), (Some("没有找到"), vec![]));
}

#[tokio::test]
async fn bodies_are_read_strictly() {
    let world = World::new().await;
    let mut admin = administrator(&world).await;
    let path = "/api/v1/organisations";
    let none = admin.send(admin.request("POST", path).body(DISTRICT.into()).unwrap()).await;
    problem(&none, 415, "kind");
    let text = [("content-type", "text/plain")];
    let mut request = admin.request("POST", path);
    for (name, value) in text {
        request = request.header(name, value);
    }
    let wrong = admin.send(request.body(DISTRICT.into()).unwrap()).await;
    problem(&wrong, 415, "kind");
    for (body, says) in [
        ("{", "line 1, column 1: it ends abruptly"),
        ("{} {}", "line 1, column 4: there is something after the end"),
        ("{\n \"name\": }", "line 2, column 10: a value is missing"),
        (r#"{"name":"x","name":"y"}"#, "`name` stands twice"),
    ] {
        let reply = admin.call("POST", path, &[], body).await;
        let problem = problem(&reply, 400, "syntax");
        assert!(problem["detail"].as_str().unwrap().contains(says), "{problem}");
    }
    // No word of the parser's in Chinese.
    admin.headers.retain(|(name, _)| *name != "accept-language");
    let reply = admin.call("POST", path, &[], "{\n \"name\": }").await;
    let detail = reply.json()["detail"].as_str().unwrap().to_owned();
    assert_eq!(detail, "正文读不懂：第 2 行第 10 列：这里应当是一个值");
    admin.headers.push(("accept-language", "en".into()));
    let reply = admin
        .call("POST", path, &[], r#"{"parent":"1","kind":"distrikt","nmae":"x","uscc":null}"#)
        .await;
    let problem = problem(&reply, 422, "invalid");
    assert_eq!(
        mistakes(&problem),
        ["name required", "kind code", "nmae unknown-field", "parent type"]
    );
    assert_eq!(problem["errors"][2]["pointer"], "/nmae", "{problem}");
    assert_eq!(
        problem["errors"][2]["detail"], "`nmae` is not known; did you mean `name`?",
        "{problem}"
    );
    // What only the use case finds is said in the same way.
    let reply = admin
        .call(
            "POST",
            path,
            &[],
            r#"{"parent":1,"kind":"enterprise","name":"某公司","uscc":"9137"}"#,
        )
        .await;
    let problem = self::problem(&reply, 422, "invalid");
    assert!(!mistakes(&problem).is_empty(), "{problem}");
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(70_000));
    self::problem(&admin.call("POST", path, &[], &large).await, 413, "too-large");
}

#[tokio::test]
async fn who_may_not_is_told_why() {
    let world = World::new().await;
    let mut nobody = Browser::new(&world.router);
    nobody.headers.push(("accept-language", "en".into()));
    let reply = nobody.get("/api/v1/people").await;
    problem(&reply, 401, "sign-in");
    assert_eq!(reply.header("www-authenticate"), "Bearer");
    let person = world.settled("admin").await;
    let token = world.token(person, &[Action::JobList]).await;
    let mut narrow = Browser::token(&world.router, &token);
    narrow.headers.push(("accept-language", "en".into()));
    problem(&narrow.get("/api/v1/people").await, 403, "forbidden");
    // A session may look, and nothing else: what it changes would be what any page could make a browser send.
    let mut session = Browser::with(&world.router, world.session(person, true).await);
    session.headers.push(("accept-language", "en".into()));
    assert_eq!(session.get("/api/v1/people").await.status, StatusCode::OK);
    let reply = session.call("POST", "/api/v1/organisations", &[], DISTRICT).await;
    problem(&reply, 403, "token");
    let secret = session.secret.clone();
    let own = [("origin", "http://tidu.test"), ("x-form-secret", secret.as_str())];
    problem(&session.call("POST", "/api/v1/organisations", &own, DISTRICT).await, 403, "token");
}

#[tokio::test]
async fn what_is_not_there_and_how_it_cannot_be_asked_for() {
    let world = World::new().await;
    let mut admin = administrator(&world).await;
    for path in
        ["/api/v1/nowhere", "/api/", "/api/v2/people", "/api/v1/people/999999", "/api/v1/people/x"]
    {
        problem(&admin.get(path).await, 404, "not-found");
    }
    for method in ["DELETE", "PATCH", "TRACE", "FOO"] {
        let reply = admin.call(method, "/api/v1/organisations", &[], "").await;
        problem(&reply, 405, "method");
        let mut allowed: Vec<&str> = reply.header("allow").split(',').map(str::trim).collect();
        allowed.sort_unstable();
        assert_eq!(allowed, ["GET", "HEAD", "POST"], "{method}");
    }
    let reply = admin.call("OPTIONS", "/api/v1/organisations/1", &[], "").await;
    assert_eq!((reply.status, reply.body.as_str()), (StatusCode::NO_CONTENT, ""));
    assert!(reply.header("allow").contains("PUT"), "{}", reply.header("allow"));
    let whole = admin.get("/api/v1/organisations").await;
    let head = admin.call("HEAD", "/api/v1/organisations", &[], "").await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
    assert_eq!(head.header("etag"), whole.header("etag"));
}

#[tokio::test]
async fn whoever_asks_too_often_is_told_how_much_is_left_and_when_to_come_back() {
    let limits = web::Limits { api_requests: 3.try_into().unwrap(), ..web::Limits::default() };
    let world = World::with(web::WebConfig { limits, ..web::WebConfig::default() }).await;
    let mut admin = administrator(&world).await;
    for left in [2, 1, 0] {
        let reply = admin.get("/api/v1/own").await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(reply.header("ratelimit-policy"), "\"api\";q=3;w=60");
        assert!(reply.header("ratelimit").starts_with(&format!("\"api\";r={left};t=")));
    }
    let reply = admin.get("/api/v1/own").await;
    problem(&reply, 429, "too-many");
    assert!((1..=21).contains(&reply.header("retry-after").parse::<u32>().unwrap()));
    assert!(
        reply.header("ratelimit").starts_with("\"api\";r=0;t=60"),
        "{}",
        reply.header("ratelimit")
    );
    // Another token has a measure of its own.
    assert_eq!(administrator(&world).await.get("/api/v1/own").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_database_that_is_gone_is_said_so_and_when_to_come_back() {
    let world = World::new().await;
    let mut officer = officer(&world).await;
    world.platform.store().clone().close().await.unwrap();
    let reply = officer.get("/api/v1/people").await;
    problem(&reply, 503, "later");
    assert_eq!(reply.header("retry-after"), "5");
}
