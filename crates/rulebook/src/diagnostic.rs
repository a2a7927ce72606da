//! A diagnostic as a value: code, message, spans, help. How it looks on a terminal is decided
//! elsewhere.

use std::ops::Range;
use std::sync::Arc;

use enterprise::Text;

use crate::code::Code;

/// A place in a rule file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file's path within the rulebook, with `/` between folders.
    pub file: Arc<str>,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The rulebook cannot be used.
    Error,
    /// It can be used, but somebody should look.
    Warning,
}

/// One problem of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem.
    pub code: Code,
    /// What is wrong, in one line.
    pub message: Text,
    /// Where.
    pub span: Span,
    /// What stands under the line there; may be empty.
    pub label: Text,
    /// Other places that belong to it.
    pub others: Vec<(Span, Text)>,
    /// What to do.
    pub help: Option<Text>,
}

/// Where the text of one file stands on the screen: line and column from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
}

impl Span {
    /// A span of a file.
    pub fn new(file: &Arc<str>, range: Range<usize>) -> Self {
        Self { file: Arc::clone(file), start: range.start, end: range.end.max(range.start) }
    }

    /// Where it begins in `text`.
    pub fn position(&self, text: &str) -> Position {
        let mut before = self.start.min(text.len());
        while !text.is_char_boundary(before) {
            before -= 1;
        }
        let before = text.get(..before).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Position { line, column }
    }
}

impl Diagnostic {
    /// A diagnostic without label, other places and help.
    pub fn new(code: Code, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            message: Text::new(zh, en),
            span,
            label: Text::default(),
            others: Vec::new(),
            help: None,
        }
    }

    /// With words under the place.
    pub fn label(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.label = Text::new(zh, en);
        self
    }

    /// With another place that belongs to it.
    pub fn other(mut self, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.others.push((span, Text::new(zh, en)));
        self
    }

    /// With a remedy.
    pub fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Text::new(zh, en));
        self
    }

    /// With the nearest known name as the remedy, or the known names when none is near.
    pub fn suggest<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        if let Some(near) = enterprise::nearest(name, known.iter().copied()) {
            return self.help(format!("是不是“{near}”？"), format!("did you mean `{near}`?"));
        }
        const SHOWN: usize = 12;
        if known.is_empty() || known.len() > SHOWN {
            return self;
        }
        self.help(format!("可用：{}", known.join("、")), format!("one of: {}", known.join(", ")))
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
