//! The examples of the document, sent as they stand.

use access::{OrganisationKind, Role};
use serde_json::{Value, json};

use super::city::{BRING, city, documents, works};
use super::program;
use crate::browser::Browser;

/// The example of the body of a call, if it has a body of JSON.
fn example<'d>(document: &'d Value, call: &'d Value) -> Option<&'d Value> {
    let schema = call.pointer("/requestBody/content/application~1json/schema")?;
    let to = schema["$ref"].as_str().unwrap().strip_prefix('#').unwrap();
    let example = document.pointer(to)?.pointer("/examples/0");
    Some(example.unwrap_or_else(|| panic!("{to} has no example")))
}

/// A path with the examples of its parts in their places, and numbers of things that are there.
fn filled(path: &str, call: &Value, id: i64) -> String {
    let parts = call["parameters"].as_array().unwrap();
    let mut path = path.replace("{id}", &id.to_string()).replace("{name}", "backup.make");
    for part in parts.iter().filter(|part| part["in"] == "path") {
        let name = part["name"].as_str().unwrap();
        if let Some(example) = part.pointer("/schema/examples/0").and_then(Value::as_str) {
            path = path.replace(&format!("{{{name}}}"), example);
        }
    }
    assert!(!path.contains('{'), "{path}: an example of a part is missing");
    path
}

#[tokio::test]
async fn every_example_of_the_document_can_be_sent_as_it_stands() {
    let (world, mut officer, firms) = city().await;
    let settled = world.settled("admin").await;
    let mut admin = program(&world, settled).await;
    let person = world.person("someone", "某某", Role::Leader, 1).await;
    // The firm of the document is one whose manager can let somebody act.
    let adviser = world.organisation(1, OrganisationKind::AdviserOffice, "代办中心", None).await;
    assert_eq!((world.firms[0], adviser), (4, 6), "the document speaks of these numbers");
    let manager = world.person("jingli", "经理", Role::EnterpriseManager, world.firms[0]).await;
    let mut manager = program(&world, manager).await;
    // Another population than that in use, of which the document speaks as the first one.
    let fewer = json!(&documents(&firms)[..2]).to_string();
    let brought = officer.call("POST", BRING, &[], &fewer).await.json()["id"].as_i64().unwrap();
    let document = officer.get("/api/v1/openapi.json").await.json();
    let mut sent = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, call) in methods.as_object().unwrap() {
            let Some(body) = example(&document, call) else { continue };
            let id = call["operationId"].as_str().unwrap();
            let (who, thing): (&mut Browser, i64) = match id {
                "create-organisation" | "change-schedule" => (&mut admin, 1),
                "change-organisation" => (&mut admin, world.districts[0]),
                "invite-person" => (&mut admin, 0),
                "propose-membership" | "unmask-person" => (&mut admin, person),
                "grant-delegation" => (&mut manager, 0),
                "use-population" => (&mut officer, brought),
                _ => (&mut officer, 1),
            };
            let path = filled(path, call, thing);
            let seen = who.get(path.trim_end_matches("/unmask")).await;
            let version = [("if-match", seen.header("etag"))];
            let headers =
                if method == "put" && !version[0].1.is_empty() { &version[..] } else { &[] };
            let reply = who.call(&method.to_uppercase(), &path, headers, &body.to_string()).await;
            let documented = call["responses"].get(reply.status.as_str()).is_some();
            assert!(
                reply.status.is_success() && documented,
                "{id} {path}: {} {}",
                reply.status,
                reply.body
            );
            works(&world).await;
            sent += 1;
        }
    }
    assert!(sent > 12, "only {sent} examples");
}
