//! The JSON form of a forecast: one object for each subject. Texts in both languages, days as
//! YYYY-MM-DD. Described by `tidu schema forecast`.

use jiff::civil::Date;
use rules::forecast::{Change, Ends, Forecast, Period};
use rules::{Outcome, Rulebook, Verdict};
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

/// How the verdicts about one subject go on by time alone.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Forecast")]
pub struct ForecastPage {
    /// The version of this form.
    schema: u32,
    rulebook: RulebookView,
    /// The day on which it was made.
    as_of: String,
    subject: SubjectView,
    /// Whether the subject's data were refused; then there is no programme.
    refused: bool,
    problems: Vec<ProblemView>,
    programmes: Vec<ForecastView>,
}

/// How the verdict about one programme goes on.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProgrammeForecast")]
struct ForecastView {
    programme: String,
    title: Label,
    /// Where it stands today: `passed`, `waits` (only for words of persons or outside systems) or
    /// `not_passed`.
    now: &'static str,
    /// The first day that stands better than today.
    turns: Option<String>,
    /// The first day on which something measurable is lost.
    lost: Option<String>,
    /// The first day that waits for new words after one that was passed.
    waits: Option<String>,
    /// The last day that is told.
    until: String,
    /// Whether no version is known for the days after; otherwise nobody asked for more.
    ends_with_versions: bool,
    /// Periods of one verdict each, without a gap.
    periods: Vec<PeriodView>,
    /// What was taken for granted.
    assumed: Vec<CarryView>,
    /// The same in words.
    assumptions: Vec<Label>,
}

/// Days in a row with one verdict.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ForecastPeriod")]
struct PeriodView {
    from: String,
    to: String,
    /// As in `now`.
    course: &'static str,
    /// `eligible`, `ineligible` or `undetermined`; none if no version is in force.
    verdict: Option<&'static str>,
    /// Why it is undetermined: `data`, `judgement`, `open`.
    why: Vec<&'static str>,
    /// `eligible`, `judgement-pending`, `one-short`, `lack-of-data` or `no`.
    population: Option<&'static str>,
    /// `new`, `re-review` or `yearly`.
    purpose: &'static str,
    version: Option<String>,
    /// The last fiscal year on the first day.
    base_year: i16,
    /// The main reason of the verdict; empty if there is nothing to add.
    reason: Label,
    /// What changed against the day before.
    changes: Vec<ChangedView>,
    /// Days within it on which a criterion turns, while the verdict stays undetermined.
    steps: Vec<StepView>,
}

/// A day on which a criterion turns, while the verdict stays undetermined.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ForecastStep")]
struct StepView {
    on: String,
    /// The criteria that turn and are known before and after.
    changes: Vec<ChangedView>,
}

/// Something that changed from one day to the next.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimeChange")]
struct ChangedView {
    /// `title_ended`, `title_begun`, `purpose`, `version`, `base_year` or `criterion`.
    kind: &'static str,
    words: Label,
    criterion: Option<String>,
    /// The programme or definition that the criterion stands in.
    owner: Option<String>,
    /// The status on the day before: `met`, `not_met`, `unknown` or `not_applicable`.
    before: Option<&'static str>,
    /// The status on the day.
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
            why: match answer.verdict() {
                Some(Verdict::Undetermined(why)) => verdict::why_codes(why),
                _ => Vec::new(),
            },
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
