//! The ways into an account besides its password: sessions, tokens, accounts at a provider of identities. Whoever takes
//! an account back closes all of them, or somebody who was in it for a minute stays in.

use serde_json::{Value, json};
use store::Unit;

use crate::refusal::Refusal;

/// How many were closed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Closed {
    /// Sessions that ended.
    pub sessions: u64,
    /// Tokens that were revoked.
    pub tokens: u64,
    /// Accounts at a provider of identities that are linked no more.
    pub identities: u64,
}

impl Closed {
    /// What a record says of them beside `details`.
    pub(crate) fn with(self, mut details: Value) -> Value {
        if let Some(said) = details.as_object_mut() {
            said.insert("sessions".to_owned(), json!(self.sessions));
            said.insert("tokens".to_owned(), json!(self.tokens));
            said.insert("identities".to_owned(), json!(self.identities));
        }
        details
    }
}

/// Closes all of them.
pub(crate) async fn close_ways_in(
    unit: &Unit,
    person: i64,
    now: jiff::Timestamp,
) -> Result<Closed, Refusal> {
    Ok(Closed {
        sessions: store::session::end_all(unit, person, None, now).await?,
        tokens: store::token::revoke_all(unit, person, now).await?,
        identities: store::identity::unlink(unit, person).await?,
    })
}
