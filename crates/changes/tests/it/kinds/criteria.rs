//! Criteria: added, dropped, renamed, moved, judged.

use super::check;
use crate::books::VERSION_FILE;

/// Criteria: new, gone, renamed, moved, for whom they are, who judges.
#[test]
fn criteria() {
    check(&[
        (
            VERSION_FILE,
            r#"[[criterion]]
id = "clean""#,
            r#"[[criterion]]
id = "staff"
clause = "三"
label = { zh = "人员", en = "Staff" }
limits = { few = "20 人" }
require = 'employees[base] >= few'

[[criterion]]
id = "clean""#,
            &["↑added verdict criterion | 人员 | - → 上年度从业人员 ≥ 20 人"],
        ),
        (
            VERSION_FILE,
            r#"[[criterion]]
id = "lower"
clause = "一"
label = { zh = "基础称号", en = "Title below" }
require = 'holds("base-firm")'
"#,
            "",
            &["↓removed verdict criterion | 基础称号 | 持有有效的“基础企业”称号 → -"],
        ),
        (
            VERSION_FILE,
            r#"[[criterion.any]]
id = "score""#,
            r#"[[criterion.any]]
id = "big"
label = { zh = "规模大", en = "Big" }
limits = { many = "900 人" }
require = 'employees[base] >= many'

[[criterion.any]]
id = "score""#,
            &["↓added verdict criterion | 规模大 | 在“得分或直通” | - → 上年度从业人员 ≥ 900 人"],
        ),
        (
            VERSION_FILE,
            r#"id = "revenue"
clause"#,
            r#"id = "sales"
clause"#,
            &["renamed wording criterion | 营业收入 | revenue → sales"],
        ),
        (
            VERSION_FILE,
            r#"id = "position""#,
            r#"id = "market-position""#,
            &["renamed verdict criterion | 市场地位 | position → market-position"],
        ),
        (
            VERSION_FILE,
            r#"[[criterion.any]]
id = "award"
label = { zh = "获奖", en = "Award" }
direct = true"#,
            r#"[[criterion]]
clause = "六"
id = "award"
label = { zh = "获奖", en = "Award" }"#,
            &[
                "moved verdict criterion | 获奖 | “得分或直通”之下（满足一项即可） → 单独成条",
                "changed verdict path | 获奖 | 直通 → 非直通",
            ],
        ),
        (
            VERSION_FILE,
            r#"purposes = ["new"]
"#,
            "",
            &["changed verdict scope | 不在名单 | 新申报 → 所有用途"],
        ),
        (
            VERSION_FILE,
            "是否靠前？",
            "是否居前三？",
            &["changed practice judgement | 市场地位 | [判断问题] | 是否靠前？ → 是否居前三？"],
        ),
        (
            VERSION_FILE,
            r#"by = "reviewer""#,
            r#"by = "expert""#,
            &["changed practice judgement | 市场地位 | [判断人] | 评审人员 → 专家"],
        ),
        (
            VERSION_FILE,
            r#"direct = true
"#,
            "",
            &["changed verdict path | 获奖 | 在“得分或直通” | 直通 → 非直通"],
        ),
        (
            VERSION_FILE,
            r#"zh = "营业收入""#,
            r#"zh = "上年度营收""#,
            &["changed wording label | 上年度营收 | 营业收入 → 上年度营收"],
        ),
        (
            VERSION_FILE,
            r#"clause = "二""#,
            r#"clause = "二（一）""#,
            &["changed source clause | 营业收入 | 二 → 二（一）"],
        ),
        (
            VERSION_FILE,
            r#"zh = "按年报""#,
            r#"zh = "按审计报告""#,
            &["changed wording note | 研发投入 | 按年报 → 按审计报告"],
        ),
        (
            VERSION_FILE,
            r#"min_level = "6 %""#,
            r#"min_level = "5 %""#,
            &[
                "↓changed verdict limit | 一亿以上 | 在“按营收分档” | [上年度研发强度] | ≥ 6 % → ≥ 5 % | 若 上年度营业收入 ≥ 10000 万元",
            ],
        ),
        (
            VERSION_FILE,
            r#"[[criterion]]
id = "lower"
clause = "一"
label = { zh = "基础称号", en = "Title below" }
require = 'holds("base-firm")'

[[criterion]]
id = "revenue"
clause = "二"
label = { zh = "营业收入", en = "Revenue" }
limits = { min_revenue = "5000 万元" }
require = 'revenue[base] >= min_revenue'

"#,
            r#"[[criterion]]
id = "revenue"
clause = "二"
label = { zh = "营业收入", en = "Revenue" }
limits = { min_revenue = "5000 万元" }
require = 'revenue[base] >= min_revenue'

[[criterion]]
id = "lower"
clause = "一"
label = { zh = "基础称号", en = "Title below" }
require = 'holds("base-firm")'

"#,
            &["changed wording order | 条件顺序"],
        ),
        (
            VERSION_FILE,
            r#"purposes = ["new"]
require"#,
            r#"purposes = ["new"]
when = 'level in { a }'
require"#,
            &["changed verdict scope | 不在名单 | 所有情形 → 等级为甲 | @new"],
        ),
    ]);
}
