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

/// The answer for one programme.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Programme")]
pub struct ProgrammeView {
    programme: String,
    title: Label,
    /// `new`, `re-review` or `yearly`.
    purpose: &'static str,
    /// How the purpose was chosen: `asked`, `title_held`, `title_not_held` or `titles_unknown`.
    purpose_because: &'static str,
    /// The last fiscal year.
    base_year: i16,
    /// The title held on the day, if one is known.
    held: Option<TitleView>,
    window: WindowView,
    /// `eligible`, `ineligible` or `undetermined`; none if no version is in force.
    verdict: Option<&'static str>,
    /// Why it is undetermined: `data`, `judgement`, `open`.
    why: Vec<&'static str>,
    /// The evaluation, if a version is in force.
    assessment: Option<AssessmentView>,
    /// The versions around the day, if none is in force.
    no_version: Option<NoVersionView>,
}

/// The evaluation of one version.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Assessment")]
struct AssessmentView {
    version: VersionView,
    /// `eligible`, `judgement-pending`, `one-short`, `lack-of-data` or `no`.
    population: &'static str,
    /// Of the top criteria that are not met, the one that lacks least; none when eligible.
    nearest: Option<NearestView>,
    /// Whether the verdict rests on assumptions.
    conditional: bool,
    /// Whether it rests on a number that nobody has seen.
    rests_on_recalled: bool,
    /// `direct` or `scored`, where there is a score.
    path: Option<&'static str>,
    score: Option<ScoreView>,
    criteria: Vec<CriterionView>,
    /// What makes a subject preferred; never decides.
    preferences: Vec<CriterionView>,
    /// What a recognition would grant.
    benefits: Vec<BenefitView>,
    /// What would decide an undetermined verdict.
    missing: Vec<MissingView>,
    assumptions: Vec<AssumptionView>,
    /// The smallest sets of tests whose turning would turn the verdict.
    turns: Vec<Vec<TurnView>>,
}

/// The nearest shortfall: it ranks and decides nothing.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Nearest")]
struct NearestView {
    criterion: String,
    label: Label,
    /// How much it lacks in parts per million of its threshold, rounded up.
    ppm: i64,
}

/// A version of a programme's text.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Version")]
struct VersionView {
    id: String,
    /// `binding`, `indicative` (never a conclusion), `historical` or `open`.
    standing: &'static str,
    /// The document's number.
    document: String,
    name: String,
    annex: String,
    published: Option<String>,
    note: Option<Label>,
}

/// The versions before and after a day on which none is in force.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NoVersion")]
struct NoVersionView {
    /// The last day of the one before.
    previous: Option<String>,
    /// The first day of the next one.
    next: Option<String>,
}

/// The window for applying.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Window")]
struct WindowView {
    /// `open`, `opens`, `closed` (the next is not announced) or `not_announced`.
    state: &'static str,
    from: Option<String>,
    to: Option<String>,
    /// What the round is called.
    label: Option<Label>,
    /// The notice that announces it.
    document: Option<String>,
    stages: Vec<StageView>,
    /// Who may take part in the round, beside the verdict.
    criteria: Vec<CriterionView>,
}

/// A dated part of a round.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Stage")]
struct StageView {
    label: Label,
    from: String,
    to: String,
}

/// What a recognition would grant.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Benefit")]
struct BenefitView {
    id: String,
    label: Label,
    citation: CitationView,
    /// In yuan, within cap and ceilings; none while it is not public or not known.
    amount: Option<String>,
    /// The most that one grant can be, in yuan, if that is public.
    most: Option<String>,
    /// The facts used for it.
    operands: Vec<OperandView>,
}

/// A default that was used.
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
        let why = match found {
            Some(rules::Verdict::Undetermined(why)) => verdict::why_codes(why),
            _ => Vec::new(),
        };
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
