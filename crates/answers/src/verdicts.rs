//! The verdicts about one subject without what they rest on, for whoever asks about many: the same fields in the same
//! places as in an [`Explanation`], only fewer of them, so that who reads one can read the other.

use rules::{Answer, Assessment, CriterionResult, Missing, Outcome, Question, Rulebook};
use schemars::JsonSchema;
use serde::Serialize;

use super::gap::MissingKey;
use super::{Explanation, ProblemView, RulebookView, SCHEMA, SubjectView};
use words::amounts::points;
use words::verdict;

/// 一户的回答：结论，或结论与全部理由 | The answer about one subject: the verdicts, or these with everything that they rest on.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "EvaluationAnswer")]
pub enum Told {
    /// 结论 | The verdicts.
    Verdicts(Box<Verdicts>),
    /// 结论与全部理由 | The verdicts with everything that they rest on.
    Explanation(Box<Explanation>),
}

/// 一户的结论，不含依据 | The verdicts about one subject, without what they rest on.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Verdicts {
    /// 本格式的版本 | The version of this form.
    schema: u32,
    /// 所用规则库 | The rulebook that was used.
    rulebook: RulebookView,
    /// 判定日 | The day of the verdicts, as YYYY-MM-DD.
    as_of: String,
    /// 对象 | Whom it is about.
    subject: SubjectView,
    /// 数据是否被拒收；拒收时没有项目 | Whether the subject's data were refused; then there is no programme.
    refused: bool,
    /// 数据的问题 | What is wrong with the data.
    problems: Vec<ProblemView>,
    /// 各项目，按规则库的次序 | The programmes, in the order of the rulebook.
    programmes: Vec<VerdictView>,
}

/// 一个项目的结论 | The verdict for one programme.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProgrammeVerdict")]
struct VerdictView {
    programme: String,
    /// `new` 新申报，`re-review` 复核，`yearly` 年度审核 | `new`, `re-review` or `yearly`.
    purpose: &'static str,
    /// 上一会计年度 | The last fiscal year.
    base_year: i16,
    /// `eligible` 符合，`ineligible` 不符合，`undetermined` 待定；没有现行版本时为空 | `eligible`, `ineligible` or `undetermined`; none if no version is in force.
    verdict: Option<&'static str>,
    /// 待定的原因：`data` 缺数据，`judgement` 待判断，`open` 标准未公开 | Why it is undetermined: `data`, `judgement`, `open`.
    why: Vec<&'static str>,
    /// 判定的要点；没有现行版本时为空 | What the evaluation came to, if a version is in force.
    assessment: Option<AssessedView>,
}

/// 按一个版本判定的要点 | What the evaluation of one version came to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "VerdictAssessment")]
struct AssessedView {
    version: AssessedVersion,
    /// `eligible` 符合，`judgement-pending` 可计量条件都满足、待判断，`one-short` 只差一项，`lack-of-data` 缺数据，`no` 否 | `eligible`, `judgement-pending`, `one-short`, `lack-of-data` or `no`.
    population: &'static str,
    /// 结论是否依据假定 | Whether the verdict rests on assumptions.
    conditional: bool,
    /// 是否依据无人见过原文的数值 | Whether it rests on a number that nobody has seen.
    rests_on_recalled: bool,
    /// 有评分时：`direct` 直通，`scored` 评分 | `direct` or `scored`, where there is a score.
    path: Option<&'static str>,
    score: Option<AssessedScore>,
    /// 各项条件 | How each criterion stands.
    criteria: Vec<AssessedCriterion>,
    /// 能使待定结论确定的数据 | What would decide an undetermined verdict.
    missing: Vec<MissingKey>,
}

/// 所依据的版本 | The version that was applied.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "VerdictVersion")]
struct AssessedVersion {
    id: String,
    /// `binding` 有约束力，`indicative` 参考（不作结论），`historical` 历史，`open` 未公开 | `binding`, `indicative` (never a conclusion), `historical` or `open`.
    standing: &'static str,
}

/// 评分的上下限 | The bounds of a score.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "VerdictScore")]
struct AssessedScore {
    low: String,
    high: String,
    /// 是否达到合格分和各项最低分 | Whether the pass mark and all floors are reached.
    result: &'static str,
}

/// 一项条件的结果，不含依据 | How one criterion stands, without what that rests on.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "VerdictCriterion")]
struct AssessedCriterion {
    id: String,
    /// `met` 满足，`not_met` 不满足，`unknown` 不明，`not_applicable` 不适用 | `met`, `not_met`, `unknown` or `not_applicable`.
    result: &'static str,
}

impl Verdicts {
    /// What `answers` say about a subject.
    pub fn of(
        rulebook: &Rulebook,
        question: &Question,
        subject: SubjectView,
        problems: Vec<ProblemView>,
        answers: &[Answer<'_>],
    ) -> Self {
        Self {
            schema: SCHEMA,
            rulebook: rulebook.into(),
            as_of: question.as_of.to_string(),
            subject,
            refused: false,
            problems,
            programmes: answers.iter().map(VerdictView::of).collect(),
        }
    }

    /// For a subject whose data were refused.
    pub fn refused(
        rulebook: &Rulebook,
        question: &Question,
        subject: SubjectView,
        problems: Vec<ProblemView>,
    ) -> Self {
        Self { refused: true, ..Self::of(rulebook, question, subject, problems, &[]) }
    }
}

impl VerdictView {
    fn of(answer: &Answer<'_>) -> Self {
        let found = answer.verdict();
        let assessment = match &answer.outcome {
            Outcome::Assessed(assessment) => Some(AssessedView::of(assessment)),
            Outcome::NoVersion { .. } => None,
        };
        Self {
            programme: answer.programme.id.clone(),
            purpose: verdict::purpose_code(answer.purpose),
            base_year: answer.base_year,
            verdict: found.map(verdict::verdict_code),
            why: verdict::undetermined_codes(found),
            assessment,
        }
    }
}

impl AssessedView {
    fn of(assessment: &Assessment<'_>) -> Self {
        let version = assessment.version;
        let criterion = |result: &CriterionResult<'_>| AssessedCriterion {
            id: result.criterion.id.clone(),
            result: verdict::truth_code(result.truth),
        };
        Self {
            version: AssessedVersion { id: version.id.clone(), standing: version.standing.code() },
            population: verdict::population_code(assessment.population),
            conditional: !assessment.assumptions.is_empty(),
            rests_on_recalled: assessment.rests_on_recalled,
            path: assessment.path.map(verdict::path_code),
            score: assessment.score.as_ref().map(|score| AssessedScore {
                low: points(score.low),
                high: points(score.high),
                result: verdict::truth_code(score.truth),
            }),
            criteria: assessment.criteria.iter().map(criterion).collect(),
            missing: assessment.missing.iter().map(|one: &Missing| one.into()).collect(),
        }
    }
}
