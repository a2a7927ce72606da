//! Lists in parts, and changes that nobody loses.

use axum::http::StatusCode;

use super::{DISTRICT, administrator, program};
use crate::world::World;

#[tokio::test]
async fn walking_through_the_parts_of_a_list_gives_every_row_once_in_its_order() {
    let world = World::new().await;
    for number in 0..47 {
        let name = format!("第{number}区工业和信息化局");
        world.organisation(1, access::OrganisationKind::District, &name, None).await;
    }
    let mut admin = administrator(&world).await;
    let whole = admin.get("/api/v1/organisations?per_page=200").await.json();
    assert_eq!(whole["total"].as_u64().unwrap(), whole["rows"].as_array().unwrap().len() as u64);
    for per_page in [1, 7, 50, 200] {
        let mut path = format!("/api/v1/organisations?per_page={per_page}");
        let mut rows = Vec::new();
        let mut parts = 0;
        loop {
            let reply = admin.get(&path).await;
            assert_eq!(reply.status, StatusCode::OK, "{path}");
            let part = reply.json();
            assert_eq!((&part["total"], &part["per_page"]), (&whole["total"], &per_page.into()));
            rows.extend(part["rows"].as_array().unwrap().clone());
            parts += 1;
            let links = reply.header("link").to_owned();
            assert!(links.contains("rel=\"first\"") && links.contains("rel=\"last\""), "{links}");
            let next = links.split(", ").find(|link| link.contains("rel=\"next\""));
            let Some(next) = next else { break };
            path = next.split(['<', '>']).nth(1).unwrap().to_owned();
        }
        assert_eq!(&rows, whole["rows"].as_array().unwrap(), "{per_page}");
        assert_eq!(parts, rows.len().div_ceil(per_page));
    }
    let beyond = admin.get("/api/v1/organisations?page=1000&per_page=200").await;
    assert_eq!(
        (beyond.status, beyond.json()["rows"].as_array().unwrap().len()),
        (StatusCode::OK, 0)
    );
    assert!(!beyond.header("link").contains("next"));
    // What is filtered stays filtered on the way.
    let some = admin.get("/api/v1/organisations?q=%E7%AC%AC4&per_page=5").await;
    assert!(some.header("link").contains("q=%E7%AC%AC4"), "{}", some.header("link"));
    assert_eq!(some.json()["total"], 8);
}

#[tokio::test]
async fn of_two_who_change_the_same_version_one_is_told() {
    let world = World::new().await;
    let mut admin = administrator(&world).await;
    let made = admin.call("POST", "/api/v1/organisations", &[], DISTRICT).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let path = made.header("location").to_owned();
    assert_eq!(path, format!("/api/v1/organisations/{}", made.json()["id"]));
    let seen = admin.get(&path).await;
    let tag = seen.header("etag").to_owned();
    assert!(tag.starts_with(&format!("\"{}-", seen.json()["version"])), "{tag}");
    let change = |name: &str| format!(r#"{{"name":"{name}","district":"370212"}}"#);
    let none = admin.call("PUT", &path, &[], &change("甲局")).await;
    assert_eq!(none.status.as_u16(), 428, "{}", none.body);
    let any = admin.call("PUT", &path, &[("if-match", "*")], &change("甲局")).await;
    assert_eq!(any.status.as_u16(), 428);
    let odd = admin.call("PUT", &path, &[("if-match", "7")], &change("甲局")).await;
    assert_eq!(
        (odd.status.as_u16(), odd.json()["type"].as_str()),
        (400, Some("/api#problem-header"))
    );
    let first = admin.call("PUT", &path, &[("if-match", &tag)], &change("甲局")).await;
    assert_eq!((first.status, first.body.as_str()), (StatusCode::NO_CONTENT, ""));
    let second = admin.call("PUT", &path, &[("if-match", &tag)], &change("乙局")).await;
    assert_eq!(second.status, StatusCode::PRECONDITION_FAILED, "{}", second.body);
    let now = admin.get(&path).await;
    assert_eq!(now.json()["name"], "甲局");
    // What a change answers can be changed next, without another look.
    let next = first.header("etag").to_owned();
    let third = admin.call("PUT", &path, &[("if-match", &next)], &change("丙局")).await;
    assert_eq!(third.status, StatusCode::NO_CONTENT);
    let close = format!("{path}/close");
    let stale = admin.call("POST", &close, &[("if-match", &next)], "").await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let next = third.header("etag").to_owned();
    assert_eq!(
        admin.call("POST", &close, &[("if-match", &next)], "").await.status,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test]
async fn what_is_known_already_is_not_said_again() {
    let world = World::new().await;
    let mut admin = administrator(&world).await;
    for path in
        ["/api/v1/organisations/1", "/api/v1/organisations", "/api/v1/own", "/api/v1/openapi.json"]
    {
        let seen = admin.get(path).await;
        let tag = seen.header("etag").to_owned();
        assert_eq!(seen.header("cache-control"), "private, no-cache", "{path}");
        let again = admin.call("GET", path, &[("if-none-match", &tag)], "").await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
        assert_eq!(again.header("etag"), tag);
        let other = admin.call("GET", path, &[("if-none-match", "\"0\"")], "").await;
        assert_eq!(other.status, StatusCode::OK, "{path}");
    }
    // A role more is another answer about the same version of a person.
    let person = world.person("sunli", "孙丽", access::Role::CityOfficer, 1).await;
    let path = format!("/api/v1/people/{person}");
    let before = admin.get(&path).await;
    let held = &before.json()["memberships"][0];
    let ended = format!("/api/v1/memberships/{}", held["id"]);
    let version = format!("\"{}\"", held["version"]);
    let done = admin.call("DELETE", &ended, &[("if-match", &version)], "").await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.body);
    let tag = before.header("etag").to_owned();
    let after = admin.call("GET", &path, &[("if-none-match", &tag)], "").await;
    assert_eq!(
        (after.status, &after.json()["version"]),
        (StatusCode::OK, &before.json()["version"])
    );
    // In a browser nothing is kept.
    let session = world.session(world.settled("admin").await, true).await;
    let mut browser = crate::browser::Browser::with(&world.router, session);
    assert_eq!(browser.get("/api/v1/own").await.header("cache-control"), "no-store");
    let _ = program;
}
