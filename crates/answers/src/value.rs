//! Quantities, thresholds and the facts behind them.

use enterprise::Source;
use rules::{Amount, Citation, Exact, Limit, Measure, Number, Operand, Origin, Quantity};
use schemars::JsonSchema;
use serde::Serialize;

use super::label::Label;
use words::amounts;
use words::gap;
use words::quantity::{self, Years};

/// 数量的结果 | What a quantity comes to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Quantity")]
pub(crate) struct QuantityView {
    words: Label,
    /// 元、比率或数量，十进制；不能确定时为空 | Yuan, a plain ratio or a count, as a decimal; none while it cannot be told.
    value: Option<String>,
    /// `value` 是否精确；不精确时保留六位小数 | Whether `value` is exact; otherwise it is cut after the sixth decimal.
    exact: bool,
    /// 规则未赋予数值意义时，为何须人工决定 | Why a person has to decide, if the law gives the value no meaning.
    pending: Vec<Label>,
    /// 其中的门槛 | The thresholds in it.
    limits: Vec<LimitView>,
}

/// 规则中的门槛 | A threshold of the law.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Limit")]
pub(crate) struct LimitView {
    name: String,
    /// 规则文件中的写法 | As it is written in the rule file.
    written: String,
    value: String,
    citation: CitationView,
}

/// 规则的出处 | Where something of the law comes from.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Citation")]
pub struct CitationView {
    /// 文号 | The document's number.
    document: String,
    name: String,
    annex: String,
    clause: String,
    status: StatusView,
    note: Option<Label>,
}

/// 数值的核对状态 | How well a number of the law is known.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Status")]
pub(crate) struct StatusView {
    /// `verified` 已与原文核对，`reposted` 转载原文，`secondary` 二手来源，`recalled` 无人见过原文 | `verified`, `reposted`, `secondary` or `recalled`.
    kind: &'static str,
    /// 有几个独立来源一致 | How many independent sources agree.
    sources: Option<u8>,
    /// 由谁与原文核对 | Who compared it with the official text.
    by: Option<String>,
    /// 何时 | When.
    on: Option<String>,
}

/// 计算所用的一项数据 | A fact used in a quantity.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Operand")]
pub(crate) struct OperandView {
    indicator: String,
    label: Label,
    /// 年度 | Its fiscal year.
    year: Option<i16>,
    /// 元、比率或数量，十进制；日期类数据为日期 | Yuan, a plain ratio or a count, as a decimal; a date for a dated fact.
    value: Option<String>,
    /// `value` 是否精确 | Whether `value` is exact.
    exact: bool,
    origin: OriginView,
}

/// 所用数据的来源 | Where an operand came from.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "Origin")]
pub(crate) enum OriginView {
    /// 是给出的 | It was given.
    Given { source: SourceView },
    /// 由这些算出 | It was computed from these.
    Computed { operands: Vec<OperandView> },
    /// 是假定的 | It was assumed.
    Assumed { reason: Label },
    /// 该年度早于成立 | The year lies before the founding.
    BeforeFounding,
    /// 缺少；如已知更早年度的，注明年度 | It is missing; an older year is known, if one is named.
    Missing { older: Option<i16> },
}

/// 数据的来源 | Where a fact came from.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Source")]
pub(crate) struct SourceView {
    name: Option<String>,
    /// 何日得知 | The day on which it became known.
    known: Option<String>,
}

impl QuantityView {
    pub(crate) fn of(
        quantity: &Quantity,
        amount: &Amount,
        measure: &Measure,
        base_year: i16,
    ) -> Self {
        let value = value(amount, measure);
        let mut limits = Vec::new();
        each_limit(quantity, &mut |limit| limits.push(LimitView::of(limit)));
        Self {
            words: quantity::quantity(quantity, Years::From(base_year)).into(),
            exact: value.as_ref().is_some_and(|value| value.exact),
            value: value.map(|value| value.text),
            pending: pending(amount),
            limits,
        }
    }
}

impl LimitView {
    pub(crate) fn of(limit: &Limit) -> Self {
        Self {
            name: limit.name.clone(),
            written: limit.written.clone(),
            value: amounts::plain(limit.value, &limit.measure).text,
            citation: CitationView::of(&limit.citation),
        }
    }
}

impl CitationView {
    /// The view of a citation.
    pub fn of(citation: &Citation) -> Self {
        let status = &citation.status;
        let (by, on) = match status {
            rules::Status::Verified { by, on } => (Some(by.clone()), Some(on.to_string())),
            _ => (None, None),
        };
        let sources = match status {
            rules::Status::Secondary { sources } => Some(*sources),
            _ => None,
        };
        Self {
            document: citation.document.number.clone(),
            name: citation.document.name.clone(),
            annex: citation.document.annex.clone(),
            clause: citation.clause.clone(),
            status: StatusView { kind: status.code(), sources, by, on },
            note: citation.note.as_ref().map(Label::from),
        }
    }
}

impl OperandView {
    pub(crate) fn all(operands: &[Operand<'_>]) -> Vec<Self> {
        operands.iter().map(Self::of).collect()
    }

    fn of(operand: &Operand<'_>) -> Self {
        let indicator = &operand.fact.indicator;
        let (value, exact) = match &operand.origin {
            Origin::GivenDate(date, _) => (Some(date.to_string()), true),
            _ => {
                let value = value(&operand.amount, &Measure::of(&indicator.kind));
                let exact = value.as_ref().is_some_and(|value| value.exact);
                (value.map(|value| value.text), exact)
            }
        };
        Self {
            indicator: indicator.id.clone(),
            label: (&indicator.label).into(),
            year: operand.year,
            value,
            exact,
            origin: OriginView::of(&operand.origin),
        }
    }
}

impl OriginView {
    fn of(origin: &Origin<'_>) -> Self {
        match origin {
            Origin::Given(source) | Origin::GivenDate(_, source) => {
                Self::Given { source: source.into() }
            }
            Origin::Computed(operands) => Self::Computed { operands: OperandView::all(operands) },
            Origin::Assumed(assume) => Self::Assumed { reason: (&assume.reason).into() },
            Origin::BeforeFounding => Self::BeforeFounding,
            Origin::Missing { older } => Self::Missing { older: *older },
        }
    }
}

impl From<&Source> for SourceView {
    fn from(source: &Source) -> Self {
        Self {
            name: source.name.as_deref().map(str::to_owned),
            known: source.known.map(|day| day.to_string()),
        }
    }
}

/// The known value as a decimal.
fn value(amount: &Amount, measure: &Measure) -> Option<amounts::Decimal> {
    let Amount::Known(number) = amount else { return None };
    let mut value = amounts::plain(number.shown()?, measure);
    if matches!(number, Number::Growth { .. }) {
        value.exact = false;
    }
    Some(value)
}

/// What a person has to decide about an amount.
pub(crate) fn pending(amount: &Amount) -> Vec<Label> {
    match amount {
        Amount::Lacking(lacking) => {
            lacking.pending.iter().map(gap::pending).map(Label::from).collect()
        }
        _ => Vec::new(),
    }
}

/// A decimal in the measure of a comparison.
pub(crate) fn decimal(value: Exact, measure: &Measure) -> String {
    amounts::plain(value, measure).text
}

fn each_limit<'r>(quantity: &'r Quantity, each: &mut dyn FnMut(&'r Limit)) {
    match quantity {
        Quantity::Limit(limit) => each(limit),
        Quantity::Fact(_) | Quantity::Constant(_) | Quantity::Elapsed { .. } => {}
        Quantity::Add(left, right)
        | Quantity::Subtract(left, right)
        | Quantity::Multiply(left, right)
        | Quantity::Divide(left, right)
        | Quantity::Growth(left, right)
        | Quantity::CompoundGrowth { end: left, start: right, .. } => {
            each_limit(left, each);
            each_limit(right, each);
        }
        Quantity::Least(parts)
        | Quantity::Greatest(parts)
        | Quantity::SumOverYears(parts)
        | Quantity::MeanOverYears(parts) => {
            for part in parts {
                each_limit(part, each);
            }
        }
    }
}
