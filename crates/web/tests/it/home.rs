//! The home page of each role: its work and nothing else's, and numbers that are those of the lists behind them.

use access::{OrganisationKind, Role};
use jiff::SignedDuration;

use crate::browser::{Browser, Reply};
use crate::populations::{code, in_use};
use crate::world::{World, rules};

async fn world() -> World {
    World::under(testbed::sqlite(), web::WebConfig::default(), rules()).await
}

/// The headings of a page below its title.
fn headings(page: &Reply) -> Vec<&str> {
    let parts = page.body.split("<h2>").skip(1);
    let main = page.body.split_once("<main").unwrap().1;
    parts
        .filter_map(|part| part.split_once("</h2>").map(|(text, _)| text))
        .filter(|text| main.contains(&format!("<h2>{text}</h2>")))
        .collect()
}

/// Each tile with a link: its label, its number, where it leads.
fn tiles(page: &Reply) -> Vec<(String, String, String)> {
    let parts = page.body.split("<span class=\"label\">").skip(1);
    parts
        .filter_map(|part| {
            let (to, rest) = part.split_once("<a href=\"")?.1.split_once("\">")?;
            let (label, rest) = rest.split_once("</a>")?;
            let number = rest.split_once("<b class=\"num\">")?.1.split_once("</b>")?.0;
            Some((label.to_owned(), number.to_owned(), to.replace("&#38;", "&")))
        })
        .collect()
}

/// How many rows a list says that it has.
fn total(page: &Reply) -> String {
    if page.has("class=\"empty\"") {
        return "0".to_owned();
    }
    let (_, rest) = page.body.split_once("共 ").unwrap_or_else(|| panic!("{}", page.body));
    rest.split(" 条").next().unwrap().to_owned()
}

async fn home(world: &World, person: i64) -> (Browser, Reply) {
    let mut browser = Browser::with(&world.router, world.session(person, true).await);
    let page = browser.get("/").await;
    (browser, page)
}

#[tokio::test]
async fn every_role_meets_its_own_work_and_no_other() {
    let world = world().await;
    let [south, _] = world.districts;
    let firm = world
        .organisation(south, OrganisationKind::Enterprise, "青岛海鸥仪器有限公司", Some(&code(1)))
        .await;
    let kind = |kind| world.organisation(1, kind, "示例单位", None);
    let offices = [
        kind(OrganisationKind::AdviserOffice).await,
        kind(OrganisationKind::Provider).await,
        kind(OrganisationKind::Bank).await,
        kind(OrganisationKind::ExpertPanel).await,
    ];
    in_use(&world).await;
    let expected: [(Role, i64, &[&str]); 9] = [
        (Role::CityOfficer, 1, &["全市企业", "政策与时间节点", "数值核对"]),
        (Role::Leader, 1, &["全市企业", "政策与时间节点"]),
        (Role::DistrictOfficer, south, &["本区市企业", "政策与时间节点"]),
        (Role::EnterpriseManager, firm, &["青岛海燕精密制造有限公司"]),
        (Role::EnterpriseMember, firm, &["青岛海燕精密制造有限公司"]),
        (Role::Adviser, offices[0], &[]),
        (Role::Provider, offices[1], &[]),
        (Role::Bank, offices[2], &[]),
        (Role::Expert, offices[3], &[]),
    ];
    for (role, organisation, wanted) in expected {
        let person = world.person(role.code(), "王芳", role, organisation).await;
        let (_, page) = home(&world, person).await;
        let found = headings(&page);
        for heading in wanted {
            assert!(found.contains(heading), "{role}: no {heading} in {found:?}");
        }
        for other in ["全市企业", "本区市企业", "平台运行", "数值核对"] {
            let own = wanted.contains(&other);
            assert_eq!(found.contains(&other), own, "{role}: {other} in {found:?}");
        }
        assert!(!page.has("与您有关"), "{role}");
    }
    for login in ["admin", "security", "auditor"] {
        let (_, page) = home(&world, world.settled(login).await).await;
        let found = headings(&page);
        assert!(found.contains(&"平台运行"), "{login}: {found:?}");
        assert!(!found.contains(&"全市企业"), "{login}: {found:?}");
    }
}

#[tokio::test]
async fn each_number_is_that_of_the_list_behind_it() {
    let world = world().await;
    in_use(&world).await;
    let unit = world.platform.store().write().await.unwrap();
    let at = world.platform.now();
    for login in ["liwei", "zhangmin"] {
        let new = store::person::New { login, name: "李伟", phone: None, mail: None, at };
        let person = store::person::insert(&unit, new).await.unwrap();
        let membership = store::membership::New {
            person: person.id,
            organisation: world.districts[0],
            role: Role::DistrictOfficer,
            state: store::membership::State::Proposed,
            from: app::today(at),
            until: None,
            proposed_by: None,
            at,
        };
        store::membership::insert(&unit, &membership).await.unwrap();
    }
    unit.commit().await.unwrap();
    let locked = world.person("sunli", "孙丽", Role::CityOfficer, 1).await;
    let unit = world.platform.store().write().await.unwrap();
    let until = at + SignedDuration::from_hours(1);
    let failure = store::person::Failure { at, first: true, lock: Some(until) };
    store::person::count_failure(&unit, locked, &failure).await.unwrap();
    unit.commit().await.unwrap();
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let people = [
        (
            officer,
            vec![
                ("已邀请待启用账号", "2"),
                ("企业总数", "2"),
                ("规模未知", "2"),
                ("待启用规则库", "0"),
            ],
        ),
        (world.settled("admin").await, vec![("已邀请待启用账号", "2"), ("已锁定账号", "1")]),
        (world.settled("security").await, vec![("角色待审批", "2"), ("已锁定账号", "1")]),
    ];
    for (person, expected) in people {
        let (mut browser, page) = home(&world, person).await;
        let found = tiles(&page);
        for (label, number) in expected {
            let known = found.iter().find(|(one, ..)| one == label);
            assert_eq!(
                known.map(|(_, number, _)| number.as_str()),
                Some(number),
                "{label}: {found:?}"
            );
        }
        let lists = ["/people", "/enterprises", "/jobs?", "/organisations"];
        let of_lists =
            found.into_iter().filter(|(.., to)| lists.iter().any(|list| to.starts_with(list)));
        for (label, number, to) in of_lists {
            assert_eq!(total(&browser.get(&to).await), number, "{label} {to}");
        }
    }
}

#[tokio::test]
async fn without_a_population_the_page_says_what_to_do() {
    let world = world().await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let (_, page) = home(&world, officer).await;
    assert!(page.has("href=\"/populations/bring\"") && page.has("还没有企业底数"), "{}", page.body);
    let leader = world.person("wu", "王五", Role::Leader, 1).await;
    let (_, page) = home(&world, leader).await;
    assert!(!page.has("href=\"/populations/bring\"") && page.has("市级经办"), "{}", page.body);
}

#[tokio::test]
async fn whoever_did_without_a_second_factor_is_not_told_that_they_gave_one() {
    let world = world().await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    // A session that counts as one with a factor, of somebody who has none.
    let (_, page) = home(&world, officer).await;
    assert!(!page.has("已完成二次验证") && page.has("不要求二次验证"), "{}", page.body);
}

#[tokio::test]
async fn figures_stand_on_no_list_of_whom_they_are_hidden_from_nor_is_anything_sorted_by_them() {
    let world = world().await;
    in_use(&world).await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let leader = world.person("wu", "王五", Role::Leader, 1).await;
    let both = "/enterprises?programme=specialised-sme&sort=-revenue";
    for (person, shown) in [(officer, true), (leader, false)] {
        let (mut browser, _) = home(&world, person).await;
        let page = browser.get(both).await;
        assert!(page.has("data-head=\"筛查结论\""), "{}", page.body);
        for head in ["营业收入", "最接近的未满足条件", "差距（%）"] {
            assert_eq!(page.has(head), shown, "{head}");
        }
        assert_eq!(page.has("aria-sort=\"descending\""), shown);
        assert_eq!(page.has("没有按“-revenue”排序"), !shown, "an order that is not had is told");
    }
}

#[tokio::test]
async fn sizes_add_up_to_everybody() {
    let world = world().await;
    in_use(&world).await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let (_, page) = home(&world, officer).await;
    let of_sizes = tiles(&page).into_iter().filter(|(.., to)| to.contains("size="));
    let numbers = of_sizes.map(|(_, number, _)| number.parse::<u64>().unwrap());
    assert_eq!(numbers.sum::<u64>(), 2, "{}", page.body);
}

#[tokio::test]
async fn what_is_no_conclusion_says_so_wherever_it_is_told() {
    let world = world().await;
    in_use(&world).await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let (mut browser, _) = home(&world, officer).await;
    let chip = |text: &str| format!("{text}</span>");
    for (programme, title, chips, never) in [
        ("gazelle", "瞪羚企业（参考）", "参考：缺数据", "标准未公开"),
        ("seed-pool", "（标准未公开）", "标准未公开", "缺数据"),
        ("specialised-sme", "专精特新中小企业", "缺数据", "标准未公开"),
    ] {
        let list = browser.get(&format!("/enterprises?programme={programme}")).await;
        assert!(list.has(title), "{programme}: {}", list.body);
        assert!(list.has(&chip(chips)), "{programme}: {}", list.body);
        assert!(!list.has(&chip(never)), "{programme}: {}", list.body);
        let what_ifs = browser.get("/what-if").await;
        let tried = what_ifs.has(&format!("href=\"/what-if/{programme}\""));
        assert_eq!(tried, programme != "seed-pool", "{}", what_ifs.body);
        for page in ["screening", "what-if"] {
            let page = browser.get(&format!("/{page}/{programme}")).await;
            assert!(page.body.split("</h1>").next().unwrap().contains(title), "{}", page.body);
        }
        let page = browser.get(&format!("/screening/{programme}")).await;
        assert_eq!(page.has("class=\"tiles\""), programme != "seed-pool", "{}", page.body);
        assert_eq!(
            page.has("class=\"note wait\""),
            programme != "specialised-sme",
            "{}",
            page.body
        );
    }
}

#[tokio::test]
async fn a_district_is_told_how_many_firms_are_its_own() {
    let world = world().await;
    in_use(&world).await;
    let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
    let district = world.person("liwei", "李伟", Role::DistrictOfficer, world.districts[0]).await;
    for (person, count) in [(officer, 2), (district, 1)] {
        let (mut browser, _) = home(&world, person).await;
        for path in ["/screening", "/screening/specialised-sme"] {
            let page = browser.get(path).await;
            assert!(page.has(&format!("共 {count} 户")), "{path}: {}", page.body);
        }
    }
}

#[tokio::test]
async fn a_workbook_says_what_it_is_about() {
    let demo = web::WebConfig { demo: true, ..web::WebConfig::default() };
    for (config, marked) in [(web::WebConfig::default(), false), (demo, true)] {
        let world = World::under(testbed::sqlite(), config, rules()).await;
        in_use(&world).await;
        let officer = world.person("wangfang", "王芳", Role::CityOfficer, 1).await;
        let (mut browser, _) = home(&world, officer).await;
        let list = "/enterprises/export.xlsx?programme=gazelle&district=370202&sort=-name";
        let number = "n.specialised-sme@2026.rd.amount";
        let moves = format!("/what-if/specialised-sme/export.xlsx?{number}=900%20万元");
        let moves = moves.replace(' ', "%20").replace("万元", "%E4%B8%87%E5%85%83");
        for (path, wanted) in [
            (list, &["瞪羚企业（参考）", "市南区", "企业名称 降序"][..]),
            (&moves, &["专精特新中小企业", "100 万元 → 900 万元"]),
        ] {
            let texts = browser.get(path).await.texts_of_workbook();
            let has = |part: &str| texts.iter().any(|text| text.contains(part));
            let law = world.platform.law();
            let always = ["底数", "2026-11-20", law.rulebook.short_hash(), "2025"];
            for part in wanted.iter().chain(&always) {
                assert!(has(part), "{path}: no {part} in {texts:?}");
            }
            // What is brought to a demonstration is not to be taken for the city.
            assert_eq!(has("演示数据"), marked, "{path}: {texts:?}");
        }
    }
}
