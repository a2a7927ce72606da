//! What the API promises: problems, paging, versions, keys, limits, scopes, answers of the law, its documentation.

mod city;
mod enterprises;
mod examples;
mod judging;
mod law;
mod page;
mod problems;
mod repeated;
mod scope;
mod screening;
mod versions;

use access::{Action, Role, fits_token};
use serde_json::Value;

use crate::browser::Browser;
use crate::world::World;

/// Everything that a token may carry.
fn everything() -> Vec<Action> {
    Action::ALL.iter().copied().filter(|action| fits_token(*action)).collect()
}

/// A program that acts for somebody, with everything that a token may carry.
async fn program(world: &World, person: i64) -> Browser {
    let token = world.token(person, &everything()).await;
    let mut browser = Browser::token(&world.router, &token);
    browser.headers.push(("accept-language", "en".into()));
    browser
}

async fn administrator(world: &World) -> Browser {
    let person = world.settled("admin").await;
    program(world, person).await
}

async fn officer(world: &World) -> Browser {
    let person = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    program(world, person).await
}

/// The mistakes of a problem: field and code.
fn mistakes(problem: &Value) -> Vec<String> {
    let all = problem["errors"].as_array().cloned().unwrap_or_default();
    all.iter()
        .map(|one| {
            assert!(!one["detail"].as_str().unwrap().is_empty());
            format!("{} {}", one["field"].as_str().unwrap(), one["code"].as_str().unwrap())
        })
        .collect()
}

const DISTRICT: &str =
    r#"{"parent":1,"kind":"district","name":"崂山区工业和信息化局","district":"370212"}"#;
