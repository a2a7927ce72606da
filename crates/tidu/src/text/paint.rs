//! Colours: a few, each with a meaning, and only where the reader's terminal wants them.

use rules::{Truth, Verdict};
use words::explanation::Tone;

/// What a colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Style {
    /// Nothing.
    #[default]
    Plain,
    /// A heading.
    Bold,
    /// Something to be read last.
    Dim,
    /// Met.
    Good,
    /// Not met.
    Bad,
    /// Open.
    Open,
}

impl Style {
    /// The style of a status.
    pub(crate) fn of_truth(truth: Truth) -> Self {
        match truth {
            Truth::Met => Self::Good,
            Truth::NotMet => Self::Bad,
            Truth::Unknown(_) => Self::Open,
            Truth::NotApplicable => Self::Dim,
        }
    }

    /// The style of a tone.
    pub(crate) fn of_tone(tone: Tone) -> Self {
        match tone {
            Tone::Plain => Self::Plain,
            Tone::Dim => Self::Dim,
            Tone::Good => Self::Good,
            Tone::Bad => Self::Bad,
            Tone::Open => Self::Open,
        }
    }

    /// The style of a verdict.
    pub(crate) fn of_verdict(verdict: Option<Verdict>) -> Self {
        match verdict {
            Some(Verdict::Eligible) => Self::Good,
            Some(Verdict::Ineligible) => Self::Bad,
            Some(Verdict::Undetermined(_)) => Self::Open,
            None => Self::Dim,
        }
    }

    /// `text` in this style; as it is where no colour is wanted.
    pub(crate) fn paint(self, text: &str, colour: bool) -> String {
        let code = match self {
            Self::Plain => return text.to_owned(),
            _ if !colour || text.trim().is_empty() => return text.to_owned(),
            Self::Bold => "1",
            Self::Dim => "2",
            Self::Good => "32",
            Self::Bad => "31",
            Self::Open => "33",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// The sign of a status.
pub(crate) fn mark(truth: Truth) -> &'static str {
    match truth {
        Truth::Met => "✓",
        Truth::NotMet => "✗",
        Truth::Unknown(_) => "?",
        Truth::NotApplicable => "–",
    }
}
