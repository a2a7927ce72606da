//! Whatever number or text comes from outside: an answer, never a fault; and what cannot be read is told, never guessed.

use access::Role;
use axum::body::Body;
use axum::http::StatusCode;
use web::routes::{Method, ROUTES};
use web::{Limits, WebConfig};

use crate::browser::Browser;
use crate::world::World;

const NUMBERS: [&str; 9] = [
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551615",
    "-1",
    "0",
    "1",
    "99999999999999999999999",
    "1e9",
];

async fn world() -> World {
    let limits = Limits {
        sign_ins_by_address: std::num::NonZeroU32::MAX,
        api_requests: std::num::NonZeroU32::MAX,
        ..Limits::default()
    };
    World::with(WebConfig { limits, ..WebConfig::default() }).await
}

async fn everybody(world: &World) -> Vec<Browser> {
    let mut all = Vec::new();
    for login in ["admin", "security", "auditor"] {
        let id = world.settled(login).await;
        all.push(Browser::with(&world.router, world.session(id, true).await));
    }
    let manager = world.person("liqiang", "李强", Role::EnterpriseManager, world.firms[0]).await;
    let city = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    for id in [manager, city] {
        all.push(Browser::with(&world.router, world.session(id, true).await));
    }
    all
}

fn with(path: &str, value: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { value } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn no_number_in_an_address_is_a_fault() {
    let world = world().await;
    for mut browser in everybody(&world).await {
        for route in ROUTES.iter().filter(|route| route.method == Method::Get) {
            for number in NUMBERS.iter().chain(&["%00", "%ff", "%E4%BD%A0", "..%2f..", "'"]) {
                let path = with(route.path, number);
                let reply = browser.get(&path).await;
                assert!(!reply.status.is_server_error(), "{path}: {}", reply.body);
            }
            let plain = with(route.path, "1");
            for query in [
                "page=9223372036854775807",
                "page=18446744073709551615",
                "from=9999-12-31&until=9999-12-31",
                "from=-009999-01-01&until=-009999-01-01",
                "person=9223372036854775807&organisation=-9223372036854775808&parent=0&to=-1",
                "q=%25_%5C%27%22&kind=x&state=y&outcome=z&action=%25.",
                "sort=-x&columns=a&columns=b",
            ] {
                let reply = browser.get(&format!("{plain}?{query}")).await;
                assert!(!reply.status.is_server_error(), "{plain}?{query}: {}", reply.body);
            }
        }
    }
}

#[tokio::test]
async fn no_number_in_a_form_is_a_fault() {
    let world = world().await;
    let mut everybody = everybody(&world).await;
    for number in NUMBERS {
        let of_security: Vec<(&str, &str)> = [
            "version",
            "password_length",
            "password_days",
            "lock_after",
            "lock_minutes",
            "session_idle_minutes",
            "session_hours",
            "invitation_days",
            "token_days",
        ]
        .into_iter()
        .map(|name| (name, number))
        .chain([("audit_digest", "sm3")])
        .collect();
        let forms: [(&str, &[(&str, &str)]); 17] = [
            ("/own", &[("version", number), ("name", "甲"), ("phone", ""), ("mail", "")]),
            (
                "/organisations/2/change",
                &[("version", number), ("name", "乙"), ("uscc", ""), ("district", "")],
            ),
            ("/organisations/2/close", &[("version", number)]),
            ("/organisations/2/reopen", &[("version", number)]),
            (
                "/organisations/new",
                &[
                    ("parent", number),
                    ("kind", "district"),
                    ("name", "丙"),
                    ("uscc", ""),
                    ("district", ""),
                ],
            ),
            ("/people/5/disable", &[("version", number)]),
            ("/people/5/enable", &[("version", number)]),
            ("/people/5/roles/4/end", &[("version", number)]),
            (
                "/people/5/roles",
                &[("organisation", number), ("role", "leader"), ("until", "9999-12-31")],
            ),
            (
                "/people/5/roles",
                &[("organisation", "1"), ("role", "leader"), ("until", "-009999-01-01")],
            ),
            (
                "/people/invite",
                &[("organisation", number), ("login", "x.y.z"), ("name", "丁"), ("role", "leader")],
            ),
            ("/approvals/4", &[("version", number), ("approve", "true")]),
            ("/delegations/new", &[("firm", number), ("to", number), ("until", "9999-12-31")]),
            ("/delegations/1/end", &[("version", number)]),
            ("/own/tokens/new", &[("name", "t"), ("days", number), ("actions", "person.list")]),
            ("/security", &of_security),
            ("/rulebooks/none/switch", &[("note", number)]),
        ];
        for browser in &mut everybody {
            for (path, fields) in forms {
                let reply = browser.post(path, fields).await;
                assert!(!reply.status.is_server_error(), "{path} {number}: {}", reply.body);
                // A new organisation below a number, a token for a day: nothing else is done.
                // Whose account was disabled on the way is sent to the sign-in.
                let sent_away = reply
                    .headers
                    .get("location")
                    .is_some_and(|to| to.to_str().is_ok_and(|to| to.starts_with("/sign-in")));
                let made = reply.status == StatusCode::OK
                    || reply.status == StatusCode::SEE_OTHER && !sent_away;
                let may = [
                    "/own", "new", "close", "reopen", "change", "able", "end", "roles", "invite",
                    "security",
                ];
                assert!(
                    !made
                        || (number == "1" || number == "0")
                            && may.iter().any(|one| path.ends_with(one)),
                    "{path} {number}: {} {:?}",
                    reply.status,
                    reply.headers
                );
            }
        }
    }
}

#[tokio::test]
async fn what_is_no_text_is_refused_with_a_page_that_says_so() {
    let world = world().await;
    let id = world.settled("admin").await;
    let mut admin = Browser::with(&world.router, world.session(id, true).await);
    let secret = admin.secret.clone();
    for value in ["%ff%fe", "%E4%B8", "%zz", "100%", "a%00b", "a%1bb", "a%7f"] {
        let body =
            format!("_secret={secret}&parent=1&kind=district&uscc=&district=370211&name={value}");
        let request = admin
            .request("POST", "/organisations/new")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "http://tidu.test")
            .body(Body::from(body))
            .unwrap();
        let reply = admin.send(request).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{value}");
        assert!(reply.has("内容不是有效的文本"), "{value}: {}", reply.body);
        let reply = admin.get(&format!("/people?q={value}")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{value}");
        let reply = admin.get(&format!("/api/v1/people?q={value}")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{value}");
        assert!(reply.has("/api#problem-text"), "{value}: {}", reply.body);
    }
    assert!(!admin.get("/organisations").await.has("\u{fffd}"));
    // On either engine a sign-in with such a login is refused before it is looked for.
    for place in testbed::fresh() {
        let world = World::at(place, WebConfig::default()).await;
        let mut browser = Browser::new(&world.router);
        let request = browser
            .request("POST", "/sign-in")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "http://tidu.test")
            .body(Body::from("login=a%00b&password=x"))
            .unwrap();
        assert_eq!(browser.send(request).await.status, StatusCode::BAD_REQUEST);
        let id = world.settled("admin").await;
        let mut admin = Browser::with(&world.router, world.session(id, true).await);
        for path in ["/rulebooks/%00", "/people/%00", "/schedules/%00"] {
            assert!(admin.get(path).await.status.is_client_error(), "{path}");
        }
    }
}

#[tokio::test]
async fn a_filter_or_a_page_that_cannot_be_read_is_told_and_never_left_out() {
    let world = world().await;
    for login in ["admin", "auditor"] {
        let id = world.settled(login).await;
        let mut browser = Browser::with(&world.router, world.session(id, true).await);
        for (path, field) in [
            ("/audit?person=abc", "person"),
            ("/audit?outcome=zzz", "outcome"),
            ("/audit?action=zzz", "action"),
            ("/audit?from=yesterday", "from"),
            ("/jobs?state=lost", "state"),
            ("/organisations?kind=castle", "kind"),
        ] {
            if login == "admin" && path.starts_with("/audit") {
                continue;
            }
            let reply = browser.get(path).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(reply.has(&format!("id=\"{field}-wrong\"")), "{path}: {}", reply.body);
            assert!(!reply.has("<tbody"), "{path}: no rows are shown");
        }
        for page in ["abc", "-1", "0", "1.5", "99999999999999999999999"] {
            for (path, status) in [
                ("/people", StatusCode::UNPROCESSABLE_ENTITY),
                ("/organisations", StatusCode::UNPROCESSABLE_ENTITY),
                ("/jobs", StatusCode::UNPROCESSABLE_ENTITY),
                ("/api/v1/people", StatusCode::BAD_REQUEST),
            ] {
                let reply = browser.get(&format!("{path}?page={page}")).await;
                assert_eq!(reply.status, status, "{path} {page}");
            }
        }
        // Neither is two answers to one question; columns are chosen one by one.
        let twice = browser.get("/people?state=invited&state=locked").await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", twice.body);
        assert!(twice.has("“state”只能给出一次"), "{}", twice.body);
        let columns = browser.get("/people?columns=name&columns=login").await;
        assert_eq!(columns.status, StatusCode::OK, "{}", columns.body);
        let beyond = browser.get("/people?page=1000000").await;
        assert_eq!(beyond.status, StatusCode::OK);
        assert!(
            beyond.has("这一页没有内容：共 1 页") && !beyond.has("1000000/"),
            "{}",
            beyond.body
        );
        assert!(beyond.has("?page=1\""), "the way back to what there is");
    }
    // A record file is not made of filters that were not understood.
    let id = world.settled("auditor").await;
    let mut auditor = Browser::with(&world.router, world.session(id, true).await);
    for path in ["/audit/export.xlsx?person=abc", "/audit/export.jsonl?from=zzz"] {
        assert_eq!(auditor.get(path).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
}

#[tokio::test]
async fn an_action_that_nobody_knows_is_not_left_out_of_a_token() {
    let world = world().await;
    let id = world.settled("admin").await;
    let mut admin = Browser::with(&world.router, world.session(id, true).await);
    let fields =
        [("name", "t"), ("days", "9"), ("actions", "person.list"), ("actions", "nonsense")];
    let reply = admin.post("/own/tokens/new", &fields).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.has("nonsense") && !reply.has("tidu_"), "{}", reply.body);
}

#[tokio::test]
async fn whoever_watches_is_told_within_a_second_that_the_database_is_gone() {
    let Some(place) = testbed::postgres() else { return };
    let world = World::at(place, WebConfig::default()).await;
    let testbed::Fresh::Postgres(server) = world.place() else { panic!("no server") };
    let mut browser = Browser::new(&world.router);
    assert_eq!(browser.get("/readyz").await.status, StatusCode::OK);
    server.shut();
    for path in ["/readyz", "/readyz", "/api/v1/own", "/readyz"] {
        let began = std::time::Instant::now();
        let token = Browser::token(&world.router, "tidu_of_nobody");
        let reply =
            if path == "/readyz" { browser.get(path).await } else { token.clone().get(path).await };
        assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        let limit = if path == "/readyz" { 1000 } else { 3000 };
        assert!(began.elapsed().as_millis() < limit, "{path}: {:?}", began.elapsed());
    }
    server.open();
    let began = std::time::Instant::now();
    while browser.get("/readyz").await.status != StatusCode::OK {
        assert!(began.elapsed().as_secs() < 5, "it was not found");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn records_of_a_list_are_taken_out_as_asked_with_time_and_who_took_them() {
    let world = world().await;
    let admin = world.settled("admin").await;
    let mut admin = Browser::with(&world.router, world.session(admin, true).await);
    let fields = [
        ("parent", "1"),
        ("kind", "district"),
        ("name", "黄岛区工业和信息化局"),
        ("uscc", ""),
        ("district", "370211"),
    ];
    admin.post("/organisations/new", &fields).await;
    let auditor = world.settled("auditor").await;
    let mut auditor = Browser::with(&world.router, world.session(auditor, true).await);
    let page = auditor.get("/audit?action=organisation.").await;
    assert!(page.has("/audit/export.xlsx?action=organisation."), "{}", page.body);
    let texts = auditor.get("/audit/export.xlsx?action=organisation.").await.texts_of_workbook();
    let has = |part: &str| texts.iter().any(|text| text.contains(part));
    assert!(has("北京时间") && has("新建单位") && has("导出，审计记录"), "{texts:?}");
    assert!(!has("session."), "only what was asked for: {texts:?}");
    // Whoever reads it elsewhere sees who it was.
    assert!(texts.iter().any(|text| text == "admin"), "{texts:?}");
    let day = texts.iter().filter(|text| text.len() == "2026-11-23 12:00:00".len());
    assert_eq!(day.filter(|text| text.starts_with("20")).count(), 1, "{texts:?}");
}
