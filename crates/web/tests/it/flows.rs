//! What people come for, from the list to the done: organisations, delegations, jobs, rulebooks, accounts, tokens.

use access::{OrganisationKind, Role};
use axum::body::Body;
use axum::http::StatusCode;

use crate::browser::Browser;
use crate::world::World;

async fn officer(world: &World, login: &str) -> Browser {
    let id = world.settled(login).await;
    Browser::with(&world.router, world.session(id, true).await)
}

#[tokio::test]
async fn an_organisation_is_entered_changed_closed_and_opened() {
    let world = World::new().await;
    let mut browser = officer(&world, "admin").await;
    let form = browser.get("/organisations/new").await;
    assert!(form.has("区市") && form.has("青岛市工业和信息化局"));
    let new =
        [("parent", "1"), ("kind", "district"), ("name", ""), ("uscc", ""), ("district", "1")];
    let wrong = browser.post("/organisations/new", &new).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("id=\"name-wrong\""), "{}", wrong.body);
    let new = [
        ("parent", "1"),
        ("kind", "district"),
        ("name", "黄岛区工业和信息化局"),
        ("uscc", ""),
        ("district", "370211"),
    ];
    let made = browser.post("/organisations/new", &new).await;
    assert!(made.location().ends_with("?done=organisation-created"), "{}", made.body);
    let page = browser.get(made.location()).await;
    assert!(page.has("黄岛区工业和信息化局") && page.has("370211") && page.has("单位已建立"));
    let here = made.location().split('?').next().unwrap().to_owned();
    let version = browser.get(&format!("{here}/change")).await.hidden("version");
    let changed = [
        ("version", version.as_str()),
        ("name", "西海岸新区工业和信息化局"),
        ("uscc", ""),
        ("district", "370211"),
    ];
    assert_eq!(
        browser.post(&format!("{here}/change"), &changed).await.status,
        StatusCode::SEE_OTHER
    );
    let again = browser.post(&format!("{here}/change"), &changed).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "somebody else was quicker");
    for (way, state) in [("close", "已关闭"), ("reopen", "正常")] {
        let ask = browser.get(&format!("{here}/{way}")).await;
        assert!(ask.has("西海岸新区"), "{}", ask.body);
        let version = ask.hidden("version");
        let done = browser.post(&format!("{here}/{way}"), &[("version", &version)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(browser.get(&here).await.has(state));
    }
    // One with others below it stays open, and says why.
    let ask = browser.get("/organisations/1/close").await;
    let version = ask.hidden("version");
    let refused = browser.post("/organisations/1/close", &[("version", &version)]).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
}

#[tokio::test]
async fn a_firm_lets_an_adviser_act_and_takes_it_back() {
    let world = World::new().await;
    let office =
        world.organisation(1, OrganisationKind::AdviserOffice, "青岛启航代办服务中心", None).await;
    let manager = world.person("liqiang", "李强", Role::EnterpriseManager, world.firms[0]).await;
    let mut browser = Browser::with(&world.router, world.session(manager, true).await);
    assert!(browser.get("/delegations").await.has("没有代办授权"));
    assert!(browser.get("/delegations/new").await.has("青岛启航代办服务中心"));
    let to = office.to_string();
    let form = browser.get(&format!("/delegations/new?to={to}")).await;
    assert!(form.has("青岛海燕精密制造有限公司"));
    let firm = world.firms[0].to_string();
    let until =
        (app::today(world.platform.now()) + jiff::SignedDuration::from_hours(24 * 30)).to_string();
    for wrong in ["", "soon", "2020-01-01", "2099-01-01"] {
        let reply = browser
            .post("/delegations/new", &[("firm", &firm), ("to", &to), ("until", wrong)])
            .await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(reply.has("id=\"until-wrong\""), "{wrong}: {}", reply.body);
    }
    let given =
        browser.post("/delegations/new", &[("firm", &firm), ("to", &to), ("until", &until)]).await;
    assert_eq!(given.location(), "/delegations?done=delegation-granted", "{}", given.body);
    let list = browser.get("/delegations").await;
    let (_, rest) = list.body.split_once("href=\"/delegations/").unwrap();
    let path = list
        .body
        .split("href=\"")
        .find(|part| part.starts_with("/delegations/") && part.contains("/end\""))
        .unwrap_or(rest);
    let path = path.split('"').next().unwrap().to_owned();
    let ask = browser.get(&path).await;
    let version = ask.hidden("version");
    assert_eq!(
        browser.post(&path, &[("version", &version)]).await.location(),
        "/delegations?done=delegation-ended"
    );
    assert!(browser.get("/delegations").await.has("已收回"));
}

#[tokio::test]
async fn a_job_that_failed_is_seen_and_begun_anew_and_schedules_stop() {
    let world = World::new().await;
    let now = world.platform.now();
    let unit = world.platform.store().write().await.unwrap();
    let new = store::job::New {
        kind: "audit.verify",
        payload: "null",
        only_one: None,
        attempts_allowed: 1,
        run_at: now,
        asked_by: None,
        at: now,
    };
    let id = store::job::ask(&unit, &new).await.unwrap().unwrap();
    unit.commit().await.unwrap();
    let mut browser = officer(&world, "admin").await;
    let job = format!("/jobs/{id}");
    assert!(browser.get("/jobs").await.has("校验全部审计记录"));
    assert!(browser.get(&format!("{job}/cancel")).await.has("取消任务"));
    let reply = browser.post(&format!("{job}/cancel"), &[]).await;
    assert_eq!(reply.location(), format!("{job}?done=job-cancelled"), "{}", reply.body);
    assert!(browser.get("/jobs?state=cancelled").await.has("已取消"));
    assert!(browser.get("/jobs?state=dead").await.has("没有任务"));
    assert_eq!(browser.post(&format!("{job}/retry"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.post(&format!("{job}/retry"), &[]).await.status, StatusCode::CONFLICT);
    let page = browser.get("/schedules").await;
    assert!(page.has("备份数据库") && page.has("启用"));
    assert_eq!(
        browser.post("/schedules/audit.seal", &[("on", "false")]).await.location(),
        "/schedules?done=schedule-off"
    );
    assert_eq!(
        browser.post("/schedules/nothing", &[("on", "false")]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        browser.post("/schedules/audit.seal", &[("on", "perhaps")]).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn an_account_is_disabled_after_asking_again_and_enabled() {
    let world = World::new().await;
    let person = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let mut theirs = Browser::with(&world.router, world.session(person, true).await);
    assert_eq!(theirs.get("/people").await.status, StatusCode::OK);
    let mut browser = officer(&world, "admin").await;
    let here = format!("/people/{person}");
    for (way, done) in [("disable", "person-disabled"), ("enable", "person-enabled")] {
        let ask = browser.get(&format!("{here}/{way}")).await;
        assert!(ask.has("王芳"));
        let reply =
            browser.post(&format!("{here}/{way}"), &[("version", &ask.hidden("version"))]).await;
        assert_eq!(reply.location(), format!("{here}?done={done}"), "{}", reply.body);
    }
    assert_eq!(
        theirs.get("/people").await.location(),
        "/sign-in?next=%2Fpeople",
        "their sessions have ended"
    );
    let reset = browser.post(&format!("{here}/reset-password"), &[]).await;
    assert!(reset.has("一次性密码"), "{}", reset.body);
    // Nobody does it to themselves.
    assert_eq!(browser.get("/people/1/disable").await.status, StatusCode::FORBIDDEN);
    for version in ["1", "2", "3"] {
        let reply = browser.post("/people/1/disable", &[("version", version)]).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_token_is_shown_once_and_opens_what_it_carries() {
    let world = World::new().await;
    let person = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let mut browser = Browser::with(&world.router, world.session(person, true).await);
    assert!(browser.get("/own/tokens/new").await.has("查看人员名单"));
    let none = browser.post("/own/tokens/new", &[("name", ""), ("days", "x")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [
        ("name", "报表"),
        ("days", "30"),
        ("actions", "person.list"),
        ("actions", "own.read-profile"),
        ("present", world.password()),
    ];
    let without = browser.post("/own/tokens/new", &fields[..4]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.has("当前密码不对") && !without.has("<code>tidu_"));
    let made = browser.post("/own/tokens/new", &fields).await;
    let (_, rest) = made.body.split_once("<code>tidu_").unwrap();
    let token = format!("tidu_{}", rest.split('<').next().unwrap());
    assert!(!browser.get("/own/tokens").await.has(&token));
    let mut program = Browser::token(&world.router, &token);
    let people: serde_json::Value =
        serde_json::from_str(&program.get("/api/v1/people?q=王").await.body).unwrap_or_default();
    let people = if people.is_null() {
        serde_json::from_str(&program.get("/api/v1/people?q=%E7%8E%8B").await.body).unwrap()
    } else {
        people
    };
    assert_eq!(
        (people["total"].as_i64(), people["rows"][0]["name"]["text"].as_str()),
        (Some(1), Some("王芳"))
    );
    let me: serde_json::Value =
        serde_json::from_str(&program.get("/api/v1/own").await.body).unwrap();
    assert_eq!(me["may"], serde_json::json!(["person.list", "own.read-profile"]));
    let refused = program.get("/api/v1/organisations").await;
    assert_eq!(
        (refused.status, refused.header("content-type")),
        (StatusCode::FORBIDDEN, "application/problem+json")
    );
    // With a token no cookie counts.
    program.cookies = browser.cookies.clone();
    assert_eq!(program.get("/api/v1/organisations").await.status, StatusCode::FORBIDDEN);
    let path = browser
        .get("/own/tokens")
        .await
        .body
        .split("href=\"")
        .find(|part| part.contains("/revoke\""))
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    browser.get(&path).await;
    assert_eq!(browser.post(&path, &[]).await.location(), "/own/tokens?done=token-revoked");
    assert_eq!(program.get("/api/v1/own").await.status, StatusCode::UNAUTHORIZED);
}

/// The rulebook of the repository with another name for a programme, as a ZIP.
fn changed_rules() -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, text) in crate::world::rules().iter() {
        zip.start_file(path.to_string(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(
            text.replace("\"专精特新中小企业\"", "\"专精特新中小企业（试行）\"").as_bytes(),
        )
        .unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_rulebook_is_brought_by_one_officer_and_put_in_force_by_another() {
    let world =
        World::under(testbed::sqlite(), web::WebConfig::default(), crate::world::rules()).await;
    let one = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let other = world.person("zhaolei", "赵磊", Role::CityOfficer, 1).await;
    let mut browser = Browser::with(&world.router, world.session(one, true).await);
    let list = browser.get("/rulebooks").await;
    assert!(list.has("示例规则库") && list.has("启用中") && list.has("首次启动"));
    let first = world.platform.law().hash.clone();
    let page = browser.get(&format!("/rulebooks/{first}")).await;
    assert!(page.has("正在启用") && page.has("没有错误，也没有警告"), "{}", page.body);
    assert_eq!(browser.get("/rulebooks/none").await.status, StatusCode::NOT_FOUND);
    let form = browser.get("/rulebooks/bring").await;
    assert!(form.has("enctype=\"multipart/form-data\""));
    let secret = browser.secret.clone();
    let send = |secret: &str, zip: &[u8]| {
        let part = |name: &str, value: &str| {
            format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let file =
            "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n\r\n";
        let head = format!("{}{}{file}", part("_secret", secret), part("title", "2027 年规则"));
        [head.as_bytes(), zip, b"\r\n--xyz--\r\n"].concat()
    };
    let zip = changed_rules();
    let table = [
        ("", zip.as_slice(), StatusCode::FORBIDDEN),
        (secret.as_str(), b"no zip", StatusCode::UNPROCESSABLE_ENTITY),
        (secret.as_str(), zip.as_slice(), StatusCode::SEE_OTHER),
    ];
    let mut brought = String::new();
    for (secret, zip, status) in table {
        let request = browser
            .request("POST", "/rulebooks/bring")
            .header("origin", "http://tidu.test")
            .header("content-type", "multipart/form-data; boundary=xyz")
            .body(Body::from(send(secret, zip)))
            .unwrap();
        let reply = browser.send(request).await;
        assert_eq!(reply.status, status, "{}", reply.body);
        brought = reply.location().split('?').next().unwrap().to_owned();
    }
    assert_eq!(world.platform.law().hash, first, "it is not in force");
    browser.secret = secret;
    let page = browser.get(&brought).await;
    assert!(page.has("启用后的变化") && page.has("专精特新中小企业（试行）"), "{}", page.body);
    assert!(page.has("须由上传人以外的人启用") && !page.has("/switch"), "{}", page.body);
    assert!(
        page.has("王芳") && !page.has(&format!("#{one}<")),
        "who brought it has a name: {}",
        page.body
    );
    assert!(!browser.get(&format!("{brought}/switch")).await.has("name=\"note\""));
    let mut second = Browser::with(&world.router, world.session(other, true).await);
    let seen = second.get(&brought).await;
    assert!(seen.has("王芳") && seen.has("/switch"), "{}", seen.body);
    let known = second.get(&format!("{brought}/switch")).await.hidden("known");
    let own =
        browser.post(&format!("{brought}/switch"), &[("known", &known), ("note", "新办法")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "who brought it does not put it in force");
    let none = second.post(&format!("{brought}/switch"), &[("known", &known), ("note", "")]).await;
    assert!(
        none.status == StatusCode::UNPROCESSABLE_ENTITY && none.has("id=\"note-wrong\""),
        "{}",
        none.body
    );
    let done = second
        .post(&format!("{brought}/switch"), &[("known", &known), ("note", "按新办法执行")])
        .await;
    assert_eq!(done.location(), "/rulebooks?done=rulebook-switched", "{}", done.body);
    assert_ne!(world.platform.law().hash, first);
    let list = second.get("/rulebooks").await;
    assert!(list.has("按新办法执行") && list.has("王芳") && list.has("赵磊"), "{}", list.body);
    // Whoever has not seen this switch does not undo it unawares.
    let back = browser
        .post(&format!("/rulebooks/{first}/switch"), &[("known", &known), ("note", "改回")])
        .await;
    assert_eq!(back.status, StatusCode::CONFLICT, "{}", back.body);
}
