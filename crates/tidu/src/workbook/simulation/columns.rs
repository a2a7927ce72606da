//! The sheets of a simulation: what they are called, and their columns. The first ones say whose row it
//! is.

use super::super::sheet::{Column, Name};

/// A sheet.
pub(super) struct Kind {
    pub name: Name,
    pub columns: &'static [Column],
}

const VARIANT: Column = Column { zh: "方案", en: "Variant", width: 22 };
const PROGRAMME: Column = Column { zh: "项目", en: "Programme", width: 28 };
const ID: Column = Column { zh: "项目编号", en: "Programme id", width: 22 };

pub(super) static SUMMARY: Kind = Kind {
    name: Name { zh: "汇总", en: "Summary" },
    columns: &[
        VARIANT,
        PROGRAMME,
        ID,
        Column { zh: "分类", en: "Standing", width: 14 },
        Column { zh: "现在", en: "Now", width: 10 },
        Column { zh: "之后", en: "Then", width: 10 },
        Column { zh: "进入", en: "In", width: 10 },
        Column { zh: "退出", en: "Out", width: 10 },
    ],
};

pub(super) static GROUPS: Kind = Kind {
    name: Name { zh: "分组", en: "Groups" },
    columns: &[
        VARIANT,
        PROGRAMME,
        ID,
        Column { zh: "分组方式", en: "Grouped by", width: 12 },
        Column { zh: "代码", en: "Code", width: 10 },
        Column { zh: "组", en: "Group", width: 28 },
        Column { zh: "进入符合", en: "Eligible, in", width: 12 },
        Column { zh: "退出符合", en: "Eligible, out", width: 12 },
        Column { zh: "进入可量化全满足", en: "All met, in", width: 18 },
        Column { zh: "退出可量化全满足", en: "All met, out", width: 18 },
    ],
};

pub(super) static COSTS: Kind = Kind {
    name: Name { zh: "奖补", en: "Benefits" },
    columns: &[
        VARIANT,
        PROGRAMME,
        ID,
        Column { zh: "奖补", en: "Benefit", width: 28 },
        Column { zh: "范围", en: "For", width: 24 },
        Column { zh: "对象", en: "Who", width: 14 },
        Column { zh: "金额已知户数", en: "Known", width: 13 },
        Column { zh: "合计（元）", en: "Sum (CNY)", width: 18 },
        Column { zh: "金额未知户数", en: "Unknown", width: 13 },
        Column { zh: "未知的至多（元）", en: "Unknown, at most (CNY)", width: 22 },
    ],
};

pub(super) static NAMES: Kind = Kind {
    name: Name { zh: "名单", en: "Firms" },
    columns: &[
        VARIANT,
        PROGRAMME,
        ID,
        Column { zh: "企业", en: "Firm", width: 32 },
        Column { zh: "统一社会信用代码", en: "Code", width: 21 },
        Column { zh: "区县", en: "District", width: 12 },
        Column { zh: "行业", en: "Industry", width: 24 },
        Column { zh: "规模", en: "Size class", width: 10 },
        Column { zh: "营业收入（元）", en: "Revenue (CNY)", width: 18 },
        Column { zh: "现在", en: "Now", width: 10 },
        Column { zh: "之后", en: "Then", width: 10 },
    ],
};

pub(super) static SETTINGS: Kind = Kind {
    name: Name { zh: "改动", en: "Changes" },
    columns: &[
        VARIANT,
        Column { zh: "地址", en: "Address", width: 52 },
        Column { zh: "名称", en: "Name", width: 30 },
        Column { zh: "条款", en: "Clause", width: 16 },
        Column { zh: "边界", en: "Edge", width: 6 },
        Column { zh: "现在", en: "Now", width: 14 },
        Column { zh: "改为", en: "Then", width: 14 },
    ],
};
