//! Facts in, verdict out. Nothing is kept but the record that somebody asked.

use access::Action;
use serde_json::{Value, json};

use super::answer::{Asked, give};
use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// A verdict with what it rests on.
#[derive(Clone, PartialEq, Debug)]
pub struct Evaluated {
    /// The verdict's code.
    pub verdict: &'static str,
    /// The whole answer.
    pub answer: Value,
    /// The hash of the rulebook.
    pub rulebook: String,
    /// The version of the meaning.
    pub semantics: u32,
}

/// Evaluates one subject under one programme.
pub async fn evaluate_subject(
    platform: &Platform,
    caller: &Caller,
    asked: &Asked,
) -> Result<Evaluated, Refusal> {
    let permit = Permit::ask(platform, caller, Action::DecisionEvaluate).await?;
    let law = platform.law();
    let given = give(&law.rulebook, asked)?;
    let details = json!({ "programme": asked.programme, "as-of": asked.as_of.to_string() });
    permit.keep(Said::of("subject", &given.subject).saying(details)).await?;
    Ok(Evaluated {
        verdict: given.verdict,
        answer: given.answer,
        rulebook: law.hash.clone(),
        semantics: rules::SEMANTICS,
    })
}
