//! A verdict recorded as a decision, with everything that it takes to come to it again; and the decisions that
//! were recorded.

use access::{Action, OrganisationId, Path, Place};
use crypto::{Digest, Sha256};
use serde_json::json;
use store::decision::Decision;
use store::{Listed, Page};

use super::answer::{Asked, give};
use crate::caller::Caller;
use crate::enterprises::{Figures, figures_on_lists};
use crate::looks::on_record;
use crate::permit::{Look, Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Judges one subject and records the decision for an organisation of the caller's; gives its number.
pub async fn record_decision(
    platform: &Platform,
    caller: &Caller,
    organisation: i64,
    asked: &Asked,
) -> Result<i64, Refusal> {
    let permit = Permit::ask(platform, caller, Action::DecisionRecord).await?;
    let place = caller.memberships.iter().find(|held| held.organisation == organisation);
    let path: Option<Path> = match place {
        Some(held) => Some(held.path.parse().map_err(Refusal::broken)?),
        None => None,
    };
    let covered = path.is_some_and(|path| {
        path.organisation() == OrganisationId(organisation)
            && permit.rows().covers(&Place::of(path))
    });
    if !covered {
        return Err(permit.not_here(Said::of("organisation", organisation)).await);
    }
    let law = platform.law();
    let given = give(&law.rulebook, asked)?;
    if given.subject.is_empty() {
        return Err(Refusal::invalid(
            "facts",
            "数据里没有统一社会信用代码",
            "the facts have no unified social credit code",
        ));
    }
    let answer = given.answer.to_string();
    let decision = Decision {
        id: 0,
        organisation,
        subject: given.subject.clone(),
        programme: asked.programme.clone(),
        purpose: given.purpose.code().to_owned(),
        as_of: asked.as_of,
        base_year: given.base_year,
        rulebook: law.hash.clone(),
        semantics: i64::from(rules::SEMANTICS),
        snapshot: None,
        journal: None,
        facts: asked.facts.clone(),
        verdict: given.verdict.to_owned(),
        answer_hash: hash(&answer),
        answer,
        by: Some(caller.person()),
        at: platform.now(),
    };
    let id = store::decision::insert(permit.unit(), &decision).await?;
    let details =
        json!({ "subject": given.subject, "programme": asked.programme, "verdict": given.verdict });
    permit.keep(Said::of("decision", id).saying(details)).await?;
    Ok(id)
}

/// One decision. To whom figures are not shown, it comes without those that it rests on and without its explanation:
/// both are `null`.
pub async fn show_decision(
    platform: &Platform,
    caller: &Caller,
    id: i64,
) -> Result<Decision, Refusal> {
    let look = Look::ask(platform, caller, Action::DecisionRead).await?;
    let found = store::decision::find(look.unit(), id, &look.scope()).await?;
    let decision = found.ok_or(Refusal::NotFound)?;
    Ok(match figures_on_lists(caller) {
        Figures::Shown => {
            drop(look);
            let id = id.to_string();
            on_record(platform, caller, Action::DecisionRead, ("decision", &id)).await?;
            decision
        }
        Figures::WithoutTax | Figures::Hidden => {
            Decision { facts: "null".to_owned(), answer: "null".to_owned(), ..decision }
        }
    })
}

/// A page of decisions, of one subject or of all, the newest first.
pub async fn list_decisions(
    platform: &Platform,
    caller: &Caller,
    subject: Option<&str>,
    page: Page,
) -> Result<Listed<Decision>, Refusal> {
    let look = Look::ask(platform, caller, Action::DecisionRead).await?;
    Ok(store::decision::list(look.unit(), subject, &look.scope(), page).await?)
}

/// The hash of an answer.
pub(super) fn hash(answer: &str) -> String {
    crypto::hex(&Sha256.digest(&[answer.as_bytes()]))
}
