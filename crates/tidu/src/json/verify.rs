//! The JSON form of a verification: one object. Described by `tidu schema verify`.

use rules::{Question, Rulebook};
use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::verify::{Difference, Unlike, Verified};
use answers::RulebookView;
use words::verdict::purpose_code;

/// The version of this form.
const SCHEMA: u32 = 1;

/// A population judged by columns and one by one.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Verification {
    /// The version of this form.
    schema: u32,
    /// The rulebook that was used.
    rulebook: RulebookView,
    /// The day of the verdicts, as YYYY-MM-DD.
    as_of: String,
    /// The last fiscal year where no round pins another.
    base_year: i16,
    /// The purpose, if one was asked for.
    purpose: Option<&'static str>,
    /// The population.
    population: String,
    /// How many subjects it has.
    rows: u64,
    /// How many of them were judged twice.
    subjects: u64,
    /// How many programmes.
    programmes: usize,
    /// How many answers were compared, output by output.
    answers: u64,
    /// Whether nothing differs.
    agrees: bool,
    /// How many answers differ.
    differing: u64,
    /// Whether the counts of the work list agree, which are compared for all subjects only: none for a
    /// sample. The missing fields of each answer are compared in any case.
    missing_fields_agree: Option<bool>,
    /// The answers that differ, by row; at most the first thousand.
    differences: Vec<DifferenceView>,
}

/// An answer that differs.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Difference")]
struct DifferenceView {
    /// The row of the population, from 1.
    row: u64,
    /// The unified social credit code, else the identity.
    code: Option<String>,
    name: Option<String>,
    programme: String,
    outputs: Vec<OutputView>,
}

/// An output that differs.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Output")]
struct OutputView {
    /// `case`, `verdict`, `why`, `population`, `score`, `path`, `not_met`, `unknown`, `shortfall` or
    /// `missing`.
    output: &'static str,
    /// What the columns say.
    columns: String,
    /// What the simple evaluator says: the meaning.
    simple: String,
}

impl Verification {
    pub(crate) fn of(rulebook: &Rulebook, question: &Question, verified: &Verified) -> Self {
        Self {
            schema: SCHEMA,
            rulebook: rulebook.into(),
            as_of: question.as_of.to_string(),
            base_year: question.base_year.unwrap_or(question.as_of.year().saturating_sub(1)),
            purpose: question.purpose.map(purpose_code),
            population: verified.file.clone(),
            rows: verified.rows,
            subjects: verified.subjects,
            programmes: verified.programmes,
            answers: verified.answers,
            agrees: verified.agrees(),
            differing: verified.differing,
            missing_fields_agree: verified.lists_agree,
            differences: verified.differences.iter().map(DifferenceView::from).collect(),
        }
    }
}

impl From<&Difference> for DifferenceView {
    fn from(difference: &Difference) -> Self {
        let output = |unlike: &Unlike| OutputView {
            output: unlike.output,
            columns: unlike.columns.clone(),
            simple: unlike.simple.clone(),
        };
        Self {
            row: difference.row,
            code: difference.code.clone(),
            name: difference.name.clone(),
            programme: difference.programme.clone(),
            outputs: difference.unlike.iter().map(output).collect(),
        }
    }
}
