//! Facts of some firms in, and whatever the law in force makes of them out: verdicts, plans, forecasts, the next
//! question. What they share: whether the caller may, when it is their turn, and the record, which is all that is kept.

use std::ops::ControlFlow;
use std::time::Duration;

use access::Action;
use answers::{ProblemView, asked};
use connectors::{Reading, read_facts};
use enterprise::{Place, Text};
use jiff::civil::Date;
use rules::{Question, Rulebook};
use serde_json::json;

use crate::aside::aside;
use crate::caller::Caller;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::{Fault, Refusal};

/// For so long a request waits for those before it.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is asked, for the record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Judging {
    /// What is wanted: `verdict`, `plan` and so on.
    pub(super) what: &'static str,
    /// The day.
    pub(super) as_of: Date,
}

/// Reads facts documents and does something with each and the law. A document that cannot be taken is handed on with
/// what is wrong with it: it does not keep the others waiting.
pub(super) async fn judge_subjects<T: Send + 'static>(
    platform: &Platform,
    caller: &Caller,
    judging: Judging,
    documents: Vec<String>,
    work: impl FnOnce(&Rulebook, Vec<Reading>) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    const ACTION: Action = Action::DecisionEvaluate;
    drop(Look::ask(platform, caller, ACTION).await?);
    let turn = tokio::time::timeout(PATIENCE, platform.judging.acquire()).await;
    let _turn = turn
        .map_err(|_| Refusal::Later(Fault::new("too many are judged at this moment")))?
        .map_err(Refusal::broken)?;
    let law = platform.law();
    let subjects = documents.len();
    let done = aside(move || {
        let readings =
            (1..).zip(&documents).map(|(row, document)| read(&law.rulebook, row, document));
        work(&law.rulebook, readings.collect())
    })
    .await??;
    let details = json!({
        "what": judging.what,
        "subjects": subjects,
        "as-of": judging.as_of.to_string(),
    });
    let permit = Permit::ask(platform, caller, ACTION).await?;
    permit.keep(Said::of("subject", "").saying(details)).await?;
    Ok(done)
}

/// One document, as the `row`th.
fn read(rulebook: &Rulebook, row: u64, document: &str) -> Reading {
    let mut found = None;
    let read = read_facts(document, &rulebook.catalogue, &mut |reading| {
        found = Some(reading);
        ControlFlow::Break(())
    });
    let place = Place { row: Some(row), ..Place::default() };
    let mut reading = match (found, read) {
        (Some(reading), _) => reading,
        (None, read) => Reading {
            place: place.clone(),
            name: None,
            code: None,
            facts: None,
            problems: read.err().into_iter().map(|problem| *problem).collect(),
        },
    };
    // Each was read on its own; what is said of it is said of its place among the others.
    reading.place.row = place.row;
    for problem in &mut reading.problems {
        problem.place.row = place.row;
    }
    reading
}

/// A reading with everything that is worth saying about it, also what contradicts itself in its figures.
pub(super) fn checked(
    rulebook: &Rulebook,
    mut reading: Reading,
    question: &Question,
) -> (Reading, Vec<ProblemView>) {
    if let Some(facts) = &reading.facts {
        let remarks = asked::remarks(rulebook, facts, question, &reading.place);
        reading.problems.extend(remarks);
    }
    let problems = reading.problems.iter().map(ProblemView::from).collect();
    (reading, problems)
}

/// A name that the law does not know.
pub(super) fn wrong(field: &'static str) -> impl Fn(Text) -> Refusal {
    move |text| Refusal::invalid(field, text.zh, text.en)
}

/// Years that can be told ahead: beyond them everything would be assumption.
const MOST_YEARS: i16 = 50;

/// Refuses a day that is too far ahead.
pub(super) fn not_too_far(
    field: &'static str,
    today: Date,
    day: Option<Date>,
) -> Result<(), Refusal> {
    match day.filter(|day| day.year().saturating_sub(today.year()) > MOST_YEARS) {
        None => Ok(()),
        Some(day) => Err(Refusal::invalid(
            field,
            format!("{day} 太远：最多 {MOST_YEARS} 年"),
            format!("{day} is too far away: at most {MOST_YEARS} years can be told ahead"),
        )),
    }
}
