//! The answer for one programme.

use rules::{
    Answer, Assessment, BenefitResult, Exact, Measure, Nearest, Outcome, Rulebook, Stage, Version,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::criterion::CriterionView;
use super::gap::{MissingView, TurnView};
use super::label::Label;
use super::score::ScoreView;
use super::test::TitleView;
use super::value::{CitationView, OperandView};
use words::amounts;
use words::window::{Window, window};
use words::{provenance, verdict};

/// 一个项目的结论 | The answer for one programme.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Programme")]
pub struct ProgrammeView {
    programme: String,
    title: Label,
    /// `new` 新申报，`re-review` 复核，`yearly` 年度审核 | `new`, `re-review` or `yearly`.
    purpose: &'static str,
    /// 目的是怎样确定的：`asked` 指定，`title_held` 持有称号，`title_not_held` 未持有，`titles_unknown` 是否持有不明 | How the purpose was chosen: `asked`, `title_held`, `title_not_held` or `titles_unknown`.
    purpose_because: &'static str,
    /// 上一会计年度 | The last fiscal year.
    base_year: i16,
    /// 当日持有的称号，如已知 | The title held on the day, if one is known.
    held: Option<TitleView>,
    window: WindowView,
    /// `eligible` 符合，`ineligible` 不符合，`undetermined` 待定；没有现行版本时为空 | `eligible`, `ineligible` or `undetermined`; none if no version is in force.
    verdict: Option<&'static str>,
    /// 待定的原因：`data` 缺数据，`judgement` 待判断，`open` 标准未公开 | Why it is undetermined: `data`, `judgement`, `open`.
    why: Vec<&'static str>,
    /// 判定；没有现行版本时为空 | The evaluation, if a version is in force.
    assessment: Option<AssessmentView>,
    /// 没有现行版本时，前后的版本 | The versions around the day, if none is in force.
    no_version: Option<NoVersionView>,
}

/// 按一个版本的判定 | The evaluation of one version.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Assessment")]
struct AssessmentView {
    version: VersionView,
    /// `eligible` 符合，`judgement-pending` 可计量条件都满足、待判断，`one-short` 只差一项，`lack-of-data` 缺数据，`no` 否 | `eligible`, `judgement-pending`, `one-short`, `lack-of-data` or `no`.
    population: &'static str,
    /// 未满足的条件中差距最小的一项；符合时为空 | Of the top criteria that are not met, the one that lacks least; none when eligible.
    nearest: Option<NearestView>,
    /// 结论是否依据假定 | Whether the verdict rests on assumptions.
    conditional: bool,
    /// 是否依据无人见过原文的数值 | Whether it rests on a number that nobody has seen.
    rests_on_recalled: bool,
    /// 有评分时：`direct` 直通，`scored` 评分 | `direct` or `scored`, where there is a score.
    path: Option<&'static str>,
    score: Option<ScoreView>,
    criteria: Vec<CriterionView>,
    /// 优先条件，不决定结论 | What makes a subject preferred; never decides.
    preferences: Vec<CriterionView>,
    /// 认定后可享受的政策 | What a recognition would grant.
    benefits: Vec<BenefitView>,
    /// 能使待定结论确定的数据 | What would decide an undetermined verdict.
    missing: Vec<MissingView>,
    assumptions: Vec<AssumptionView>,
    /// 改变后即可改变结论的最小检验组合 | The smallest sets of tests whose turning would turn the verdict.
    turns: Vec<Vec<TurnView>>,
}

/// 最小的差距：只用于排序，不决定结论 | The nearest shortfall: it ranks and decides nothing.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Nearest")]
struct NearestView {
    criterion: String,
    label: Label,
    /// 差额占门槛的百万分比，向上取整 | How much it lacks in parts per million of its threshold, rounded up.
    ppm: i64,
}

/// 项目标准的一个版本 | A version of a programme's text.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Version")]
struct VersionView {
    id: String,
    /// `binding` 有约束力，`indicative` 参考（不作结论），`historical` 历史，`open` 未公开 | `binding`, `indicative` (never a conclusion), `historical` or `open`.
    standing: &'static str,
    /// 文号 | The document's number.
    document: String,
    name: String,
    annex: String,
    published: Option<String>,
    note: Option<Label>,
}

/// 没有现行版本的日子前后的版本 | The versions before and after a day on which none is in force.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NoVersion")]
struct NoVersionView {
    /// 上一版本的末日 | The last day of the one before.
    previous: Option<String>,
    /// 下一版本的首日 | The first day of the next one.
    next: Option<String>,
}

/// 申报窗口 | The window for applying.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Window")]
struct WindowView {
    /// `open` 开放，`opens` 将开放，`closed` 已结束（下一批未公布），`not_announced` 未公布 | `open`, `opens`, `closed` (the next is not announced) or `not_announced`.
    state: &'static str,
    from: Option<String>,
    to: Option<String>,
    /// 批次名称 | What the round is called.
    label: Option<Label>,
    /// 公布它的通知 | The notice that announces it.
    document: Option<String>,
    stages: Vec<StageView>,
    /// 除结论外，参加该批次的条件 | Who may take part in the round, beside the verdict.
    criteria: Vec<CriterionView>,
}

/// 申报批次中的一个阶段 | A dated part of a round.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Stage")]
struct StageView {
    label: Label,
    from: String,
    to: String,
}

/// 认定后可享受的政策 | What a recognition would grant.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Benefit")]
struct BenefitView {
    id: String,
    label: Label,
    citation: CitationView,
    /// 金额（元），已按上限计算；未公开或不明时为空 | In yuan, within cap and ceilings; none while it is not public or not known.
    amount: Option<String>,
    /// 一次最多多少元；未公开时为空 | The most that one grant can be, in yuan, if that is public.
    most: Option<String>,
    /// 所用数据 | The facts used for it.
    operands: Vec<OperandView>,
}

/// 采用的默认值 | A default that was used.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Assumption")]
struct AssumptionView {
    indicator: String,
    label: Label,
    reason: Label,
}

impl ProgrammeView {
    /// The view of an answer.
    pub fn of(answer: &Answer<'_>, rulebook: &Rulebook) -> Self {
        let (assessment, no_version) = match &answer.outcome {
            Outcome::Assessed(assessment) => {
                (Some(AssessmentView::of(assessment, rulebook, answer.base_year)), None)
            }
            Outcome::NoVersion { next, previous } => {
                let next = next.map(|(day, _)| day.to_string());
                let previous = previous.map(|(day, _)| day.to_string());
                (None, Some(NoVersionView { previous, next }))
            }
        };
        let found = answer.verdict();
        let why = verdict::undetermined_codes(found);
        Self {
            programme: answer.programme.id.clone(),
            title: (&answer.programme.title).into(),
            purpose: verdict::purpose_code(answer.purpose),
            purpose_because: verdict::because_code(answer.purpose_because),
            base_year: answer.base_year,
            held: answer.held.as_ref().map(TitleView::from),
            window: WindowView::of(answer, rulebook),
            verdict: found.map(verdict::verdict_code),
            why,
            assessment,
            no_version,
        }
    }
}

impl AssessmentView {
    fn of(assessment: &Assessment<'_>, rulebook: &Rulebook, base_year: i16) -> Self {
        let assumptions = assessment.assumptions.iter().map(|assume| AssumptionView {
            indicator: assume.indicator.id.clone(),
            label: (&assume.indicator.label).into(),
            reason: (&assume.reason).into(),
        });
        Self {
            version: VersionView::of(assessment.version),
            population: verdict::population_code(assessment.population),
            nearest: assessment.nearest.map(NearestView::from),
            conditional: !assessment.assumptions.is_empty(),
            rests_on_recalled: assessment.rests_on_recalled,
            path: assessment.path.map(verdict::path_code),
            score: assessment.score.as_ref().map(|score| ScoreView::of(score, rulebook, base_year)),
            criteria: CriterionView::all(&assessment.criteria, rulebook, base_year),
            preferences: CriterionView::all(&assessment.preferences, rulebook, base_year),
            benefits: assessment.benefits.iter().map(BenefitView::of).collect(),
            missing: MissingView::all(&assessment.missing, rulebook),
            assumptions: assumptions.collect(),
            turns: TurnView::sets(assessment, base_year),
        }
    }
}

impl From<Nearest<'_>> for NearestView {
    fn from(nearest: Nearest<'_>) -> Self {
        let Nearest { criterion, ppm, .. } = nearest;
        Self { criterion: criterion.id.clone(), label: (&criterion.label).into(), ppm }
    }
}

impl VersionView {
    fn of(version: &Version) -> Self {
        Self {
            id: version.id.clone(),
            standing: version.standing.code(),
            document: version.document.number.clone(),
            name: version.document.name.clone(),
            annex: version.document.annex.clone(),
            published: version.published.map(|day| day.to_string()),
            note: version.note.as_ref().map(Label::from),
        }
    }
}

impl WindowView {
    fn of(answer: &Answer<'_>, rulebook: &Rulebook) -> Self {
        let stages = answer.round.map(|round| round.stages.as_slice()).unwrap_or_default();
        let state = match window(answer) {
            Window::Open(_) => "open",
            Window::Opens(_) => "opens",
            Window::Closed(_) => "closed",
            Window::NotAnnounced => "not_announced",
        };
        Self {
            state,
            from: answer.round.map(|round| round.from.to_string()),
            to: answer.round.map(|round| round.to.to_string()),
            label: answer.round.and_then(|round| round.label.as_ref()).map(Label::from),
            document: answer.round.map(|round| provenance::short(&round.document).to_owned()),
            stages: stages.iter().map(StageView::of).collect(),
            criteria: CriterionView::all(&answer.round_criteria, rulebook, answer.base_year),
        }
    }
}

impl StageView {
    fn of(stage: &Stage) -> Self {
        Self {
            label: (&stage.label).into(),
            from: stage.from.to_string(),
            to: stage.to.to_string(),
        }
    }
}

impl BenefitView {
    fn of(result: &BenefitResult<'_>) -> Self {
        let yuan = |value: Exact| amounts::plain(value, &Measure::Money).text;
        Self {
            id: result.benefit.id.clone(),
            label: (&result.benefit.label).into(),
            citation: CitationView::of(&result.benefit.citation),
            amount: result.amount.as_ref().and_then(rules::Amount::as_exact).map(yuan),
            most: result.most.map(yuan),
            operands: OperandView::all(&result.operands),
        }
    }
}
