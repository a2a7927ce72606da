//! Thresholds and conditions.

use super::check;
use crate::books::VERSION_FILE;

/// Thresholds and conditions: the number, its direction, and what only looks different.
#[test]
fn thresholds_and_conditions() {
    check(&[
        (
            VERSION_FILE,
            r#""5000 万元""#,
            r#""6000 万元""#,
            &["↑changed verdict limit | 营业收入 | [上年度营业收入] | ≥ 5000 万元 → ≥ 6000 万元"],
        ),
        (
            VERSION_FILE,
            r#""5000 万元""#,
            r#""0.5 亿元""#,
            &["changed wording limit | 营业收入 | [上年度营业收入] | 5000 万元 → 0.5 亿元"],
        ),
        (
            VERSION_FILE,
            r#""5000 万元""#,
            r#"{ value = "5000 万元", status = "recalled" }"#,
            &["changed source status | 营业收入 | 多处转载 → 仅凭记忆"],
        ),
        (
            VERSION_FILE,
            "revenue[base] >= min_revenue",
            "revenue[base] > min_revenue",
            &[
                "↑changed verdict condition | 营业收入 | [上年度营业收入] | ≥ 5000 万元 → > 5000 万元",
            ],
        ),
        (
            VERSION_FILE,
            "revenue[base] >= min_revenue",
            "revenue[base-1] >= min_revenue",
            &[
                "changed verdict condition | 营业收入 | 上年度营业收入 ≥ 5000 万元 → 前一年营业收入 ≥ 5000 万元",
            ],
        ),
        (
            VERSION_FILE,
            "revenue[base] >= min_revenue",
            "revenue[base] >= min_revenue or level in { a }",
            &["↓added verdict condition | 营业收入 | - → 等级为甲"],
        ),
        (
            VERSION_FILE,
            r#"intensity = "3 %""#,
            r#"intensity = "2.5 %""#,
            &["↓changed verdict limit | 研发投入 | [研发费用 ÷ 营业收入] | ≥ 3 % → ≥ 2.5 %"],
        ),
        (
            VERSION_FILE,
            "each of last 2 years",
            "each of last 3 years",
            &[
                "↑changed verdict condition | 研发投入 | 近两年每年：研发费用 ≥ 100 万元，且 研发费用 ÷ 营业收入 ≥ 3 % → 近三年每年：研发费用 ≥ 100 万元，且 研发费用 ÷ 营业收入 ≥ 3 %",
            ],
        ),
        (
            VERSION_FILE,
            "each of last 2 years",
            "some of last 2 years",
            &[
                "↓changed verdict condition | 研发投入 | 近两年每年：研发费用 ≥ 100 万元，且 研发费用 ÷ 营业收入 ≥ 3 % → 近两年任一年：研发费用 ≥ 100 万元，且 研发费用 ÷ 营业收入 ≥ 3 %",
            ],
        ),
        (
            VERSION_FILE,
            "rd_expense >= amount; rd_expense / revenue >= intensity",
            "rd_expense / revenue >= intensity; rd_expense >= amount",
            &[],
        ),
        (
            VERSION_FILE,
            "require = 'not listed'",
            r#"require = 'not listed and not happened("accident", last 12 months)'"#,
            &["↑added verdict condition | 不在名单 | - → 近 12 个月内无“事故” | @new"],
        ),
        (
            VERSION_FILE,
            r#"top = "3""#,
            r#"top = "5""#,
            &["↓changed verdict limit | 获奖 | 在“得分或直通” | [“科技奖”的排名] | ≤ 3 → ≤ 5"],
        ),
        (
            VERSION_FILE,
            "last 36 months, rank",
            "last 24 months, rank",
            &[
                "↑changed verdict condition | 获奖 | 在“得分或直通” | 近 36 个月内有“科技奖”（排名 ≤ 3） → 近 24 个月内有“科技奖”（排名 ≤ 3）",
            ],
        ),
        (
            VERSION_FILE,
            "level in { a, b }",
            "level in { a }",
            &[
                "↑changed verdict condition | 一亿以下 | 在“按营收分档” | [等级] | 甲或乙 → 甲 | 若 上年度营业收入 < 10000 万元",
            ],
        ),
        (
            VERSION_FILE,
            r#"holds("base-firm")"#,
            "level in { a, b }",
            &["changed verdict condition | 基础称号 | 持有有效的“基础企业”称号 → 等级为甲或乙"],
        ),
    ]);
}
