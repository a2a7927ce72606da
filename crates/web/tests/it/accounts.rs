//! What is done to accounts: pages offer only what their reader may do to this person, say so already where they ask
//! again, and tell who has to act next.

use access::Role;
use axum::http::StatusCode;

use crate::browser::Browser;
use crate::world::World;

async fn officer(world: &World, login: &str) -> Browser {
    let id = world.settled(login).await;
    Browser::with(&world.router, world.session(id, true).await)
}

#[tokio::test]
async fn a_page_that_asks_again_refuses_what_could_not_be_done() {
    let world = World::new().await;
    let member = world.person("liqiang", "李强", Role::EnterpriseMember, world.firms[0]).await;
    let manager = world.person("zhaomin", "赵敏", Role::EnterpriseManager, world.firms[0]).await;
    let city = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let unit = world.platform.store().read().await.unwrap();
    let held = store::membership::of_person(&unit, member).await.unwrap()[0].id;
    drop(unit);
    let city = Browser::with(&world.router, world.session(city, true).await);
    let manager = Browser::with(&world.router, world.session(manager, true).await);
    let admin = officer(&world, "admin").await;
    let security = officer(&world, "security").await;
    let auditor = officer(&world, "auditor").await;
    let own = world.settled("admin").await;
    let (missing, refused, conflict) =
        (StatusCode::NOT_FOUND, StatusCode::FORBIDDEN, StatusCode::CONFLICT);
    let end = format!("/people/{member}/roles/{held}/end");
    let of = |what: &str| format!("/people/{member}/{what}");
    for (browser, path, status) in [
        // Nobody but the administrator asks for others.
        (&security, of("ask-erasure"), missing),
        (&auditor, of("ask-erasure"), missing),
        (&city, of("ask-erasure"), missing),
        (&admin, of("ask-erasure"), StatusCode::OK),
        // The role is its manager's to end.
        (&city, end.clone(), refused),
        (&admin, end.clone(), refused),
        (&manager, end, StatusCode::OK),
        // Not one's own, and not what is so already.
        (&admin, format!("/people/{own}/reset-password"), refused),
        (&admin, format!("/people/{own}/disable"), refused),
        (&admin, of("enable"), conflict),
        (&admin, of("disable"), StatusCode::OK),
        (&security, of("unlock"), conflict),
        (&security, of("reset-factor"), conflict),
        (&security, of("erase"), conflict),
        (&security, of("tokens/77/revoke"), missing),
        (&admin, "/people/999999/disable".to_owned(), missing),
        (&admin, "/organisations/1/reopen".to_owned(), conflict),
        (&manager, of("invite-again"), refused),
    ] {
        let mut browser = browser.clone();
        let asked = browser.get(&path).await;
        assert_eq!(asked.status, status, "{path}: {}", asked.body);
        // Sent all the same, it is refused as well.
        if status != StatusCode::OK {
            let version = [("version", "1")];
            let fields: &[(&str, &str)] =
                if ["end", "able", "reopen"].iter().any(|word| path.ends_with(word)) {
                    &version
                } else {
                    &[]
                };
            let sent = browser.post(&path, fields).await;
            let harmless = path.ends_with("unlock") || path.ends_with("reset-factor");
            assert!(sent.status.is_client_error() || harmless, "{path}: {}", sent.status);
        }
    }
}

#[tokio::test]
async fn a_page_offers_only_what_its_reader_may_do_to_this_person() {
    let world = World::new().await;
    let member = world.person("liqiang", "李强", Role::EnterpriseMember, world.firms[0]).await;
    let city = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let mut own = Browser::with(&world.router, world.session(member, false).await);
    let version = own.get("/own").await.hidden("version");
    let fields =
        [("version", version.as_str()), ("name", "李强"), ("phone", "13812345678"), ("mail", "")];
    own.post("/own", &fields).await;
    let page = format!("/people/{member}");
    for login in ["admin", "security", "auditor"] {
        let shown = officer(&world, login).await.get(&page).await;
        assert!(shown.has("138****5678"), "{}", shown.body);
        assert!(!shown.has("查看完整"), "{login}");
        assert!(!shown.has("/end\""), "{login} may not end this role");
    }
    let mut city = Browser::with(&world.router, world.session(city, true).await);
    let shown = city.get(&page).await;
    assert!(shown.has("查看完整电话") && !shown.has("/end\""));
    assert!(city.post(&format!("{page}/unmask"), &[("field", "phone")]).await.has("13812345678"));
    let mut admin = officer(&world, "admin").await;
    let refused = admin.post(&format!("{page}/unmask"), &[("field", "phone")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "not: there is no such person");
}

#[tokio::test]
async fn after_a_reset_everybody_is_told_whose_turn_it_is() {
    let world = World::new().await;
    let city = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let mut admin = officer(&world, "admin").await;
    let mut security = officer(&world, "security").await;
    let here = format!("/people/{city}");
    assert!(!security.get("/").await.has("待解除锁定"));
    let ask = admin.get(&format!("{here}/reset-password")).await;
    assert!(ask.has("安全保密管理员核实后解除锁定"), "{}", ask.body);
    let reset = admin.post(&format!("{here}/reset-password"), &[]).await;
    assert!(reset.has("待安全保密管理员解锁"), "{}", reset.body);
    let (_, rest) = reset.body.split_once("<code>").unwrap();
    let password = rest.split('<').next().unwrap().to_owned();
    for browser in [&mut admin, &mut security] {
        assert!(browser.get(&here).await.has("待安全保密管理员解锁"));
    }
    let sign_in = async || {
        let mut person = Browser::new(&world.router);
        let fields = [("login", "wangfang"), ("password", password.as_str())];
        person.post("/sign-in", &fields).await.status
    };
    assert_eq!(sign_in().await, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!admin.get("/").await.has("/releases"));
    assert_eq!(admin.get("/releases").await.status, StatusCode::FORBIDDEN);
    let home = security.get("/").await;
    assert!(home.has("<a href=\"/releases\">待解除锁定账号</a>"), "{}", home.body);
    assert!(security.get("/releases").await.has("王芳"));
    let ask = security.get(&format!("{here}/unlock")).await;
    assert!(ask.has("向本人核实"), "{}", ask.body);
    let done = security.post(&format!("{here}/unlock"), &[]).await;
    assert!(done.location().ends_with("done=person-unlocked"), "{}", done.body);
    assert!(security.get("/releases").await.has("没有待解除锁定的账号"));
    assert_eq!(sign_in().await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn inviting_somebody_anew_whose_account_is_open_has_to_be_meant() {
    let world = World::new().await;
    let city = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let mut admin = officer(&world, "admin").await;
    let mut person = Browser::with(&world.router, world.session(city, false).await);
    let here = format!("/people/{city}/invite-again");
    let unmeant = admin.post(&here, &[]).await;
    assert_eq!(unmeant.status, StatusCode::CONFLICT);
    assert!(unmeant.has("密码") && unmeant.has("全部会话退出"), "{}", unmeant.body);
    assert_eq!(person.get("/own").await.status, StatusCode::OK, "nothing was done");
    let ask = admin.get(&here).await;
    assert!(ask.has("现有密码立即作废"), "{}", ask.body);
    let void = ask.hidden("void_password");
    let done = admin.post(&here, &[("void_password", &void)]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert!(done.has("/invitation?code=") && done.has("待安全保密管理员解锁"));
    assert_ne!(person.get("/own").await.status, StatusCode::OK, "the session has ended");
}

#[tokio::test]
async fn a_job_that_ends_the_process_each_time_is_seen_as_failed() {
    let world = World::new().await;
    let now = world.platform.now();
    let unit = world.platform.store().write().await.unwrap();
    let new = store::job::New {
        kind: "upkeep.forget",
        payload: "null",
        only_one: None,
        attempts_allowed: 1,
        run_at: now,
        asked_by: None,
        at: now,
    };
    store::job::ask(&unit, &new).await.unwrap();
    let until = now + jiff::SignedDuration::from_secs(60);
    store::job::take(&unit, "died", &["upkeep.forget"], now, until).await.unwrap().unwrap();
    unit.commit().await.unwrap();
    world.pass(61);
    let worker = app::jobs::Worker::new(std::sync::Arc::clone(&world.platform)).unwrap();
    while worker.step().await.unwrap() {}
    let mut admin = officer(&world, "admin").await;
    assert!(admin.get("/").await.has("<a href=\"/jobs?state=dead\">失败的后台任务</a>"));
    assert!(admin.get("/jobs?state=dead").await.has("清理过期会话"));
    let mut auditor = officer(&world, "auditor").await;
    assert!(auditor.get("/audit?action=job.").await.has("结束：失败"));
}

#[tokio::test]
async fn another_password_offers_to_close_every_other_way_in_and_says_what_was_closed() {
    let world = World::new().await;
    let city = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    world.session(city, false).await;
    world.token(city, &[access::Action::PersonList]).await;
    let mut browser = Browser::with(&world.router, world.session(city, true).await);
    let form = browser.get("/own/password").await;
    assert!(form.has("退出其他全部会话（现有 1 个）") && form.has("吊销全部令牌（1 个）"));
    assert!(!form.has("解除全部统一认证关联"), "there is none");
    assert_eq!(form.body.matches("name=\"close\"").count(), 2);
    assert_eq!(form.body.matches(" checked").count(), 2, "{}", form.body);
    let chosen = "海上生明月，天涯共此时啊";
    let mut fields = vec![("present", world.password()), ("password", chosen), ("again", chosen)];
    // What was taken away from the ticks stays so when a mistake is shown.
    let mistaken = browser
        .post(
            "/own/password",
            &[("present", "x"), ("password", chosen), ("again", chosen), ("close", "tokens")],
        )
        .await;
    assert_eq!(mistaken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(mistaken.body.matches(" checked").count(), 1);
    fields.extend([("close", "sessions"), ("close", "tokens")]);
    let done = browser.post("/own/password", &fields).await;
    assert!(done.has("已退出其他会话 1 个") && done.has("已吊销令牌 1 个"), "{}", done.body);
    // The page belongs to the session that goes on.
    let fields = [("present", chosen), ("password", "x"), ("again", "x")];
    let reply = browser.post("/own/password", &fields).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.body);
}

#[tokio::test]
async fn a_second_factor_that_is_reset_takes_tokens_along_and_says_so() {
    let world = World::new().await;
    let city = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    world.token(city, &[access::Action::PersonList]).await;
    let mut security = officer(&world, "security").await;
    let path = format!("/people/{city}/reset-factor");
    let done = security.post(&path, &[]).await;
    assert!(done.status == StatusCode::OK && done.has("已一并吊销令牌 1 个"), "{}", done.body);
    let again = security.post(&path, &[]).await;
    assert_eq!(again.location(), format!("/people/{city}?done=factor-reset"));
}
