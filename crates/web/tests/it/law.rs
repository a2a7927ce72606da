//! The law's pages: anybody reads them, every number of the rulebook in force stands on its page in words, what a
//! reviewer found is shown beside it and changes nothing else.

use access::Role;
use axum::http::StatusCode;
use rulebook::Sources;
use web::WebConfig;

use crate::browser::{Browser, Reply};
use crate::world::{World, rules};

async fn city() -> World {
    World::under(testbed::sqlite(), WebConfig::default(), rules()).await
}

/// As it stands in a page.
fn escaped(text: &str) -> String {
    let mut shown = String::new();
    for sign in text.chars() {
        match sign {
            '&' => shown.push_str("&#38;"),
            '<' => shown.push_str("&#60;"),
            '>' => shown.push_str("&#62;"),
            '"' => shown.push_str("&#34;"),
            '\'' => shown.push_str("&#39;"),
            other => shown.push(other),
        }
    }
    shown
}

/// What a reader sees of a piece of a page.
fn text(page: &str) -> String {
    let parts = page.split('<').skip(1).filter_map(|part| part.split_once('>'));
    parts.map(|(_, text)| text).collect::<String>().trim().to_owned()
}

fn says(reply: &Reply, texts: &[&str], what: &str) {
    assert_eq!(reply.status, StatusCode::OK, "{what}: {}", reply.body);
    for text in texts {
        assert!(reply.has(&escaped(text)), "{what} does not say “{text}”:\n{}", reply.body);
    }
}

#[tokio::test]
async fn anybody_reads_the_law_without_an_account() {
    let world = city().await;
    let mut browser = Browser::new(&world.router);
    let table: &[(&str, &[&str])] = &[
        (
            "/programmes",
            &[
                "优质中小企业",
                "专精特新中小企业",
                "工业和信息化部",
                "近期变化",
                "尚未与官方原文核对",
            ],
        ),
        ("/programmes?q=2号&standing=binding", &["专精特新中小企业", "共 "]),
        ("/programmes?q=没有这样的项目", &["没有符合条件"]),
        ("/programmes?lang=en", &["Specialised and innovative SME", "What changes when"]),
        ("/programmes?lang=zh&standing=open", &["未公开"]),
        (
            "/programmes/specialised-sme",
            &[
                "工信部企业〔2026〕2号",
                "近两年每年：",
                "研发费用 ≥ 100 万元",
                "附件1 三",
                "由评审人员判断：",
                "尚未明确",
                "指标口径",
                "以本项目为前置条件",
                "已获科技和创新型中小企业称号",
                "全部满足",
                "前置称号前一天到期",
                "规则库没有收录：",
                "待核对原文",
                "id=\"2026-rd\"",
            ],
        ),
        ("/programmes/specialised-sme?version=2022", &["已停用", "评分表", "（直通）", "总分"]),
        ("/programmes/tech-sme", &["2026 年度", "2026-06-01", "科技人员占职工总数", "≥ 30 %"]),
        (
            "/programmes/specialised-sme/compare",
            &["2022 版", "2026 版", "收紧", "条件逐项对照", "没有这一项"],
        ),
        ("/programmes/specialised-sme/compare?from=2026&to=2026", &["两个版本的规定没有差别"]),
        ("/programmes/key-little-giant/compare", &["只有一个版本"]),
        ("/programmes/specialised-sme/numbers", &["≥ 100 万元", "36 个月", "附件1 三", "4 个来源"]),
        ("/programmes/specialised-sme/numbers?version=2026&held=agrees", &["没有符合条件"]),
        ("/numbers", &["还没有数值与官方原文核对过", "各项目进度", "不改变任何结论"]),
        ("/numbers?owner=size-class", &["工业", "≥ 2000 万元"]),
        ("/numbers?at=specialised-sme@2026.rd", &["≥ 100 万元", "≥ 3 %"]),
        (
            "/numbers/specialised-sme@2026.rd.amount",
            &[
                "≥ 100 万元",
                "近两年每年：研发费用 ≥ 100 万元",
                "programmes/miit/specialised-sme/2026.toml:",
                "待核对原文",
                "limits",
            ],
        ),
    ];
    for (path, texts) in table {
        let reply = browser.get(path).await;
        // Anchors are no texts.
        let (anchors, texts): (Vec<&str>, Vec<&str>) =
            texts.iter().partition(|text| text.starts_with("id="));
        says(&reply, &texts, path);
        anchors.iter().for_each(|anchor| assert!(reply.has(anchor), "{path} {anchor}"));
        assert!(!reply.has("核对</button>") && !reply.has("提交核对结果"), "{path}");
    }
    for path in [
        "/programmes/nothing",
        "/programmes/specialised-sme?version=1999",
        "/programmes/specialised-sme/compare?from=1999",
        "/numbers/specialised-sme@2026.rd.nothing",
        "/numbers?at=nothing",
    ] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn every_number_of_the_law_stands_on_its_page_in_words() {
    let world = city().await;
    let law = world.platform.law();
    let mut browser = Browser::new(&world.router);
    let mut owners: Vec<&str> = law.numbers().iter().map(|one| one.owner.as_str()).collect();
    owners.dedup();
    assert!(law.numbers().len() > 500, "{}", law.numbers().len());
    for owner in owners {
        let path = match law.rulebook.programme(owner) {
            Some(_) => format!("/programmes/{owner}/numbers"),
            None => format!("/numbers?owner={owner}"),
        };
        for lang in ["zh", "en"] {
            let joint = if path.contains('?') { '&' } else { '?' };
            let page = browser.get(&format!("{path}{joint}lang={lang}")).await;
            for number in law.numbers().iter().filter(|number| number.owner == owner) {
                let address = number.address();
                let link = format!("href=\"/numbers/{address}\"");
                let (_, row) = page.body.split_once(&link).unwrap_or_else(|| panic!("{address}"));
                let row = row.split("</tr>").next().unwrap();
                let value = number.value();
                match lang {
                    "zh" if value == "—" => assert!(row.contains("未设止日"), "{address}"),
                    "zh" => assert!(row.contains(&escaped(&value)), "{address} {value}: {row}"),
                    _ => {
                        // Units and names are in English.
                        let said = text(row.split("</td>").nth(1).unwrap());
                        assert!(!said.is_empty(), "{address}: {row}");
                        let chinese = said.chars().any(|sign| ('一'..='龥').contains(&sign));
                        assert!(!chinese, "{address}: {said}");
                    }
                }
                let name = row.split('>').nth(1).unwrap().split('<').next().unwrap();
                assert!(!name.trim().is_empty(), "{address} has no name");
            }
        }
    }
}

const RD: &str = "/numbers/specialised-sme@2026.rd.amount";

fn found<'a>(finding: &'a str, says: &'a str, value: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("value", value),
        ("finding", finding),
        ("says", says),
        ("source", "https://example.com/2号.pdf 第 3 页"),
        ("note", "<b>备注</b>"),
    ]
}

#[tokio::test]
async fn what_a_reviewer_found_stands_beside_the_number_with_the_name_for_those_who_signed_in() {
    let world = city().await;
    let officer = world.person("zhangsan", "张三", Role::CityOfficer, 1).await;
    let member = world.person("lisi", "李四", Role::EnterpriseMember, world.firms[0]).await;
    let mut reviewer = Browser::with(&world.router, world.session(officer, true).await);
    let mut firm = Browser::with(&world.router, world.session(member, true).await);
    let mut nobody = Browser::new(&world.router);
    let page = reviewer.get(RD).await;
    says(&page, &["官方原文是否为“≥ 100 万元”？", "提交核对结果"], RD);
    let value = page.hidden("value").replace("&#62;", ">");

    // What is not said is asked for, what has changed meanwhile is said.
    let reply = reviewer.post(RD, &found("", "", &value)).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    says_anyway(&reply, &["请选择核对结果", "https://example.com/2号.pdf 第 3 页"]);
    let reply = reviewer.post(RD, &found("differs", "", &value)).await;
    says_anyway(&reply, &["请写明原文是怎么规定的"]);
    let reply = reviewer.post(RD, &found("agrees", "", "≥ 50 万元")).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert_eq!(firm.post(RD, &found("agrees", "", &value)).await.status, StatusCode::FORBIDDEN);

    let reply = reviewer.post(RD, &found("agrees", "", &value)).await;
    assert_eq!(reply.location(), format!("{RD}?done=law.confirmed"));
    let day = app::today(world.platform.now()).to_string();
    let named = format!("已核对（张三，{day}）");
    let nameless = format!("已核对（{day}）");
    for path in
        [RD, "/programmes/specialised-sme/numbers", "/numbers?at=specialised-sme@2026.rd.amount"]
    {
        says(&reviewer.get(path).await, &[&named], path);
        says(&firm.get(path).await, &[&named], path);
        let page = nobody.get(path).await;
        says(&page, &[&nameless], path);
        assert!(!page.has("张三") && !page.has("备注</b>"), "{path}");
    }
    // One of the two numbers of the criterion.
    says(&nobody.get("/programmes/specialised-sme").await, &["已核对 1/2"], "the programme");
    assert!(!reviewer.get(RD).await.has("<b>备注"));

    let reply = reviewer.post(RD, &found("differs", "不低于 <200> 万元", &value)).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let page = nobody.get("/numbers").await;
    says(&page, &["不低于 <200> 万元", "与原文不符，须在下一版规则库改正"], "/numbers");
    assert!(!page.has("<200>"));
    says(&nobody.get("/programmes/specialised-sme").await, &["与原文不符"], "the programme");
    let page = reviewer.get("/numbers/specialised-sme@2026.rd.amount").await;
    let (_, rest) = page.body.split_once("/withdraw/").unwrap();
    let id = rest.split('"').next().unwrap();
    let path = format!("{RD}/withdraw/{id}");
    says(&reviewer.get(&path).await, &["撤回核对结果", "≥ 100 万元"], &path);
    assert_eq!(reviewer.post(&path, &[("why", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reply = reviewer.post(&path, &[("why", "看错了")]).await;
    assert_eq!(reply.location(), format!("{RD}?done=law.withdrawn"));
    says(&reviewer.get(RD).await, &["待核对原文", "看错了", "已撤回"], RD);
    let page = nobody.get(RD).await;
    assert!(!page.has("看错了") && !page.has("不低于"), "{}", page.body);
}

fn says_anyway(reply: &Reply, texts: &[&str]) {
    for text in texts {
        assert!(reply.has(&escaped(text)), "“{text}”: {}", reply.body);
    }
}

#[tokio::test]
async fn a_day_of_which_only_a_name_is_known_is_not_told_as_the_day_of_coming_into_force() {
    let world = city().await;
    let mut browser = Browser::new(&world.router);
    let page = browser.get("/programmes").await;
    assert!(
        page.has("未注明年份的版本，标准未公开") && page.has("施行期未知，取收录日"),
        "{}",
        page.body
    );
    assert!(!page.has("未注明年份的版本施行"), "{}", page.body);
}

#[tokio::test]
async fn of_two_versions_in_force_each_says_what_for() {
    let world = city().await;
    let mut browser = Browser::new(&world.router);
    let page = browser.get("/programmes/little-giant").await;
    for tab in ["2026 版 · 现行（新申报）", "2022 版 · 现行（复核）"] {
        assert!(page.has(tab), "{tab}: {}", page.body);
    }
}

#[tokio::test]
async fn the_self_check_offers_a_title_on_the_ladder_whose_rung_it_counts_as() {
    let world = city().await;
    let mut browser = Browser::new(&world.router);
    let page = browser.get("/self-check").await;
    let (on_ladders, others) = page.body.split_once("其他项目").unwrap_or((&page.body, ""));
    for programme in ["innovative-sme", "tech-sme"] {
        let offered = format!("value=\"{programme}\"");
        assert!(on_ladders.contains(&offered), "{programme}: {}", page.body);
        assert!(!others.contains(&offered), "{programme}: {}", page.body);
    }
}

#[tokio::test]
async fn numbers_are_a_workbook_too() {
    let world = city().await;
    let mut browser = Browser::new(&world.router);
    for (path, name) in [
        ("/numbers.xlsx", "numbers.xlsx"),
        ("/programmes/specialised-sme/numbers.xlsx?version=2026", "numbers-specialised-sme.xlsx"),
    ] {
        let reply = browser.get(path).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert!(reply.header("content-disposition").contains(name));
        assert!(reply.body.starts_with("PK"), "{path}");
        // A spreadsheet can reckon with them.
        let (heads, numbers) = (reply.texts_of_workbook(), reply.numbers_of_workbook());
        assert!(heads.iter().any(|head| head == "单位"), "{heads:?}");
        assert!(numbers.iter().any(|number| number == "1500"), "{path}: {numbers:?}");
    }
}

/// A rulebook whose texts are hostile.
fn hostile() -> Sources {
    let bad = "<script>alert('x')</script>\\\"><img src=x onerror=alert(1)>";
    let mut sources = Sources::default();
    sources.add("rulebook.toml", "name = \"t\"\nformat = 1\n");
    sources.add(
        "programmes/m/bad/programme.toml",
        format!(
            "title = {{ zh = \"{bad}\", en = \"{bad}\" }}\nauthority = {{ zh = \"{bad}\", en = \"{bad}\" }}\nsubject = \"enterprise\"\nkind = \"title\"\n"
        ),
    );
    let version = |id: &str, from: &str, to: &str| {
        format!(
            "version = \"{id}\"\nstanding = \"binding\"\ndocument = {{ number = \"{bad}\", name = \"{bad}\" }}\nstatus = \"recalled\"\nnote = {{ zh = \"{bad}\", en = \"{bad}\" }}\nvalidity = \"{id} 年\"\n\n[[applies]]\npurpose = \"new\"\nfrom = {from}\n{to}clause = \"{bad}\"\n\n[[criterion]]\nid = \"one\"\nclause = \"{bad}\"\nlabel = {{ zh = \"{bad}\", en = \"{bad}\" }}\njudged = {{ by = \"reviewer\" }}\n"
        )
    };
    sources.add("programmes/m/bad/2022.toml", version("2022", "2022-01-01", "to = 2025-12-31\n"));
    sources.add("programmes/m/bad/2026.toml", version("2026", "2026-01-01", ""));
    sources
}

#[tokio::test]
async fn what_stands_in_a_rulebook_is_text_everywhere() {
    let sources = hostile();
    let compiled = rulebook::compile(&sources);
    assert!(compiled.is_usable(), "{:#?}", compiled.diagnostics);
    let world = World::under(testbed::sqlite(), WebConfig::default(), sources).await;
    let mut browser = Browser::new(&world.router);
    for path in [
        "/programmes",
        "/programmes/bad",
        "/programmes/bad?version=2022",
        "/programmes/bad/compare",
        "/programmes/bad/numbers",
        "/numbers",
        "/numbers/bad@2026.validity",
        "/numbers?owner=bad",
    ] {
        for lang in ["zh", "en"] {
            let joint = if path.contains('?') { '&' } else { '?' };
            let reply = browser.get(&format!("{path}{joint}lang={lang}")).await;
            assert_eq!(reply.status, StatusCode::OK, "{path}");
            assert!(!reply.has("<script>alert") && !reply.has("<img src=x"), "{path}");
            assert!(reply.has("&#60;script&#62;alert") || reply.has("&#60;img src=x"), "{path}");
        }
    }
}

#[tokio::test]
async fn pages_of_the_law_are_cheap_once_they_were_read() {
    let world = city().await;
    let mut browser = Browser::new(&world.router);
    for path in ["/programmes", "/programmes/tech-sme", "/programmes/tech-sme/numbers", "/numbers"]
    {
        browser.get(path).await;
        let mut best = std::time::Duration::MAX;
        for _ in 0..8 {
            let start = std::time::Instant::now();
            browser.get(path).await;
            best = best.min(start.elapsed());
        }
        println!("{path}: {best:?}");
        // A dozen times what it takes on an idle machine: other tests run beside it.
        assert!(best.as_millis() < 400, "{path}: {best:?}");
    }
}
