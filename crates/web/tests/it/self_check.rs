//! The self-check as somebody uses it, without an account: from the first page to the verdicts, back to an answer, and
//! into an account by consent; what travels with the pages is only input, and nothing is stored before.

use std::collections::BTreeMap;

use access::Role;
use axum::body::Body;
use axum::http::StatusCode;
use web::WebConfig;

use crate::browser::{Browser, Reply};
use crate::world::{self, World};

async fn world() -> World {
    World::under(testbed::sqlite(), WebConfig::default(), world::rules()).await
}

/// Every table with its rows and their digest.
async fn stored(world: &World) -> BTreeMap<String, (u64, String)> {
    let at = world.platform.now();
    let about = store::backup::About { at, program: "test", digest: &crypto::Sha256, files: None };
    let store = world.platform.store();
    let manifest = store::backup::write(store, std::io::sink(), &about, &mut |_| {}).await.unwrap();
    manifest.tables.into_iter().map(|table| (table.name, (table.rows, table.digest))).collect()
}

/// What is filled into the form of a question.
fn reply(page: &Reply) -> Vec<(&'static str, String)> {
    if page.has("name=\"has\"") {
        return vec![("has", "no".into())];
    }
    if page.has("type=\"date\"") {
        return vec![("value", "2016-05-01".into())];
    }
    if let Some((_, rest)) =
        page.body.split_once("type=\"radio\" id=\"value-0\" name=\"value\" value=\"")
    {
        return vec![("value", rest.split('"').next().unwrap().to_owned())];
    }
    vec![("value", "1".into())]
}

async fn answer(browser: &mut Browser, page: &Reply, op: &str, more: &[(&str, &str)]) -> Reply {
    let (check, asked) = (page.hidden("check"), page.hidden("asked"));
    let mut fields = vec![("check", check.as_str()), ("asked", asked.as_str()), ("op", op)];
    fields.extend(more);
    browser.post("/self-check/answer", &fields).await
}

#[tokio::test]
async fn from_the_first_page_to_the_verdicts_nothing_is_stored() {
    let world = world().await;
    let before = stored(&world).await;
    let mut browser = Browser::new(&world.router);
    let start = browser.get("/self-check").await;
    assert_eq!(start.status, StatusCode::OK);
    assert!(
        start.has("企业自测") && start.has("name=\"wanted\"") && start.has("平台不保存您的回答")
    );
    let mut page = browser
        .post("/self-check", &[("wanted", "specialised-sme"), ("wanted", "high-tech-enterprise")])
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.has("成立日期"));
    let mut count = 0;
    while page.has("class=\"box question\"") {
        assert!(page.headers.get("location").is_none() && page.has("目前各项目的情况"));
        let filled = reply(&page);
        let fields: Vec<(&str, &str)> =
            filled.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let next = answer(&mut browser, &page, "answer", &fields).await;
        page = if next.status == StatusCode::UNPROCESSABLE_ENTITY {
            assert!(next.has("-wrong"), "{}", next.body);
            answer(&mut browser, &next, "skip", &[]).await
        } else {
            next
        };
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        count += 1;
        assert!(count < 150, "it never ends");
    }
    assert!(count > 5 && page.has("自测结论") && page.has("待核对原文") && page.has("官方依据"));
    let check = page.hidden("check");
    let full = browser
        .post("/self-check/programme", &[("check", &check), ("programme", "specialised-sme")])
        .await;
    for part in ["逐条说明", "怎样能够达到", "随时间推移", "返回全部结论"] {
        assert!(full.has(part), "{part}: {}", full.body);
    }
    let print = browser.post("/self-check/print", &[("check", &check)]).await;
    assert!(print.status == StatusCode::OK && print.has("高新技术企业") && print.has("已答"));
    let english = browser
        .post(
            "/self-check/programme?lang=en",
            &[("check", &check), ("_programme", "specialised-sme")],
        )
        .await;
    assert!(english.has("Clause by clause") && english.has("How to get there"));
    let sheet = browser.post("/self-check/sheet", &[("check", &check)]).await;
    assert!(sheet.header("content-type").contains("spreadsheetml"));
    assert_eq!(stored(&world).await, before, "something was stored");
    assert!(browser.cookies.keys().all(|name| name != "tidu"), "{:?}", browser.cookies);
}

#[tokio::test]
async fn an_answer_is_refused_beside_its_field_changed_and_asked_again() {
    let world = world().await;
    let mut browser = Browser::new(&world.router);
    let page = browser.post("/self-check", &[("wanted", "specialised-sme")]).await;
    let wrong = answer(&mut browser, &page, "answer", &[("value", "昨天")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("id=\"value-wrong\"") && wrong.has("value=\"昨天\""), "{}", wrong.body);
    let second = answer(&mut browser, &page, "answer", &[("value", "2016-05-01")]).await;
    assert!(second.has("已答 1 题"));
    let check = second.hidden("check");
    let back =
        browser.post("/self-check/go", &[("check", &check), ("asked", "f/founded_on")]).await;
    assert!(back.has("value=\"2016-05-01\"") && back.hidden("asked") == "f/founded_on");
    let changed = answer(&mut browser, &back, "answer", &[("value", "2012-05-01")]).await;
    assert!(changed.has("已答 1 题") && changed.has("2012-05-01"), "{}", changed.body);
    let skipped = answer(&mut browser, &changed, "skip", &[]).await;
    let check = skipped.hidden("check");
    let result = browser.post("/self-check/result", &[("check", &check)]).await;
    assert!(result.has("有 1 题跳过了"), "{}", result.body);
    let again = browser.post("/self-check/go", &[("check", &check), ("again", "yes")]).await;
    assert_eq!(again.hidden("asked"), changed.hidden("asked"));
}

#[tokio::test]
async fn what_nobody_of_ours_sent_is_refused() {
    let world = world().await;
    let mut browser = Browser::new(&world.router);
    let page = browser.post("/self-check", &[]).await;
    let check = page.hidden("check");
    let altered = format!("{check}x");
    let long = "A".repeat(50_000);
    let huge = "A".repeat(70_000);
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], StatusCode);
    let table: [Case<'_>; 9] = [
        ("/self-check/answer", &[], StatusCode::BAD_REQUEST),
        ("/self-check/result", &[("check", "")], StatusCode::BAD_REQUEST),
        ("/self-check/result", &[("check", &altered)], StatusCode::BAD_REQUEST),
        ("/self-check/result", &[("check", &long)], StatusCode::BAD_REQUEST),
        ("/self-check/result", &[("check", &huge)], StatusCode::PAYLOAD_TOO_LARGE),
        ("/self-check/result", &[("check", &check), ("more", "1")], StatusCode::BAD_REQUEST),
        ("/self-check/programme", &[("check", &check), ("programme", "x")], StatusCode::NOT_FOUND),
        (
            "/self-check/answer",
            &[("check", &check), ("asked", "f/none/2025"), ("value", "1")],
            StatusCode::BAD_REQUEST,
        ),
        ("/self-check/go", &[("check", &check), ("forget", "x")], StatusCode::BAD_REQUEST),
    ];
    for (path, fields, status) in table {
        let reply = browser.post(path, fields).await;
        assert_eq!(reply.status, status, "{path} {}", fields.len());
    }
    // From another site.
    let request = browser
        .request("POST", "/self-check")
        .header("origin", "http://elsewhere.test")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("wanted=specialised-sme"))
        .unwrap();
    assert_eq!(browser.send(request).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whoever_asks_too_often_waits() {
    let limits =
        web::Limits { self_checks_by_address: 3.try_into().unwrap(), ..web::Limits::default() };
    let config = WebConfig { limits, ..WebConfig::default() };
    let world = World::under(testbed::sqlite(), config, world::rules()).await;
    let mut browser = Browser::new(&world.router);
    for _ in 0..3 {
        assert_eq!(browser.post("/self-check", &[]).await.status, StatusCode::OK);
    }
    let reply = browser.post("/self-check", &[]).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!reply.header("retry-after").is_empty());
}

const DOCUMENT: &str = r#"{"uscc":"91370202MA0000000Y","name":"梯度科技",
    "facts":{"founded_on":"2015-03-01","revenue":{"2025":"51234567.89"}},"titles":[]}"#;

async fn bring(browser: &mut Browser, text: &str) -> Reply {
    let secret = browser.secret.clone();
    let body = format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"_secret\"\r\n\r\n{secret}\r\n--xyz\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\
         Content-Type: application/json\r\n\r\n{text}\r\n--xyz--\r\n"
    );
    let request = browser
        .request("POST", "/self-check/file")
        .header("origin", "http://tidu.test")
        .header("content-type", "multipart/form-data; boundary=xyz")
        .body(Body::from(body))
        .unwrap();
    browser.send(request).await
}

#[tokio::test]
async fn answers_go_into_a_file_and_on_from_it() {
    let world = world().await;
    let mut browser = Browser::new(&world.router);
    let wrong = bring(&mut browser, "{}").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("id=\"file-wrong\"") && wrong.has("name=\"wanted\""));
    let page = bring(&mut browser, DOCUMENT).await;
    assert!(page.has("带入的数据") && page.has("5123.456789 万元"), "{}", page.body);
    let check = page.hidden("check");
    let forgot =
        browser.post("/self-check/go", &[("check", &check), ("forget", "f/revenue/2025")]).await;
    assert!(!forgot.has("5123.456789"));
    let file = browser.post("/self-check/document", &[("check", &check)]).await;
    assert_eq!(file.header("content-type"), "application/json");
    assert!(file.has("\"51234567.89\"") && file.has("91370202MA0000000Y"));
    let again = bring(&mut browser, &file.body).await;
    assert_eq!(again.hidden("check"), check);
    // Without a code nobody could read it back.
    let page = browser.post("/self-check", &[]).await;
    let check = page.hidden("check");
    for (code, status) in [
        ("", StatusCode::UNPROCESSABLE_ENTITY),
        ("91370202MA0000000X", StatusCode::UNPROCESSABLE_ENTITY),
        ("91370202ma0000000y", StatusCode::OK),
    ] {
        let reply =
            browser.post("/self-check/document", &[("check", &check), ("uscc", code)]).await;
        assert_eq!(reply.status, status, "{code}");
        assert_eq!(reply.has("id=\"uscc-wrong\""), status != StatusCode::OK, "{code}");
    }
}

/// What the form of an account sends.
fn registration<'a>(check: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("check", check),
        ("title", "我的自测"),
        ("login", "zhao.min"),
        ("name", "赵敏"),
        ("password", "梧桐更兼细雨，到黄昏点点滴滴"),
        ("again", "梧桐更兼细雨，到黄昏点点滴滴"),
        ("phone", "13800001111"),
        ("firm", "青岛海燕精密制造有限公司"),
        ("uscc", "91370202MA3C1A2B3G"),
        ("consent", "yes"),
    ];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    fields
}

#[tokio::test]
async fn it_is_kept_by_consent_in_an_account_that_sees_nothing_else() {
    let world = world().await;
    let before = stored(&world).await;
    let mut browser = Browser::new(&world.router);
    let page = bring(&mut browser, DOCUMENT).await;
    let check = page.hidden("check");
    let form = browser.post("/self-check/keep", &[("check", &check)]).await;
    assert!(form.has("新账号不带任何角色") && form.has("name=\"consent\"") && form.has("保存期限"));
    let wrong: [(&str, &str, &str); 5] = [
        ("consent", "", "consent-wrong"),
        ("login", "x", "login-wrong"),
        ("password", "short", "again-wrong"),
        ("uscc", "91370202MA3C1A2B30", "uscc-wrong"),
        ("login", "admin", "login-wrong"),
    ];
    for (name, value, mistake) in wrong {
        let reply =
            browser.post("/self-check/register", &registration(&check, &[(name, value)])).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(reply.has(mistake) && reply.has("13800001111"), "{name}: {}", reply.body);
    }
    let after = stored(&world).await;
    for table in ["person", "session", "self_check"] {
        assert_eq!(after[table], before[table], "{table}");
    }
    let done = browser.post("/self-check/register", &registration(&check, &[])).await;
    assert_eq!(done.location(), "/own/checks?done=check-kept", "{}", done.body);
    let list = browser.get("/own/checks?done=check-kept").await;
    assert!(list.has("我的自测") && list.has("自测已保存") && list.has("市级主管部门"));
    let home = browser.get("/").await;
    assert!(!home.has("海燕"), "a claim is no key");
    assert_eq!(browser.get("/organisations").await.status, StatusCode::FORBIDDEN);
    let (_, rest) = list.body.split_once("href=\"/own/checks/").unwrap();
    let id: i64 = rest.split('"').next().unwrap().parse().unwrap();
    let open = browser.get(&format!("/own/checks/{id}")).await;
    assert!(open.has("我的自测") && open.has("带入的数据"), "{}", open.body);
    // It says that it is kept, also on the way back to it, and offers no second time to keep it.
    let check = open.hidden("check");
    let back = browser.post("/self-check/result", &[("check", &check)]).await;
    for page in [&open, &back] {
        assert!(page.has("已保存到您的账号，保存至") && !page.has("平台不保存您的回答"));
        assert!(!page.has("formaction=\"/self-check/keep\""), "{}", page.body);
    }
    let on = browser.post("/self-check/go", &[("check", &check)]).await;
    let changed = answer(&mut browser, &on, "skip", &[]).await;
    assert!(changed.has("平台不保存您的回答") && !changed.has("保存至"), "{}", changed.body);
    // Nothing of it lies open in the database.
    let unit = world.platform.store().read().await.unwrap();
    let person = store::person::by_login(&unit, "zhao.min").await.unwrap().unwrap();
    let now = world.platform.now();
    let kept = store::self_check::find(&unit, id, person.id, now).await.unwrap().unwrap();
    let bytes = String::from_utf8_lossy(&kept.document).into_owned();
    assert!(!bytes.contains("revenue") && !bytes.contains("91370202"));
    assert!(store::membership::of_person(&unit, person.id).await.unwrap().is_empty());
    drop(unit);
    // Nobody else sees it, whatever their role.
    for login in ["admin", "security", "auditor"] {
        let other = world.settled(login).await;
        let mut other = Browser::with(&world.router, world.session(other, true).await);
        assert_eq!(other.get(&format!("/own/checks/{id}")).await.status, StatusCode::NOT_FOUND);
        let drop = other.post(&format!("/own/checks/{id}/drop"), &[]).await;
        assert_eq!(drop.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn who_has_signed_in_keeps_it_there_and_deletes_it() {
    let world = world().await;
    let person = world.person("liqiang", "李强", Role::EnterpriseManager, world.firms[0]).await;
    let mut browser = Browser::with(&world.router, world.session(person, false).await);
    let page = bring(&mut browser, DOCUMENT).await;
    let check = page.hidden("check");
    let form = browser.post("/self-check/keep", &[("check", &check)]).await;
    assert!(form.has("action=\"/own/checks\"") && !form.has("name=\"password\""), "{}", form.body);
    let refused = browser.post("/own/checks", &[("check", &check), ("title", "一")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("consent-wrong"));
    let fields = [("check", check.as_str()), ("title", "一"), ("consent", "yes")];
    let kept = browser.post("/own/checks", &fields).await;
    assert_eq!(kept.location(), "/own/checks?done=check-kept", "{}", kept.body);
    let list = browser.get("/own/checks").await;
    let (_, rest) = list.body.split_once("href=\"/own/checks/").unwrap();
    let path = format!("/own/checks/{}", rest.split('"').next().unwrap());
    let ask = browser.get(&format!("{path}/drop")).await;
    assert!(ask.has("不能恢复"));
    let gone = browser.post(&format!("{path}/drop"), &[]).await;
    assert_eq!(gone.location(), "/own/checks?done=check-dropped");
    assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
    // A form of another session is none of ours.
    browser.secret = "wrong".into();
    assert_eq!(browser.post("/own/checks", &fields).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn registration_can_be_closed_and_is_limited() {
    let limits =
        web::Limits { registrations_by_address: 2.try_into().unwrap(), ..web::Limits::default() };
    let config = WebConfig { limits, ..WebConfig::default() };
    let world = World::under(testbed::sqlite(), config, world::rules()).await;
    let mut browser = Browser::new(&world.router);
    let page = bring(&mut browser, DOCUMENT).await;
    let check = page.hidden("check");
    for status in [
        StatusCode::UNPROCESSABLE_ENTITY,
        StatusCode::UNPROCESSABLE_ENTITY,
        StatusCode::TOO_MANY_REQUESTS,
    ] {
        let fields = registration(&check, &[("login", "admin")]);
        assert_eq!(browser.post("/self-check/register", &fields).await.status, status);
    }
    let security = world.settled("security").await;
    let mut officer = Browser::with(&world.router, world.session(security, true).await);
    let page = officer.get("/security").await;
    assert!(page.has("自助注册"));
    let version = page.hidden("version");
    let closed = [
        ("version", version.as_str()),
        ("password_length", "12"),
        ("password_days", "180"),
        ("lock_after", "5"),
        ("lock_minutes", "15"),
        ("session_idle_minutes", "30"),
        ("session_hours", "12"),
        ("invitation_days", "7"),
        ("token_days", "365"),
        ("audit_digest", "sm3"),
    ];
    assert_eq!(officer.post("/security", &closed).await.status, StatusCode::SEE_OTHER);
    let form = browser.post("/self-check/keep", &[("check", &check)]).await;
    assert!(form.has("没有开放自助注册") && !form.has("name=\"password\""));
}

#[tokio::test]
async fn after_a_verdict_one_goes_on_to_see_what_else_is_missing() {
    let world = world().await;
    let mut browser = Browser::new(&world.router);
    let page = browser.post("/self-check", &[("wanted", "specialised-sme")]).await;
    let mut page = answer(&mut browser, &page, "answer", &[("value", "2015-03-01")]).await;
    // A no where the law wants a yes ends it; whatever is asked before that is skipped.
    let mut count = 0;
    while page.has("class=\"box question\"") {
        let no = page.has("name=\"value\" value=\"no\"");
        let next = if no {
            answer(&mut browser, &page, "answer", &[("value", "no")]).await
        } else {
            answer(&mut browser, &page, "skip", &[]).await
        };
        page = next;
        count += 1;
        assert!(count < 100, "it never ends");
    }
    assert!(page.has("继续回答，看还差什么") && page.has("不符合"), "{}", page.body);
    assert!(page.has("value=\"*\""));
    let check = page.hidden("check");
    let full = browser
        .post("/self-check/programme", &[("check", &check), ("programme", "specialised-sme")])
        .await;
    assert!(full.has("name=\"further\" value=\"specialised-sme\""), "{}", full.body);
    for which in ["*", "specialised-sme"] {
        let on = browser.post("/self-check/go", &[("check", &check), ("further", which)]).await;
        assert!(on.has("class=\"box question\"") && on.has("再看还差什么"), "{}", on.body);
        let after = answer(&mut browser, &on, "skip", &[]).await;
        assert_eq!(after.status, StatusCode::OK);
        assert_ne!(after.hidden("asked"), on.hidden("asked"));
    }
    let none = browser
        .post("/self-check/go", &[("check", &check), ("further", "high-tech-enterprise")])
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_skipped_is_not_counted_as_answered() {
    let world = world().await;
    let mut browser = Browser::new(&world.router);
    let page = browser.post("/self-check", &[("wanted", "specialised-sme")]).await;
    let page = answer(&mut browser, &page, "answer", &[("value", "2015-03-01")]).await;
    assert!(page.has("已答 1 题，目前看"), "{}", page.body);
    let page = answer(&mut browser, &page, "skip", &[]).await;
    assert!(page.has("已答 1 题，跳过 1 题，目前看"), "{}", page.body);
    assert!(page.has("<summary>已答 1 题，跳过 1 题</summary>"));
}

/// Nobody comes up against the largest amount that can be computed with.
#[tokio::test]
async fn the_range_stands_beside_a_field_only_where_it_helps() {
    let world = world().await;
    let mut browser = Browser::new(&world.router);
    let page = browser.post("/self-check", &[]).await;
    let check = page.hidden("check");
    for (asked, told) in [("f/revenue/2025", false), ("f/employees/2025", true)] {
        let page = browser.post("/self-check/go", &[("check", &check), ("asked", asked)]).await;
        assert_eq!(page.status, StatusCode::OK, "{asked}: {}", page.body);
        assert_eq!(page.has("可填范围"), told, "{asked}: {}", page.body);
    }
}
