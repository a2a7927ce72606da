//! What programs ask for. Everything is a row of the one table of routes; each is a type ([`call::Call`]) that says
//! what it takes and gives, from which its documentation is made and against which requests are held; each calls the
//! same use case of `app` as the page does, and decides nothing.
//!
//! A new one: a file or an `impl Call` in the file of its thing, and a row `Get "/api/v1/…" May(…), Api …`. What cannot
//! be asked for here stands with its reason in `left_out`; a test sees to it that every action is in one of the two.

mod call;
mod check;
mod codes;
mod etag;
mod examples;
mod gives;
mod left_out;
mod openapi;
mod problem;
mod repeat;
mod shape;
mod sort;
mod strict;
mod takes;

pub(crate) mod audit_trail;
pub(crate) mod checks;
pub(crate) mod decisions;
pub(crate) mod delegations;
pub(crate) mod enterprises;
pub(crate) mod health;
pub(crate) mod itself;
pub(crate) mod jobs;
pub(crate) mod judging;
pub(crate) mod law;
pub(crate) mod memberships;
pub(crate) mod organisations;
pub(crate) mod own;
pub(crate) mod page;
pub(crate) mod people;
pub(crate) mod populations;
pub(crate) mod rulebooks;
pub(crate) mod screening;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod text;

use app::Refusal;

use crate::ask::{Answer, Ask};
use crate::failure::Failure;

pub(crate) use call::{Call, Operation};
pub(crate) use check::Mistake;
pub(crate) use page::Described;
#[cfg(test)]
mod tests;

use gives::Gives as _;
use takes::Takes as _;

/// Answers a call.
pub(crate) async fn answer<C: Call>(mut ask: Ask) -> Answer {
    takes::parameters(&ask)?;
    let once = repeat::once(&ask)?;
    if let Some(once) = &once {
        if let Some(known) = once.answered(ask.platform()).await? {
            return repeat::again(known);
        }
        if let Some(caller) = &mut ask.caller {
            caller.once = Some(once.clone());
        }
    }
    let outcome = match C::Takes::read(&ask) {
        Ok(takes) => C::call(&ask, takes).await.and_then(|gives| gives.answer(&ask)),
        Err(failure) => Err(failure),
    };
    match (outcome, once) {
        (Ok(answer), Some(once)) => repeat::keep(&ask, &once, answer).await,
        // Somebody was quicker with the same key.
        (Err(Failure::Refused(Refusal::Repeated)), Some(once)) => {
            match once.answered(ask.platform()).await? {
                Some(known) => repeat::again(known),
                None => Err(Refusal::broken("a key without an answer").into()),
            }
        }
        (Err(Failure::Refused(Refusal::Changed)), _) if shape::of(ask.route).if_match => {
            Err(Failure::Stale)
        }
        (outcome, _) => outcome,
    }
}
