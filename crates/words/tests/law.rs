//! Conditions and quantities of the law in both languages, from expressions as rule files write them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that finds something else than it expects may stop right there"
)]

use enterprise::{Fact, Facts, Source, Text, Value};
use rules::{Body, Condition, Outcome, Purpose, Question, Rulebook, evaluate};
use words::law;

const INDICATORS: &str = r#"
[[indicator]]
id = "revenue"
label = { zh = "营业收入", en = "Operating revenue" }
kind = "money"
period = "yearly"
range = ["0 元", "100000000000 元"]
[[indicator]]
id = "rd"
label = { zh = "研发费用", en = "R&D expense" }
kind = "money"
period = "yearly"
range = ["0 元", "100000000000 元"]
[[indicator]]
id = "patents"
label = { zh = "专利", en = "Patents" }
kind = "number"
unit = { zh = "项", en = "items" }
range = ["0 项", "1000 项"]
[[indicator]]
id = "share"
label = { zh = "占有率", en = "Market share" }
kind = "ratio"
period = "yearly"
range = ["0 %", "100 %"]
[[indicator]]
id = "founded"
label = { zh = "成立日期", en = "Founded on" }
kind = "date"
[[indicator]]
id = "listed"
label = { zh = "列入异常名录", en = "On the abnormal list" }
kind = "flag"
[[indicator]]
id = "size"
label = { zh = "规模", en = "Size" }
kind = "choice"
choices = [
  { id = "large", label = { zh = "大型", en = "large" } },
  { id = "medium", label = { zh = "中型", en = "medium" } },
  { id = "small", label = { zh = "小型", en = "small" } },
]
[[event]]
id = "accident"
label = { zh = "生产安全事故", en = "Work safety accident" }
[[event]]
id = "award"
label = { zh = "科技奖励", en = "Science award" }
attributes = [{ id = "rank", label = { zh = "排名", en = "rank" } }]
"#;

const HEAD: &str = r#"
version = "2026"
standing = "binding"
document = { number = "1号" }
status = "reposted"
[[applies]]
purpose = "re-review"
from = 2026-01-01
clause = "一"
[[criterion]]
id = "only"
clause = "一"
label = { zh = "条件", en = "Criterion" }
"#;

const PROGRAMME: &str = r#"
title = { zh = "小巨人", en = "Little giant" }
subject = "enterprise"
authority = { zh = "工信部", en = "Ministry" }
kind = "title"
"#;

fn compiled(expression: &str) -> Rulebook {
    let limits =
        [("money", "100 万元"), ("part", "3 %"), ("few", "1 项"), ("age", "3 年"), ("top", "3")];
    let limits: Vec<String> = limits
        .iter()
        .filter(|(name, _)| expression.contains(&format!(" {name}")))
        .map(|(name, value)| format!("{name} = \"{value}\""))
        .collect();
    let version = format!("{HEAD}limits = {{ {} }}\nrequire = '{expression}'\n", limits.join(", "));
    let mut sources = rulebook::Sources::default();
    sources.add("rulebook.toml", "name = \"t\"\nformat = 1\n");
    sources.add("indicators/all.toml", INDICATORS);
    sources.add("programmes/m/giant/programme.toml", PROGRAMME);
    sources.add("programmes/m/giant/2026.toml", version.as_str());
    let compiled = rulebook::compile(&sources);
    assert!(compiled.is_usable(), "{expression}: {:?}", compiled.diagnostics);
    compiled.rulebook
}

fn condition(expression: &str) -> Condition {
    let rulebook = compiled(expression);
    let version = rulebook.programmes.first().unwrap().versions.first().unwrap();
    match &version.criteria.first().unwrap().body {
        Body::Require(condition) => condition.clone(),
        other => panic!("{expression}: {other:?}"),
    }
}

#[test]
fn conditions_read_like_the_law() {
    for (expression, zh, en) in [
        (
            "revenue[base] >= money",
            "上年度营业收入 ≥ 100 万元",
            "Operating revenue of last fiscal year ≥ CNY 1 m",
        ),
        (
            "revenue[base-1] > revenue[base+1]",
            "前一年营业收入 > 本年度营业收入",
            "Operating revenue of the year before > Operating revenue of this year",
        ),
        (
            "rd[base] / revenue[base] >= part",
            "上年度：研发费用 ÷ 营业收入 ≥ 3 %",
            "last fiscal year: R&D expense ÷ Operating revenue ≥ 3 %",
        ),
        (
            "rd[base] >= money and rd[base] / revenue[base] >= part",
            "上年度：研发费用 ≥ 100 万元，且 研发费用 ÷ 营业收入 ≥ 3 %",
            "last fiscal year: R&D expense ≥ CNY 1 m and R&D expense ÷ Operating revenue ≥ 3 %",
        ),
        (
            "each of last 2 years { rd >= money; rd / revenue >= part }",
            "近两年每年：研发费用 ≥ 100 万元，且 研发费用 ÷ 营业收入 ≥ 3 %",
            "in each of the last 2 years: R&D expense ≥ CNY 1 m and R&D expense ÷ Operating revenue ≥ 3 %",
        ),
        (
            "some of last 3 years { rd >= money; share >= part }",
            "近三年任一年：研发费用 ≥ 100 万元，且 占有率 ≥ 3 %",
            "in at least one of the last 3 years: R&D expense ≥ CNY 1 m and Market share ≥ 3 %",
        ),
        (
            "share[base+1] >= part or share[base] >= part",
            "本年度、上年度任一年：占有率 ≥ 3 %",
            "in this year or last fiscal year: Market share ≥ 3 %",
        ),
        // Two years that are no block: each says its own.
        (
            "share[base] >= part or share[base-2] >= part",
            "上年度占有率 ≥ 3 %，或 上年度之前第 2 年占有率 ≥ 3 %",
            "Market share of last fiscal year ≥ 3 % or Market share of the year 2 years before the last fiscal year ≥ 3 %",
        ),
        (
            "any { revenue[base] >= money; sum of last 2 years (rd) >= money; patents >= few }",
            "上年度营业收入 ≥ 100 万元，或 近两年研发费用合计 ≥ 100 万元，或 专利 ≥ 1 项",
            "Operating revenue of last fiscal year ≥ CNY 1 m or total of R&D expense over the last 2 years ≥ CNY 1 m or Patents ≥ 1 item",
        ),
        (
            "average of last 2 years (rd / revenue) >= part",
            "近两年（研发费用 ÷ 营业收入）平均值 ≥ 3 %",
            "average of (R&D expense ÷ Operating revenue) over the last 2 years ≥ 3 %",
        ),
        (
            "average growth over 2 years (revenue) >= part",
            "近两年营业收入平均增长率 ≥ 3 %",
            "mean yearly growth of operating revenue over the last 2 years ≥ 3 %",
        ),
        (
            "compound growth over 2 years (revenue) >= part",
            "近两年营业收入复合增长率 ≥ 3 %",
            "compound growth of operating revenue over the last 2 years ≥ 3 %",
        ),
        (
            "growth(revenue[base]) >= part",
            "上年度营业收入增长率 ≥ 3 %",
            "growth of operating revenue in last fiscal year ≥ 3 %",
        ),
        (
            "full years from founded to end of base >= age",
            "成立日期至上年度末的整年数 ≥ 3 年",
            "full years from “Founded on” to the end of last fiscal year ≥ 3 years",
        ),
        (
            "at least 2 of { patents >= few; listed; size in { small } }",
            "至少满足 2 项：专利 ≥ 1 项；列入异常名录：是；规模为小型",
            "at least 2 of: Patents ≥ 1 item; On the abnormal list: yes; Size is small",
        ),
        (
            "not listed and not size in { large } and not patents >= few",
            "列入异常名录：否，且 规模不为大型，且 专利 < 1 项",
            "On the abnormal list: no and Size is not large and Patents < 1 item",
        ),
        (
            "not (listed or patents >= few)",
            "不得：列入异常名录：是，或 专利 ≥ 1 项",
            "not: On the abnormal list: yes or Patents ≥ 1 item",
        ),
        (
            "listed or (patents >= few and size in { medium, small })",
            "列入异常名录：是，或 （专利 ≥ 1 项，且 规模为中型或小型）",
            "On the abnormal list: yes or (Patents ≥ 1 item and Size is medium or small)",
        ),
        (
            "not happened(\"accident\", last 36 months)",
            "近 36 个月内无“生产安全事故”",
            "no work safety accident within the last 36 months",
        ),
        (
            "happened(\"award\", since start of base, rank <= top)",
            "上年度 1 月 1 日以来有“科技奖励”（排名 ≤ 3）",
            "Science award (rank ≤ 3) since the start of last fiscal year",
        ),
        ("holds(\"giant\")", "持有有效的“小巨人”称号", "holds a valid title: Little giant"),
    ] {
        assert_eq!(law::condition(&condition(expression)), Text::new(zh, en), "{expression}");
    }
}

#[test]
fn a_long_condition_is_listed_part_by_part() {
    let listing = law::listing(&condition(
        "all { sum of last 2 years (rd) >= money; each of last 2 years { rd / revenue >= part } }",
    ));
    assert_eq!(listing.heading.zh, "同时满足");
    let parts: Vec<&str> = listing.parts.iter().map(|part| part.zh.as_str()).collect();
    let each = "近两年每年：研发费用 ÷ 营业收入 ≥ 3 %";
    assert_eq!(parts, ["近两年研发费用合计 ≥ 100 万元", each]);

    let block =
        law::listing(&condition("each of last 2 years { rd >= money; rd / revenue >= part }"));
    assert_eq!(block.heading.zh, "近两年每年");
    assert_eq!(block.parts.len(), 2);
}

#[test]
fn a_threshold_is_told_with_what_is_held_against_it() {
    for (expression, limit, zh) in [
        ("revenue[base] >= money", "money", &["上年度营业收入 ≥ 100 万元"][..]),
        (
            "each of last 2 years { rd >= money; rd / revenue >= part }",
            "part",
            &["近两年每年：研发费用 ÷ 营业收入 ≥ 3 %"],
        ),
        (
            "rd[base] >= money and rd[base] / revenue[base] >= part",
            "money",
            &["上年度：研发费用 ≥ 100 万元"],
        ),
        ("revenue[base] >= money or patents >= few", "few", &["专利 ≥ 1 项"]),
        (
            "revenue[base] >= money or rd[base-1] > money",
            "money",
            &["上年度营业收入 ≥ 100 万元", "前一年研发费用 > 100 万元"],
        ),
        (
            "happened(\"award\", last 36 months, rank <= top)",
            "top",
            &["近 36 个月内有“科技奖励”（排名 ≤ 3）"],
        ),
        ("revenue[base] >= money", "nothing", &[]),
    ] {
        let found: Vec<String> =
            law::naming(&condition(expression), limit).into_iter().map(|words| words.zh).collect();
        assert_eq!(found, zh, "{expression}");
    }
}

/// A large firm gets no smaller for a title; patents can be had. Of several ways one that is open is enough.
#[test]
fn what_the_catalogue_calls_fixed_bars_the_way() {
    let small = "size in { medium, small }";
    let [all, any] = ["all", "any"].map(|word| format!("{word} {{ {small}; patents >= few }}"));
    for (expression, size, patents, barred) in [
        (small, 0, 0, true),
        (small, 2, 0, false),
        ("patents >= few", 0, 0, false),
        (&all, 0, 5, true),
        (&all, 2, 0, false),
        (&any, 0, 0, false),
        ("not (listed)", 0, 0, false),
        ("listed", 0, 0, true),
    ] {
        let mut facts = Facts::default();
        for (id, value) in [
            ("size", Value::Choice(size)),
            ("patents", Value::Number(patents)),
            ("listed", Value::Flag(false)),
        ] {
            facts.set(id, None, Fact { value, source: Source::default() });
        }
        let rulebook = compiled(expression);
        let question = Question {
            purpose: Some(Purpose::ReReview),
            ..Question::on(jiff::civil::date(2026, 11, 23))
        };
        let programme = rulebook.programmes.first().unwrap();
        let answer = evaluate(&rulebook, programme, &facts, &question);
        let Outcome::Assessed(assessment) = &answer.outcome else { panic!("{expression}") };
        assert_eq!(words::short::is_barred(assessment), barred, "{expression} {size} {patents}");
    }
}
