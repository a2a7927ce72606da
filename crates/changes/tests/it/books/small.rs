//! A small rulebook in which every kind of rule stands once.

use super::Files;

const INDICATORS: &str = r#"
[[indicator]]
id = "revenue"
label = { zh = "营业收入", en = "Revenue" }
kind = "money"
period = "yearly"
range = ["0 元", "90000000000000 元"]
note = { zh = "年报", en = "annual report" }
source = { zh = "税务", en = "tax" }
cost = "registry"
effort = 5
moves = "up"

[[indicator]]
id = "rd_expense"
label = { zh = "研发费用", en = "R&D" }
kind = "money"
period = "yearly"
one_off = true
range = ["0 元", "90000000000000 元"]
note = { zh = "年报", en = "annual report" }
source = { zh = "企业", en = "firm" }
cost = "ask"
effort = 3
moves = "up"

[[indicator]]
id = "rd_intensity"
label = { zh = "研发强度", en = "R&D intensity" }
kind = "ratio"
period = "yearly"
range = ["0 %", "100000 %"]
note = { zh = "研发费用除以营业收入", en = "R&D by revenue" }
source = { zh = "计算", en = "computed" }
cost = "ask"
effort = 3
moves = "up"
formula = 'rd_expense / revenue'

[[indicator]]
id = "employees"
label = { zh = "从业人员", en = "Employees" }
kind = "number"
unit = { zh = "人", en = "people" }
decimals = 0
period = "yearly"
range = ["0 人", "1000000 人"]
note = { zh = "年末", en = "at year end" }
source = { zh = "社保", en = "social security" }
cost = "registry"
effort = 5
moves = "up"

[[indicator]]
id = "industry"
label = { zh = "行业", en = "Industry" }
kind = "industry"
period = "state"
note = { zh = "代码", en = "code" }
source = { zh = "登记", en = "registry" }
cost = "registry"
effort = "fixed"

[[indicator]]
id = "size"
label = { zh = "规模", en = "Size" }
kind = "choice"
period = "state"
given = false
choices = [
  { id = "large", label = { zh = "大型", en = "large" } },
  { id = "small", label = { zh = "小型", en = "small" } },
]
note = { zh = "划型", en = "class" }
source = { zh = "计算", en = "computed" }
cost = "registry"
effort = "fixed"

[[indicator]]
id = "listed"
label = { zh = "列入名单", en = "On the list" }
kind = "flag"
period = "state"
note = { zh = "名单", en = "list" }
source = { zh = "登记", en = "registry" }
cost = "registry"
effort = "fixed"

[[indicator]]
id = "level"
label = { zh = "等级", en = "Level" }
kind = "choice"
period = "state"
choices = [
  { id = "a", label = { zh = "甲", en = "A" } },
  { id = "b", label = { zh = "乙", en = "B" } },
  { id = "c", label = { zh = "丙", en = "C" } },
]
note = { zh = "等级", en = "level" }
source = { zh = "企业", en = "firm" }
cost = "ask"
effort = 4
moves = "up"

[[indicator]]
id = "district"
label = { zh = "区市", en = "District" }
kind = "choice"
period = "state"
codes = "districts"
profile = true
note = { zh = "注册地", en = "seat" }
source = { zh = "登记", en = "registry" }
cost = "registry"
effort = "fixed"

[[event]]
id = "award"
label = { zh = "科技奖", en = "Science award" }
attributes = [{ id = "rank", label = { zh = "排名", en = "rank" } }]

[[event]]
id = "accident"
label = { zh = "事故", en = "accident" }
"#;

const CODES: &str = r#"
id = "districts"
title = { zh = "区市", en = "Districts" }
document = { number = "GB/T 2260" }
status = "reposted"
complete = true

[[code]]
code = "370202"
name = { zh = "市南区", en = "Shinan" }

[[code]]
code = "370203"
name = { zh = "市北区", en = "Shibei" }
tile = { column = 1, row = 3 }

[[code]]
code = "370205"
name = { zh = "四方区", en = "Sifang" }
successor = "370203"
"#;

const SIZE: &str = r#"
kind = "classification"
version = "2011"
label = { zh = "划型", en = "Size classes" }
indicator = "size"
by = "industry"
order = ["large", "small"]
document = { number = "300号" }
status = "reposted"

[[applies]]
from = 2011-06-18
clause = "印发"

[[group]]
id = "industry"
clause = "二"
label = { zh = "工业", en = "Industry" }
codes = ["B", "C"]
[[group.metric]]
value = 'employees[base]'
tiers = [">= 300 人"]
"#;

const COMMON: &str = r#"
kind = "criteria"
version = "2026"
label = { zh = "共用", en = "Common" }
document = { number = "2号", annex = "附件3" }
status = "reposted"

[[applies]]
from = 2026-04-01
clause = "施行"

[[criterion]]
id = "no-accident"
clause = "一"
label = { zh = "无事故", en = "No accident" }
require = 'not happened("accident", last 36 months)'

[[criterion]]
id = "small"
clause = "二"
label = { zh = "规模", en = "Size" }
require = 'size in { small }'
"#;

const HEAD: &str = r#"
title = { zh = "标杆企业", en = "Model firm" }
subject = "enterprise"
authority = { zh = "市局", en = "City" }
kind = "tier"
"#;

const LOWER: &str = r#"
title = { zh = "基础企业", en = "Base firm" }
subject = "enterprise"
authority = { zh = "市局", en = "City" }
kind = "tier"
"#;

const LOWER_2026: &str = r#"
version = "2026"
standing = "binding"
document = { number = "1号" }
status = "reposted"

[[applies]]
purpose = "new"
from = 2026-04-01
clause = "施行"

[[criterion]]
id = "common"
clause = "一"
label = { zh = "共用条件", en = "Common" }
use = "common"
"#;

pub const VERSION: &str = r#"
version = "2026"
standing = "binding"
document = { number = "2号", annex = "附件1" }
status = "reposted"
published = 2026-01-17
validity = "3 年"
open = [{ zh = "公示天数未见", en = "days of publicity not seen" }]

[[applies]]
purpose = "new"
from = 2026-04-01
clause = "施行"

[[applies]]
purpose = "re-review"
from = 2026-04-01
clause = "施行"

[[criterion]]
id = "common"
clause = "零"
label = { zh = "共用条件", en = "Common" }
use = "common"

[[criterion]]
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

[[criterion]]
id = "rd"
clause = "三"
label = { zh = "研发投入", en = "R&D" }
note = { zh = "按年报", en = "as reported" }
limits = { amount = "100 万元", intensity = "3 %" }
require = 'each of last 2 years { rd_expense >= amount; rd_expense / revenue >= intensity }'

[[criterion]]
id = "clean"
clause = "四"
label = { zh = "不在名单", en = "Not listed" }
purposes = ["new"]
require = 'not listed'

[[criterion]]
id = "position"
clause = "五"
label = { zh = "市场地位", en = "Market position" }
judged = { by = "reviewer", question = { zh = "是否靠前？", en = "Near the front?" } }

[[criterion]]
id = "either"
clause = "六"
label = { zh = "得分或直通", en = "Score or direct" }

[[criterion.any]]
id = "score"
label = { zh = "得分", en = "Score" }
score = true

[[criterion.any]]
id = "award"
label = { zh = "获奖", en = "Award" }
direct = true
limits = { top = "3" }
require = 'happened("award", last 36 months, rank <= top)'

[[criterion]]
id = "by-size"
clause = "七"
label = { zh = "按营收分档", en = "By revenue" }

[[criterion.case]]
id = "above"
label = { zh = "一亿以上", en = "Above" }
limits = { edge = "10000 万元", min_level = "6 %" }
when = 'revenue[base] >= edge'
require = 'rd_intensity[base] >= min_level'

[[criterion.case]]
id = "below"
label = { zh = "一亿以下", en = "Below" }
limits = { edge = "10000 万元" }
when = 'revenue[base] < edge'
require = 'level in { a, b }'

[score]
pass = ">= 60 分"
clause = "八"

[[score.group]]
id = "main"
label = { zh = "主项", en = "Main" }
max = 60

[[score.group.item]]
id = "growth"
label = { zh = "增长率", en = "Growth" }
clause = "八 1"
max = 40
value = 'growth(revenue[base])'
bands = [
  { is = ">= 10 %", points = 40 },
  { is = ">= 5 %, < 10 %", points = 20 },
  { is = "< 5 %", points = 0 },
]

[[score.group.item]]
id = "level"
label = { zh = "等级得分", en = "Level points" }
clause = "八 2"
max = 20
levels = [
  { id = "a", label = { zh = "甲级", en = "level A" }, when = 'level in { a }', points = 20 },
  { id = "b", label = { zh = "乙级", en = "level B" }, when = 'level in { a, b }', points = 10 },
]
otherwise = 0

[[score.group]]
id = "more"
label = { zh = "加项", en = "More" }
max = 40

[[score.group.item]]
id = "staff"
label = { zh = "人员", en = "Staff" }
clause = "八 3"
max = 20
value = 'employees[base]'
steps = { each = "50 人", points = 5, cap = 20 }

[[score.group.item]]
id = "proof"
label = { zh = "凭证", en = "Proof" }
clause = "八 4"
max = 20
limits = { enough = "200 万元" }
tally = [
  { id = "list", label = { zh = "名单外", en = "off the list" }, when = 'not listed', points = 10 },
  { id = "money", label = { zh = "投入", en = "spending" }, when = 'rd_expense[base] >= enough', points = 10 },
]
cap = 20

[[assume]]
indicator = "listed"
value = "否"
reason = { zh = "一般不在", en = "mostly not" }

[[preference]]
id = "young"
clause = "九"
label = { zh = "人员少的优先", en = "Few staff" }
limits = { most = "100 人" }
require = 'employees[base] <= most'

[[benefit]]
id = "grant"
label = { zh = "奖励", en = "Grant" }
clause = "十"
amount = "100 万元"
cap = "100 万元"

[[material]]
id = "audit"
clause = "十"
label = { zh = "审计报告", en = "Audit" }
required = true

[[step]]
id = "check"
label = { zh = "初核", en = "First check" }
clause = "十一"

[[step]]
id = "publicity"
label = { zh = "公示", en = "Publicity" }
clause = "十一"

[[duty]]
id = "update"
label = { zh = "每年更新信息", en = "Update yearly" }
clause = "十二"
"#;

const ROUNDS: &str = r#"
[[round]]
programme = "model-firm"
purposes = ["new"]
label = { zh = "第八批", en = "8th batch" }
window = { from = 2026-04-25, to = 2026-05-25 }
document = { number = "117号" }
status = "reposted"
stages = [{ label = { zh = "初核", en = "check" }, from = 2026-05-25, to = 2026-06-30 }]
"#;

const LADDER: &str = r#"
id = "ladder"
title = { zh = "梯度", en = "Ladder" }
rungs = ["base-firm", "model-firm"]
"#;

/// Where the text of the one version stands.
pub const VERSION_FILE: &str = "programmes/city/model-firm/2026.toml";

/// The small rulebook.
pub fn small() -> Files {
    [
        ("rulebook.toml", "name = \"小\"\nformat = 1\n"),
        ("indicators/all.toml", INDICATORS),
        ("codes/districts.toml", CODES),
        ("definitions/size/2011.toml", SIZE),
        ("definitions/common/2026.toml", COMMON),
        ("programmes/city/base-firm/programme.toml", LOWER),
        ("programmes/city/base-firm/2026.toml", LOWER_2026),
        ("programmes/city/model-firm/programme.toml", HEAD),
        (VERSION_FILE, VERSION),
        ("rounds/2026.toml", ROUNDS),
        ("ladders/ladder.toml", LADDER),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .collect()
}
