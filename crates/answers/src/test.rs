//! What was tested and how it came out.

use rules::{Classified, Compared, ConditionResult, Rulebook, Test, Window};
use schemars::JsonSchema;
use serde::Serialize;

use super::gap::MissingView;
use super::label::Label;
use super::subject::{OptionView, options};
use super::value::{LimitView, OperandView, QuantityView, SourceView, decimal, pending};
use words::quantity::{Years, measure_of};
use words::{gap, verdict};

/// 条件的检验结果 | The result of a condition.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ConditionResult")]
pub(crate) struct TestView {
    /// `met` 满足，`not_met` 不满足，`unknown` 不明，`not_applicable` 不适用 | `met`, `not_met`, `unknown` or `not_applicable`.
    result: &'static str,
    /// 不明的原因：`data` 缺数据，`judgement` 待判断，`open` 标准未公开 | Why it is unknown: `data`, `judgement`, `open`.
    why: Vec<&'static str>,
    /// 缺少的数据 | What would have to be known.
    missing: Vec<MissingView>,
    /// 须人工决定的事项 | What a person has to decide.
    pending: Vec<Label>,
    test: KindView,
}

/// 检验了什么 | What was tested.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "Test")]
enum KindView {
    /// 全部满足 | All of these.
    All { tests: Vec<TestView> },
    /// 至少满足其中若干项 | At least so many of these.
    AtLeast { needed: usize, tests: Vec<TestView> },
    /// 取反 | The opposite of this.
    Not { test: Box<TestView> },
    /// 两个数量相比 | One quantity against another.
    Compare {
        left: QuantityView,
        /// 比较符号：`>=`、`>`、`<=`、`<` 或 `=` | `>=`, `>`, `<=`, `<` or `=`.
        operator: &'static str,
        right: QuantityView,
        operands: Vec<OperandView>,
        distance: Option<DistanceView>,
    },
    /// 选项与许可的选项相比 | A choice against options.
    Member {
        indicator: String,
        label: Label,
        year: Option<i16>,
        admitted: Vec<OptionView>,
        possible: Vec<OptionView>,
        source: Option<SourceView>,
        classified: Option<Box<ClassifiedView>>,
    },
    /// 是否类数据 | A yes-or-no fact.
    Flag {
        indicator: String,
        label: Label,
        year: Option<i16>,
        value: Option<bool>,
        source: Option<SourceView>,
    },
    /// 作为前提的称号 | A title as prerequisite.
    Holds { programme: String, label: Label, any_of: Vec<String>, title: Option<TitleView> },
    /// 某一时段内的事件 | An event in a window.
    Happened {
        event: String,
        label: Label,
        /// 时段按月计算时，回溯几个月 | How many months back, if the window is counted in months.
        months: Option<u32>,
        /// 时段的第一天 | First day of the window.
        from: String,
        attribute: Option<AttributeView>,
        /// 计入的事件的日期 | Days of the events that count.
        dates: Vec<String>,
        /// 事件名单完整到哪一天，如早于判定日 | Up to when the list of events is complete, if that falls short of the day.
        complete_until: Option<String>,
    },
}

/// 与门槛的距离：正数为差额，零或负数为余量 | How far from the edge: positive is short, zero or negative is to spare.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Distance")]
struct DistanceView {
    /// 元、比率或数量，十进制 | Yuan, a plain ratio or a count, as a decimal.
    absolute: String,
    /// 占门槛的百万分比，向上取整；门槛为零时为空 | Relative to the threshold in parts per million, rounded up; none for a threshold of zero.
    ppm: Option<i64>,
}

/// 选项是怎样算出的 | How a choice was computed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Classified")]
struct ClassifiedView {
    definition: String,
    version: String,
    code: Option<String>,
    group: Option<Label>,
    metrics: Vec<MetricView>,
}

/// 分类所用的一项指标 | A metric of a classification.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Metric")]
struct MetricView {
    quantity: Option<QuantityView>,
    possible: Vec<OptionView>,
    operands: Vec<OperandView>,
    pending: Vec<Label>,
}

/// 持有的称号及其有效期 | A title held from one day to another.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Title")]
pub(crate) struct TitleView {
    programme: String,
    from: String,
    /// 有效期的末日；不明时为空 | Last day of validity; none if it is not known.
    to: Option<String>,
}

/// 事件所附的数值 | A number that qualifies an event.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Attribute")]
struct AttributeView {
    id: String,
    label: Label,
    operator: &'static str,
    limit: LimitView,
}

impl TestView {
    pub(crate) fn of(result: &ConditionResult<'_>, rulebook: &Rulebook, base_year: i16) -> Self {
        Self {
            result: verdict::truth_code(result.truth),
            why: result.truth.unknown().map(verdict::why_codes).unwrap_or_default(),
            missing: MissingView::all(&result.lacking.missing, rulebook),
            pending: result.lacking.pending.iter().map(gap::pending).map(Label::from).collect(),
            test: KindView::of(&result.test, rulebook, base_year),
        }
    }
}

impl KindView {
    fn of(test: &Test<'_>, rulebook: &Rulebook, base_year: i16) -> Self {
        let each = |parts: &[ConditionResult<'_>]| {
            parts.iter().map(|part| TestView::of(part, rulebook, base_year)).collect()
        };
        let year =
            |fact: &rules::FactRef| fact.offset.map(|offset| base_year.saturating_add(offset));
        match test {
            Test::All(parts) => Self::All { tests: each(parts) },
            Test::AtLeast(needed, parts) => Self::AtLeast { needed: *needed, tests: each(parts) },
            Test::Not(inner) => {
                Self::Not { test: Box::new(TestView::of(inner, rulebook, base_year)) }
            }
            Test::Compare(compared) => Self::compare(compared, base_year),
            Test::Member { member, possible, source, classified } => Self::Member {
                indicator: member.fact.indicator.id.clone(),
                label: (&member.fact.indicator.label).into(),
                year: year(&member.fact),
                admitted: options(&member.fact.indicator.kind, &member.options),
                possible: options(&member.fact.indicator.kind, possible),
                source: source.as_ref().map(SourceView::from),
                classified: classified
                    .as_deref()
                    .map(|classified| Box::new(ClassifiedView::of(classified, base_year))),
            },
            Test::Flag { fact, value, source } => Self::Flag {
                indicator: fact.indicator.id.clone(),
                label: (&fact.indicator.label).into(),
                year: year(fact),
                value: *value,
                source: source.as_ref().map(SourceView::from),
            },
            Test::Holds { holds, title } => Self::Holds {
                programme: holds.programme.clone(),
                label: (&holds.label).into(),
                any_of: holds.any_of.clone(),
                title: title.as_ref().map(TitleView::from),
            },
            Test::Happened { happened, from, dates, complete_until } => Self::Happened {
                event: happened.event.id.clone(),
                label: (&happened.event.label).into(),
                months: match happened.window {
                    Window::Months(months) => Some(months),
                    Window::SinceStartOf(_) => None,
                },
                from: from.to_string(),
                attribute: happened.attribute.as_ref().map(|(attribute, operator, limit)| {
                    AttributeView {
                        id: attribute.id.clone(),
                        label: (&attribute.label).into(),
                        operator: operator.written(),
                        limit: LimitView::of(limit),
                    }
                }),
                dates: dates.iter().map(ToString::to_string).collect(),
                complete_until: complete_until.map(|day| day.to_string()),
            },
        }
    }

    fn compare(compared: &Compared<'_>, base_year: i16) -> Self {
        let comparison = compared.comparison;
        let measure = &comparison.measure;
        Self::Compare {
            left: QuantityView::of(&comparison.left, &compared.left, measure, base_year),
            operator: comparison.operator.written(),
            right: QuantityView::of(&comparison.right, &compared.right, measure, base_year),
            operands: OperandView::all(&compared.operands),
            distance: compared.distance.map(|distance| DistanceView {
                absolute: decimal(distance.absolute, measure),
                ppm: distance.ppm,
            }),
        }
    }
}

impl ClassifiedView {
    fn of(classified: &Classified<'_>, base_year: i16) -> Self {
        let classification = classified.classification;
        let kind = &classification.indicator.kind;
        let mut metrics = Vec::new();
        let known = classified.group.map(|group| group.metrics.as_slice()).unwrap_or_default();
        for (index, (amount, possible, operands)) in classified.metrics.iter().enumerate() {
            let metric = known.get(index);
            let quantity = metric.map(|metric| {
                let edge = metric.tiers.first().map(|(_, limit)| limit);
                let measure = measure_of(&metric.value, edge);
                QuantityView::of(&metric.value, amount, &measure, base_year)
            });
            metrics.push(MetricView {
                quantity,
                possible: options(kind, possible),
                operands: OperandView::all(operands),
                pending: pending(amount),
            });
        }
        Self {
            definition: classification.id.clone(),
            version: classification.version.clone(),
            code: classified.code.clone(),
            group: classified.group.map(|group| Label::from(&group.label)),
            metrics,
        }
    }
}

impl From<&enterprise::Title> for TitleView {
    fn from(title: &enterprise::Title) -> Self {
        Self {
            programme: title.programme.clone(),
            from: title.from.to_string(),
            to: title.to.map(|day| day.to_string()),
        }
    }
}

/// A test in words, for lists of what would turn a verdict.
pub(crate) fn words(result: &ConditionResult<'_>, base_year: i16, holds: bool) -> Label {
    words::condition::tested(&result.test, Years::From(base_year), holds).into()
}
