//! Whom an explanation is about, what is wrong with the data, and what was computed from them.

use enterprise::{Facts, Kind, Place, Problem, Severity, Value};
use rules::{Question, Rulebook, classify};
use schemars::JsonSchema;
use serde::Serialize;

use super::label::Label;

/// 对象及其数据的位置 | A subject and where its data stand.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Subject")]
pub struct SubjectView {
    uscc: Option<String>,
    name: Option<String>,
    place: PlaceView,
}

/// 在文件中的位置 | Where something stands in a file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Place")]
struct PlaceView {
    file: Option<String>,
    sheet: Option<String>,
    /// 行号，从 1 起；JSON 为第几户 | Row number from 1; for JSON the number of the document.
    row: Option<u64>,
    /// 列号，或字段的路径 | Column letters, or the path of a field.
    field: Option<String>,
}

/// 数据中的一处问题 | Something wrong with the data.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct ProblemView {
    /// 固定的代码 | A stable code.
    kind: &'static str,
    /// `refused` 未读入，`warning` 请留意 | `refused`: it was not taken in; `warning`: worth a look.
    severity: &'static str,
    place: PlaceView,
    message: Label,
    help: Label,
}

/// 由数据算出的选项 | A choice computed from the facts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Derived")]
pub struct DerivedView {
    indicator: String,
    label: Label,
    /// 是给出的还是算出的 | Whether it was given instead of computed.
    given: bool,
    /// 仍有可能的选项：已确定时为一个，没有适用标准时没有 | The options that are still possible: one if it is decided, none if no standard applies.
    possible: Vec<OptionView>,
}

/// 一个选项 | An option of a choice.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Option")]
pub(crate) struct OptionView {
    id: String,
    label: Label,
}

impl SubjectView {
    /// The subject with these facts at this place.
    pub fn of(facts: &Facts, place: &Place) -> Self {
        let uscc = facts.uscc.as_ref().map(ToString::to_string);
        Self { uscc, name: facts.name.clone(), place: place.into() }
    }

    /// A subject whose data were refused.
    pub fn refused(name: Option<&str>, place: &Place) -> Self {
        Self { uscc: None, name: name.map(str::to_owned), place: place.into() }
    }
}

impl From<&Place> for PlaceView {
    fn from(place: &Place) -> Self {
        let Place { file, sheet, row, field } = place.clone();
        Self { file, sheet, row, field }
    }
}

impl From<&Problem> for ProblemView {
    fn from(problem: &Problem) -> Self {
        Self {
            kind: problem.kind.code(),
            severity: match problem.severity {
                Severity::Refused => "refused",
                Severity::Warning => "warning",
            },
            place: (&problem.place).into(),
            message: (&problem.message).into(),
            help: (&problem.help).into(),
        }
    }
}

impl DerivedView {
    /// Every classification of the rulebook for these facts.
    pub fn all(rulebook: &Rulebook, facts: &Facts, question: &Question) -> Vec<Self> {
        let ids = rulebook.classifications.keys();
        ids.filter_map(|id| Self::of(id, rulebook, facts, question)).collect()
    }

    fn of(id: &str, rulebook: &Rulebook, facts: &Facts, question: &Question) -> Option<Self> {
        let indicator = rulebook.catalogue.indicator(id)?;
        let given = match facts.get(id, None).map(|fact| &fact.value) {
            Some(Value::Choice(choice)) => Some(*choice),
            _ => None,
        };
        let possible = match given {
            Some(choice) => vec![choice],
            None => classify(rulebook, id, facts, question),
        };
        Some(Self {
            indicator: id.to_owned(),
            label: (&indicator.label).into(),
            given: given.is_some(),
            possible: options(&indicator.kind, &possible),
        })
    }
}

/// The options with these indices.
pub(crate) fn options(kind: &Kind, indices: &[usize]) -> Vec<OptionView> {
    let Kind::Choice(choices) = kind else { return Vec::new() };
    let chosen = indices.iter().filter_map(|index| choices.get(*index));
    chosen
        .map(|choice| OptionView { id: choice.id.clone(), label: (&choice.label).into() })
        .collect()
}
