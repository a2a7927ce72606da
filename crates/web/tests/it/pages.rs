//! The pages themselves: what people typed is shown as text, lists are exported, records are found.

use access::Role;
use axum::http::StatusCode;
use web::routes::{Kind, Method, ROUTES};

use crate::browser::Browser;
use crate::heads::filled;
use crate::world::World;

const NAME: &str = "<script>alert('1')</script>";

#[tokio::test]
async fn what_somebody_typed_is_text_everywhere() {
    let world = World::new().await;
    let firm = world
        .organisation(
            world.districts[0],
            access::OrganisationKind::Enterprise,
            "<img src=x onerror=alert(1)>\"'&",
            None,
        )
        .await;
    world.person("bad", NAME, Role::EnterpriseManager, firm).await;
    let manager = world.person("bad2", NAME, Role::EnterpriseManager, firm).await;
    let admin = world.settled("admin").await;
    let security = world.settled("security").await;
    let auditor = world.settled("auditor").await;
    let officer = world.person("wangfang", NAME, Role::CityOfficer, 1).await;
    let mut shown = 0;
    for person in [manager, admin, security, auditor, officer] {
        let mut browser = Browser::with(&world.router, world.session(person, true).await);
        for route in
            ROUTES.iter().filter(|route| route.kind == Kind::Page && route.method == Method::Get)
        {
            for path in [
                filled(route.path).replace("/1", &format!("/{manager}")),
                filled(route.path).replace("/1", &format!("/{firm}")),
                format!("{}?q=%3Cscript%3E&organisation={firm}", filled(route.path)),
                format!(
                    "{}?q=%22%3E%3Cb%3Ex&person=%22%3E%3Cscript%3E&done=%3Cscript%3E&lang=en",
                    filled(route.path)
                ),
            ] {
                let reply = browser.get(&path).await;
                if reply.header("content-type").starts_with("text/html") {
                    assert!(!reply.has_strange_script(), "{path}");
                    assert!(
                        !reply.has("<img src=x")
                            && !reply.has("\"><b>x")
                            && !reply.has("onerror=alert(1)>"),
                        "{path}"
                    );
                    shown += usize::from(reply.has("&#60;script&#62;"));
                }
            }
        }
    }
    assert!(shown > 20, "{shown}");
}

#[tokio::test]
async fn an_export_has_no_formula_and_says_who_took_it() {
    let world = World::new().await;
    world.person("evil", "=cmd|'/c calc'!A1", Role::EnterpriseMember, world.firms[0]).await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let mut browser = Browser::with(&world.router, world.session(officer, true).await);
    let reply = browser.get("/people/export.xlsx").await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.header("content-disposition").contains("UTF-8''%E4%BA%BA%E5%91%98.xlsx"));
    let texts = reply.texts_of_workbook();
    assert!(texts.iter().any(|text| text.starts_with("=cmd|")), "{texts:?}");
    let last = texts.last().unwrap();
    assert!(last.contains("王芳") && last.contains("请勿外传"), "{last}");
}

#[tokio::test]
async fn a_workbook_has_what_the_filter_and_the_choice_of_columns_leave() {
    let world = World::new().await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let mut browser = Browser::with(&world.router, world.session(officer, true).await);
    let page = browser.get("/organisations?q=%E7%B2%BE%E5%AF%86&columns=uscc&sort=-uscc").await;
    let (_, rest) = page.body.split_once("href=\"/organisations/export.xlsx?").unwrap();
    let query = rest.split('"').next().unwrap().replace("&#38;", "&");
    let reply = browser.get(&format!("/organisations/export.xlsx?{query}")).await;
    let texts = reply.texts_of_workbook();
    let expected =
        ["单位名称", "统一社会信用代码", "青岛海燕精密制造有限公司", "91370202MA3C1A2B3X"];
    assert_eq!(&texts[..4], expected, "{texts:?}");
    assert!(texts[4].contains("王芳"));
    assert_eq!(texts.len(), 5);
    // Not everybody who sees the list may take it out.
    let firm = world.person("liqiang", "李强", Role::EnterpriseMember, world.firms[0]).await;
    let mut browser = Browser::with(&world.router, world.session(firm, true).await);
    assert!(!browser.get("/organisations").await.has("export.xlsx"));
    let refused = browser.get("/organisations/export.xlsx").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn lists_are_sorted_and_columns_chosen_by_the_address() {
    let world = World::new().await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    world.person("aaa", "赵磊", Role::DistrictOfficer, world.districts[0]).await;
    let mut browser = Browser::with(&world.router, world.session(officer, true).await);
    let order =
        |body: &str, one: &str, two: &str| body.find(one).unwrap() < body.find(two).unwrap();
    let (south, north) = ("市南区工业和信息化局</a>", "市北区工业和信息化局</a>");
    let up = browser.get("/organisations?sort=name").await;
    let down = browser.get("/organisations?sort=-name").await;
    assert!(order(&up.body, north, south) && order(&down.body, south, north));
    assert!(up.has("aria-sort=\"ascending\"") && down.has("aria-sort=\"descending\""));
    let plain = browser.get("/organisations?sort=parent_id;drop").await;
    assert!(!plain.has("aria-sort=\"ascending\"") && plain.has("aria-sort=\"none\""));
    let few = browser.get("/people?columns=phone").await;
    assert!(few.has("data-head=\"电话\""), "{}", few.body);
    assert!(!few.has("data-head=\"邮箱\"") && few.has("赵磊"));
}

#[tokio::test]
async fn a_look_is_kept_and_the_address_stays_clean() {
    let world = World::new().await;
    let mut browser = Browser::new(&world.router);
    let reply = browser.get("/sign-in?next=%2Fpeople&theme=dark").await;
    assert_eq!(reply.location(), "/sign-in?next=%2Fpeople");
    assert!(reply.set_cookies()[0].starts_with("tidu-look=dark-normal; "));
    assert!(browser.get("/sign-in").await.has("data-theme=\"dark\""));
    browser.get("/sign-in?type=large").await;
    let page = browser.get("/sign-in?next=%2Fpeople").await;
    assert!(page.has("data-theme=\"dark\" data-type=\"large\""), "{}", page.body);
    assert!(page.has("href=\"/sign-in?next=%2Fpeople&#38;theme=light\""), "{}", page.body);
    assert_eq!(browser.get("/sign-in?theme=nonsense").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_made_up_says_so_on_every_page_and_in_every_file() {
    let world = World::with(web::WebConfig { demo: true, ..Default::default() }).await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let mut browser = Browser::with(&world.router, world.session(officer, true).await);
    for path in ["/", "/people", "/nowhere", "/developers/components", "/audit"] {
        assert!(browser.get(path).await.has("class=\"made-up\""), "{path}");
    }
    let texts = browser.get("/people/export.xlsx").await.texts_of_workbook();
    assert!(texts.iter().any(|text| text.contains("演示数据")), "{texts:?}");
    let real = World::new().await;
    let mut browser = Browser::new(&real.router);
    assert!(!browser.get("/sign-in").await.has("made-up"));
}

#[tokio::test]
async fn an_auditor_finds_verifies_and_takes_records() {
    let world = World::new().await;
    let auditor = world.settled("auditor").await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let mut other = Browser::with(&world.router, world.session(officer, true).await);
    assert_eq!(other.get("/audit").await.status, StatusCode::FORBIDDEN);
    let mut browser = Browser::with(&world.router, world.session(auditor, true).await);
    let page = browser.get(&format!("/audit?person={officer}&outcome=refused&action=audit.")).await;
    assert!(
        page.has("查看业务用户审计记录") && page.has("拒绝") && page.has("共 1 条"),
        "{}",
        page.body
    );
    let bad = browser.get("/audit?from=yesterday").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.has("日期应如"));
    let page = browser.post("/audit/verify", &[]).await;
    assert!(page.has("全部记录完整"), "{}", page.body);
    let file = browser.get("/audit/export.jsonl").await;
    assert!(file.body.lines().count() > 5 && file.body.lines().all(|line| line.starts_with('{')));
    let texts = browser.get("/audit/export.xlsx").await.texts_of_workbook();
    assert!(texts.iter().any(|text| text == "audit.read"), "{texts:?}");
    // The security officer sees ordinary people's records only.
    let security = world.settled("security").await;
    let mut browser = Browser::with(&world.router, world.session(security, true).await);
    assert!(browser.get(&format!("/audit?person={officer}")).await.has("共 1 条"));
    assert!(browser.get(&format!("/audit?person={auditor}")).await.has("没有符合条件"));
    assert_eq!(browser.get("/audit/export.jsonl").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn settings_of_security_hold_at_once_and_say_what_is_out_of_bounds() {
    let world = World::new().await;
    let security = world.settled("security").await;
    let mut browser = Browser::with(&world.router, world.session(security, true).await);
    let page = browser.get("/security").await;
    let version = page.hidden("version");
    let mut fields = vec![
        ("version", version.as_str()),
        ("password_length", "4"),
        ("password_days", "many"),
        ("lock_after", "5"),
        ("lock_minutes", "15"),
        ("session_idle_minutes", "30"),
        ("session_hours", "12"),
        ("invitation_days", "7"),
        ("token_days", "365"),
        ("second_factor_roles", "bank"),
        ("second_factor_roles", "city-officer"),
        ("audit_digest", "sha256"),
    ];
    let reply = browser.post("/security", &fields).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        reply.has("id=\"password_length-wrong\"") && reply.has("id=\"password_days-wrong\""),
        "{}",
        reply.body
    );
    assert!(reply.has("value=\"many\"") && reply.has("value=\"city-officer\" checked"));
    fields[1].1 = "14";
    fields[2].1 = "0";
    assert_eq!(
        browser.post("/security", &fields).await.location(),
        "/security?done=security-changed"
    );
    // Whoever is a city officer owes a second factor from now on.
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let mut other = Browser::with(&world.router, world.session(officer, false).await);
    assert_eq!(other.get("/people").await.location(), "/own/second-factor");
}
