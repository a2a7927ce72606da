//! Why nobody was signed in through the provider, or nothing was linked.

use crate::refusal::{Fault, Refusal};

/// Why nobody was signed in through the provider, or nothing was linked.
#[derive(Debug)]
pub enum NotSignedOn {
    /// The provider does not answer, or not as a provider does.
    Down(Fault),
    /// It took too long, or was finished before.
    Late,
    /// What the provider says does not hold: a signature, an issuer, an audience, a time, a nonce.
    Unconfirmed(Fault),
    /// Nobody has linked this account of the provider, or they cannot sign in for now. Which of the two is not told.
    NotLinked,
    /// The account of the provider is linked to somebody already.
    Taken,
    /// Whoever began to link it is not signed in any more.
    Left,
    /// As anything else is refused.
    Refused(Refusal),
}

impl From<Refusal> for NotSignedOn {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<store::Error> for NotSignedOn {
    fn from(error: store::Error) -> Self {
        Self::Refused(error.into())
    }
}
