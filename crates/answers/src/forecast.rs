//! The JSON form of a forecast: one object for each subject. Texts in both languages, days as
//! YYYY-MM-DD. Described by `tidu schema forecast`.

use jiff::civil::Date;
use rules::forecast::{Change, Ends, Forecast, Period};
use rules::{Outcome, Rulebook};
use schemars::JsonSchema;
use serde::Serialize;

use super::carry::CarryView;
use super::label::Label;
use super::value::CitationView;
use super::{ProblemView, RulebookView, SubjectView};
use words::forecast::{self as say, Place};
use words::reason::reason;
use words::{carry, verdict};

/// The version of this form.
const SCHEMA: u32 = 1;

/// 仅随时间推移，一户的结论怎样变化 | How the verdicts about one subject go on by time alone.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Forecast")]
pub struct ForecastPage {
    /// 本格式的版本 | The version of this form.
    schema: u32,
    rulebook: RulebookView,
    /// 预测之日 | The day on which it was made.
    as_of: String,
    subject: SubjectView,
    /// 数据是否被拒收；拒收时没有项目 | Whether the subject's data were refused; then there is no programme.
    refused: bool,
    problems: Vec<ProblemView>,
    programmes: Vec<ForecastView>,
}

/// 一个项目的结论今后怎样变化 | How the verdict about one programme goes on.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProgrammeForecast")]
struct ForecastView {
    programme: String,
    title: Label,
    /// 今天的状况：`passed` 通过，`waits` 只待人工或外部系统判断，`not_passed` 未通过 | Where it stands today: `passed`, `waits` (only for words of persons or outside systems) or `not_passed`.
    now: &'static str,
    /// 首次优于今天的日子 | The first day that stands better than today.
    turns: Option<String>,
    /// 首次失去可计量条件的日子 | The first day on which something measurable is lost.
    lost: Option<String>,
    /// 通过之后首次又须等待人工判断的日子 | The first day that waits for new words after one that was passed.
    waits: Option<String>,
    /// 预测的末日 | The last day that is told.
    until: String,
    /// 是否因之后没有已知版本而止；否则因没有要求更远 | Whether no version is known for the days after; otherwise nobody asked for more.
    ends_with_versions: bool,
    /// 各段日子，每段结论相同，前后相连 | Periods of one verdict each, without a gap.
    periods: Vec<PeriodView>,
    /// 假定 | What was taken for granted.
    assumed: Vec<CarryView>,
    /// 同上，以文字说明 | The same in words.
    assumptions: Vec<Label>,
}

/// 结论相同的一段日子 | Days in a row with one verdict.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ForecastPeriod")]
struct PeriodView {
    from: String,
    to: String,
    /// 同 `now` | As in `now`.
    course: &'static str,
    /// `eligible` 符合，`ineligible` 不符合，`undetermined` 待定；没有现行版本时为空 | `eligible`, `ineligible` or `undetermined`; none if no version is in force.
    verdict: Option<&'static str>,
    /// 待定的原因：`data` 缺数据，`judgement` 待判断，`open` 标准未公开 | Why it is undetermined: `data`, `judgement`, `open`.
    why: Vec<&'static str>,
    /// `eligible` 符合，`judgement-pending` 可计量条件都满足、待判断，`one-short` 只差一项，`lack-of-data` 缺数据，`no` 否 | `eligible`, `judgement-pending`, `one-short`, `lack-of-data` or `no`.
    population: Option<&'static str>,
    /// `new` 新申报，`re-review` 复核，`yearly` 年度审核 | `new`, `re-review` or `yearly`.
    purpose: &'static str,
    version: Option<String>,
    /// 首日的上一会计年度 | The last fiscal year on the first day.
    base_year: i16,
    /// 结论的主要理由；没有可补充的为空 | The main reason of the verdict; empty if there is nothing to add.
    reason: Label,
    /// 与前一天相比改变了什么 | What changed against the day before.
    changes: Vec<ChangedView>,
    /// 其间结论仍待定而某一条件改变的日子 | Days within it on which a criterion turns, while the verdict stays undetermined.
    steps: Vec<StepView>,
}

/// 结论仍待定而某一条件改变的一天 | A day on which a criterion turns, while the verdict stays undetermined.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ForecastStep")]
struct StepView {
    on: String,
    /// 改变前后都明确的条件 | The criteria that turn and are known before and after.
    changes: Vec<ChangedView>,
}

/// 从一天到下一天的一处改变 | Something that changed from one day to the next.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimeChange")]
struct ChangedView {
    /// `title_ended` 称号到期，`title_begun` 称号开始，`purpose` 目的，`version` 版本，`base_year` 会计年度，`criterion` 条件 | `title_ended`, `title_begun`, `purpose`, `version`, `base_year` or `criterion`.
    kind: &'static str,
    words: Label,
    criterion: Option<String>,
    /// 条件所在的项目或定义 | The programme or definition that the criterion stands in.
    owner: Option<String>,
    /// 前一天的状态：`met` 满足，`not_met` 不满足，`unknown` 不明，`not_applicable` 不适用 | The status on the day before: `met`, `not_met`, `unknown` or `not_applicable`.
    before: Option<&'static str>,
    /// 当天的状态 | The status on the day.
    after: Option<&'static str>,
    citation: Option<CitationView>,
}

impl ForecastPage {
    /// The forecasts about a subject.
    pub fn of(
        rulebook: &Rulebook,
        today: Date,
        subject: SubjectView,
        problems: Vec<ProblemView>,
        forecasts: &[Forecast<'_>],
    ) -> Self {
        Self {
            schema: SCHEMA,
            rulebook: rulebook.into(),
            as_of: today.to_string(),
            subject,
            refused: false,
            problems,
            programmes: forecasts.iter().map(|one| ForecastView::of(one, rulebook)).collect(),
        }
    }

    /// The page for a subject whose data were refused.
    pub fn refused(
        rulebook: &Rulebook,
        today: Date,
        subject: SubjectView,
        problems: Vec<ProblemView>,
    ) -> Self {
        Self { refused: true, ..Self::of(rulebook, today, subject, problems, &[]) }
    }
}

impl ForecastView {
    fn of(forecast: &Forecast<'_>, rulebook: &Rulebook) -> Self {
        let first = |period: Option<&Period<'_>>| period.map(|period| period.from.to_string());
        let period =
            |period| PeriodView::of(Place { rulebook, assumed: &forecast.assumed, period });
        let words = carry::carry(&forecast.assumed, &rulebook.catalogue);
        Self {
            programme: forecast.programme.id.clone(),
            title: (&forecast.programme.title).into(),
            now: say::course_code(forecast.now()),
            turns: first(forecast.turns()),
            lost: first(forecast.lost()),
            waits: first(forecast.waits()),
            until: forecast.until.to_string(),
            ends_with_versions: matches!(forecast.ends, Ends::NoVersion(_)),
            periods: forecast.periods.iter().map(period).collect(),
            assumed: forecast.assumed.iter().map(CarryView::from).collect(),
            assumptions: words.into_iter().map(Label::from).collect(),
        }
    }
}

impl PeriodView {
    fn of(place: Place<'_, '_>) -> Self {
        let Place { rulebook, period, .. } = place;
        let answer = &period.answer;
        let assessment = match &answer.outcome {
            Outcome::Assessed(assessment) => Some(assessment),
            Outcome::NoVersion { .. } => None,
        };
        let changes = period.changes();
        Self {
            from: period.from.to_string(),
            to: period.to.to_string(),
            course: say::course_code(period.course()),
            verdict: answer.verdict().map(verdict::verdict_code),
            why: verdict::undetermined_codes(answer.verdict()),
            population: assessment.map(|known| verdict::population_code(known.population)),
            purpose: verdict::purpose_code(answer.purpose),
            version: assessment.map(|known| known.version.id.clone()),
            base_year: answer.base_year,
            reason: reason(answer, rulebook).into(),
            changes: changes.iter().map(|one| ChangedView::of(one, place)).collect(),
            steps: period
                .steps
                .iter()
                .map(|period| StepView::of(Place { period, ..place }))
                .collect(),
        }
    }
}

impl StepView {
    fn of(place: Place<'_, '_>) -> Self {
        let turned = place.period.turned();
        Self {
            on: place.period.from.to_string(),
            changes: turned.iter().map(|one| ChangedView::of(one, place)).collect(),
        }
    }
}

impl ChangedView {
    fn of(change: &Change<'_, '_>, place: Place<'_, '_>) -> Self {
        let kind = match change {
            Change::TitleEnded(_) => "title_ended",
            Change::TitleBegun(_) => "title_begun",
            Change::Purpose { .. } => "purpose",
            Change::Version { .. } => "version",
            Change::BaseYear { .. } => "base_year",
            Change::Criterion { .. } => "criterion",
        };
        let (before, after) = match change {
            Change::Criterion { before, after } => (*before, Some(*after)),
            _ => (None, None),
        };
        let criterion = after.map(|result| result.criterion);
        Self {
            kind,
            words: say::change(change, place).into(),
            criterion: criterion.map(|criterion| criterion.id.clone()),
            owner: criterion.map(|criterion| criterion.owner.clone()),
            before: before.map(|result| verdict::truth_code(result.truth)),
            after: after.map(|result| verdict::truth_code(result.truth)),
            citation: criterion.map(|criterion| CitationView::of(&criterion.citation)),
        }
    }
}
