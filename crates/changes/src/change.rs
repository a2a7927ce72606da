//! One change of the law, as a value: what it is about, before and after in words, how much it
//! weighs, and for whom it is one. Every change can be mirrored: what was after becomes before.

use enterprise::Text;
use jiff::civil::Date;
use rules::{Citation, Purpose};

use crate::users::User;

/// A change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is about.
    pub about: About,
    /// What happened to it.
    pub kind: Kind,
    /// What it changes for anybody.
    pub weight: Weight,
    /// Whether it became easier or harder to qualify, where that can be told.
    pub direction: Option<Direction>,
    /// The stable id of what changed, within its programme or definition.
    pub id: String,
    /// What people call it: the criterion, the score item, the indicator.
    pub label: Text,
    /// The criterion or the part of the score table that it stands in, if it stands in one.
    pub within: Option<Text>,
    /// Which part of it, if not all of it: the quantity that a threshold is for.
    pub detail: Option<Text>,
    /// What was there.
    pub before: Option<Text>,
    /// What is there now.
    pub after: Option<Text>,
    /// What a reader has to know besides.
    pub remark: Option<Text>,
    /// Where the law says so: in the new text, or in the former one for what is gone.
    pub citation: Option<Citation>,
    /// For whom.
    pub whom: Whom,
    /// The days that it matters for, where these are not those of the version.
    pub effect: Option<Vec<Period>>,
    /// The versions of programmes that use what changed, where it is shared.
    pub used_by: Vec<User>,
}

/// For whom a change is one; within a version, empty means everybody it applies to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Whom {
    /// Only for these purposes.
    pub purposes: Vec<Purpose>,
    /// Only where all of these hold: the case of a criterion, the industries of a group.
    pub cases: Vec<Text>,
}

/// Days for which something is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The purpose, if it is for one.
    pub purpose: Option<Purpose>,
    /// First day; none if there is no first one.
    pub from: Option<Date>,
    /// Last day; none until further notice.
    pub to: Option<Date>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is different.
    Changed,
    /// It is the same under another id.
    Renamed,
    /// It stands elsewhere.
    Moved,
}

/// What a change does, weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It can turn a verdict, a score or a path.
    Verdict,
    /// It changes how one applies, what is granted, or what a person is asked.
    Practice,
    /// It is only worded differently.
    Wording,
    /// Only where it comes from, or how well that is known, is different.
    Source,
}

/// Easier or harder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Easier (放宽).
    Relaxed,
    /// Harder (收紧).
    Tightened,
}

macro_rules! about {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $zh:literal, $en:literal;)*) => {
        /// What a change is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum About {
            $(#[doc = $en] $name,)*
        }

        impl About {
            /// The stable word for it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What people call it.
            pub fn words(self) -> Text {
                match self { $(Self::$name => Text::new($zh, $en),)* }
            }
        }
    };
}

about! {
    Programme = "programme", "项目", "programme";
    Version = "version", "版本", "version";
    Period = "period", "适用期", "period";
    Standing = "standing", "效力", "standing";
    HeldThrough = "held_through", "视同持有的称号", "titles that count as this one";
    Subject = "subject", "评定对象", "subject";
    Criterion = "criterion", "条件", "criterion";
    Limit = "limit", "阈值", "threshold";
    Condition = "condition", "条件内容", "condition";
    Scope = "scope", "适用范围", "scope";
    Path = "path", "直通", "direct path";
    Judgement = "judgement", "人工判断", "judgement";
    Mark = "mark", "合格线", "mark";
    ScoreGroup = "score_group", "评分类别", "part of the score table";
    ScoreItem = "score_item", "评分项", "score item";
    Points = "points", "分值", "points";
    Scale = "scale", "计分办法", "scale";
    Assumption = "assumption", "假定", "assumption";
    Formula = "formula", "计算公式", "formula";
    Indicator = "indicator", "指标", "indicator";
    Event = "event", "事件", "event";
    ClassGroup = "class_group", "划型行业组", "industry group";
    Tier = "tier", "划型界限", "tier";
    BaseYear = "base_year", "基准年度", "base year";
    Round = "round", "申报批次", "round";
    Window = "window", "申报窗口", "window";
    Validity = "validity", "称号有效期", "validity of the title";
    Benefit = "benefit", "奖励政策", "benefit";
    Material = "material", "申报材料", "material";
    Process = "process", "办理流程", "process";
    Code = "code", "代码", "code";
    Ladder = "ladder", "梯度", "ladder";
    Label = "label", "名称", "name";
    Note = "note", "说明", "remark";
    Order = "order", "顺序", "order";
    Published = "published", "公布日期", "day of publication";
    Document = "document", "文件", "document";
    Clause = "clause", "条款", "clause";
    Status = "status", "来源状态", "source status";
}

impl Change {
    pub(crate) fn new(about: About, kind: Kind, weight: Weight, id: &str, label: &Text) -> Self {
        Self {
            about,
            kind,
            weight,
            direction: None,
            id: id.to_owned(),
            label: label.clone(),
            within: None,
            detail: None,
            before: None,
            after: None,
            remark: None,
            citation: None,
            whom: Whom::default(),
            effect: None,
            used_by: Vec::new(),
        }
    }

    pub(crate) fn between(self, before: Text, after: Text) -> Self {
        Self { before: Some(before), after: Some(after), ..self }
    }

    pub(crate) fn citing(self, citation: &Citation) -> Self {
        Self { citation: Some(citation.clone()), ..self }
    }

    pub(crate) fn towards(self, direction: Option<Direction>) -> Self {
        Self { direction, ..self }
    }

    pub(crate) fn detail(self, detail: Text) -> Self {
        Self { detail: Some(detail), ..self }
    }

    pub(crate) fn remark(self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { remark: Some(Text::new(zh, en)), ..self }
    }

    /// The change the other way round.
    #[must_use]
    pub fn mirrored(self) -> Self {
        Self {
            kind: match self.kind {
                Kind::Added => Kind::Removed,
                Kind::Removed => Kind::Added,
                same => same,
            },
            direction: self.direction.map(Direction::opposite),
            before: self.after,
            after: self.before,
            ..self
        }
    }
}

impl Change {
    /// What happened, in a word or two: `收紧`, `新增·放宽`.
    pub fn tag(&self) -> Text {
        use Direction::{Relaxed, Tightened};
        match (self.kind, self.direction) {
            (Kind::Changed, Some(Tightened)) => Text::new("收紧", "harder"),
            (Kind::Changed, Some(Relaxed)) => Text::new("放宽", "easier"),
            (Kind::Changed, None) => Text::new("改动", "changed"),
            (Kind::Added, Some(Tightened)) => Text::new("新增·收紧", "added, harder"),
            (Kind::Added, Some(Relaxed)) => Text::new("新增·放宽", "added, easier"),
            (Kind::Added, None) => Text::new("新增", "added"),
            (Kind::Removed, Some(Tightened)) => Text::new("取消·收紧", "dropped, harder"),
            (Kind::Removed, Some(Relaxed)) => Text::new("取消·放宽", "dropped, easier"),
            (Kind::Removed, None) => Text::new("取消", "dropped"),
            (Kind::Renamed, _) => Text::new("改编号", "renamed"),
            (Kind::Moved, _) => Text::new("移动", "moved"),
        }
    }
}

impl Direction {
    /// The other one.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Relaxed => Self::Tightened,
            Self::Tightened => Self::Relaxed,
        }
    }

    /// The stable word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Relaxed => "relaxed",
            Self::Tightened => "tightened",
        }
    }
}

impl Kind {
    /// The stable word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
        }
    }
}

impl Weight {
    /// All, weightiest first.
    pub const ALL: [Self; 4] = [Self::Verdict, Self::Practice, Self::Wording, Self::Source];

    /// The stable word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Practice => "practice",
            Self::Wording => "wording",
            Self::Source => "source",
        }
    }
}
