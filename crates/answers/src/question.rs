//! The JSON form of the next question about a subject: what to find out, why that, and what it could decide.

use rules::inquiry::Inquiry;
use rules::{Missing, Programme, Question, Rulebook};
use schemars::JsonSchema;
use serde::Serialize;

use super::gap::MissingView;
use super::label::Label;
use super::subject::{OptionView, options};
use super::{ProblemView, RulebookView, SubjectView};
use words::indicator;
use words::verdict::purpose_code;

/// The version of this form.
const SCHEMA: u32 = 1;

/// 一户的下一问 | What to ask next about one subject.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NextQuestion")]
pub struct QuestionPage {
    /// 本格式的版本 | The version of this form.
    schema: u32,
    /// 所用规则库 | The rulebook that was used.
    rulebook: RulebookView,
    /// 判定日 | The day of the verdicts, as YYYY-MM-DD.
    as_of: String,
    /// 指定的目的；未指定时各项目自行确定 | The purpose that was asked for; without one each programme chooses its own.
    purpose: Option<&'static str>,
    /// 对象 | Whom it is about.
    subject: SubjectView,
    /// 数据是否被拒收；拒收时不提问 | Whether the subject's data were refused; then nothing is asked.
    refused: bool,
    /// 数据的问题 | What is wrong with the data.
    problems: Vec<ProblemView>,
    /// 问题；都已确定、只待人工判断或只缺已跳过的数据时为空 | The question; none if everything is decided, waits for judgements only, or misses only what was skipped.
    question: Option<AskedView>,
}

/// 一个问题 | A question.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AskedQuestion")]
struct AskedView {
    /// 问的是什么 | What is asked.
    what: MissingView,
    /// 须填哪种值，附单位 | What kind of value is expected, with its unit.
    value: Option<Label>,
    /// 可接受的最小值和最大值 | The smallest and the largest value that is accepted.
    range: Option<Label>,
    /// 可选的选项 | The options, where there are some.
    options: Vec<OptionView>,
    /// 某种回答即可单独决定的待定项目 | The undecided programmes that some answer would decide all by itself.
    decides: Vec<NamedView>,
    /// 缺少它的项目 | The programmes in which it is missing.
    missing_in: Vec<NamedView>,
}

/// 项目及其名称 | A programme by its name.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NamedProgramme")]
struct NamedView {
    programme: String,
    title: Label,
}

impl QuestionPage {
    /// The view of a question about a subject.
    pub fn of(
        rulebook: &Rulebook,
        question: &Question,
        subject: SubjectView,
        problems: Vec<ProblemView>,
        inquiry: Option<&Inquiry<'_>>,
    ) -> Self {
        Self {
            schema: SCHEMA,
            rulebook: rulebook.into(),
            as_of: question.as_of.to_string(),
            purpose: question.purpose.map(purpose_code),
            subject,
            refused: false,
            problems,
            question: inquiry.map(|inquiry| AskedView::of(inquiry, rulebook)),
        }
    }

    /// The view for a subject whose data were refused.
    pub fn refused(
        rulebook: &Rulebook,
        question: &Question,
        subject: SubjectView,
        problems: Vec<ProblemView>,
    ) -> Self {
        let nothing = Self::of(rulebook, question, subject, problems, None);
        Self { refused: true, ..nothing }
    }
}

impl AskedView {
    fn of(inquiry: &Inquiry<'_>, rulebook: &Rulebook) -> Self {
        let indicator = match &inquiry.what {
            Missing::Fact { key, .. } => rulebook.catalogue.indicator(&key.indicator),
            _ => None,
        };
        let all = |indicator: &enterprise::Indicator| match &indicator.kind {
            enterprise::Kind::Choice(choices) => (0..choices.len()).collect(),
            _ => Vec::new(),
        };
        Self {
            what: MissingView::of(&inquiry.what, rulebook),
            value: indicator.map(|indicator| indicator::kind(indicator).into()),
            range: indicator.and_then(|indicator| indicator::range(indicator)).map(Label::from),
            options: indicator
                .map(|indicator| options(&indicator.kind, &all(indicator)))
                .unwrap_or_default(),
            decides: named(&inquiry.decides),
            missing_in: named(&inquiry.missing_in),
        }
    }
}

fn named(programmes: &[&Programme]) -> Vec<NamedView> {
    let view = |programme: &&Programme| NamedView {
        programme: programme.id.clone(),
        title: (&programme.title).into(),
    };
    programmes.iter().map(view).collect()
}
