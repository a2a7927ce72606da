//! A score with its bounds, part by part.

use rules::{ItemResult, Mark, Rulebook, ScaleFinding, ScoreResult, Truth};
use schemars::JsonSchema;
use serde::Serialize;

use super::gap::MissingView;
use super::label::Label;
use super::test::TestView;
use super::value::{CitationView, OperandView, QuantityView, pending};
use words::amounts::points;
use words::score::{self, Part};
use words::verdict;

/// 评分结果。分数为十进制；各项都已知时上下限相等 | The result of a score table. Points are decimals; bounds are equal once every item is known.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Score")]
pub(crate) struct ScoreView {
    low: String,
    high: String,
    pass: MarkView,
    /// 是否达到合格分和各项最低分 | Whether the pass mark and all floors are reached.
    result: &'static str,
    groups: Vec<GroupView>,
}

/// 须达到的总分或小计 | A total or subtotal that must be reached.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Mark")]
struct MarkView {
    operator: &'static str,
    points: String,
    citation: CitationView,
}

/// 评分表的一部分 | A part of a score table.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScoreGroup")]
struct GroupView {
    id: String,
    label: Label,
    max: String,
    low: String,
    high: String,
    floor: Option<MarkView>,
    /// 是否达到最低分，如有 | Whether the floor is reached, if there is one.
    floor_result: Option<&'static str>,
    items: Vec<ItemView>,
}

/// 评分表的一项 | An item of a score table.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScoreItem")]
struct ItemView {
    id: String,
    label: Label,
    max: String,
    low: String,
    high: String,
    citation: CitationView,
    /// 逐个评分标准的结果；取优时不止一个 | What was found, scale by scale: more than one for the better of several.
    findings: Vec<ScaleView>,
    missing: Vec<MissingView>,
}

/// 一个评分标准的结果 | What was found for a scale.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "Scale")]
enum ScaleView {
    /// 一个数值及其所在的档次 | A value, and the band or step that it falls in.
    Value {
        /// 取优评分中一方的名称 | The name of a side of the better of several.
        label: Option<Label>,
        quantity: Option<QuantityView>,
        band: Option<Label>,
        operands: Vec<OperandView>,
        pending: Vec<Label>,
    },
    /// 带分值的各项条件 | Conditions with points.
    Entries { label: Option<Label>, entries: Vec<EntryView> },
}

/// 一项条件及其分值 | A condition and its points.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Entry")]
struct EntryView {
    id: Option<String>,
    label: Option<Label>,
    points: Option<String>,
    condition: TestView,
}

impl ScoreView {
    pub(crate) fn of(score: &ScoreResult<'_>, rulebook: &Rulebook, base_year: i16) -> Self {
        let groups = score.groups.iter().map(|group| GroupView {
            id: group.group.id.clone(),
            label: (&group.group.label).into(),
            max: points(group.group.max),
            low: points(group.low),
            high: points(group.high),
            floor: group.group.floor.as_ref().map(MarkView::of),
            floor_result: group.floor.map(verdict::truth_code),
            items: group.items.iter().map(|item| ItemView::of(item, rulebook, base_year)).collect(),
        });
        Self {
            low: points(score.low),
            high: points(score.high),
            pass: MarkView::of(&score.table.pass),
            result: verdict::truth_code(score.truth),
            groups: groups.collect(),
        }
    }
}

impl MarkView {
    fn of(mark: &Mark) -> Self {
        Self {
            operator: mark.operator.written(),
            points: points(mark.points),
            citation: CitationView::of(&mark.citation),
        }
    }
}

impl ItemView {
    fn of(item: &ItemResult<'_>, rulebook: &Rulebook, base_year: i16) -> Self {
        let parts = score::parts(item);
        Self {
            id: item.item.id.clone(),
            label: (&item.item.label).into(),
            max: points(item.item.max),
            low: points(item.low),
            high: points(item.high),
            citation: CitationView::of(&item.item.citation),
            findings: parts.iter().map(|part| ScaleView::of(part, rulebook, base_year)).collect(),
            missing: MissingView::all(&item.lacking.missing, rulebook),
        }
    }
}

impl ScaleView {
    fn of(part: &Part<'_, '_>, rulebook: &Rulebook, base_year: i16) -> Self {
        match part.finding {
            ScaleFinding::Value(amount, operands) => Self::Value {
                label: part.label.map(Label::from),
                quantity: part.quantity().map(|(quantity, measure)| {
                    QuantityView::of(&quantity, amount, &measure, base_year)
                }),
                band: part.band().map(Label::from),
                operands: OperandView::all(operands),
                pending: pending(amount),
            },
            ScaleFinding::Entries(results) => Self::Entries {
                label: part.label.map(Label::from),
                entries: results
                    .iter()
                    .enumerate()
                    .filter(|(_, result)| result.truth != Truth::NotApplicable)
                    .map(|(index, result)| {
                        let entry = part.entries().get(index);
                        EntryView {
                            id: entry.map(|entry| entry.id.clone()),
                            label: entry.map(|entry| Label::from(&entry.label)),
                            points: entry.map(|entry| points(entry.points)),
                            condition: TestView::of(result, rulebook, base_year),
                        }
                    })
                    .collect(),
            },
        }
    }
}
