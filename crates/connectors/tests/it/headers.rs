//! Headers: every way to write a heading, and the headings that are not taken.

use enterprise::{ProblemKind, Value};

use crate::common::{A, read_text, short};

fn one(heading: &str, cell: &str) -> crate::common::Outcome {
    read_text("h.csv", &format!("统一社会信用代码,企业名称,\"{heading}\"\n{A},甲,\"{cell}\"\n"))
}

#[test]
fn ways_to_write_a_heading() {
    let wan = Value::Number(1_000_000_000);
    for heading in [
        "营业收入2025（万元）",
        "营业收入（万元）2025年",
        "2025年营业收入（万元）",
        "2025年度营业收入(万元)",
        "营业收入（2025年）（万元）",
        "营业收入（2025年，万元）",
        "营业收入（万元，2025年）",
        "营业收入/万元 2025",
        "营业收入：万元（2025）",
        "营 业 收 入\n２０２５（ 万元 ）",
        "*营业收入2025【单位：万元】",
        "营收2025（万元）",
        "revenue 2025 (万元)",
        "Revenue 2025 (万元)",
    ] {
        let outcome = one(heading, "1000");
        assert_eq!(
            short(outcome.facts()).get("revenue.2025"),
            Some(&wan),
            "{heading}: {}",
            outcome.told()
        );
        assert_eq!(outcome.told(), "", "{heading}");
    }
    assert_eq!(short(one("I类知识产权(有效)（项）", "3").facts())["class1_ip"], Value::Number(3));
    assert_eq!(short(one("资产负债率（%）", "55.5").facts())["debt_ratio"], Value::Number(555_000));
    assert_eq!(
        short(one("企业规模（必填）", "小型(含微型)").facts())["size_class"],
        Value::Choice(0)
    );
}

#[test]
fn headings_that_are_not_taken() {
    let mut told = String::new();
    for heading in [
        "营业收入",
        "上年度营业收入（万元）",
        "营业收人2025（万元）",
        "营业收入2025（含税）",
        "营业收入2025（人）",
        "营业收入1889（万元）",
        "资产负债率2025",
        "研发强度2025",
        "市场地位突出（判断）",
        "专精特新中小企业",
        "国家级科技奖励",
        "联系人",
        "企业名称/联系人",
    ] {
        let outcome = one(heading, "1000");
        assert!(short(outcome.facts()).is_empty(), "{heading}");
        outcome.assert_bilingual();
        told.push_str(&outcome.told());
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_label_that_two_criteria_share_needs_its_title() {
    let heading = "专精特新中小企业·市场地位突出（判断）";
    let outcome = one(heading, "是");
    assert_eq!(outcome.facts().judgements[0].owner, "specialised-sme");
    let outcome =
        one("专精特新“小巨人”企业·市场地位突出（判断）".replace('"', "\"\"").as_str(), "是");
    assert_eq!(outcome.facts().judgements[0].owner, "little-giant");
}

#[test]
fn two_columns_for_one_fact_refuse_the_file() {
    let text = format!("统一社会信用代码,营业收入2025（万元）,营收（2025年）\n{A},1,2\n");
    let outcome = read_text("h.csv", &text);
    assert_eq!(outcome.failure(), ProblemKind::Conflict);
    assert!(
        outcome.told().contains("B 营业收入2025（万元）")
            && outcome.told().contains("C 营收（2025年）")
    );
}

#[test]
fn a_header_of_two_rows() {
    let text = format!(
        "企业情况表,,,,,,,\n单位：万元,,,,,,,\n\
         统一社会信用代码,企业名称,营业收入（万元）,,,专精特新中小企业,,备注\n\
         ,,2023年,2024年,2025年,有效期起,有效期止,\n\
         {A},甲,1,2,3,2024-07-01,2027-06-30,x\n"
    );
    let outcome = read_text("h.csv", &text);
    let values = short(outcome.facts());
    assert_eq!(values["revenue.2023"], Value::Number(1_000_000));
    assert_eq!(values["revenue.2025"], Value::Number(3_000_000));
    assert_eq!(outcome.facts().titles.len(), 1);
    assert_eq!(outcome.told().lines().count(), 1, "{}", outcome.told());
    let text = format!(
        "统一社会信用代码,2025年,,2024年,\n统一社会信用代码,营业收入（万元）,职工总数,营业收入（万元）,职工总数\n{A},1,2,3,4\n"
    );
    let outcome = read_text("h.csv", &text);
    let values = short(outcome.facts());
    assert_eq!(values["revenue.2025"], Value::Number(1_000_000));
    assert_eq!(values["staff.2024"], Value::Number(4));
    // A first row of data is not taken for a second row of headings.
    let text = format!("统一社会信用代码,企业名称,营业收入（万元）\n,甲,2023\n{A},乙,5\n");
    let outcome = read_text("h.csv", &text);
    assert!(outcome.told().contains("没有写明年度"), "{}", outcome.told());
}

#[test]
fn a_unit_note_above_the_header() {
    let head = "统一社会信用代码,营业收入2025,注册资本（元）,职工总数2025";
    let text = format!("情况表,,,\n（金额单位：万元）,,,\n{head}\n{A},1,2,3\n");
    let outcome = read_text("h.csv", &text);
    let values = short(outcome.facts());
    assert_eq!(values["revenue.2025"], Value::Number(1_000_000));
    assert_eq!(values["registered_capital"], Value::Number(200));
    assert_eq!(outcome.told(), "");
    let outcome = read_text("h.csv", &format!("{head}\n{A},1,2,3\n"));
    assert_eq!(short(outcome.facts())["revenue.2025"], Value::Number(100));
    assert!(outcome.told().contains("按“元”读入"), "{}", outcome.told());
}

#[test]
fn no_header_says_how_to_get_one() {
    let outcome = read_text("h.csv", "企业,收入\n甲,1\n");
    assert_eq!(outcome.failure(), ProblemKind::Unreadable);
    assert!(outcome.told().contains("tidu template"));
    let outcome = read_text("h.xlsx", "企业,收入\n甲,1\n");
    assert!(outcome.told().contains("扩展名是 .xlsx，但内容是文本"), "{}", outcome.told());
    let outcome = read_text("h.csv", "统一社会信用代码,收入水平\nx,1\n");
    assert!(outcome.told().contains("第 1 行有统一社会信用代码一列"), "{}", outcome.told());
}
