//! How a number stands with the official text, from everything that was found about it.

use rulebook::Number;
use store::confirmation::Finding;

use super::Seen;

/// How a number stands with the official text, the most pressing first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Held {
    /// Somebody found that the official text says something else.
    Differs,
    /// It was looked at, and has changed since.
    Outdated,
    /// Nobody has looked.
    Open,
    /// It agrees; somebody has looked, here or where the rule file was written.
    Agrees,
}

impl Held {
    /// All, the most pressing first.
    pub const ALL: [Self; 4] = [Self::Differs, Self::Outdated, Self::Open, Self::Agrees];

    /// The word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::Outdated => "outdated",
            Self::Open => "open",
            Self::Agrees => "agrees",
        }
    }

    /// The state with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|held| held.code() == code)
    }
}

/// How a number stands, and what of it says so; `all` is what holds of any numbers, the newest first.
pub fn held<'a>(number: &Number, all: &'a [Seen]) -> (Held, Vec<&'a Seen>) {
    let address = number.address();
    let own = all.iter().filter(|seen| {
        seen.confirmation.address == address && seen.confirmation.withdrawn.is_none()
    });
    let (present, past): (Vec<&Seen>, Vec<&Seen>) =
        own.partition(|seen| number.is_still(&seen.confirmation.value));
    let differs = |seen: &&Seen| seen.confirmation.finding == Finding::Differs;
    if present.iter().any(differs) {
        // Whoever found otherwise is told beside it.
        (Held::Differs, present)
    } else if !present.is_empty() {
        (Held::Agrees, present)
    } else if number.citation.status.is_verified() {
        (Held::Agrees, past)
    } else if !past.is_empty() {
        (Held::Outdated, past)
    } else {
        (Held::Open, past)
    }
}
