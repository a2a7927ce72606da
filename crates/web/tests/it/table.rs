//! Every route, everybody: what is answered is what the policy says, and nothing is there without a row. The table
//! that comes out of it stands in `routes.txt`, for whoever wants to read who can go where.

use std::fmt::Write as _;

use access::{Action, Place, Role, Who, decide};
use app::{Origin, caller};
use axum::http::StatusCode;
use web::routes::{Kind, Method, ROUTES, Route, Whom};

use crate::browser::{Browser, Reply};
use crate::world::World;

/// A path whose variable parts name nothing that is there.
fn nowhere(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "999999" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Whether somebody may, as it is answered.
fn is_let_in(route: &Route, reply: &Reply) -> bool {
    let owed = ["/second-factor", "/own/password", "/own/second-factor"];
    // What everybody with a session may sends them on to what they owe.
    let away = if route.whom == Whom::SignedIn { &[][..] } else { &owed[..] };
    let away = [&["/sign-in"][..], away].concat();
    let sent_away = reply.status == StatusCode::SEE_OTHER
        && away.iter().any(|place| reply.location().split('?').next() == Some(place))
        && !reply.location().contains("done=");
    !sent_away && reply.status != StatusCode::FORBIDDEN && reply.status != StatusCode::UNAUTHORIZED
}

async fn ask(browser: &mut Browser, route: &Route) -> Reply {
    let path = nowhere(route.path);
    let reply = match route.method {
        Method::Get => browser.get(&path).await,
        Method::Post => browser.post(&path, &[]).await,
        Method::Put | Method::Delete => browser.call(route.method.code(), &path, &[], "").await,
    };
    assert!(!reply.status.is_server_error(), "{path}: {}", reply.body);
    reply
}

/// Everybody there is one of: who, and their number.
async fn everybody(world: &World) -> Vec<(Role, i64)> {
    use access::OrganisationKind as Kind;
    let mut all = Vec::new();
    for role in Role::ALL {
        let id = match role {
            Role::Administrator => world.settled("admin").await,
            Role::SecurityOfficer => world.settled("security").await,
            Role::Auditor => world.settled("auditor").await,
            Role::EnterpriseManager | Role::EnterpriseMember => {
                world.person(role.code(), "某人", *role, world.firms[0]).await
            }
            Role::DistrictOfficer => {
                world.person(role.code(), "某人", *role, world.districts[0]).await
            }
            Role::CityOfficer | Role::Leader => world.person(role.code(), "某人", *role, 1).await,
            Role::Adviser | Role::Expert | Role::Provider | Role::Bank => {
                let kind = match role {
                    Role::Adviser => Kind::AdviserOffice,
                    Role::Expert => Kind::ExpertPanel,
                    Role::Provider => Kind::Provider,
                    _ => Kind::Bank,
                };
                let place = world.organisation(1, kind, role.words().zh, None).await;
                world.person(role.code(), "某人", *role, place).await
            }
        };
        all.push((*role, id));
    }
    all
}

async fn who(world: &World, cookie: &str) -> Who {
    let secret = cookie.strip_prefix("tidu=").unwrap();
    caller::by_session(&world.platform, secret, Origin::default()).await.unwrap().unwrap().who
}

fn expected(route: &Route, who: &Who, by_token: bool) -> bool {
    match route.whom {
        Whom::Public | Whom::Watcher => true,
        Whom::SignedIn => !by_token,
        // What programs change takes a token: nothing that a browser sends by itself is enough.
        Whom::Action(_) if route.kind == Kind::Api && route.method != Method::Get && !by_token => {
            false
        }
        Whom::Action(action) => decide(who, action).is_ok(),
    }
}

#[tokio::test]
async fn every_route_lets_in_whom_the_policy_lets_in_and_nobody_else() {
    let limits = web::Limits {
        api_requests: 100_000.try_into().unwrap(),
        sign_ins_by_address: 100_000.try_into().unwrap(),
        ..web::Limits::default()
    };
    let world = World::with(web::WebConfig { limits, ..web::WebConfig::default() }).await;
    let people = everybody(&world).await;
    let mut table = String::from(
        "每个入口：方法、路径、类别、事项；其下是完成二次验证后可以进入的角色，以及令牌可否使用。\n\n",
    );
    for route in ROUTES {
        let what = format!("{} {}", route.method.code(), route.path);
        let knows = matches!(route.kind, Kind::Page | Kind::Form | Kind::Api);
        // Signed out.
        let mut nobody = Browser::new(&world.router);
        let out = is_let_in(route, &ask(&mut nobody, route).await);
        assert_eq!(out, matches!(route.whom, Whom::Public | Whom::Watcher), "{what}, signed out");
        let mut may = Vec::new();
        let mut with_password = Vec::new();
        let mut by_token = Vec::new();
        for (role, person) in &people {
            for factor in [true, false] {
                let session = world.session(*person, factor).await;
                let who = who(&world, &session.0).await;
                let mut browser = Browser::with(&world.router, session);
                let reply = ask(&mut browser, route).await;
                let allowed = is_let_in(route, &reply);
                if knows {
                    assert_eq!(
                        allowed,
                        expected(route, &who, false),
                        "{what}, {role}, second factor {factor}"
                    );
                }
                if allowed {
                    if factor {
                        may.push(role.words().zh)
                    } else {
                        with_password.push(role.words().zh)
                    }
                }
            }
            if let (Whom::Action(action), true) = (route.whom, knows) {
                // A token that carries it does what its owner may; one that does not, nothing.
                for carried in [
                    Action::ALL.to_vec(),
                    vec![if action == Action::RulebookRead {
                        Action::JobList
                    } else {
                        Action::RulebookRead
                    }],
                ] {
                    let token = world.token(*person, &carried).await;
                    let found = caller::by_token(&world.platform, &token, Origin::default())
                        .await
                        .unwrap()
                        .unwrap();
                    let mut program = Browser::token(&world.router, &token);
                    let allowed = is_let_in(route, &ask(&mut program, route).await);
                    assert_eq!(allowed, expected(route, &found.who, true), "{what}, {role}, token");
                    if allowed && !by_token.contains(&role.words().zh) {
                        by_token.push(role.words().zh);
                    }
                }
            }
        }
        let all = |names: &[&str]| match names.len() {
            0 => "无".to_owned(),
            n if n == people.len() => "全部角色".to_owned(),
            _ => names.join("、"),
        };
        let action = match route.whom {
            Whom::Public => "所有人，不需登录".to_owned(),
            Whom::Watcher => "本机，或持监控密钥者".to_owned(),
            Whom::SignedIn => "已登录者本人".to_owned(),
            Whom::Action(action) => format!("{} {}", action.code(), action.words().zh),
        };
        writeln!(
            table,
            "{:<4} {:<45} {:<6} {action}",
            route.method.code(),
            route.path,
            route.kind.code()
        )
        .unwrap();
        if let Whom::Action(_) = route.whom {
            writeln!(table, "       可以：{}", all(&may)).unwrap();
            if with_password != may {
                writeln!(table, "       仅凭密码：{}", all(&with_password)).unwrap();
            }
            writeln!(table, "       凭令牌：{}", all(&by_token)).unwrap();
        }
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/routes.txt");
    if std::env::var_os("TIDU_WRITE_TABLES").is_some() {
        std::fs::write(file, &table).unwrap();
    }
    let written = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        written == table,
        "routes.txt is not what the routes do: look at it, then run with TIDU_WRITE_TABLES=1"
    );
}

#[tokio::test]
async fn what_is_out_of_scope_is_not_there() {
    let world = World::new().await;
    let people = everybody(&world).await;
    let south = world.person("nan", "南方", Role::EnterpriseMember, world.firms[0]).await;
    let north = world.person("bei", "北方", Role::EnterpriseMember, world.firms[1]).await;
    let path = |firm: usize| format!("/1/{}/{}/", world.districts[firm], world.firms[firm]);
    let place = |firm: usize, person: Option<i64>| Place {
        person: person.map(access::PersonId),
        ..Place::of(path(firm).parse().unwrap())
    };
    let table = [
        (format!("/organisations/{}", world.firms[0]), Action::OrganisationList, place(0, None)),
        (format!("/organisations/{}", world.firms[1]), Action::OrganisationList, place(1, None)),
        (format!("/people/{south}"), Action::PersonRead, place(0, Some(south))),
        (format!("/people/{north}"), Action::PersonRead, place(1, Some(north))),
        (format!("/people/{north}/disable"), Action::PersonDisable, place(1, Some(north))),
        (format!("/people/{north}/roles"), Action::MembershipPropose, place(1, Some(north))),
    ];
    for (role, person) in &people {
        for (path, action, place) in &table {
            let session = world.session(*person, true).await;
            let who = who(&world, &session.0).await;
            let reply = Browser::with(&world.router, session).get(path).await;
            let expected = match decide(&who, *action) {
                Err(_) => StatusCode::FORBIDDEN,
                Ok(rows) if rows.covers(place) => StatusCode::OK,
                Ok(_) => StatusCode::NOT_FOUND,
            };
            assert_eq!(reply.status, expected, "{role} {path}");
            if expected != StatusCode::OK {
                assert!(
                    !reply.has("南方") && !reply.has("北方") && !reply.has("云帆"),
                    "{role} {path}"
                );
            }
        }
    }
    // The answer does not tell what is out of scope from what is not there at all.
    let officer = people.iter().find(|(role, _)| *role == Role::DistrictOfficer).unwrap().1;
    let mut browser = Browser::with(&world.router, world.session(officer, true).await);
    let there = browser.get(&format!("/organisations/{}", world.firms[1])).await;
    let not = browser.get("/organisations/999999").await;
    assert_eq!(there.body, not.body);
}

#[test]
fn no_route_stands_in_the_table_twice_and_only_looks_are_asked_for_by_get() {
    let mut seen = std::collections::BTreeSet::new();
    for route in ROUTES {
        assert!(seen.insert((route.method.code(), route.path)), "{}", route.path);
        assert_eq!(
            route.kind == Kind::Form,
            route.method == Method::Post && !route.path.starts_with("/api/"),
            "{}",
            route.path
        );
        let public = route.whom == Whom::Public && route.kind == Kind::Api;
        assert_eq!(public, route.path == "/api/v1/openapi.json", "{}", route.path);
    }
    let page = web::routes::page(web::Lang::Zh);
    assert_eq!(page.lines().filter(|line| line.starts_with("| ")).count(), ROUTES.len() + 2);
}
