//! Signing in, from the first password to the home page, and what nobody learns by trying.

use std::time::{Duration, Instant};

use access::Role;
use axum::http::StatusCode;
use totp_rs::{Builder, Secret};

use crate::browser::{Browser, Reply};
use crate::world::World;

async fn sign_in(browser: &mut Browser, login: &str, password: &str) -> Reply {
    browser.get("/sign-in").await;
    browser.post("/sign-in", &[("login", login), ("password", password), ("next", "/")]).await
}

/// The code that an authenticator shows for a key as the page has it.
fn code(world: &World, key: &str) -> String {
    let secret = Secret::try_from_base32(key).unwrap();
    let totp = Builder::new().with_secret(secret.as_bytes().to_vec()).build().unwrap();
    totp.generate(u64::try_from(world.platform.now().as_second()).unwrap()).to_string()
}

#[tokio::test]
async fn an_officer_comes_from_the_first_password_to_the_home_page() {
    let world = World::new().await;
    let mut browser = Browser::new(&world.router);
    let first = browser.get("/people?q=x").await;
    assert_eq!(
        (first.status, first.location()),
        (StatusCode::SEE_OTHER, "/sign-in?next=%2Fpeople%3Fq%3Dx")
    );
    let reply = sign_in(&mut browser, "admin", world.password()).await;
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, "/"));

    // The password that somebody else knows is owed first, then the second factor.
    assert_eq!(browser.get("/").await.location(), "/own/password");
    assert_eq!(browser.get("/people").await.location(), "/own/password");
    let page = browser.get("/own/password").await;
    assert_eq!(page.status, StatusCode::OK);
    let before = browser.cookies.clone();
    let new = "海上生明月，天涯共此时";
    let fields = [("present", world.password()), ("password", new), ("again", "别的")];
    let reply = browser.post("/own/password", &fields).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.has("两次输入的密码不一致"));
    let fields = [
        ("present", world.password()),
        ("password", "海上生明月，天涯共此时啊"),
        ("again", "海上生明月，天涯共此时啊"),
    ];
    let reply = browser.post("/own/password", &fields).await;
    assert_eq!(
        (reply.status, reply.location()),
        (StatusCode::SEE_OTHER, "/?done=password-changed"),
        "{}",
        reply.body
    );
    assert_ne!(browser.cookies, before, "the session has another secret");

    assert_eq!(browser.get("/").await.location(), "/own/second-factor");
    let page = browser.get("/own/second-factor").await;
    let (ticket, secret, url) = (page.hidden("ticket"), page.hidden("secret"), page.hidden("url"));
    let code = code(&world, &secret);
    let chosen = "海上生明月，天涯共此时啊";
    let offer = [("ticket", ticket.as_str()), ("secret", &secret), ("url", &url)];
    let given =
        |code, present| [offer[0], offer[1], offer[2], ("code", code), ("present", present)];
    // Neither a wrong code nor somebody who does not know the password.
    for (code, present) in [("000000", chosen), (code.as_str(), "别的密码")] {
        let reply = browser.post("/own/second-factor", &given(code, present)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
    }
    let reply = browser.post("/own/second-factor", &given(&code, chosen)).await;
    assert_eq!(reply.location(), "/?done=factor-set", "{}", reply.body);
    let home = browser.get("/?done=factor-set").await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(home.has("系统管理员") && home.has("href=\"/people\"") && home.has("二次验证已设置"));
    assert!(!home.has("href=\"/audit\""), "the administrator sees no records");

    // The next time both are asked for.
    world.pass(60);
    let mut again = Browser::new(&world.router);
    let reply = sign_in(&mut again, "admin", "海上生明月，天涯共此时啊").await;
    assert_eq!(reply.location(), "/second-factor?next=%2F");
    assert_eq!(again.get("/people").await.location(), "/second-factor");
    assert_eq!(again.get("/own").await.location(), "/second-factor");
    again.get("/second-factor?next=%2Fpeople").await;
    let wrong = again.post("/second-factor", &[("code", "000000"), ("next", "/people")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = self::code(&world, &secret);
    let reply = again.post("/second-factor", &[("code", &code), ("next", "/people")]).await;
    assert_eq!(reply.location(), "/people", "{}", reply.body);
    assert_eq!(again.get("/people").await.status, StatusCode::OK);

    // Signing out ends it for whoever has kept the cookie, too.
    let kept = again.clone();
    let reply = again.post("/sign-out", &[]).await;
    assert_eq!(reply.location(), "/sign-in?done=signed-out");
    assert!(again.cookies.is_empty());
    let mut thief = kept;
    assert_eq!(thief.get("/people").await.location(), "/sign-in?next=%2Fpeople");
}

#[tokio::test]
async fn nobody_learns_which_accounts_there_are() {
    let world = World::new().await;
    world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let disabled = world.person("zhaolei", "赵磊", Role::CityOfficer, 1).await;
    {
        let unit = world.platform.store().write().await.unwrap();
        let person = store::person::get(&unit, disabled).await.unwrap().unwrap();
        let change = store::person::Change {
            disabled: Some(Some(world.platform.now())),
            ..Default::default()
        };
        store::person::change(&unit, &person, person.version, change).await.unwrap();
        unit.commit().await.unwrap();
    }
    let mut replies = Vec::new();
    let mut took = Vec::new();
    for (login, password) in [
        ("nobody00", "some password of theirs"),
        ("wangfang", "some password of theirs"),
        ("zhaolei0", world.password()),
        ("zhaolei", world.password()),
    ] {
        let mut least = Duration::MAX;
        for _ in 0..3 {
            let mut browser = Browser::new(&world.router);
            let began = Instant::now();
            let reply = sign_in(&mut browser, login, password).await;
            least = least.min(began.elapsed());
            assert!(reply.set_cookies().is_empty());
            replies.push((reply.status, reply.body.replace(login, "LOGIN")));
        }
        took.push(least);
    }
    for reply in &replies {
        assert_eq!(reply, &replies[0]);
    }
    assert_eq!(replies[0].0, StatusCode::UNPROCESSABLE_ENTITY);
    // A password is worked out in every case. Loosely: an answer without it would be a hundred times quicker.
    let most = took.iter().max().unwrap();
    assert!(took.iter().all(|one| *one * 8 > *most), "{took:?}");
}

#[tokio::test]
async fn cookies_are_read_by_the_server_only_and_sent_by_our_own_pages_only() {
    let world = World::new().await;
    let mut browser = Browser::new(&world.router);
    let reply = sign_in(&mut browser, "admin", world.password()).await;
    let [cookie] = reply.set_cookies()[..] else { panic!("{:?}", reply.set_cookies()) };
    assert!(cookie.starts_with("tidu=tidus_"), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");

    let config = web::WebConfig { secure: true, ..web::WebConfig::default() };
    let world = World::with(config).await;
    let mut browser = Browser::new(&world.router);
    browser.get("/sign-in").await;
    let request = browser
        .request("POST", "/sign-in")
        .header("origin", "https://tidu.test")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(crate::browser::encoded(&[("login", "admin"), ("password", world.password())]).into())
        .unwrap();
    let reply = browser.send(request).await;
    let [cookie] = reply.set_cookies()[..] else { panic!("{:?}", reply.set_cookies()) };
    assert!(cookie.starts_with("__Host-tidu=tidus_"), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    assert_eq!(reply.header("strict-transport-security"), "max-age=31536000");
    // A planted second cookie makes none of the two hold.
    let kept = cookie.split(';').next().unwrap().to_owned();
    let request = browser.request("GET", "/own").header("cookie", format!("{kept}; {kept}x"));
    browser.cookies.clear();
    let reply = browser.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert!(reply.location().starts_with("/sign-in"), "{}", reply.location());
}

#[tokio::test]
async fn after_signing_in_nobody_is_sent_elsewhere() {
    let world = World::new().await;
    world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let table = [
        ("/people?q=a", "/people?q=a"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/\u{9}/evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ];
    for (next, expected) in table {
        let mut browser = Browser::new(&world.router);
        let query = crate::browser::encoded(&[("next", next)]);
        let page = browser.get(&format!("/sign-in?{query}")).await;
        assert_eq!(page.hidden("next"), expected);
        let fields = [("login", "wangfang"), ("password", world.password()), ("next", next)];
        assert_eq!(browser.post("/sign-in", &fields).await.location(), expected, "{next:?}");
        // Whoever is signed in already is sent on at once, and no further.
        assert_eq!(
            browser.get(&format!("/sign-in?{query}")).await.location(),
            expected,
            "{next:?}"
        );
    }
}

#[tokio::test]
async fn whoever_tries_too_often_has_to_wait() {
    let world = World::new().await;
    let mut browser = Browser::new(&world.router);
    let mut last = None;
    for _ in 0..11 {
        last = Some(browser.post("/sign-in", &[("login", "somebody"), ("password", "x")]).await);
    }
    let reply = last.unwrap();
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: u32 = reply.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait));
    // Another login from elsewhere is not hindered.
    let other = browser.post("/sign-in", &[("login", "else"), ("password", "x")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_invitation_opens_an_account_once() {
    let world = World::new().await;
    let admin = world.settled("admin").await;
    let mut browser = Browser::with(&world.router, world.session(admin, true).await);
    let chosen = browser.get("/people/invite?organisation=1").await;
    assert!(chosen.has("市级经办"), "{}", chosen.body);
    let fields = [
        ("organisation", "1"),
        ("name", "王芳"),
        ("login", "wangfang"),
        ("phone", ""),
        ("mail", "wangfang@example.com"),
        ("role", "city-officer"),
        ("until", ""),
    ];
    let reply = browser.post("/people/invite", &fields).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    let (_, rest) = reply.body.split_once("http://tidu.test/invitation?code=").unwrap();
    let secret = rest.split('<').next().unwrap().to_owned();

    let mut new = Browser::new(&world.router);
    let page = new.get(&format!("/invitation?code={secret}")).await;
    assert!(page.has(&secret));
    let password = "举杯邀明月，对影成三人啊";
    let fields = [("code", secret.as_str()), ("password", password), ("again", password)];
    let reply = new.post("/invitation", &fields).await;
    assert_eq!(reply.location(), "/?done=account-opened", "{}", reply.body);
    assert!(new.get("/").await.has("王芳"));
    let mut second = Browser::new(&world.router);
    let reply = second.post("/invitation", &fields).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.has("已使用或已过期") && reply.has("href=\"/sign-in\""), "{}", reply.body);
    assert!(!reply.has(password), "what was typed as a password is not sent back");

    // The role waits for the security officer.
    let security = world.settled("security").await;
    let mut officer = Browser::with(&world.router, world.session(security, true).await);
    let page = officer.get("/approvals").await;
    assert!(page.has("王芳") && page.has("市级经办"));
    let (_, rest) = page.body.split_once("action=\"/approvals/").unwrap();
    let id = rest.split('"').next().unwrap().to_owned();
    let fields = [("version", page.hidden("version")), ("approve", "true".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let reply = officer.post(&format!("/approvals/{id}"), &fields).await;
    assert_eq!(reply.location(), "/approvals?done=role-approved", "{}", reply.body);
    assert!(new.get("/").await.has("市级经办"));
}
