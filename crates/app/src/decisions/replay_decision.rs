//! Comes to a decision again from what was recorded with it: the rulebook by its hash, the facts, the day.

use access::Action;
use rules::Purpose;
use store::decision::Decision;

use super::answer::{Asked, give};
use super::record_decision::hash;
use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::rulebooks::load;

/// A decision and what comes out today.
#[derive(Clone, PartialEq, Debug)]
pub struct Replayed {
    /// What was recorded.
    pub decision: Decision,
    /// The answer of today.
    pub answer: String,
    /// Whether it is the same, to the byte.
    pub same: bool,
    /// Whether this program reads rules as the one that decided did; only then it has to be the same.
    pub same_semantics: bool,
}

/// Replays a decision. Recorded.
pub async fn replay_decision(
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<Replayed, Refusal> {
    let permit = Permit::ask(platform, caller, Action::DecisionReplay).await?;
    let Some(decision) = store::decision::find(permit.unit(), id, &permit.scope()).await? else {
        return Err(permit.not_here(Said::of("decision", id)).await);
    };
    let law = load(permit.unit(), &decision.rulebook).await?;
    let purpose = Purpose::from_code(&decision.purpose).ok_or_else(|| {
        Refusal::broken(format!("decision {id} has the purpose `{}`", decision.purpose))
    })?;
    let asked = Asked {
        facts: decision.facts.clone(),
        programme: decision.programme.clone(),
        purpose: Some(purpose),
        as_of: decision.as_of,
        base_year: Some(decision.base_year),
    };
    let answer = give(&law.rulebook, &asked)?.answer.to_string();
    let same = hash(&answer) == decision.answer_hash && answer == decision.answer;
    let same_semantics = decision.semantics == i64::from(rules::SEMANTICS);
    let said = Said::of("decision", id).saying(serde_json::json!({ "same": same })).looked();
    permit.keep(said).await?;
    Ok(Replayed { decision, answer, same, same_semantics })
}
