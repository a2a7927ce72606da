//! What programmes share: definitions, classes, indicators, codes, ladders.

use super::{ALL, COMMON, SIZE, check};

/// What programmes share: indicators, formulas, codes, classifications.
#[test]
fn shared_parts() {
    check(&[
        (
            ALL,
            "formula = 'rd_expense / revenue'",
            "formula = 'rd_expense / (revenue + rd_expense)'",
            &[
                "changed verdict formula | 研发强度 | 研发费用 ÷ 营业收入 → 研发费用 ÷ （营业收入 + 研发费用）",
            ],
        ),
        (
            ALL,
            r#"label = { zh = "营业收入""#,
            r#"label = { zh = "营收""#,
            &["changed wording label | 营收 | 营业收入 → 营收"],
        ),
        (
            ALL,
            r#"["0 元", "90000000000000 元"]"#,
            r#"["0 元", "80000000000000 元"]"#,
            &[
                "changed practice indicator | 营业收入 | [可填范围] | 0 元 至 900,000 亿元 → 0 元 至 800,000 亿元",
            ],
        ),
        (
            ALL,
            "effort = 4\nmoves = \"up\"",
            "effort = 4\nmoves = \"down\"",
            &["changed practice indicator | 等级 | [方案的变动方向] | 由“甲”往“丙” → 由“丙”往“甲”"],
        ),
        (
            ALL,
            "effort = 4\nmoves = \"up\"",
            "effort = \"fixed\"",
            &[
                "changed practice indicator | 等级 | [改变难度] | 4（经验估计，数字越大越难） → 提升方案不改变它",
                "changed practice indicator | 等级 | [方案的变动方向] | 由“甲”往“丙” → 不变动",
            ],
        ),
        (
            ALL,
            r#"  { id = "c", label = { zh = "丙", en = "C" } },
"#,
            r#"  { id = "c", label = { zh = "丙", en = "C" } },
  { id = "d", label = { zh = "丁", en = "D" } },
"#,
            &["added verdict indicator | 等级 | [选项] | - → 丁"],
        ),
        (
            ALL,
            r#"id = "listed"
label = { zh = "列入名单", en = "On the list" }"#,
            r#"id = "listed"
lack = "judgement"
label = { zh = "列入名单", en = "On the list" }"#,
            &["changed verdict indicator | 列入名单 | [缺失时] | 缺数据 → 待判断"],
        ),
        (
            "codes/districts.toml",
            r#"name = { zh = "市北区""#,
            r#"name = { zh = "新市北区""#,
            &["changed wording label | 新市北区 | 市北区 → 新市北区"],
        ),
        (
            "codes/districts.toml",
            r#"successor = "370203""#,
            r#"successor = "370202""#,
            &["changed practice code | 370205 四方区 | [改按此代码读取] | 370203 → 370202"],
        ),
        (
            "codes/districts.toml",
            "tile = { column = 1, row = 3 }",
            "tile = { column = 2, row = 3 }",
            &["changed wording code | 370203 市北区 | [示意图位置] | 列 1，行 3 → 列 2，行 3"],
        ),
        (
            SIZE,
            ">= 300 人",
            ">= 400 人",
            &[
                "changed verdict tier | 工业 | [大型：上年度从业人员] | ≥ 300 人 → ≥ 400 人 | 若 工业（行业 B、C）",
            ],
        ),
        (
            SIZE,
            r#"["B", "C"]"#,
            r#"["B", "C", "D"]"#,
            &["changed verdict class_group | 工业 | 行业 B、C → 行业 B、C、D"],
        ),
        (
            COMMON,
            "last 36 months",
            "last 24 months",
            &["↓changed verdict condition | 无事故 | 近 36 个月内无“事故” → 近 24 个月内无“事故”"],
        ),
    ]);
}
