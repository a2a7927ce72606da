//! The blank form: what it writes is what the reader reads, in both languages, and another
//! reader of workbooks finds it well formed.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use connectors::write_template;
use enterprise::{JudgedCriterion, Lang, ProblemKind, Text};
use rust_xlsxwriter::Workbook;

use crate::common::{A, catalogue, read_bytes, read_text, without_sources};

/// The headings of a form, as another reader sees them.
fn headings(bytes: Vec<u8>) -> Vec<String> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = workbook.sheet_names();
    let range = workbook.worksheet_range(&names[0]).unwrap();
    let row = range.rows().nth(2).unwrap();
    row.iter()
        .map(|cell| if let Data::String(text) = cell { text.clone() } else { panic!("{cell:?}") })
        .collect()
}

#[test]
fn every_heading_reads_back() {
    for (lang, sheets) in
        [(Lang::Zh, ["填报", "说明", "选项"]), (Lang::En, ["Form", "Guide", "选项"])]
    {
        let bytes = write_template(&catalogue(), 2023..=2025, None, lang).unwrap();
        let workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
        assert_eq!(workbook.sheet_names(), sheets);
        let outcome = read_bytes("t.xlsx", &bytes);
        // Nothing but "there is no subject in it": no column was unknown, ambiguous or refused.
        assert_eq!(outcome.told().lines().count(), 1, "{}", outcome.told());
        assert_eq!(outcome.summary.unwrap().problems[0].kind, ProblemKind::Empty);
        insta::assert_snapshot!(format!("headings_{lang:?}"), headings(bytes).join("\n"));
    }
}

#[test]
fn a_form_filled_in_equals_the_document() {
    let document = format!(
        r#"{{"uscc":"{A}","name":"甲","facts":{{
 "revenue":{{"2025":"51234567.89"}},"rd_expense":{{"2024":"0"}},"main_product_share":{{"2025":"35%"}},
 "staff":{{"2025":120}},"debt_ratio":"0.555","class1_ip":3,"quality_score":"81.25",
 "registered_capital":"1000万元","founded_on":"2015-03-01","has_brand":true,"size_class":"small","industry":"A0111"}},
 "events":[{{"kind":"national-science-award","date":"2024-05-01","rank":2}},{{"kind":"national-science-award","date":"2025-05-01","rank":1}}],
 "complete":[{{"kind":"serious-accident","until":"2026-11-22"}}],
 "judgements":[{{"owner":"specialised-sme","criterion":"market-position","met":true}}]}}"#
    );
    let expected = read_text("a.json", &document);
    let mut expected = expected.facts().clone();
    expected.titles_denied.push("little-giant".into());
    expected.titles.push(enterprise::Title {
        programme: "specialised-sme".into(),
        from: jiff::civil::date(2024, 7, 1),
        to: Some(jiff::civil::date(2027, 6, 30)),
    });
    let answers: [(&[&str], &str); 20] = [
        (&["统一社会信用代码", "USCC"], A),
        (&["企业名称", "Name"], "甲"),
        (&["营业收入2025年（万元）", "Revenue 2025 (万元)"], "5123.456789"),
        (&["研发费用2024年（万元）", "R&D expense 2024 (万元)"], "0"),
        (&["主导产品占比2025年（%）", "Share of main product 2025 (%)"], "35"),
        (&["职工总数2025年（人）", "Staff 2025 (people)"], "120"),
        (&["资产负债率（%）", "Debt ratio (%)"], "55.5"),
        (&["I类知识产权（有效）（项）", "Class I IP (items)"], "3"),
        (&["质量得分（分）", "Quality score (points)"], "81.25"),
        (&["注册资本（万元）", "Registered capital (万元)"], "1000"),
        (&["成立日期", "Founded on"], "2015-03-01"),
        (&["拥有自主品牌", "Own brand"], "yes"),
        (&["企业规模", "Size class"], "小型（含微型）"),
        (&["行业代码", "Industry"], "A0111"),
        (&["专精特新中小企业（有效期起）", "Specialised SME (valid from)"], "2024-07-01"),
        (&["专精特新中小企业（有效期止）", "Specialised SME (valid to)"], "2027-06-30"),
        (&["专精特新“小巨人”企业（有效期起）", "Little giant (valid from)"], "无"),
        (&["国家级科技奖励（日期）", "National science award (date)"], "2024-05-01；2025-05-01"),
        (&["国家级科技奖励（排名）", "National science award (rank)"], "2;1"),
        (&["重大安全事故（核查至）", "Serious accident (checked until)"], "2026-11-22"),
    ];
    for lang in [Lang::Zh, Lang::En] {
        let template = write_template(&catalogue(), 2024..=2025, None, lang).unwrap();
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "企业数据填报表").unwrap();
        let mut filled = 0;
        for (column, heading) in (0u16..).zip(headings(template)) {
            sheet.write(2, column, heading.as_str()).unwrap();
            let bare = heading.trim_start_matches('*');
            if let Some((_, answer)) = answers.iter().find(|(names, _)| names.contains(&bare)) {
                filled += 1;
                match answer.parse::<f64>() {
                    Ok(number) => sheet.write(3, column, number).unwrap(),
                    Err(_) => sheet.write(3, column, *answer).unwrap(),
                };
            }
            if bare.contains("专精特新中小企业·") || bare.contains("Specialised SME·") {
                filled += 1;
                sheet.write(3, column, "是").unwrap();
            }
        }
        assert_eq!(filled, answers.len() + 1);
        let outcome = read_bytes("f.xlsx", &workbook.save_to_buffer().unwrap());
        assert_eq!(outcome.told(), "");
        assert_eq!(without_sources(outcome.facts()), without_sources(&expected), "{lang:?}");
    }
}

#[test]
fn only_some_columns() {
    let only: BTreeSet<String> =
        ["revenue", "little-giant", "serious-accident", "common/chain-role"]
            .map(String::from)
            .into();
    let bytes = write_template(&catalogue(), 2025..=2025, Some(&only), Lang::Zh).unwrap();
    insta::assert_snapshot!(headings(bytes).join(" | "), @"*统一社会信用代码 | 企业名称 | 营业收入2025年（万元） | 专精特新“小巨人”企业（有效期起） | 专精特新“小巨人”企业（有效期止） | 重大安全事故（日期） | 重大安全事故（核查至） | 产业链关键环节（判断）");
    let wrong = BTreeSet::from(["revenu".to_owned()]);
    let problem = write_template(&catalogue(), 2025..=2025, Some(&wrong), Lang::Zh).unwrap_err();
    assert!(problem.help.zh.contains("revenue"), "{problem:?}");
    for years in [1980..=2025, 2025..=2101] {
        assert_eq!(
            write_template(&catalogue(), years, None, Lang::Zh).unwrap_err().kind,
            ProblemKind::WrongYear
        );
    }
    #[allow(clippy::reversed_empty_ranges)]
    let reversed = 2025..=2020;
    assert!(write_template(&catalogue(), reversed, None, Lang::Zh).is_err());
}

#[test]
fn names_that_look_alike_still_read_back() {
    let mut catalogue = catalogue();
    // A label that ends like a year, one that is another's id, and criteria without a title.
    for (id, zh) in [("ip_2022", "知识产权2022"), ("ip_2026", "知识产权"), ("营业收入", "收入口径")]
    {
        let mut like = (**catalogue.indicator("rd_expense").unwrap()).clone();
        like.id = id.into();
        like.label = Text::new(zh, zh);
        catalogue.add(like);
    }
    for owner in ["x", "y"] {
        catalogue.judged.push(JudgedCriterion {
            owner: owner.into(),
            criterion: "c".into(),
            label: Text::new("同名（判断）条件", "same"),
        });
    }
    for lang in [Lang::Zh, Lang::En] {
        let bytes = write_template(&catalogue, 2024..=2025, None, lang).unwrap();
        let texts = headings(bytes.clone());
        let distinct: BTreeSet<&String> = texts.iter().collect();
        assert_eq!(distinct.len(), texts.len());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.xlsx");
        std::fs::write(&path, bytes).unwrap();
        let summary = connectors::read_subjects(&path, &catalogue, &mut |_| {
            std::ops::ControlFlow::Continue(())
        });
        assert_eq!(summary.unwrap().problems.len(), 1);
    }
}
