//! Why a number cannot be set, in words, with what could be meant instead.

use enterprise::Text;

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::overlay::number::Number;

/// The parts of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Which number is meant.
    Address,
    /// What it is to be.
    Value,
}

/// Why a setting cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What has to be mended.
    pub part: Part,
    /// What is wrong, in one line.
    pub message: Text,
    /// What to do.
    pub help: Option<Text>,
    /// The numbers that could be meant.
    pub known: Box<[Number]>,
}

impl Refusal {
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        let message = Text::new(zh, en);
        Self { part: Part::Address, message, help: None, known: Box::default() }
    }

    /// The same about the value.
    pub(crate) fn of_value(self) -> Self {
        Self { part: Part::Value, ..self }
    }

    /// The same as a problem of the file in which it was asked for.
    pub fn at(&self, span: Span) -> Diagnostic {
        let (zh, en) = (self.message.zh.clone(), self.message.en.clone());
        let diagnostic = Diagnostic::new(Code::UnknownReference, span, zh, en);
        Diagnostic { help: self.help.clone(), ..diagnostic }
    }

    pub(crate) fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Text::new(zh, en));
        self
    }

    pub(crate) fn known<'n>(mut self, numbers: impl IntoIterator<Item = &'n Number>) -> Self {
        self.known = numbers.into_iter().cloned().collect();
        self
    }
}
