//! Nobody reaches a row outside their scope by any call: every row of the table is tried with things of another
//! district, also calls that come later.

use access::{OrganisationKind, Role};
use axum::http::StatusCode;
use web::routes::{Kind, Method, ROUTES, Route};

use super::city::{Firms, city};
use super::program;
use crate::world::World;

/// Words that stand in rows of the northern district only.
const NORTHERN: &[&str] = &["市北", "云帆", "北方", "bei.", "91370203MA3C1A2B4N", "北岸"];

/// A number at which everybody moves.
const MOVES_ALL: &str =
    r#"{"settings":[{"address":"specialised-sme@2026.rd.amount","value":"9 亿元"}]}"#;

/// Numbers of things of the northern district, by what a path is about.
struct Northern {
    person: i64,
    firm: i64,
    membership: i64,
    delegation: i64,
    decision: i64,
    job: i64,
    session: i64,
    token: i64,
    check: i64,
    code: String,
}

impl Northern {
    async fn of(world: &World, firms: &Firms) -> Self {
        let firm = world.firms[1];
        let person = world.person("bei.manager", "北方", Role::EnterpriseManager, firm).await;
        let office =
            world.organisation(1, OrganisationKind::AdviserOffice, "北岸企业服务中心", None).await;
        world.session(person, true).await;
        world.token(person, &[access::Action::OwnReadProfile]).await;
        let now = world.platform.now();
        let today = app::today(now);
        let unit = world.platform.store().write().await.unwrap();
        let held = store::membership::of_person(&unit, person).await.unwrap();
        let until = today.tomorrow().unwrap();
        let delegation = store::delegation::insert(&unit, firm, office, today, until, person, now)
            .await
            .unwrap();
        let decision = store::decision::Decision {
            id: 0,
            organisation: world.districts[1],
            subject: "91370203MA3C1A2B4N".into(),
            programme: "x".into(),
            purpose: "new".into(),
            as_of: today,
            base_year: 2025,
            rulebook: world.platform.law().hash.clone(),
            semantics: 1,
            snapshot: None,
            journal: None,
            facts: "{}".into(),
            verdict: "eligible".into(),
            answer_hash: String::new(),
            answer: "{}".into(),
            by: None,
            at: now,
        };
        let decision = store::decision::insert(&unit, &decision).await.unwrap();
        let kind = app::jobs::Kind::from_code("audit.verify").unwrap();
        let payload = serde_json::json!("北方");
        let job =
            app::jobs::ask(&world.platform, &unit, kind, &payload, Some(person)).await.unwrap();
        let session = store::session::of_person(&unit, person, now).await.unwrap()[0].id;
        let token = store::token::of_person(&unit, person).await.unwrap()[0].id;
        unit.commit().await.unwrap();
        let membership = held[0].id;
        let job = job.unwrap();
        let check = kept(world, person).await;
        let code = firms.north.clone();
        Self { person, firm, membership, delegation, decision, job, session, token, check, code }
    }

    /// The path of a call about something northern; none if it is not about one thing.
    fn path(&self, route: &Route) -> Option<String> {
        if !route.path.contains('{') {
            return None;
        }
        let thing = route.path.strip_prefix("/api/v1/").unwrap().split('/').next().unwrap();
        let id = match thing {
            "people" => self.person,
            "organisations" => self.firm,
            "memberships" => self.membership,
            "delegations" => self.delegation,
            "decisions" => self.decision,
            "jobs" => self.job,
            "own" if route.path.contains("tokens") => self.token,
            "own" if route.path.contains("checks") => self.check,
            "own" => self.session,
            "enterprises" => return Some(route.path.replace("{code}", &self.code)),
            // The law and the clockwork are the same for everybody; of a population everybody sees their part.
            "rulebooks" | "schedules" | "programmes" | "numbers" | "populations" | "screening" => {
                return None;
            }
            other => panic!("say here what of `{other}` belongs to the northern district"),
        };
        let path = route.path.replace("{id}", &id.to_string());
        let path = path.replace("{session}", &self.session.to_string());
        Some(path.replace("{token}", &self.token.to_string()))
    }
}

/// The number of a self-check that somebody keeps.
async fn kept(world: &World, person: i64) -> i64 {
    let (cookie, _) = world.session(person, true).await;
    let secret = cookie.strip_prefix("tidu=").unwrap();
    let caller = app::caller::by_session(&world.platform, secret, app::Origin::default());
    let caller = caller.await.unwrap().unwrap();
    let document = r#"{"v":1,"d":"2026-11-23","a":[]}"#;
    let new = app::kept_checks::KeepCheck { title: "北方自测", document, consent: true };
    app::kept_checks::keep_check(&world.platform, &caller, &new).await.unwrap()
}

/// A body that the call would take.
fn body(route: &Route, world: &World, north: &Northern) -> String {
    let (firm, district) = (world.firms[1], world.districts[1]);
    match route.path.strip_prefix("/api/v1/").unwrap() {
        "people" => format!(
            r#"{{"organisation":{firm},"login":"nan.x","name":"某","role":"enterprise-manager"}}"#
        ),
        "people/{id}/unmask" => r#"{"field":"phone"}"#.into(),
        "people/{id}/memberships" => {
            format!(r#"{{"organisation":{firm},"role":"enterprise-manager"}}"#)
        }
        "organisations" => {
            format!(r#"{{"parent":{district},"kind":"enterprise","name":"某公司"}}"#)
        }
        "organisations/{id}" => r#"{"name":"某公司","uscc":"91370203MA3C1A2B4N"}"#.into(),
        "delegations" => {
            format!(r#"{{"organisation":{firm},"to":{},"until":"2026-12-31"}}"#, north.firm)
        }
        "simulation" | "simulation/export" => MOVES_ALL.into(),
        "decisions" => format!(r#"{{"organisation":{district},"facts":{{}},"programme":"x"}}"#),
        _ => String::new(),
    }
}

#[tokio::test]
async fn no_call_shows_or_changes_a_row_of_another_district() {
    let (world, mut city, firms) = city().await;
    let north = Northern::of(&world, &firms).await;
    let south = world.districts[0];
    let office =
        world.organisation(1, OrganisationKind::AdviserOffice, "南岸企业服务中心", None).await;
    let bank = world.organisation(1, OrganisationKind::Bank, "南岸银行", None).await;
    let people = [
        world.person("nan.officer", "南官", Role::DistrictOfficer, south).await,
        world.person("nan.leader", "南领", Role::Leader, south).await,
        world.person("nan.manager", "南企", Role::EnterpriseManager, world.firms[0]).await,
        world.person("nan.member", "南员", Role::EnterpriseMember, world.firms[0]).await,
        world.person("nan.adviser", "南顾", Role::Adviser, office).await,
        world.person("nan.bank", "南行", Role::Bank, bank).await,
    ];
    // What stands there before must stand there after.
    let watched = [
        format!("/api/v1/people/{}", north.person),
        format!("/api/v1/organisations/{}", north.firm),
        "/api/v1/delegations".to_owned(),
        format!("/api/v1/decisions/{}", north.decision),
        format!("/api/v1/enterprises/{}", north.code),
    ];
    let mut before = Vec::new();
    for path in &watched {
        let reply = city.get(path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
        before.push(reply.body);
    }
    for person in people {
        let mut southern = program(&world, person).await;
        for route in ROUTES.iter().filter(|route| route.kind == Kind::Api) {
            let method = route.method.code();
            let path = north.path(route).unwrap_or_else(|| {
                let filled = route.path.replace("{hash}", "0").replace("{name}", "backup.make");
                let filled = filled.replace("{programme}", "specialised-sme").replace("{id}", "1");
                let filled = filled.replace("{address}", "specialised-sme@2026.rd.amount");
                match route.path.ends_with("recipients") {
                    // The directory of advisers' offices is there for every firm.
                    true => format!("{filled}?kind=bank"),
                    false => filled,
                }
            });
            let body = body(route, &world, &north);
            let what = format!("{method} {path}");
            let reply = southern.call(method, &path, &[("if-match", "\"1\"")], &body).await;
            assert!(!reply.status.is_server_error(), "{what}: {}", reply.body);
            for word in NORTHERN {
                assert!(!reply.body.contains(word), "{what} shows {word}: {}", reply.body);
            }
            // Trying other numbers is for everybody's own part of the population.
            let tries = route.path.starts_with("/api/v1/simulation");
            if north.path(route).is_some()
                || (route.method == Method::Post && !body.is_empty() && !tries)
            {
                let status = reply.status.as_u16();
                assert!(matches!(status, 403 | 404), "{what}: {status} {}", reply.body);
            }
            if route.method == Method::Delete && route.path.starts_with("/api/v1/own/") {
                assert_ne!(reply.header("content-length"), "1");
            }
        }
    }
    for (path, before) in watched.iter().zip(before) {
        assert_eq!(city.get(path).await.body, before, "{path}");
    }
}

#[tokio::test]
async fn what_is_out_of_scope_is_answered_as_what_is_not_there() {
    let (world, _, firms) = city().await;
    let north = Northern::of(&world, &firms).await;
    let person =
        world.person("nan.officer", "南官", Role::DistrictOfficer, world.districts[0]).await;
    let mut southern = program(&world, person).await;
    let strip = |body: String| {
        let mut problem: serde_json::Value = serde_json::from_str(&body).unwrap();
        problem["request"] = "".into();
        problem
    };
    for (there, nowhere) in [
        (format!("/api/v1/people/{}", north.person), "/api/v1/people/999999"),
        (format!("/api/v1/organisations/{}", north.firm), "/api/v1/organisations/999999"),
        (format!("/api/v1/decisions/{}", north.decision), "/api/v1/decisions/999999"),
        (format!("/api/v1/jobs/{}", north.job), "/api/v1/jobs/999999"),
        (format!("/api/v1/enterprises/{}", north.code), "/api/v1/enterprises/91370203MA3C1A2ZZZ"),
    ] {
        let (one, other) = (southern.get(&there).await, southern.get(nowhere).await);
        assert_eq!((one.status, strip(one.body)), (other.status, strip(other.body)), "{there}");
    }
}
