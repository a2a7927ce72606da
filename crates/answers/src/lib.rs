//! The JSON forms of what there is to say about one subject: an explanation, a plan, a forecast. Every number is a
//! decimal in a string or an integer, never a float; every text is in both languages. The command line and the API
//! show the same. Described by the schemas that `tidu schema` prints; a change of meaning changes [`SCHEMA`].

pub mod asked;

mod carry;
mod criterion;
mod forecast;
mod gap;
mod label;
mod plan;
mod programme;
mod question;
mod score;
mod subject;
mod test;
mod value;
mod verdicts;

use rules::{Answer, Question, Rulebook};
use schemars::JsonSchema;
use serde::Serialize;

pub use forecast::ForecastPage;
pub use label::Label;
pub use plan::PlanPage;
pub use programme::ProgrammeView;
pub use question::QuestionPage;
pub use subject::{DerivedView, ProblemView, SubjectView};
pub use value::CitationView;
pub use verdicts::{Told, Verdicts};

use words::verdict::purpose_code;

/// The version of this form.
pub const SCHEMA: u32 = 1;

/// 一户的测算结果 | What there is to say about one subject.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Explanation {
    /// 本格式的版本 | The version of this form.
    schema: u32,
    /// 所用规则库 | The rulebook that was used.
    rulebook: RulebookView,
    /// 判定日 | The day of the verdicts, as YYYY-MM-DD.
    as_of: String,
    /// 只用这一天以前已知的数据和规则 | The day as of which facts and rules were known, if one was asked for.
    known_on: Option<String>,
    /// 指定的目的；未指定时各项目注明怎样确定 | The purpose that was asked for; without one each programme says how its own was chosen.
    purpose: Option<&'static str>,
    /// 对象 | Whom it is about.
    subject: SubjectView,
    /// 数据是否被拒收；拒收时没有项目 | Whether the subject's data were refused; then there is no programme.
    refused: bool,
    /// 数据的问题 | What is wrong with the data.
    problems: Vec<ProblemView>,
    /// 由数据算出的选项，如企业规模 | Choices computed from the facts, such as the size class.
    derived: Vec<DerivedView>,
    /// 因角色不提供的指标；结论只依据其余数据 | Indicators that are not given to this caller; the verdicts here rest on the others alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    withheld: Vec<String>,
    /// 各项目，按规则库的次序 | The programmes, in the order of the rulebook.
    programmes: Vec<ProgrammeView>,
}

/// 规则库 | A rulebook by its hash.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Rulebook")]
pub struct RulebookView {
    /// 文件的 SHA-256，十六进制 | SHA-256 over the files, in hexadecimal.
    hash: String,
    /// 语义版本 | The version of the meaning.
    semantics: u32,
}

impl From<&Rulebook> for RulebookView {
    fn from(rulebook: &Rulebook) -> Self {
        Self { hash: rulebook.hash.clone(), semantics: rules::SEMANTICS }
    }
}

impl Explanation {
    /// The explanation of `answers` about a subject.
    pub fn of(
        rulebook: &Rulebook,
        question: &Question,
        subject: SubjectView,
        problems: Vec<ProblemView>,
        derived: Vec<DerivedView>,
        answers: &[Answer<'_>],
    ) -> Self {
        let programmes = answers.iter().map(|answer| ProgrammeView::of(answer, rulebook)).collect();
        Self {
            schema: SCHEMA,
            rulebook: rulebook.into(),
            as_of: question.as_of.to_string(),
            known_on: question.known_on.map(|day| day.to_string()),
            purpose: question.purpose.map(purpose_code),
            subject,
            refused: false,
            problems,
            derived,
            withheld: Vec::new(),
            programmes,
        }
    }

    /// Said to be without these indicators.
    pub fn withholding<'a>(self, indicators: impl IntoIterator<Item = &'a str>) -> Self {
        let withheld = indicators.into_iter().map(str::to_owned).collect();
        Self { withheld, ..self }
    }

    /// The explanation for a subject whose data were refused.
    pub fn refused(
        rulebook: &Rulebook,
        question: &Question,
        subject: SubjectView,
        problems: Vec<ProblemView>,
    ) -> Self {
        let nothing = Self::of(rulebook, question, subject, problems, Vec::new(), &[]);
        Self { refused: true, ..nothing }
    }
}
