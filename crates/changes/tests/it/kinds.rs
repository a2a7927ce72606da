//! Every kind of change, one edit of a rule file each: what is told, what it weighs, whether it became
//! easier (↓) or harder (↑), and for whom (@, 若).

use changes::compare;

use crate::books::{VERSION_FILE, book, edited, said, small};

const COMMON: &str = "definitions/common/2026.toml";
const SIZE: &str = "definitions/size/2011.toml";
const HEAD: &str = "programmes/city/model-firm/programme.toml";
const ALL: &str = "indicators/all.toml";

/// A file, what stands there, what stands there instead, and what is told.
type Case<'a> = (&'a str, &'a str, &'a str, &'a [&'a str]);

fn check(cases: &[Case<'_>]) {
    let old = book(&small());
    for (path, from, to, expected) in cases {
        let new = book(&edited(small(), path, from, to));
        let found = said(&compare(&old, &new));
        assert_eq!(found, *expected, "{from} → {to}");
    }
}

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
