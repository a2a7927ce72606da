//! The codes of all diagnostics, each with one line for people. Stable: editors and tests name them.

use enterprise::Text;

use crate::diagnostic::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $severity:ident, $zh:literal;)+) => {
        /// What kind of problem a diagnostic reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// All codes, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// Whether a rulebook with it can be used.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// One line for people.
            pub fn summary(self) -> Text {
                match self {
                    $(Self::$name => Text::new($zh, concat!($($doc),+).trim()),)+
                }
            }
        }
    };
}

codes! {
    /// The file is not valid TOML.
    TomlSyntax = "toml-syntax", Error, "文件不是有效的 TOML";
    /// The file cannot be read as text.
    UnreadableFile = "unreadable-file", Error, "文件无法作为文本读取";
    /// The file is larger than rule files may be.
    FileTooLarge = "file-too-large", Error, "文件超过规则文件的大小上限";
    /// The file lies where no rule file belongs.
    UnknownFile = "unknown-file", Error, "文件所在位置不属于规则库";
    /// A file that every rulebook has is missing.
    MissingFile = "missing-file", Error, "缺少规则库必有的文件";
    /// The rulebook is written in a format that this program does not know.
    UnknownFormat = "unknown-format", Error, "规则库的格式版本不认识";
    /// A key that this table does not have.
    UnknownKey = "unknown-key", Error, "此表没有这个键";
    /// A key that must be there is missing.
    MissingKey = "missing-key", Error, "缺少必需的键";
    /// A value of another type than expected.
    WrongType = "wrong-type", Error, "值的类型不对";
    /// An id that is not written in the required form.
    BadId = "bad-id", Error, "标识的写法不对";
    /// The same id stands twice.
    DuplicateId = "duplicate-id", Error, "标识重复";
    /// A text lacks its Chinese or English wording.
    MissingLabel = "missing-label", Error, "缺少中文或英文文字";
    /// A quantity that cannot be read.
    BadQuantity = "bad-quantity", Error, "数量写法不对";
    /// A date that cannot be read, or a period that ends before it begins.
    BadDate = "bad-date", Error, "日期写法不对，或期间先于开始而结束";
    /// A number of the law without a source status.
    MissingStatus = "missing-status", Error, "法定数值没有来源状态";
    /// A criterion without the clause that it comes from.
    MissingCitation = "missing-citation", Error, "条件没有注明条款";
    /// An indicator with quantities but without a range.
    MissingRange = "missing-range", Error, "指标没有取值范围";
    /// An indicator that plans may change without the way in which they may move it.
    MissingMoves = "missing-moves", Warning, "提升方案可改变的指标没有写明变动方向";
    /// An effort or a way to move on an indicator that no plan can change.
    Unmovable = "unmovable", Error, "提升方案不能改变的指标写了改变难度或变动方向";
    /// An effort where others or other figures decide: it is passed over.
    OthersDecide = "others-decide", Warning, "由他人或其他数据决定的指标写了改变难度，不予采用";
    /// One-off on an indicator that is no yearly quantity or cannot be zero.
    NotOneOff = "not-one-off", Error, "不是年度数量或不能为 0 的指标标为一次性";
    /// A criterion, item or limit has no body, or more than one.
    BodyCount = "body-count", Error, "须恰有一种内容";
    /// An expression that cannot be read.
    ExpressionSyntax = "expression-syntax", Error, "表达式写法不对";
    /// An expression or group nested too deeply.
    TooDeep = "too-deep", Error, "嵌套过深";
    /// A name in an expression that is neither an indicator nor a limit.
    UnknownName = "unknown-name", Error, "表达式中的名称既不是指标也不是阈值";
    /// A programme, event, definition or option that does not exist.
    UnknownReference = "unknown-reference", Error, "引用的项目、事件、定义或选项不存在";
    /// Two quantities of different units are added or compared.
    UnitMismatch = "unit-mismatch", Error, "不同单位的数量相加或相比";
    /// A condition where a quantity is needed, or the other way round.
    TypeMismatch = "type-mismatch", Error, "此处需要数量却是条件，或相反";
    /// A yearly indicator without its year.
    YearUnstated = "year-unstated", Error, "年度指标没有写明年度";
    /// A year on an indicator that has none.
    YearOnState = "year-on-state", Error, "现状指标不能写年度";
    /// A quantity in an expression that should be a named limit.
    UnnamedLimit = "unnamed-limit", Error, "表达式中的数值应写成有名称的阈值";
    /// A band or mark whose edge states no operator.
    UnstatedEdge = "unstated-edge", Error, "边界没有写明 ≥、>、≤ 或 <";
    /// A compound growth rate that does not stand alone beside a limit.
    CompoundNotAlone = "compound-not-alone", Error, "复合增长率须单独与阈值比较";
    /// A comparison that 256 bits cannot decide exactly.
    TooWide = "too-wide", Error, "比较所需的整数超过 256 位";
    /// A condition that can never hold over the ranges of its indicators.
    NeverTrue = "never-true", Error, "按指标取值范围，此条件永远不成立";
    /// A condition that always holds over the ranges of its indicators.
    NeverFalse = "never-false", Error, "按指标取值范围，此条件永远成立";
    /// A level or step that no value and no subject reaches.
    NeverReached = "never-reached", Error, "永远轮不到的档或级";
    /// The same condition stands twice where both must hold, or one of them would do.
    DuplicateCondition = "duplicate-condition", Error, "同一条件重复";
    /// Conditions that must hold together but cannot.
    Contradiction = "contradiction", Error, "必需条件互相矛盾";
    /// A condition that never decides, since another one says as much.
    Redundant = "redundant", Warning, "条件不起作用";
    /// A score table that no criterion tests.
    UnusedScore = "unused-score", Error, "评分表没有被条件使用";
    /// A direct path that has no other way beside it.
    DirectAlone = "direct-alone", Error, "直通之外没有其他路径";
    /// Judged criteria that would share one judgement.
    SharedJudgement = "shared-judgement", Error, "由人判断的条件共用一个判断";
    /// A definition or classification that does not apply on all days of the text that rests on it.
    NotInForce = "not-in-force", Error, "所用的定义或分类在有些日子不适用";
    /// Values that no band covers.
    BandHole = "band-hole", Error, "有的值不落在任何档位";
    /// Values that two bands cover.
    BandOverlap = "band-overlap", Error, "有的值落在两个档位";
    /// Values for which no case applies.
    CaseHole = "case-hole", Error, "有的值不适用任何情形";
    /// Values for which two cases apply.
    CaseOverlap = "case-overlap", Error, "有的值适用两种情形";
    /// Points of an item or group that do not agree with its stated maximum.
    PointsMismatch = "points-mismatch", Error, "分值与所列满分不一致";
    /// A pass mark or floor that the points cannot reach.
    UnreachableMark = "unreachable-mark", Error, "分数永远达不到及格线或分项线";
    /// Two versions for one purpose on one day.
    VersionOverlap = "version-overlap", Error, "同一用途在同一天有两个版本";
    /// Days between two versions of one purpose on which none is in force.
    VersionGap = "version-gap", Warning, "同一用途的两个版本之间有空档";
    /// A rung of a ladder that asks for a title higher up.
    LadderOrder = "ladder-order", Error, "梯度的一级以更高一级的称号为前置";
    /// Two windows of one programme and purpose on one day.
    RoundOverlap = "round-overlap", Error, "同一项目同一用途的两个窗口重叠";
    /// A window for a purpose for which nothing is in force.
    RoundWithoutVersion = "round-without-version", Error, "窗口期间没有用于此用途的版本";
    /// A table of codes that contradicts the standard that the program knows.
    CodeMismatch = "code-mismatch", Error, "代码表与国家标准的结构不符";
    /// Programmes that are each other's prerequisites.
    PrerequisiteCycle = "prerequisite-cycle", Error, "项目互为前置条件";
    /// Formulas that need each other.
    FormulaCycle = "formula-cycle", Error, "指标的计算公式互相依赖";
    /// An indicator or event that no rule uses.
    Unused = "unused", Warning, "没有规则使用此指标或事件";
    /// A limit that its conditions do not use.
    UnusedLimit = "unused-limit", Error, "阈值没有被条件使用";
    /// A definition that no programme uses.
    UnusedDefinition = "unused-definition", Warning, "没有项目使用此定义";
    /// An example that cannot be read.
    BadExample = "bad-example", Error, "示例写法不对";
    /// Two examples with the same input that expect different things.
    ContradictingExamples = "contradicting-examples", Error, "两个示例输入相同而期望不同";
    /// Two examples with the same input.
    DuplicateExample = "duplicate-example", Warning, "两个示例输入相同";
}
