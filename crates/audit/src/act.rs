//! What a record says: who did what, to what, when, from where, with what end.

use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::details::Details;
use crate::hash::Hash;

/// One act, before it has a place in the chain. No personal data stands here, but for ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// When; kept to the microsecond.
    #[serde(with = "crate::instant")]
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// The organisation that the person acted for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub organisation: Option<i64>,
    /// What was done, as object and verb: `person.invite`.
    pub action: String,
    /// To what.
    pub object: Object,
    /// With what end.
    pub outcome: Outcome,
    /// The address that the request came from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub origin: Option<String>,
    /// The id of the request, which the log also has.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub request: Option<String>,
    /// The hash of the rulebook that was in force.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rulebook: Option<String>,
    /// What else there is to say.
    pub details: Details,
}

/// Who acted and by what means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// The id of the person; none when nobody is signed in or the system acts by itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<i64>,
    /// By what means.
    pub how: How,
}

/// By what means somebody acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// In a browser, signed in or trying to.
    Session,
    /// With a token of the programming interface.
    Token,
    /// The system by itself, such as a job.
    System,
    /// On the command line of the machine.
    Command,
}

/// What was acted upon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// What kind of thing: `person`, `organisation`, `rulebook`.
    pub kind: String,
    /// Which one.
    pub id: String,
}

/// How an act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused.
    Refused,
    /// Something sensitive was looked at; nothing was changed.
    Looked,
}

/// An act with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Its number: 1 is the first, none is left out.
    pub seq: i64,
    /// What it says.
    pub act: Act,
    /// The commitment to the personal data that is kept apart from it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub personal: Option<Hash>,
}

impl How {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Session, Self::Token, Self::System, Self::Command];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Token => "token",
            Self::System => "system",
            Self::Command => "command",
        }
    }
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Done, Self::Refused, Self::Looked];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Looked => "looked",
        }
    }
}

/// Refuses with the word itself.
impl FromStr for How {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|how| how.as_str() == word).ok_or_else(|| word.into())
    }
}

/// Refuses with the word itself.
impl FromStr for Outcome {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == word).ok_or_else(|| word.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_word_is_the_word_in_files_and_reads_back() {
        for how in How::ALL {
            assert_eq!(how.as_str().parse(), Ok(how));
            assert_eq!(serde_json::to_value(how).unwrap(), how.as_str());
        }
        for outcome in Outcome::ALL {
            assert_eq!(outcome.as_str().parse(), Ok(outcome));
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.as_str());
        }
        assert_eq!("Done".parse::<Outcome>(), Err("Done".into()));
    }
}
