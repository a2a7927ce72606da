//! A criterion and what was found for it.

use rules::{Body, CriterionResult, Finding, Group, Rulebook};
use schemars::JsonSchema;
use serde::Serialize;

use super::label::Label;
use super::test::TestView;
use super::value::CitationView;
use words::verdict;

/// 一项条件的结果 | The result of one criterion.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Criterion")]
pub(crate) struct CriterionView {
    id: String,
    /// 所在的项目或共用定义 | The programme, or the shared definition, that it stands in.
    owner: String,
    label: Label,
    citation: CitationView,
    note: Option<Label>,
    /// 满足它是否可以直通而不看评分 | Whether meeting it is a direct path beside the score.
    direct: bool,
    /// `met` 满足，`not_met` 不满足，`unknown` 不明，`not_applicable` 不适用 | `met`, `not_met`, `unknown` or `not_applicable`.
    result: &'static str,
    /// 不明的原因：`data` 缺数据，`judgement` 待判断，`open` 标准未公开 | Why it is unknown: `data`, `judgement`, `open`.
    why: Vec<&'static str>,
    /// 是否适用，取决于数据时给出 | Whether it applies, where that depends on facts.
    when: Option<TestView>,
    finding: FindingView,
}

/// 结果 | What was found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "Finding")]
enum FindingView {
    /// 不适用于这一目的 | It does not apply to this purpose.
    OtherPurpose,
    /// 关于数据的条件 | A condition over facts.
    Condition { condition: Box<TestView> },
    /// 人工判断，如已有 | A person's decision, if there is one.
    Judged { by: String, question: Option<Label>, judgement: Option<JudgementView> },
    /// 见评分 | See the score.
    Score,
    /// 下级条件 | Sub-criteria.
    Group {
        /// `all` 全部，`any` 任一，`at_least` 至少若干项，`cases` 分情形 | `all`, `any`, `at_least` or `cases`.
        of: &'static str,
        /// `at_least` 时须满足几项 | How many are needed, for `at_least`.
        needed: Option<usize>,
        criteria: Vec<CriterionView>,
    },
}

/// 人工判断 | A person's decision.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Judgement")]
struct JudgementView {
    met: bool,
    by: Option<String>,
    on: Option<String>,
    note: Option<String>,
}

impl CriterionView {
    pub(crate) fn all(
        results: &[CriterionResult<'_>],
        rulebook: &Rulebook,
        base_year: i16,
    ) -> Vec<Self> {
        results.iter().map(|result| Self::of(result, rulebook, base_year)).collect()
    }

    fn of(result: &CriterionResult<'_>, rulebook: &Rulebook, base_year: i16) -> Self {
        let criterion = result.criterion;
        let when = result.when.as_ref();
        Self {
            id: criterion.id.clone(),
            owner: criterion.owner.clone(),
            label: (&criterion.label).into(),
            citation: CitationView::of(&criterion.citation),
            note: criterion.note.as_ref().map(Label::from),
            direct: criterion.direct,
            result: verdict::truth_code(result.truth),
            why: result.truth.unknown().map(verdict::why_codes).unwrap_or_default(),
            when: when.map(|when| TestView::of(when, rulebook, base_year)),
            finding: FindingView::of(result, rulebook, base_year),
        }
    }
}

impl FindingView {
    fn of(result: &CriterionResult<'_>, rulebook: &Rulebook, base_year: i16) -> Self {
        match (&result.finding, &result.criterion.body) {
            (Finding::OtherPurpose, _) => Self::OtherPurpose,
            (Finding::Condition(condition), _) => Self::Condition {
                condition: Box::new(TestView::of(condition, rulebook, base_year)),
            },
            (Finding::Judged(judgement), body) => {
                let (by, question) = match body {
                    Body::Judged { by, question } => (by.clone(), question.as_ref()),
                    _ => (String::new(), None),
                };
                Self::Judged {
                    by,
                    question: question.map(Label::from),
                    judgement: judgement.as_ref().map(|judgement| JudgementView {
                        met: judgement.met,
                        by: judgement.by.clone(),
                        on: judgement.on.map(|day| day.to_string()),
                        note: judgement.note.clone(),
                    }),
                }
            }
            (Finding::Score, _) => Self::Score,
            (Finding::Children(children), body) => {
                let (of, needed) = match body {
                    Body::Group(Group::Any, _) => ("any", None),
                    Body::Group(Group::AtLeast(k), _) => ("at_least", Some(*k)),
                    Body::Group(Group::Cases, _) => ("cases", None),
                    _ => ("all", None),
                };
                Self::Group {
                    of,
                    needed,
                    criteria: CriterionView::all(children, rulebook, base_year),
                }
            }
        }
    }
}
