//! A population that programs can ask about: three firms, two of them in the southern district.

use std::sync::Arc;

use access::{OrganisationKind, Role};
use app::jobs::Worker;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::program;
use crate::browser::Browser;
use crate::world::{World, rules};

/// The firms: code and name.
pub struct Firms {
    pub south: [String; 2],
    pub north: String,
}

/// A code that checks.
pub fn code(first: &str) -> String {
    format!("{first}{}", enterprise::Uscc::check_character(first).unwrap())
}

/// The firms as facts documents.
pub fn documents(firms: &Firms) -> Vec<Value> {
    let firm = |code: &str, name: &str, district: &str, revenue: &str, staff: &str| {
        json!({
            "uscc": code, "name": name,
            "facts": {
                "district": district, "founded_on": "2016-05-12", "industry": "3411",
                "revenue": { "2025": revenue, "2024": "43000000" },
                "rd_expense": { "2025": "3600000", "2024": "2900000" },
                "employees": { "2025": staff },
            },
        })
    };
    vec![
        firm(&firms.south[0], "南岸精密", "370202", "51234567.89", "120"),
        firm(&firms.south[1], "南岸软件", "370202", "1234567", "12"),
        firm(&firms.north, "北岸云帆", "370203", "98765432.10", "420"),
    ]
}

/// A platform under the law whose limits do not matter.
pub async fn lawful() -> World {
    let limits =
        web::Limits { api_requests: 100_000.try_into().unwrap(), ..web::Limits::default() };
    let config = web::WebConfig { limits, ..web::WebConfig::default() };
    World::under(testbed::sqlite(), config, rules()).await
}

/// Has everything done that is waiting.
pub async fn works(world: &World) {
    let worker = Worker::new(Arc::clone(&world.platform)).unwrap();
    while worker.step().await.unwrap() {}
}

pub const BRING: &str =
    "/api/v1/populations?name=%E5%8D%81%E4%B8%80%E6%9C%88&known_as_of=2026-11-20";

/// A platform with a population in use, brought by a program of a city officer.
pub async fn city() -> (World, Browser, Firms) {
    let world = lawful().await;
    let firms = Firms {
        south: [code("91370202MA3C1A2B9"), code("91370202MA3C1A2C9")],
        north: code("91370203MA3C1A2B4"),
    };
    let officer = world.person("city", "市官", Role::CityOfficer, 1).await;
    let mut officer = program(&world, officer).await;
    let file = json!(documents(&firms)).to_string();
    let brought = officer.call("POST", BRING, &[], &file).await;
    assert_eq!(brought.status, StatusCode::CREATED, "{}", brought.body);
    assert_eq!(brought.json()["population"]["subjects"], 3, "{}", brought.body);
    let path = format!("{}/use", brought.header("location"));
    let used = officer.call("POST", &path, &[], r#"{"known":null}"#).await;
    assert_eq!(used.status, StatusCode::NO_CONTENT, "{}", used.body);
    works(&world).await;
    (world, officer, firms)
}

/// A program of somebody of the southern district.
pub async fn southern(world: &World, role: Role) -> Browser {
    let person = world.person("nan", "南官", role, world.districts[0]).await;
    program(world, person).await
}

/// A program of the manager of a firm of the population.
pub async fn manager(world: &World, code: &str) -> Browser {
    let firm = OrganisationKind::Enterprise;
    let own = world.organisation(world.districts[0], firm, "南岸精密", Some(code)).await;
    let person = world.person("jingli", "某经理", Role::EnterpriseManager, own).await;
    program(world, person).await
}
