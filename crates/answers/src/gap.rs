//! What is missing, and what would turn a verdict.

use rules::{Assessment, Missing, Rulebook, ways_to_turn};
use schemars::JsonSchema;
use serde::Serialize;

use super::label::Label;
use super::test;
use words::{gap, verdict};

/// 缺少的是哪一项 | Which thing would have to be known.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MissingKey {
    /// `fact` 数据，`title` 称号，`event` 事件，`judgement` 人工判断 | `fact`, `title`, `event` or `judgement`.
    kind: &'static str,
    /// 指标、项目、事件类别或人工判断条件的编号 | The indicator, programme, event kind or judged criterion.
    id: String,
    /// 人工判断条件所在的项目或定义 | The programme or definition that a judged criterion stands in.
    owner: Option<String>,
    /// 年度指标的年度 | The fiscal year of a yearly fact.
    year: Option<i16>,
}

/// 缺少的一项数据 | Something that would have to be known.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Missing")]
pub(crate) struct MissingView {
    #[serde(flatten)]
    key: MissingKey,
    label: Label,
    /// 缺少的性质：`data` 缺数据，`judgement` 待判断，`open` 标准未公开 | What its lack means: `data`, `judgement` or `open`.
    why: Vec<&'static str>,
    /// 由谁掌握 | Who has it first hand.
    source: Option<Label>,
    /// 取得的代价：`registry` 登记可查，`upload` 上传材料，`ask` 询问企业，`expert` 专家判断 | What it costs to obtain: `registry`, `upload`, `ask` or `expert`.
    cost: Option<&'static str>,
    /// 确切含义 | What it means exactly.
    note: Option<Label>,
}

/// 须得到相反结果的一项检验 | A test that would have to come out the other way.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Turn")]
pub(crate) struct TurnView {
    criterion: String,
    owner: String,
    label: Label,
    /// 是否须变为满足 | Whether it would have to become met.
    to_met: bool,
    /// 条件内的检验；人工判断或整个评分时为空 | The test within the criterion; none for a judgement or a score as a whole.
    test: Option<Label>,
}

impl From<&Missing> for MissingKey {
    fn from(missing: &Missing) -> Self {
        let (kind, id, owner, year) = match missing {
            Missing::Fact { key, .. } => ("fact", key.indicator.clone(), None, key.year),
            Missing::Title(programme) => ("title", programme.clone(), None, None),
            Missing::Event { kind, .. } => ("event", kind.clone(), None, None),
            Missing::Judgement { owner, criterion } => {
                ("judgement", criterion.clone(), Some(owner.clone()), None)
            }
        };
        Self { kind, id, owner, year }
    }
}

impl MissingView {
    pub(crate) fn all(missing: &[Missing], rulebook: &Rulebook) -> Vec<Self> {
        missing.iter().map(|missing| Self::of(missing, rulebook)).collect()
    }

    pub(crate) fn of(missing: &Missing, rulebook: &Rulebook) -> Self {
        let indicator = match missing {
            Missing::Fact { key, .. } => rulebook.catalogue.indicator(&key.indicator),
            _ => None,
        };
        Self {
            key: missing.into(),
            label: gap::missing(missing, rulebook).into(),
            why: verdict::why_codes(missing.why()),
            source: indicator.map(|indicator| Label::from(&indicator.source)),
            cost: indicator.map(|indicator| gap::cost_code(indicator.cost)),
            note: indicator.map(|indicator| Label::from(&indicator.note)),
        }
    }
}

impl TurnView {
    /// The smallest sets of tests that would turn the verdict.
    pub(crate) fn sets(assessment: &Assessment<'_>, base_year: i16) -> Vec<Vec<Self>> {
        const MOST: usize = 3;
        let sets = ways_to_turn(assessment, MOST);
        sets.iter()
            .map(|set| {
                set.iter()
                    .map(|turn| Self {
                        criterion: turn.criterion.id.clone(),
                        owner: turn.criterion.owner.clone(),
                        label: (&turn.criterion.label).into(),
                        to_met: turn.to_met,
                        test: turn.test.map(|result| test::words(result, base_year, turn.to_met)),
                    })
                    .collect()
            })
            .collect()
    }
}
