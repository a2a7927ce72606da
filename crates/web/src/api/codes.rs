//! How words of the platform, days and instants are written in JSON, and how that is described.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Something that has a code: one of a few words.
pub(crate) trait Coded: Copy + 'static {
    /// What the list of codes is called.
    const NAME: &'static str;
    fn all() -> Vec<Self>;
    fn code(self) -> &'static str;
    /// What the code stands for, if that is not said elsewhere.
    fn words(self) -> Option<access::Words>;
}

/// One of them, written as its code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Code<T>(pub T);

impl<T: Coded> Serialize for Code<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.0.code())
    }
}

impl<'de, T: Coded> Deserialize<'de> for Code<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        let found = T::all().into_iter().find(|one| one.code() == code);
        found.map(Self).ok_or_else(|| D::Error::custom("no such code"))
    }
}

impl<T: Coded> JsonSchema for Code<T> {
    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let codes: Vec<&str> = T::all().into_iter().map(T::code).collect();
        let mut schema = json_schema!({ "type": "string", "enum": codes });
        let named: Vec<_> =
            T::all().into_iter().filter_map(|one| Some((one.code(), one.words()?))).collect();
        if !named.is_empty() {
            let say = |pick: fn(&access::Words) -> &'static str, joint: &str| {
                named
                    .iter()
                    .map(|(code, words)| format!("`{code}` {}", pick(words)))
                    .collect::<Vec<_>>()
                    .join(joint)
            };
            let both = format!("{} | {}", say(|words| words.zh, "；"), say(|words| words.en, "; "));
            schema.insert("description".to_owned(), both.into());
        }
        schema
    }
}

macro_rules! coded {
    ($($name:literal $of:ty, $all:expr, $code:ident, $words:expr;)+) => {
        $(impl Coded for $of {
            const NAME: &'static str = $name;
            fn all() -> Vec<Self> {
                $all.to_vec()
            }
            fn code(self) -> &'static str {
                self.$code()
            }
            fn words(self) -> Option<access::Words> {
                let words: fn(Self) -> Option<access::Words> = $words;
                words(self)
            }
        })+
    };
}

coded! {
    "Role" access::Role, access::Role::ALL, code, |one| Some(one.words());
    "OrganisationKind" access::OrganisationKind, access::OrganisationKind::ALL, code, |one| Some(one.words());
    "Action" access::Action, access::Action::ALL, code, |one| Some(one.words());
    "Sight" access::Sight, access::Sight::ALL, code, |one| Some(one.words());
    "MembershipState" store::membership::State, STATES, code, |_| None;
    "JobState" store::job::State, store::job::State::ALL, code, |_| None;
    "Outcome" audit::Outcome, audit::Outcome::ALL, as_str, |_| None;
    "How" audit::How, audit::How::ALL, as_str, |_| None;
}

const STATES: [store::membership::State; 4] = {
    use store::membership::State::{Active, Ended, Proposed, Refused};
    [Proposed, Active, Refused, Ended]
};

/// A day, as `2026-11-23`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Day(pub Date);

impl Day {
    /// Reads a day that is written in full.
    pub fn read(text: &str) -> Option<Self> {
        let form = text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2;
        form.then(|| text.parse().ok().map(Self)).flatten()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("no day"))
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// An instant, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct At(pub Timestamp);

impl Serialize for At {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&self.0)
    }
}

impl JsonSchema for At {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "At".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}
