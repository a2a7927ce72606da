//! A population from the form to the list of firms, with a browser: brought, looked at, put in use, screened.

use std::sync::Arc;

use access::Role;
use app::jobs::Worker;
use axum::body::Body;
use axum::http::StatusCode;

use crate::browser::{Browser, Reply};
use crate::world::{World, rules};

async fn city() -> (World, Browser) {
    let world = World::under(testbed::sqlite(), web::WebConfig::default(), rules()).await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let browser = Browser::with(&world.router, world.session(officer, true).await);
    (world, browser)
}

/// Sends the form as a browser does.
async fn bring(browser: &mut Browser, fields: &[(&str, &str)], file: &str) -> Reply {
    let secret = browser.secret.clone();
    let mut body = String::new();
    for (name, value) in [("_secret", secret.as_str())].iter().chain(fields) {
        body.push_str(&format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str(&format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{file}\r\n--xyz--\r\n"
    ));
    let request = browser
        .request("POST", "/populations/bring")
        .header("origin", "http://tidu.test")
        .header("content-type", "multipart/form-data; boundary=xyz")
        .body(Body::from(body));
    browser.send(request.unwrap()).await
}

/// A code that checks.
pub(crate) fn code(number: u32) -> String {
    let first = format!("91370202MA{number:07}");
    format!("{first}{}", enterprise::Uscc::check_character(&first).unwrap())
}

/// Two firms, and a row with a code that does not check.
fn file() -> String {
    format!(
        "统一社会信用代码,企业名称,所在区县\n{},青岛海燕精密制造有限公司,市南区\n\
        {},青岛崂山云帆软件有限公司,市北区\n91370202MA00000000,<b>写错代码的企业</b>,市北区\n",
        code(1),
        code(2)
    )
}

/// Has the two firms screened.
pub(crate) async fn in_use(world: &World) {
    let officer = world.person("population", "周敏", Role::CityOfficer, 1).await;
    let mut browser = Browser::with(&world.router, world.session(officer, true).await);
    let fields = [("name", "底数"), ("known_as_of", "2026-11-20")];
    let brought = bring(&mut browser, &fields, &file()).await;
    assert_eq!(brought.status, StatusCode::SEE_OTHER, "{}", brought.body);
    let known = browser.get("/populations/1/use").await.hidden("known");
    browser.post("/populations/1/use", &[("known", &known)]).await;
    let worker = Worker::new(Arc::clone(&world.platform)).unwrap();
    while worker.step().await.unwrap() {}
}

#[tokio::test]
async fn a_population_is_brought_looked_at_and_put_in_use() {
    let (world, mut browser) = city().await;
    assert!(browser.get("/populations").await.has("还没有企业底数"));
    assert!(browser.get("/populations/bring").await.has("enctype=\"multipart/form-data\""));
    let fields = [("name", "十一月底数"), ("known_as_of", "2026-11-20"), ("base_year", "2025")];
    let brought = bring(&mut browser, &fields, &file()).await;
    assert_eq!(brought.location(), "/populations/1?done=population-brought", "{}", brought.body);
    let page = browser.get(brought.location()).await;
    for part in ["十一月底数", "尚未启用", "2026-11-20", "王芳", "写错代码的企业", "底数已保存"]
    {
        assert!(page.has(part), "{part}: {}", page.body);
    }
    assert!(!page.body.contains("<b>写错"), "{}", page.body);
    let again = bring(&mut browser, &fields, &file()).await;
    assert_eq!(again.location(), "/populations/1?done=population-again", "{}", again.body);

    let ask = browser.get("/populations/1/use").await;
    let known = ask.hidden("known");
    let used = browser.post("/populations/1/use", &[("known", &known)]).await;
    assert_eq!(used.location(), "/populations?done=population-in-use", "{}", used.body);
    let worker = Worker::new(Arc::clone(&world.platform)).unwrap();
    while worker.step().await.unwrap() {}
    let page = browser.get("/populations").await;
    for part in ["启用中", "筛查记录", "十一月底数"] {
        assert!(page.has(part), "{part}: {}", page.body);
    }
    assert!(browser.get("/enterprises").await.has("青岛崂山云帆软件有限公司"));
    let twice = browser.post("/populations/1/use", &[("known", "1")]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);
    let screened = browser.post("/populations/screen", &[]).await;
    assert_eq!(screened.location(), "/populations?done=screening-asked", "{}", screened.body);
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_beside_its_field_and_kept_in_the_form() {
    let (_world, mut browser) = city().await;
    let day = "2026-11-20";
    let sound = file();
    let table = [
        (["甲", "soon", ""], sound.as_str(), "known_as_of-wrong"),
        (["甲", day, "last"], sound.as_str(), "base_year-wrong"),
        (["甲", "", ""], sound.as_str(), "known_as_of-wrong"),
        (["", day, ""], sound.as_str(), "name-wrong"),
        (["甲", day, ""], "", "file-wrong"),
        (["甲", day, ""], "统一社会信用代码,企业名称\n1,甲\n", "file-wrong"),
    ];
    for ([name, known, year], file, wrong) in table {
        let fields = [("name", name), ("known_as_of", known), ("base_year", year)];
        let reply = bring(&mut browser, &fields, file).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {}", reply.body);
        assert!(reply.has(&format!("id=\"{wrong}\"")), "{wrong}: {}", reply.body);
        assert!(reply.has(&format!("value=\"{name}\"")), "{}", reply.body);
    }
    assert!(browser.get("/populations").await.has("还没有企业底数"));
}
