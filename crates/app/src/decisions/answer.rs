//! An answer as it is kept: everything that the verdict consists of, in a form that does not change.

use std::ops::ControlFlow;

use connectors::read_facts;
use enterprise::Facts;
use jiff::civil::Date;
use rules::{
    Answer, Assessment, CriterionResult, Finding, Outcome, Path, Population, Purpose, Question,
    Rulebook, Truth, Verdict, Why, evaluate,
};
use serde_json::{Value, json};

use crate::refusal::{Invalid, Refusal, Words};

/// What is asked of one subject.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// A facts document.
    pub facts: String,
    /// The programme.
    pub programme: String,
    /// The purpose; by default re-review for holders of the title, new for all others.
    pub purpose: Option<Purpose>,
    /// The day.
    pub as_of: Date,
    /// The last fiscal year; by default a round's, else the year before.
    pub base_year: Option<i16>,
}

/// An answer with what it was made from.
pub(super) struct Given {
    pub(super) subject: String,
    pub(super) purpose: Purpose,
    pub(super) base_year: i16,
    pub(super) verdict: &'static str,
    pub(super) answer: Value,
}

/// Evaluates with the simple evaluator, which says what is meant.
pub(super) fn give(rulebook: &Rulebook, asked: &Asked) -> Result<Given, Refusal> {
    let facts = facts(rulebook, &asked.facts)?;
    let programme = rulebook.programme(&asked.programme).ok_or_else(|| {
        Refusal::invalid(
            "programme",
            format!("规则库里没有项目 {}", asked.programme),
            format!("the rulebook has no programme `{}`", asked.programme),
        )
    })?;
    let question = Question {
        base_year: asked.base_year,
        purpose: asked.purpose,
        ..Question::on(asked.as_of)
    };
    let answer = evaluate(rulebook, programme, &facts, &question);
    let subject = facts.uscc.as_ref().map(ToString::to_string).unwrap_or_default();
    let verdict = match &answer.outcome {
        Outcome::Assessed(assessed) => verdict(assessed.verdict),
        Outcome::NoVersion { .. } => "no-version",
    };
    Ok(Given {
        subject,
        purpose: answer.purpose,
        base_year: answer.base_year,
        verdict,
        answer: said(&answer),
    })
}

/// The one subject of a facts document.
fn facts(rulebook: &Rulebook, document: &str) -> Result<Facts, Refusal> {
    let mut found = Vec::new();
    let read = read_facts(document, &rulebook.catalogue, &mut |reading| {
        found.push(reading);
        if found.len() > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if let Err(problem) = read {
        return Err(Refusal::invalid(
            "facts",
            problem.message.zh.clone(),
            problem.message.en.clone(),
        ));
    }
    let reading = match (found.pop(), found.is_empty()) {
        (Some(reading), true) => reading,
        _ => {
            return Err(Refusal::invalid(
                "facts",
                "请给出一户企业的数据",
                "give the facts of one subject",
            ));
        }
    };
    match reading.facts {
        Some(facts) => Ok(facts),
        None => Err(Refusal::Invalid(
            reading
                .problems
                .iter()
                .map(|problem| Invalid {
                    field: "facts",
                    why: Words::new(problem.message.zh.clone(), problem.message.en.clone()),
                })
                .collect(),
        )),
    }
}

fn said(answer: &Answer<'_>) -> Value {
    match &answer.outcome {
        Outcome::Assessed(assessed) => assessment(assessed),
        Outcome::NoVersion { .. } => json!({ "verdict": "no-version" }),
    }
}

fn assessment(assessed: &Assessment<'_>) -> Value {
    json!({
        "version": assessed.version.id,
        "verdict": verdict(assessed.verdict),
        "population": population(assessed.population),
        "path": assessed.path.map(|path| match path {
            Path::Direct => "direct",
            Path::Scored => "scored",
        }),
        // In hundredths of points.
        "score": assessed.score.as_ref().map(|score| [score.low.0, score.high.0]),
        "criteria": criteria(&assessed.criteria),
        "nearest": assessed.nearest.as_ref().map(|nearest| nearest.criterion.id.as_str()),
        "assumptions": assessed.assumptions.len(),
        "rests-on-recalled": assessed.rests_on_recalled,
    })
}

fn criteria(results: &[CriterionResult<'_>]) -> Value {
    results
        .iter()
        .map(|result| {
            let parts = match &result.finding {
                Finding::Children(children) => criteria(children),
                _ => Value::Null,
            };
            json!({ "id": result.criterion.id, "status": status(result.truth), "parts": parts })
        })
        .collect()
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "eligible",
        Verdict::Ineligible => "ineligible",
        Verdict::Undetermined(why) => {
            because(why, ["undetermined-data", "undetermined-judgement", "undetermined-open"])
        }
    }
}

fn status(truth: Truth) -> &'static str {
    match truth {
        Truth::Met => "met",
        Truth::NotMet => "not-met",
        Truth::Unknown(why) => because(why, ["unknown-data", "unknown-judgement", "unknown-open"]),
        Truth::NotApplicable => "not-applicable",
    }
}

fn because(why: Why, [data, judgement, open]: [&'static str; 3]) -> &'static str {
    if why.data {
        data
    } else if why.judgement {
        judgement
    } else {
        open
    }
}

fn population(population: Population) -> &'static str {
    match population {
        Population::Eligible => "eligible",
        Population::JudgementPending => "judgement-pending",
        Population::OneShort => "one-short",
        Population::LackOfData => "lack-of-data",
        Population::No => "no",
    }
}
