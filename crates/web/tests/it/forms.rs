//! Forms: only our own, only their own fields, only so large.

use access::Role;
use axum::body::Body;
use axum::http::StatusCode;

use crate::browser::{Browser, Reply, encoded};
use crate::world::World;

async fn manager(world: &World) -> Browser {
    let id = world.person("liqiang", "李强", Role::EnterpriseManager, world.firms[0]).await;
    Browser::with(&world.router, world.session(id, false).await)
}

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_form_of_another_site_or_session_does_nothing() {
    let world = World::new().await;
    let mut browser = manager(&world).await;
    let secret = browser.secret.clone();
    let other = world.session(1, true).await.1;
    let name = [("version", "0"), ("name", "改了"), ("phone", ""), ("mail", "")];
    let with = |secret: &str| {
        let mut all = name.to_vec();
        all.push(("_secret", secret));
        encoded(&all)
    };
    type Case<'a> = (&'a str, Vec<(&'a str, &'a str)>, String);
    let here = ("origin", "http://tidu.test");
    let table: Vec<Case> = vec![
        ("no secret", vec![here], encoded(&name)),
        ("another session's secret", vec![here], with(&other)),
        ("an empty secret", vec![here], with("")),
        ("another site", vec![("origin", "http://evil.example")], with(&secret)),
        ("a site that hides", vec![("origin", "null")], with(&secret)),
        ("cross-site", vec![here, ("sec-fetch-site", "cross-site")], with(&secret)),
        ("a neighbour", vec![here, ("sec-fetch-site", "same-site")], with(&secret)),
        ("nobody says from where", vec![], with(&secret)),
    ];
    for (what, headers, body) in table {
        let mut request = browser.request("POST", "/own").header("content-type", FORM);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let reply = browser.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{what}");
        assert!(reply.has("页面已过期"), "{what}");
    }
    // Signing in from elsewhere is refused, too: nobody is made to work in another's account.
    let body = encoded(&[("login", "admin"), ("password", world.password())]);
    let mut stranger = Browser::new(&world.router);
    let request = stranger
        .request("POST", "/sign-in")
        .header("content-type", FORM)
        .header("origin", "http://evil.example")
        .body(Body::from(body))
        .unwrap();
    assert_eq!(stranger.send(request).await.status, StatusCode::FORBIDDEN);
    // And our own form is taken.
    browser.secret = secret;
    let page = browser.get("/own").await;
    let version = page.hidden("version");
    let fields = [("version", version.as_str()), ("name", "李强强"), ("phone", ""), ("mail", "")];
    let reply = browser.post("/own", &fields).await;
    assert_eq!(reply.location(), "/own?done=profile-changed", "{}", reply.body);
}

#[tokio::test]
async fn a_form_has_its_own_fields_only() {
    let world = World::new().await;
    let mut browser = manager(&world).await;
    let version = browser.get("/own").await.hidden("version");
    let plain = [("version", version.as_str()), ("name", "李强"), ("phone", ""), ("mail", "")];
    for extra in [
        ("role", "administrator"),
        ("id", "1"),
        ("login", "admin"),
        ("name", "twice"),
        ("disabled", ""),
    ] {
        let mut fields = plain.to_vec();
        fields.push(extra);
        let reply = browser.post("/own", &fields).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{extra:?}");
    }
    let fewer = browser.post("/own", &plain[..3]).await;
    assert_eq!(fewer.status, StatusCode::SEE_OTHER, "an empty field may be left out");
    let none = browser.post("/own", &plain[..1]).await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn two_who_change_one_thing_do_not_overwrite_each_other() {
    let world = World::new().await;
    let mut one = manager(&world).await;
    let version = one.get("/own").await.hidden("version");
    let fields =
        [("version", version.as_str()), ("name", "李强"), ("phone", "13812345678"), ("mail", "")];
    assert_eq!(one.post("/own", &fields).await.status, StatusCode::SEE_OTHER);
    let late = one.post("/own", &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.has("已在别处修改") && late.has("您的修改没有保存"), "{}", late.body);
    // What was typed is there to be copied, and the way back to the form is there.
    assert!(late.has("<li>13812345678</li>"), "{}", late.body);
    let late = sent_from(&mut one, "http://tidu.test/own?tab=1", &fields).await;
    assert!(late.has("href=\"/own?tab=1\""), "{}", late.body);
}

async fn sent_from(browser: &mut Browser, page: &str, fields: &[(&str, &str)]) -> Reply {
    let secret = browser.secret.clone();
    let mut all = vec![("_secret", secret.as_str())];
    all.extend(fields);
    let request = browser
        .request("POST", "/own")
        .header("origin", "http://tidu.test")
        .header("referer", page)
        .header("content-type", FORM)
        .body(Body::from(encoded(&all)))
        .unwrap();
    browser.send(request).await
}

#[tokio::test]
async fn whose_session_is_over_hears_that_the_change_was_not_saved_and_comes_back() {
    let world = World::new().await;
    let id = world.person("liqiang", "李强", Role::EnterpriseManager, world.firms[0]).await;
    let session = world.session(id, false).await;
    let mut browser = Browser::with(&world.router, session.clone());
    let version = browser.get("/own").await.hidden("version");
    let mut elsewhere = Browser::with(&world.router, session);
    assert_eq!(elsewhere.post("/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
    let fields = [("version", version.as_str()), ("name", "李强"), ("phone", ""), ("mail", "")];
    let sent = sent_from(&mut browser, "http://tidu.test/own?tab=1", &fields).await;
    assert_eq!(sent.location(), "/sign-in?next=%2Fown%3Ftab%3D1&unsaved=yes", "{}", sent.body);
    let page = browser.get(sent.location()).await;
    assert!(page.has("刚才的修改没有保存") && page.has("value=\"/own?tab=1\""), "{}", page.body);
    let other = Browser::new(&world.router).get(sent.location()).await;
    assert!(other.has("刚才的修改没有保存"), "also once the browser has forgotten the session");
    // A page that was only read has nothing to lose.
    let read = browser.get("/own").await;
    assert_eq!(read.location(), "/sign-in?next=%2Fown");
}

#[tokio::test]
async fn what_is_too_large_or_no_form_is_not_taken() {
    let world = World::new().await;
    let mut browser = manager(&world).await;
    let large = "x".repeat(70_000);
    let reply = browser.post("/own", &[("name", &large)]).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    // The same when the length is not said.
    let endless = futures::stream::iter(
        (0..2000).map(|_| Ok::<_, std::io::Error>("name=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx&")),
    );
    let request = browser
        .request("POST", "/own")
        .header("content-type", FORM)
        .header("origin", "http://tidu.test")
        .body(Body::from_stream(endless))
        .unwrap();
    assert_eq!(browser.send(request).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let request = browser
        .request("POST", "/own")
        .header("content-type", "text/plain")
        .header("origin", "http://tidu.test")
        .body(Body::from("name=x"))
        .unwrap();
    assert_eq!(browser.send(request).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let never = futures::stream::pending::<Result<&str, std::io::Error>>();
    let request = browser
        .request("POST", "/own")
        .header("content-type", FORM)
        .header("origin", "http://tidu.test")
        .body(Body::from_stream(never))
        .unwrap();
    let limits =
        web::Limits { body_time: std::time::Duration::from_millis(50), ..web::Limits::default() };
    let quick = World::with(web::WebConfig { limits, ..web::WebConfig::default() }).await;
    let mut other = manager(&quick).await;
    let (mut parts, body) = request.into_parts();
    parts.headers = other
        .request("POST", "/own")
        .header("content-type", FORM)
        .header("origin", "http://tidu.test")
        .body(())
        .unwrap()
        .into_parts()
        .0
        .headers;
    let reply = other.send(axum::http::Request::from_parts(parts, body)).await;
    assert_eq!(reply.status, StatusCode::REQUEST_TIMEOUT);
}

#[tokio::test]
async fn a_form_is_kept_half_filled_for_its_owner_until_it_is_sent() {
    let world = World::new().await;
    let admin = world.settled("admin").await;
    let mut browser = Browser::with(&world.router, world.session(admin, true).await);
    let south = world.districts[0];
    let path = format!("/organisations/new?parent={south}");
    let page = browser.get(&path).await;
    assert!(page.has("name=\"_draft\"") && !page.has("已填入"));
    let back = page.hidden("_back");
    assert_eq!(back, path);
    let parent = south.to_string();
    let mut fields = vec![
        ("_back", back.as_str()),
        ("parent", parent.as_str()),
        ("kind", "enterprise"),
        ("name", "青岛半成品有限公司"),
        ("uscc", "还没有查到"),
        ("_draft", "keep"),
    ];
    let kept = browser.post("/organisations/new", &fields).await;
    assert_eq!(kept.location(), format!("{path}&done=draft-kept"), "{}", kept.body);
    let page = browser.get(&path).await;
    assert!(
        page.has("已填入")
            && page.has("value=\"青岛半成品有限公司\"")
            && page.has("value=\"还没有查到\"")
    );
    // What lies in the database is sealed.
    let unit = world.platform.store().read().await.unwrap();
    let draft = store::draft::find(&unit, admin, "/organisations/new").await.unwrap().unwrap();
    drop(unit);
    assert!(!String::from_utf8_lossy(&draft.fields).contains("半成品"));
    // A mistake shows what was typed just now, not the draft.
    fields.pop();
    fields[3].1 = "青岛另一名称有限公司";
    let wrong = browser.post("/organisations/new", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.has("青岛另一名称有限公司") && !wrong.has("已填入") && wrong.has("href=\"#uscc\"")
    );
    fields[4].1 = "91370202MA3C1A2B5D";
    fields.push(("_draft", "drop"));
    let elsewhere = [("_back", "//evil.example"), ("_draft", "keep")];
    assert_eq!(
        browser.post("/organisations/new", &elsewhere).await.location(),
        "/?done=draft-kept"
    );
    assert!(
        browser
            .post("/organisations/new", &fields)
            .await
            .location()
            .ends_with("done=draft-dropped")
    );
    assert!(!browser.get(&path).await.has("已填入"));
}
