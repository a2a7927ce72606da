//! Score tables.

use super::check;
use crate::books::VERSION_FILE;

/// Score tables: marks, and which values get other points.
#[test]
fn score_tables() {
    check(&[
        (
            VERSION_FILE,
            r#"pass = ">= 60 分""#,
            r#"pass = ">= 65 分""#,
            &["↑changed verdict mark | 评分合格线 | ≥ 60 分 → ≥ 65 分"],
        ),
        (
            VERSION_FILE,
            r#"pass = ">= 60 分""#,
            r#"pass = "> 60 分""#,
            &["↑changed verdict mark | 评分合格线 | ≥ 60 分 → > 60 分"],
        ),
        (
            VERSION_FILE,
            r#"max = 60
"#,
            r#"max = 60
floor = ">= 30 分"
"#,
            &["↑added verdict mark | “主项”小计下限 | 在“评分表” | - → ≥ 30 分"],
        ),
        (
            VERSION_FILE,
            r#"{ is = ">= 10 %", points = 40 },
  { is = ">= 5 %, < 10 %""#,
            r#"{ is = ">= 12 %", points = 40 },
  { is = ">= 5 %, < 12 %""#,
            &[
                "↑changed verdict points | 增长率 | 在“主项” | [上年度营业收入增长率 ≥ 10 %，< 12 %] | 40 分 → 20 分",
            ],
        ),
        (
            VERSION_FILE,
            r#"{ is = "< 5 %", points = 0 },"#,
            r#"{ is = "< 5 %, >= 3 %", points = 0 },
  { is = "< 3 %", points = 0 },"#,
            &[
                "changed wording scale | 增长率 | 在“主项” | 上年度营业收入增长率：≥ 10 % 40 分；≥ 5 %，< 10 % 20 分；< 5 % 0 分 → 上年度营业收入增长率：≥ 10 % 40 分；≥ 5 %，< 10 % 20 分；< 5 %，≥ 3 % 0 分；< 3 % 0 分",
            ],
        ),
        (
            VERSION_FILE,
            r#"< 10 %", points = 20"#,
            r#"< 10 %", points = 25"#,
            &[
                "↓changed verdict points | 增长率 | 在“主项” | [上年度营业收入增长率 ≥ 5 %，< 10 %] | 20 分 → 25 分",
            ],
        ),
        (
            VERSION_FILE,
            "when = 'level in { a, b }', points = 10",
            "when = 'level in { b }', points = 8",
            &[
                "↑changed verdict points | 乙级 | 在“等级得分” | [得分] | 10 分 → 8 分",
                "changed verdict condition | 乙级 | 在“等级得分” | [等级] | 甲或乙 → 乙",
            ],
        ),
        (
            VERSION_FILE,
            "otherwise = 0",
            "otherwise = 2",
            &["↓changed verdict points | 等级得分 | 在“主项” | [其他] | 0 分 → 2 分"],
        ),
        (
            VERSION_FILE,
            r#"each = "50 人""#,
            r#"each = "40 人""#,
            &["↓changed verdict points | 人员 | 在“加项” | [步长] | 每满 50 人 → 每满 40 人"],
        ),
        (
            VERSION_FILE,
            "points = 5, cap = 20",
            "points = 4, cap = 20",
            &["↑changed verdict points | 人员 | 在“加项” | [每满一步] | 5 分 → 4 分"],
        ),
        (
            VERSION_FILE,
            r#"enough = "200 万元""#,
            r#"enough = "300 万元""#,
            &[
                "↑changed verdict limit | 凭证 | 在“加项” | [上年度研发费用] | ≥ 200 万元 → ≥ 300 万元",
            ],
        ),
        (
            VERSION_FILE,
            r#"  { id = "list", label = { zh = "名单外", en = "off the list" }, when = 'not listed', points = 10 },
"#,
            r#"  { id = "rank", label = { zh = "甲乙级", en = "A or B" }, when = 'level in { a, b }', points = 5 },
  { id = "list", label = { zh = "名单外", en = "off the list" }, when = 'not listed', points = 10 },
"#,
            &["↓added verdict points | 甲乙级 | 在“凭证” | - → 等级为甲或乙：5 分"],
        ),
        (
            VERSION_FILE,
            r#"id = "staff"
label"#,
            r#"id = "people"
label"#,
            &["renamed wording score_item | 人员 | 在“加项” | staff → people"],
        ),
    ]);
}
