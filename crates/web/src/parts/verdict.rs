//! A verdict as a chip: by colour, sign and word, with the reason if there is one.

use askama::Template;

use super::Tone;

/// A verdict as a chip.
#[derive(Template, Clone)]
#[template(path = "parts/verdict.html")]
pub(crate) struct Verdict {
    /// What it says by colour and sign.
    pub tone: Tone,
    /// 符合, 不符合, 待定: in the reader's language.
    pub text: String,
    /// Why it is open, or in which way it was reached; may be empty.
    pub reason: String,
}

impl Verdict {
    /// A verdict with nothing to add.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into(), reason: String::new() }
    }

    /// With what explains it.
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self
    }
}
