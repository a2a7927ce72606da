//! What stands around the criteria: periods, rounds, benefits, procedure.

use super::{HEAD, check};
use crate::books::VERSION_FILE;

/// Beside the criteria: what a version is worth, what it grants, what it asks of applicants.
#[test]
fn around_the_criteria() {
    check(&[
        (
            VERSION_FILE,
            r#"standing = "binding""#,
            r#"standing = "indicative""#,
            &["changed verdict standing | 版本效力 | 有效 → 参考"],
        ),
        (
            VERSION_FILE,
            r#"validity = "3 年""#,
            r#"validity = "5 年""#,
            &["changed practice validity | 称号有效期 | 3 年 → 5 年"],
        ),
        (
            VERSION_FILE,
            r#"value = "否""#,
            r#"value = "是""#,
            &["changed verdict assumption | 列入名单 | 否 → 是"],
        ),
        (
            VERSION_FILE,
            r#"most = "100 人""#,
            r#"most = "80 人""#,
            &[
                "changed practice limit | 人员少的优先 | 在“优先条件” | [上年度从业人员] | ≤ 100 人 → ≤ 80 人",
            ],
        ),
        (
            VERSION_FILE,
            r#"amount = "100 万元"
cap"#,
            r#"amount = "80 万元"
cap"#,
            &["changed practice benefit | 奖励 | [金额] | 100 万元 → 80 万元"],
        ),
        (
            VERSION_FILE,
            r#"cap = "100 万元""#,
            r#"cap = "90 万元""#,
            &["changed practice benefit | 奖励 | [最高] | 100 万元 → 90 万元"],
        ),
        (
            VERSION_FILE,
            "required = true",
            "required = false",
            &["↓changed practice material | 审计报告 | 必交 → 可选"],
        ),
        (
            VERSION_FILE,
            r#"id = "check"
label = { zh = "初核", en = "First check" }
clause = "十一"

[[step]]
id = "publicity"
label = { zh = "公示", en = "Publicity" }"#,
            r#"id = "publicity"
label = { zh = "公示", en = "Publicity" }
clause = "十一"

[[step]]
id = "check"
label = { zh = "初核", en = "First check" }"#,
            &["changed practice process | 先后顺序 | 在“办理步骤” | 初核、公示 → 公示、初核"],
        ),
        (
            VERSION_FILE,
            r#"zh = "每年更新信息""#,
            r#"zh = "每半年更新信息""#,
            &[
                "changed practice process | 每半年更新信息 | 在“称号义务” | 每年更新信息 → 每半年更新信息",
            ],
        ),
        (
            VERSION_FILE,
            "公示天数未见",
            "公示期未见",
            &[
                "added wording note | 未明事项 | - → 公示期未见",
                "removed wording note | 未明事项 | 公示天数未见 → -",
            ],
        ),
        (
            VERSION_FILE,
            "published = 2026-01-17",
            "published = 2026-01-20",
            &["changed source published | 本版本 | 2026-01-17 → 2026-01-20"],
        ),
        (
            HEAD,
            r#"kind = "tier""#,
            r#"kind = "tier"
held_through = ["base-firm"]"#,
            &["↓changed verdict held_through | 标杆企业 | 无 → 基础企业"],
        ),
        (
            HEAD,
            r#"zh = "标杆企业""#,
            r#"zh = "标杆单位""#,
            &["changed wording label | 标杆单位 | 标杆企业 → 标杆单位"],
        ),
        (
            "rounds/2026.toml",
            "to = 2026-05-25",
            "to = 2026-06-05",
            &[
                "changed practice window | 第八批 | 2026-04-25 至 2026-05-25 → 2026-04-25 至 2026-06-05 | @new",
            ],
        ),
        (
            "rounds/2026.toml",
            "status = ",
            r#"base_year = 2024
status = "#,
            &["changed verdict base_year | 第八批 | 判定日前一年 → 2024 年 | @new"],
        ),
        (
            "rounds/2026.toml",
            "to = 2026-06-30",
            "to = 2026-07-31",
            &[
                "changed practice window | 第八批 | [初核] | 2026-05-25 至 2026-06-30 → 2026-05-25 至 2026-07-31 | @new",
            ],
        ),
        (
            "rounds/2026.toml",
            r#"programme = "model-firm""#,
            r#"programme = "base-firm""#,
            &[
                "added practice round | 第八批 | - → 2026-04-25 至 2026-05-25 | @new",
                "removed practice round | 第八批 | 2026-04-25 至 2026-05-25 → - | @new",
            ],
        ),
        (
            "ladders/ladder.toml",
            r#"["base-firm", "model-firm"]"#,
            r#"["base-firm", "model-firm"]
fed_by = { "base-firm" = ["model-firm"] }"#,
            &["added practice ladder | 基础企业 | [来源] | - → 标杆企业"],
        ),
    ]);
}
