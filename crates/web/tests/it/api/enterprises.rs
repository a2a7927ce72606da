//! Firms of the population in use: lists, one of them, why it stands where it stands; for those who see them.

use access::{OrganisationKind, Role};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::city::{city, lawful, manager, southern};
use super::{mistakes, officer, program};

const LIST: &str = "/api/v1/enterprises";

fn names(list: &Value) -> Vec<&str> {
    list["rows"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_list_is_narrowed_sorted_and_given_in_parts() {
    let (_world, mut officer, _firms) = city().await;
    let mut rows = async |query: &str| {
        let reply = officer.get(&format!("{LIST}{query}")).await;
        assert_eq!(reply.status, StatusCode::OK, "{query}: {}", reply.body);
        reply.json()
    };
    assert_eq!(names(&rows("?sort=-revenue").await), ["北岸云帆", "南岸精密", "南岸软件"]);
    assert_eq!(names(&rows("?q=%E8%BD%AF%E4%BB%B6").await), ["南岸软件"]);
    assert_eq!(names(&rows("?district=370203").await), ["北岸云帆"]);
    assert_eq!(rows("?district=none").await["total"], 0);
    assert_eq!(rows("?section=C").await["total"], 3);
    assert_eq!(rows("?section=A").await["total"], 0);
    assert_eq!(rows("?section=none").await["total"], 0);
    let part = rows("?sort=revenue&per_page=1&page=2").await;
    assert_eq!((part["total"].as_u64(), names(&part)), (Some(3), vec!["南岸精密"]));
    let first = rows("?sort=-revenue&per_page=1").await;
    assert_eq!(first["rows"][0]["revenue"], "98765432.10");
    assert_eq!(first["rows"][0]["standing"], Value::Null);
    // Nobody of them holds a title, which is said of each.
    let holders = rows("?programme=innovative-sme&held=true").await;
    let others = rows("?programme=innovative-sme&held=false").await;
    assert_eq!((holders["total"].as_u64(), others["total"].as_u64()), (Some(0), Some(3)));
    let standing = &others["rows"][0]["standing"];
    assert_eq!((&standing["held"], &standing["purpose"]), (&json!(false), &json!("new")));
    // What is missed is a distance to a threshold, or it is not.
    let near = rows("?programme=innovative-sme&measured=true").await;
    let far = rows("?programme=innovative-sme&measured=false").await;
    assert_eq!(near["total"].as_u64().unwrap() + far["total"].as_u64().unwrap(), 3);
    for (list, is_near) in [(&near, true), (&far, false)] {
        for row in list["rows"].as_array().unwrap() {
            assert_eq!(row["standing"]["shortfall"].is_null(), !is_near, "{row}");
        }
    }
    // Every firm stands in one of the five, and each of these is found by its name.
    let mut told = 0;
    for stand in ["eligible", "judgement-pending", "one-short", "lack-of-data", "no"] {
        let some = rows(&format!("?programme=innovative-sme&stand={stand}&sort=score")).await;
        told += some["total"].as_u64().unwrap();
        for one in some["rows"].as_array().unwrap() {
            assert_eq!(one["standing"]["population"], stand);
        }
    }
    assert_eq!(told, 3);
    for (query, said) in [
        ("stand=no", "programme required"),
        ("sort=score", "programme required"),
        ("held=true", "programme required"),
        ("measured=true", "programme required"),
        ("programme=inovative-sme", "programme code"),
        ("district=999999", "district code"),
        ("section=a", "section code"),
        ("section=Z", "section code"),
        ("section=AB", "section code"),
        ("section=ABCDE", "section length"),
        ("size=huge", "size code"),
        ("sort=age", "sort code"),
        ("stand=maybe", "stand code"),
        ("per_page=201", "per_page range"),
        ("districts=370202", "districts unknown-parameter"),
    ] {
        let reply = officer.get(&format!("{LIST}?{query}")).await;
        assert_eq!(
            (reply.status, mistakes(&reply.json())),
            (StatusCode::BAD_REQUEST, vec![said.to_owned()]),
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_firm_is_explained_as_an_evaluation_of_what_is_known_of_it() {
    let (_world, mut officer, firms) = city().await;
    let path = format!("{LIST}/{}", firms.south[0]);
    let firm = officer.get(&path).await;
    assert_eq!(firm.status, StatusCode::OK, "{}", firm.body);
    let again = officer.call("GET", &path, &[("if-none-match", firm.header("etag"))], "").await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let firm = firm.json();
    assert_eq!(firm["enterprise"]["name"], "南岸精密");
    assert_eq!(firm["facts"]["facts"]["revenue"]["2025"], "51234567.89");
    let path = format!("{path}/explanation");
    let whole = officer.get(&path).await;
    assert_eq!(whole.status, StatusCode::OK, "{}", whole.body);
    let body = json!({ "facts": [firm["facts"]], "as_of": whole.json()["as_of"] }).to_string();
    let judged = officer.call("POST", "/api/v1/evaluate", &[], &body).await.json();
    let whole = whole.json();
    let programmes = whole["programmes"].as_array().unwrap();
    assert!(programmes.len() > 10);
    assert_eq!(whole["programmes"], judged["results"][0]["programmes"]);
    let one = officer.get(&format!("{path}?programme=innovative-sme")).await.json();
    assert_eq!(one["programmes"].as_array().unwrap().len(), 1);
    assert!(programmes.contains(&one["programmes"][0]));
    let wrong = officer.get(&format!("{path}?programme=inovative-sme")).await;
    assert_eq!(
        (wrong.status, mistakes(&wrong.json())),
        (StatusCode::BAD_REQUEST, vec!["programme code".to_owned()])
    );
}

#[tokio::test]
async fn a_firm_of_another_district_is_not_there() {
    let (world, _, firms) = city().await;
    let mut south = southern(&world, Role::DistrictOfficer).await;
    let list = south.get(&format!("{LIST}?sort=-revenue")).await.json();
    assert_eq!(names(&list), ["南岸精密", "南岸软件"]);
    assert_eq!(south.get(&format!("{LIST}?district=370203")).await.json()["total"], 0);
    let north = firms.north.as_str();
    for path in [format!("{LIST}/{north}"), format!("{LIST}/{north}/explanation")] {
        let there = south.get(&path).await;
        let not = south.get(&path.replace(north, "91370203MA3C1A2ZZZ")).await;
        assert_eq!((there.status, not.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert_eq!(there.json()["detail"], not.json()["detail"]);
    }
    let export = south.get(&format!("{LIST}/export?programme=innovative-sme")).await.json();
    assert_eq!(names(&export), ["南岸精密", "南岸软件"]);
    assert!(export["record"].as_i64().is_some());
    assert!(export["watermark"]["zh"].as_str().unwrap().contains("南官"), "{export}");
    // A firm sees itself, and a role without enterprises sees none.
    let mut own = manager(&world, &firms.south[0]).await;
    assert_eq!(names(&own.get(LIST).await.json()), ["南岸精密"]);
    assert_eq!(own.get(&format!("{LIST}/{}", firms.south[0])).await.status, StatusCode::OK);
    let other = own.get(&format!("{LIST}/{}", firms.south[1])).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let panel = world.organisation(1, OrganisationKind::ExpertPanel, "专家组", None).await;
    let expert = world.person("zhuanjia", "某专家", Role::Expert, panel).await;
    let mut expert = program(&world, expert).await;
    for path in [LIST.to_owned(), format!("{LIST}/{north}"), format!("{LIST}/export")] {
        assert_eq!(expert.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn who_does_not_see_figures_is_not_told_what_follows_from_them() {
    let (world, _, firms) = city().await;
    let mut leader = southern(&world, Role::Leader).await;
    let path = format!("{LIST}/{}", firms.south[0]);
    let firm = leader.get(&path).await;
    assert_eq!(firm.status, StatusCode::OK, "{}", firm.body);
    assert!(!firm.body.contains("51234567"), "{}", firm.body);
    let firm = firm.json();
    assert_eq!((&firm["facts"], &firm["enterprise"]["revenue"]), (&Value::Null, &Value::Null));
    let why = leader.get(&format!("{path}/explanation")).await;
    assert_eq!(why.status, StatusCode::FORBIDDEN, "{}", why.body);
    assert_eq!(leader.get(&format!("{LIST}/export")).await.status, StatusCode::FORBIDDEN);
}

/// What the tax authority gives serves recognition only: a bank that a firm lets in sees the rest, and whatever is
/// told follows from the rest alone.
#[tokio::test]
async fn a_bank_with_consent_sees_figures_but_those_of_the_tax_authority() {
    let (world, mut officer, firms) = city().await;
    let code = &firms.south[0];
    let path = format!("{LIST}/{code}");
    let mut own = manager(&world, code).await;
    let bank = world.organisation(1, OrganisationKind::Bank, "示例银行", None).await;
    let person = world.person("yinhang", "某客户经理", Role::Bank, bank).await;
    let mut bank_program = program(&world, person).await;
    assert_eq!(bank_program.get(&path).await.status, StatusCode::NOT_FOUND);
    let unit = world.platform.store().write().await.unwrap();
    let today = app::today(world.platform.now());
    let firm = store::organisation::by_uscc(&unit, code).await.unwrap().unwrap().id;
    let until = today + jiff::Span::new().days(10);
    let at = world.platform.now();
    store::delegation::insert(&unit, firm, bank, today, until, 1, at).await.unwrap();
    unit.commit().await.unwrap();

    let whole = bank_program.get(&path).await;
    assert_eq!(whole.status, StatusCode::OK, "{}", whole.body);
    let told = whole.json();
    assert_eq!(told["facts"]["facts"]["employees"]["2025"], "120", "{}", whole.body);
    assert_eq!(told["enterprise"]["revenue"], Value::Null);
    let why = bank_program.get(&format!("{path}/explanation")).await;
    assert_eq!(why.status, StatusCode::OK, "{}", why.body);
    let page = why.json();
    let withheld: Vec<&str> =
        page["withheld"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    for id in ["revenue", "rd_expense", "debt_ratio", "main_share"] {
        assert!(withheld.contains(&id), "{id}: {withheld:?}");
    }
    assert!(!withheld.contains(&"employees"), "{withheld:?}");
    // Neither a figure nor what was computed from one: intensity 7.03 %, growth 19.15 %.
    for secret in ["51234567", "43000000", "3600000", "2900000", "0.0702", "0.191"] {
        for reply in [&whole, &why] {
            assert!(!reply.body.contains(secret), "{secret}: {}", reply.body);
        }
    }
    // Officers and the firm itself are told everything.
    for who in [&mut officer, &mut own] {
        let why = who.get(&format!("{path}/explanation")).await;
        assert!(why.body.contains("51234567.89"), "{}", why.body);
        assert_eq!(why.json()["withheld"], Value::Null);
    }

    // Looks at another's figures are on the record, once for the same within ten minutes; those at one's own are not.
    let auditor = world.settled("auditor").await;
    let mut auditor = program(&world, auditor).await;
    let list = auditor.get("/api/v1/audit?action=enterprise.read&per_page=200").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.body);
    let looks: Vec<Value> = list.json()["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["outcome"] == "looked")
        .cloned()
        .collect();
    assert_eq!(looks.len(), 2, "{}", list.body);
}

#[tokio::test]
async fn without_a_population_there_is_nothing() {
    let world = lawful().await;
    let mut officer = officer(&world).await;
    for path in [
        LIST.to_owned(),
        format!("{LIST}/export"),
        format!("{LIST}/91370202MA3C1A2B93"),
        format!("{LIST}/91370202MA3C1A2B93/explanation"),
        "/api/v1/screening".into(),
        "/api/v1/screening/innovative-sme".into(),
    ] {
        assert_eq!(officer.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn an_order_by_what_the_role_does_not_see_is_refused_and_not_left_out() {
    let (world, _, _) = city().await;
    let leader = world.person("wu", "王五", Role::Leader, 1).await;
    let mut leader = program(&world, leader).await;
    for sort in ["revenue", "-revenue"] {
        let refused = leader.get(&format!("{LIST}?sort={sort}")).await;
        assert_eq!(
            (refused.status, mistakes(&refused.json())),
            (StatusCode::BAD_REQUEST, vec!["sort hidden".to_owned()])
        );
    }
    assert_eq!(leader.get(&format!("{LIST}?sort=-name")).await.status, StatusCode::OK);
}
