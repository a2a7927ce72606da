//! A criterion and what was found for it.

use rules::{Body, CriterionResult, Finding, Group, Rulebook};
use schemars::JsonSchema;
use serde::Serialize;

use super::label::Label;
use super::test::TestView;
use super::value::CitationView;
use words::verdict;

/// The result of one criterion.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Criterion")]
pub(crate) struct CriterionView {
    id: String,
    /// The programme, or the shared definition, that it stands in.
    owner: String,
    label: Label,
    citation: CitationView,
    note: Option<Label>,
    /// Whether meeting it is a direct path beside the score.
    direct: bool,
    /// `met`, `not_met`, `unknown` or `not_applicable`.
    result: &'static str,
    /// Why it is unknown: `data`, `judgement`, `open`.
    why: Vec<&'static str>,
    /// Whether it applies, where that depends on facts.
    when: Option<TestView>,
    finding: FindingView,
}

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "Finding")]
enum FindingView {
    /// It does not apply to this purpose.
    OtherPurpose,
    /// A condition over facts.
    Condition { condition: Box<TestView> },
    /// A person's decision, if there is one.
    Judged { by: String, question: Option<Label>, judgement: Option<JudgementView> },
    /// See the score.
    Score,
    /// Sub-criteria.
    Group {
        /// `all`, `any`, `at_least` or `cases`.
        of: &'static str,
        /// How many are needed, for `at_least`.
        needed: Option<usize>,
        criteria: Vec<CriterionView>,
    },
}

/// A person's decision.
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
