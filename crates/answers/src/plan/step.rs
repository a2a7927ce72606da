//! A plan and its steps, with exact values.

use enterprise::{Indicator, Kind, Value, format_decimal};
use rules::plan::{Plan, Serves, Step, TitleStep, Trusted, Undefined};
use rules::{Criterion, Outcome, Rulebook, ScoreItem};
use schemars::JsonSchema;
use serde::Serialize;

use crate::gap::MissingView;
use crate::label::Label;
use crate::subject::{OptionView, options};
use crate::test::TestView;
use crate::value::CitationView;
use words::amounts::points;
use words::{gap, plan, verdict};

/// One set of changes under which the measurable part passes.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Plan")]
pub(super) struct PlanView {
    steps: Vec<StepView>,
    /// Titles to be won or renewed first.
    titles: Vec<TitleStepView>,
    /// Tests that nobody can tell yet and that have to come out well.
    trusted: Vec<TrustedView>,
    /// What a person or an outside system still has to say.
    pending: Vec<MissingView>,
    /// What a person has to decide because a value has no meaning (a divisor of zero, a year before
    /// the founding).
    undefined: Vec<UndefinedView>,
    /// Judgements against the firm that would have to be made anew.
    overruled: Vec<CriterionRef>,
    /// The catalogue's weights of the indicators touched.
    effort: u64,
    /// The relative amounts of all steps together, in parts per million.
    relative: u64,
    /// Whether it is proven that none needs fewer titles, less on trust or less effort.
    proven: bool,
    /// What it comes to on the day with the plan carried out.
    outcome: OutcomeView,
}

/// A value without meaning.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Undefined")]
struct UndefinedView {
    /// The criterion or the item.
    label: Label,
    reasons: Vec<Label>,
}

impl UndefinedView {
    fn of(undefined: &Undefined<'_>) -> Self {
        let reasons = undefined.reasons.iter().map(|reason| Label::from(&gap::pending(reason)));
        Self { label: undefined.label.into(), reasons: reasons.collect() }
    }
}

/// What an answer comes to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PlanOutcome")]
struct OutcomeView {
    /// `eligible`, `ineligible` or `undetermined`.
    verdict: Option<&'static str>,
    /// `eligible`, `judgement-pending`, `one-short`, `lack-of-data` or `no`.
    population: Option<&'static str>,
    /// Lowest and highest score that is possible.
    score: Option<[String; 2]>,
}

/// One change.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Step")]
struct StepView {
    indicator: String,
    label: Label,
    /// The fiscal year of a yearly fact.
    year: Option<i16>,
    /// What stands there on the day if nothing is done.
    from: ValueView,
    /// The fiscal year whose value `from` repeats, where the year is not closed yet.
    carried_from: Option<i16>,
    to: ValueView,
    /// Whether `to` is the least (`>=`), the most (`<=`) or needed exactly (`=`).
    bound: &'static str,
    /// Whether going further needs other steps to go further too.
    tied: bool,
    /// `to` less `from`, as a decimal, for numbers.
    difference: Option<String>,
    /// The difference relative to `from` in parts per million, rounded up.
    ppm: Option<i64>,
    /// The last day for it.
    by: String,
    /// The catalogue's weight of the indicator.
    effort: Option<u32>,
    serves: Vec<ServesView>,
    /// What the figure means exactly.
    note: Label,
    words: Label,
}

/// A value: yuan, a plain ratio or a count, as a decimal; a date; yes or no; an option; a code.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "Value")]
enum ValueView {
    Number { value: String },
    Date { value: String },
    Flag { value: bool },
    Choice { option: Option<OptionView> },
    Code { value: String },
}

/// What a step is for.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "Serves")]
enum ServesView {
    /// A criterion that would not be met without it.
    Criterion { criterion: CriterionRef },
    /// A part of it that would outgrow it.
    Part { indicator: String, label: Label },
    /// Points of an item that would be missing without it.
    Item { item: ItemRef, from: String, to: String },
}

/// A criterion by its id, with its clause.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CriterionRef")]
struct CriterionRef {
    id: String,
    owner: String,
    label: Label,
    citation: CitationView,
}

/// An item of a score table by its id, with its clause.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ItemRef")]
struct ItemRef {
    id: String,
    label: Label,
    citation: CitationView,
}

/// A title that has to be held on the day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TitleStep")]
struct TitleStepView {
    programme: String,
    title: Label,
    /// The criterion that asks for it; none if only the score does.
    criterion: Option<CriterionRef>,
    /// The last day of the title that is held today and ends before the day.
    held_until: Option<String>,
}

/// A test that has to come out well.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Trusted")]
struct TrustedView {
    criterion: Option<CriterionRef>,
    item: Option<ItemRef>,
    /// The points that the item needs, if it is one.
    points: Option<String>,
    /// Whether it has to come out met.
    to_met: bool,
    test: Option<TestView>,
    words: Label,
}

impl PlanView {
    pub(super) fn of(plan: &Plan<'_>, rulebook: &Rulebook, base_year: i16) -> Self {
        let trusted = |one: &Trusted<'_>| TrustedView::of(one, rulebook, base_year);
        let overruled = plan.overruled.iter().map(|criterion| CriterionRef::of(criterion));
        Self {
            steps: plan.steps.iter().map(StepView::of).collect(),
            titles: plan.titles.iter().map(|title| TitleStepView::of(title, rulebook)).collect(),
            trusted: plan.trusted.iter().map(trusted).collect(),
            pending: MissingView::all(&plan.pending, rulebook),
            undefined: plan.undefined.iter().map(UndefinedView::of).collect(),
            overruled: overruled.collect(),
            effort: plan.effort,
            relative: plan.relative,
            proven: plan.proven,
            outcome: OutcomeView::of(plan),
        }
    }
}

impl OutcomeView {
    fn of(plan: &Plan<'_>) -> Self {
        let assessment = match &plan.answer.outcome {
            Outcome::Assessed(assessment) => Some(assessment),
            Outcome::NoVersion { .. } => None,
        };
        let score = assessment.and_then(|assessment| assessment.score.as_ref());
        Self {
            verdict: plan.answer.verdict().map(verdict::verdict_code),
            population: assessment.map(|found| verdict::population_code(found.population)),
            score: score.map(|score| [points(score.low), points(score.high)]),
        }
    }
}

impl StepView {
    fn of(step: &Step<'_>) -> Self {
        let known = &*step.indicator;
        let difference = match (&step.from, &step.to) {
            (Value::Number(from), Value::Number(to)) => to.checked_sub(*from),
            _ => None,
        };
        Self {
            indicator: step.key.indicator.clone(),
            label: (&known.label).into(),
            year: step.key.year,
            from: ValueView::of(known, &step.from),
            carried_from: step.carried_from,
            to: ValueView::of(known, &step.to),
            bound: step.bound.written(),
            tied: step.tied,
            difference: difference.map(|moved| format_decimal(moved, known.kind.scale())),
            ppm: plan::relative(step),
            by: step.by.to_string(),
            effort: known.effort,
            serves: step.serves.iter().map(ServesView::of).collect(),
            note: (&known.note).into(),
            words: plan::change(step).into(),
        }
    }
}

impl ValueView {
    fn of(known: &Indicator, value: &Value) -> Self {
        match value {
            Value::Number(stored) => {
                Self::Number { value: format_decimal(*stored, known.kind.scale()) }
            }
            Value::Date(day) => Self::Date { value: day.to_string() },
            Value::Flag(value) => Self::Flag { value: *value },
            Value::Choice(index) => Self::Choice { option: option(&known.kind, *index) },
            Value::Code(code) => Self::Code { value: code.clone() },
        }
    }
}

fn option(kind: &Kind, index: usize) -> Option<OptionView> {
    options(kind, &[index]).into_iter().next()
}

impl ServesView {
    fn of(serves: &Serves<'_>) -> Self {
        match serves {
            Serves::Criterion(criterion) => {
                Self::Criterion { criterion: CriterionRef::of(criterion) }
            }
            Serves::Part(part) => {
                Self::Part { indicator: part.id.clone(), label: (&part.label).into() }
            }
            Serves::Item { item, from, to } => {
                Self::Item { item: ItemRef::of(item), from: points(*from), to: points(*to) }
            }
        }
    }
}

impl CriterionRef {
    fn of(criterion: &Criterion) -> Self {
        Self {
            id: criterion.id.clone(),
            owner: criterion.owner.clone(),
            label: (&criterion.label).into(),
            citation: CitationView::of(&criterion.citation),
        }
    }
}

impl ItemRef {
    fn of(item: &ScoreItem) -> Self {
        Self {
            id: item.id.clone(),
            label: (&item.label).into(),
            citation: CitationView::of(&item.citation),
        }
    }
}

impl TitleStepView {
    fn of(step: &TitleStep<'_>, rulebook: &Rulebook) -> Self {
        Self {
            programme: step.programme.clone(),
            title: words::gap::title(&rulebook.catalogue, &step.programme).into(),
            criterion: step.criterion.map(CriterionRef::of),
            held_until: step.held_until.map(|day| day.to_string()),
        }
    }
}

impl TrustedView {
    fn of(trusted: &Trusted<'_>, rulebook: &Rulebook, base_year: i16) -> Self {
        let test = trusted.test.as_ref();
        Self {
            criterion: trusted.criterion.map(CriterionRef::of),
            item: trusted.item.map(ItemRef::of),
            points: trusted.points.map(points),
            to_met: trusted.to_met,
            test: test.map(|test| TestView::of(test, rulebook, base_year)),
            words: plan::trusted(trusted, base_year).into(),
        }
    }
}
