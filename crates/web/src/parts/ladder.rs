//! A ladder as stairs: each rung with where the enterprise stands on it.

use askama::Template;

use super::Tone;
use crate::lang::Say;

/// A ladder, the lowest rung first.
#[derive(Template)]
#[template(path = "parts/ladder.html")]
pub(crate) struct Ladder {
    pub say: Say,
    pub title: String,
    pub rungs: Vec<Rung>,
}

/// A rung.
#[derive(Clone, Debug)]
pub(crate) struct Rung {
    pub label: String,
    /// The page of the rung, if there is one.
    pub to: Option<String>,
    pub state: State,
    /// Whether it is the one to work for.
    pub next: bool,
    /// Until when it is held, what is missing: in a few words. May be empty.
    pub note: String,
    /// How many enterprises stand before it.
    pub tallies: Vec<Tally>,
}

/// How many of a sort stand before a rung.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    pub tone: Tone,
    pub label: String,
    /// The number as it is shown.
    pub value: String,
    /// The list of them.
    pub to: String,
}

/// Where somebody stands on a rung.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum State {
    /// The title is held.
    Held,
    /// The standard is met.
    Qualifies,
    /// All that can be measured is met, a judgement is pending.
    Pending,
    /// One measurable criterion is short.
    Short,
    /// So many criteria are not met.
    NotMet(u32),
    /// It cannot be told for lack of data.
    Unknown,
    /// The standard is not public.
    NotPublic,
    /// The ladder is shown as the law has it: nobody stands on it.
    LawOnly,
}

impl Rung {
    /// A rung on which nobody stands.
    pub fn of_law(label: String, to: Option<String>) -> Self {
        Self {
            label,
            to,
            state: State::LawOnly,
            next: false,
            note: String::new(),
            tallies: Vec::new(),
        }
    }

    fn tone(&self) -> Tone {
        match self.state {
            State::Held | State::Qualifies => Tone::Good,
            State::Pending => Tone::Pending,
            State::Short => Tone::Near,
            State::NotMet(_) => Tone::Bad,
            State::Unknown => Tone::Open,
            State::NotPublic => Tone::Dim,
            State::LawOnly => Tone::Plain,
        }
    }

    /// Held and qualified differ by sign: a held title is a full dot.
    fn sign(&self) -> &'static str {
        if self.state == State::Held { "●" } else { self.tone().sign() }
    }

    fn word(&self, say: &Say) -> String {
        match self.state {
            State::Held => say.t("ladder.held"),
            State::Qualifies => say.t("ladder.qualifies"),
            State::Pending => say.t("ladder.pending"),
            State::Short => say.t("ladder.short"),
            State::NotMet(count) => say.t1("ladder.not-met", "count", count),
            State::Unknown => say.t("ladder.unknown"),
            State::NotPublic => say.t("ladder.not-public"),
            State::LawOnly => String::new(),
        }
    }
}
