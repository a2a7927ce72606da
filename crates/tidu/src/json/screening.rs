//! The JSON form of a screening's summary: one object. Described by `tidu schema screen`.

use schemars::JsonSchema;
use screening::Case;
use serde::Serialize;

use super::outdated::OutdatedView;
use crate::screened::{Screened, Wanted};
use answers::Label;
use answers::RulebookView;
use words::verdict::purpose_code;

/// The version of this form.
const SCHEMA: u32 = 1;

/// What a screening came to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Screening")]
pub struct ScreeningPage {
    /// The version of this form.
    schema: u32,
    /// The rulebook that was used.
    rulebook: RulebookView,
    /// The day of the verdicts, as YYYY-MM-DD.
    as_of: String,
    /// The last fiscal year where no round pins another.
    base_year: i16,
    /// The purpose that was asked for; without one, holders of a title are judged for re-review.
    purpose: Option<&'static str>,
    /// Who was screened.
    population: PopulationView,
    /// The file with a row for each subject.
    result: ResultView,
    /// From opening the population to the last byte of the result.
    elapsed_ms: u64,
    /// The programmes, in the order of the result.
    programmes: Vec<ProgrammeTotals>,
    /// Columns that are asked for and that the population does not have, the most wanted first: they
    /// are unknown for all subjects.
    columns_absent: Vec<AbsentView>,
    /// What is missing, the most decisive first.
    work: Vec<WorkView>,
    /// Subjects whose lists of events end before the day, so that nothing that asks for events can be
    /// told of them; null if there are none.
    events_outdated: Option<OutdatedView>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Population")]
struct PopulationView {
    path: String,
    rows: u64,
    /// Whether its subjects are made up.
    synthetic: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Result")]
struct ResultView {
    path: String,
    bytes: u64,
}

/// How many subjects are in which population of a programme.
#[derive(Debug, Serialize, JsonSchema)]
struct ProgrammeTotals {
    programme: String,
    title: Label,
    /// The versions by which subjects were judged.
    cases: Vec<CaseView>,
    /// Subjects that were judged.
    judged: u64,
    eligible: u64,
    /// All measurable criteria are met, a person's word is pending.
    judgement_pending: u64,
    /// One measurable criterion is not met.
    one_short: u64,
    /// It cannot be told for lack of data.
    lack_of_data: u64,
    no: u64,
    /// Subjects that hold the title on the day.
    holders: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Case")]
struct CaseView {
    purpose: &'static str,
    version: String,
    base_year: i16,
    /// `binding`, `indicative`, `historical` or `open`.
    standing: &'static str,
}

/// A column that the population does not have.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ColumnAbsent")]
struct AbsentView {
    column: String,
    /// So many of the programmes ask for it.
    programmes: usize,
}

/// What a missing figure keeps open, in subjects × programmes.
#[derive(Debug, Serialize, JsonSchema)]
struct WorkView {
    /// A column of the population (`revenue_2025`, or `complete`: lists of events brought up to the
    /// day), `titles.…` or `events.…`.
    field: String,
    /// The item that settles this one, too: `complete` for the events of one kind, of which the
    /// numbers are contained in it.
    part_of: Option<&'static str>,
    label: Label,
    /// It is the only one that is missing.
    alone: u64,
    /// Others are missing, too.
    together: u64,
    /// By programme, where there is any.
    programmes: Vec<OpenView>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Open")]
struct OpenView {
    programme: String,
    alone: u64,
    together: u64,
}

impl ScreeningPage {
    /// The summary of a screening.
    pub(crate) fn of(screened: &Screened<'_>) -> Self {
        let summary = &screened.summary;
        let totals = screened.programmes.iter().zip(&summary.programmes);
        let programmes = totals.map(|(programme, totals)| {
            let [eligible, judgement_pending, one_short, lack_of_data, no] = totals.populations;
            ProgrammeTotals {
                programme: programme.id.clone(),
                title: Label::from(&programme.title),
                cases: programme.cases.iter().map(case).collect(),
                judged: totals.judged(),
                eligible,
                judgement_pending,
                one_short,
                lack_of_data,
                no,
                holders: totals.holders,
            }
        });
        let work = screened.work();
        Self {
            schema: SCHEMA,
            rulebook: RulebookView::from(screened.rulebook),
            as_of: screened.question.as_of.to_string(),
            base_year: screened.base_year,
            purpose: screened.question.purpose.map(purpose_code),
            population: PopulationView {
                path: screened.population.clone(),
                rows: summary.rows,
                synthetic: screened.synthetic,
            },
            result: ResultView { path: screened.result.clone(), bytes: summary.bytes },
            elapsed_ms: u64::try_from(summary.elapsed.as_millis()).unwrap_or(u64::MAX),
            programmes: programmes.collect(),
            events_outdated: OutdatedView::of(&summary.outdated),
            columns_absent: screened
                .absent
                .iter()
                .map(|own| AbsentView { column: own.column.clone(), programmes: own.programmes })
                .collect(),
            work: work
                .iter()
                .map(|own| WorkView {
                    field: own.name.clone(),
                    part_of: own.part_of,
                    label: Label::from(&own.label),
                    alone: own.open.alone,
                    together: own.open.together,
                    programmes: open(screened, own),
                })
                .collect(),
        }
    }
}

fn case(case: &Case) -> CaseView {
    CaseView {
        purpose: purpose_code(case.purpose),
        version: case.version.clone(),
        base_year: case.base_year,
        standing: case.standing.code(),
    }
}

fn open(screened: &Screened<'_>, wanted: &Wanted) -> Vec<OpenView> {
    let open = screened.open(wanted);
    let views = open.map(|(programme, open)| OpenView {
        programme: programme.id.clone(),
        alone: open.alone,
        together: open.together,
    });
    views.collect()
}
