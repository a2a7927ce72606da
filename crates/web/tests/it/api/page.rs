//! The documentation, as a page and as a document.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use crate::browser::Browser;
use crate::world::World;

fn attributes<'a>(body: &'a str, mark: &str) -> Vec<&'a str> {
    body.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn the_page_has_every_call_and_every_link_in_it_leads_somewhere() {
    let world = World::new().await;
    let mut nobody = Browser::new(&world.router);
    for lang in ["zh", "en"] {
        let document = nobody.get(&format!("/api/v1/openapi.json?lang={lang}")).await;
        assert_eq!(document.status, StatusCode::OK);
        let document = document.json();
        let page = nobody.get(&format!("/api?lang={lang}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let mut calls = 0;
        for (path, methods) in document["paths"].as_object().unwrap() {
            for call in methods.as_object().unwrap().values() {
                let id = call["operationId"].as_str().unwrap();
                assert!(page.has(&format!("id=\"call-{id}\"")), "{id}");
                assert!(
                    page.has(&call["summary"].as_str().unwrap().replace('\'', "&#39;")),
                    "{id}"
                );
                assert!(page.has(path));
                calls += 1;
            }
        }
        assert!(calls > 50);
        let ids = attributes(&page.body, " id=\"");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an id is there twice");
        for to in attributes(&page.body, "href=\"#") {
            assert!(unique.contains(to), "#{to}");
        }
        assert!(!page.has("<script>") && !page.has("style=") && !page.has("http://"));
        for wrong in ["api.page.", "api.problem.", "error.", "&#42;&#42;", " | "] {
            assert!(!page.has(wrong), "{wrong}");
        }
        // What a problem's type leads to.
        for code in ["query", "stale", "too-many", "key"] {
            assert!(unique.contains(format!("problem-{code}").as_str()), "{code}");
        }
    }
}
