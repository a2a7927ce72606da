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

/// 使可计量部分通过的一组改变 | One set of changes under which the measurable part passes.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Plan")]
pub(super) struct PlanView {
    steps: Vec<StepView>,
    /// 须先取得或续期的称号 | Titles to be won or renewed first.
    titles: Vec<TitleStepView>,
    /// 目前无法确定、须得到有利结果的检验 | Tests that nobody can tell yet and that have to come out well.
    trusted: Vec<TrustedView>,
    /// 还须人工或外部系统判断的事项 | What a person or an outside system still has to say.
    pending: Vec<MissingView>,
    /// 因数值没有意义（除数为零、年度早于成立）而须人工决定的事项 | What a person has to decide because a value has no meaning (a divisor of zero, a year before the founding).
    undefined: Vec<UndefinedView>,
    /// 须重新作出的、对企业不利的人工判断 | Judgements against the firm that would have to be made anew.
    overruled: Vec<CriterionRef>,
    /// 所涉各指标的难度之和 | The catalogue's weights of the indicators touched.
    effort: u64,
    /// 各项改变的相对幅度之和，百万分比 | The relative amounts of all steps together, in parts per million.
    relative: u64,
    /// 是否已证明没有更省的方案 | Whether it is proven that none needs fewer titles, less on trust or less effort.
    proven: bool,
    /// 方案完成后当日的结果 | What it comes to on the day with the plan carried out.
    outcome: OutcomeView,
}

/// 没有意义的数值 | A value without meaning.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Undefined")]
struct UndefinedView {
    /// 条件或评分项 | The criterion or the item.
    label: Label,
    reasons: Vec<Label>,
}

impl UndefinedView {
    fn of(undefined: &Undefined<'_>) -> Self {
        let reasons = undefined.reasons.iter().map(|reason| Label::from(&gap::pending(reason)));
        Self { label: undefined.label.into(), reasons: reasons.collect() }
    }
}

/// 结论的结果 | What an answer comes to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PlanOutcome")]
struct OutcomeView {
    /// `eligible` 符合，`ineligible` 不符合，`undetermined` 待定 | `eligible`, `ineligible` or `undetermined`.
    verdict: Option<&'static str>,
    /// `eligible` 符合，`judgement-pending` 可计量条件都满足、待判断，`one-short` 只差一项，`lack-of-data` 缺数据，`no` 否 | `eligible`, `judgement-pending`, `one-short`, `lack-of-data` or `no`.
    population: Option<&'static str>,
    /// 可能的最低分和最高分 | Lowest and highest score that is possible.
    score: Option<[String; 2]>,
}

/// 一项改变 | One change.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Step")]
struct StepView {
    indicator: String,
    label: Label,
    /// 年度指标的年度 | The fiscal year of a yearly fact.
    year: Option<i16>,
    /// 什么都不做时当日的值 | What stands there on the day if nothing is done.
    from: ValueView,
    /// 年度尚未结束时，`from` 沿用哪一年度的值 | The fiscal year whose value `from` repeats, where the year is not closed yet.
    carried_from: Option<i16>,
    to: ValueView,
    /// `to` 是至少（`>=`）、至多（`<=`）还是恰好（`=`） | Whether `to` is the least (`>=`), the most (`<=`) or needed exactly (`=`).
    bound: &'static str,
    /// 再进一步时，其他改变是否也须再进一步 | Whether going further needs other steps to go further too.
    tied: bool,
    /// 数值类：`to` 减 `from`，十进制 | `to` less `from`, as a decimal, for numbers.
    difference: Option<String>,
    /// 差额占 `from` 的百万分比，向上取整 | The difference relative to `from` in parts per million, rounded up.
    ppm: Option<i64>,
    /// 最迟何日 | The last day for it.
    by: String,
    /// 指标目录中该指标的难度 | The catalogue's weight of the indicator.
    effort: Option<u32>,
    serves: Vec<ServesView>,
    /// 该数据的确切含义 | What the figure means exactly.
    note: Label,
    words: Label,
}

/// 数值：元、比率或数量，十进制；日期；是否；选项；代码 | A value: yuan, a plain ratio or a count, as a decimal; a date; yes or no; an option; a code.
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

/// 一项改变为了什么 | What a step is for.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "Serves")]
enum ServesView {
    /// 缺了它就不能满足的条件 | A criterion that would not be met without it.
    Criterion { criterion: CriterionRef },
    /// 否则会超过它的其中一部分 | A part of it that would outgrow it.
    Part { indicator: String, label: Label },
    /// 缺了它就少得的分数 | Points of an item that would be missing without it.
    Item { item: ItemRef, from: String, to: String },
}

/// 条件的编号和条款 | A criterion by its id, with its clause.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CriterionRef")]
struct CriterionRef {
    id: String,
    owner: String,
    label: Label,
    citation: CitationView,
}

/// 评分项的编号和条款 | An item of a score table by its id, with its clause.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ItemRef")]
struct ItemRef {
    id: String,
    label: Label,
    citation: CitationView,
}

/// 到当日须持有的称号 | A title that has to be held on the day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TitleStep")]
struct TitleStepView {
    programme: String,
    title: Label,
    /// 要求它的条件；仅评分涉及时为空 | The criterion that asks for it; none if only the score does.
    criterion: Option<CriterionRef>,
    /// 今天持有而在当日之前到期的称号的末日 | The last day of the title that is held today and ends before the day.
    held_until: Option<String>,
}

/// 须得到有利结果的一项检验 | A test that has to come out well.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Trusted")]
struct TrustedView {
    criterion: Option<CriterionRef>,
    item: Option<ItemRef>,
    /// 评分项所需的分数 | The points that the item needs, if it is one.
    points: Option<String>,
    /// 是否须得到满足 | Whether it has to come out met.
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
