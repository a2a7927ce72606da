//! What the names in an expression can mean: indicators, events, programmes, and the limits of the
//! criterion around it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use enterprise::{Catalogue, Text};
use rules::Limit;

use crate::diagnostic::{Diagnostic, Span};
use crate::expression::measure::Unit;
use crate::read::table::{File, Word};

/// A programme as far as others refer to it.
#[derive(Debug, Clone)]
pub(crate) struct ProgrammeHead {
    pub title: Text,
    pub held_through: Vec<String>,
}

/// The names of the whole rulebook.
#[derive(Default)]
pub(crate) struct Names {
    pub catalogue: Catalogue,
    pub programmes: BTreeMap<String, ProgrammeHead>,
    /// Indicators and events that some rule uses.
    pub used: RefCell<BTreeSet<String>>,
}

/// A named threshold with its unit and whether a condition used it.
pub(crate) struct NamedLimit {
    /// `None` if it could not be read: that has been reported, and using it is no second mistake.
    pub limit: Option<Arc<Limit>>,
    pub unit: Unit,
    pub span: Span,
    pub used: RefCell<bool>,
}

/// The limits that an expression can name, those of the criteria around it included.
pub(crate) type Limits = BTreeMap<String, Rc<NamedLimit>>;

/// What the names in one expression can mean, and where the expression stands.
pub(crate) struct Scope<'a> {
    pub names: &'a Names,
    pub limits: &'a Limits,
    pub file: File<'a>,
    /// The TOML value that holds the expression.
    pub holder: Span,
    /// Where the expression's text begins in the file.
    pub start: usize,
}

impl Scope<'_> {
    /// A place within the expression as a place in the file.
    pub fn span(&self, at: &Range<usize>) -> Span {
        let start = (self.start + at.start).min(self.holder.end);
        let end = (self.start + at.end).min(self.holder.end);
        Span { file: Arc::clone(&self.holder.file), start, end }
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.file.sink.report(diagnostic);
    }
}

impl Word<'_> {
    /// Where the text inside the quotes begins, if it stands there exactly as it reads (a literal
    /// string, or a basic one without escapes).
    pub fn inner_start(&self, file: File<'_>) -> Option<usize> {
        let raw = file.text.get(self.span.start..self.span.end)?;
        ["'''\n", "'''", "'", "\"\"\"\n", "\"\"\"", "\""].into_iter().find_map(|quote| {
            let inner = raw.strip_prefix(quote)?;
            let inner = inner.strip_suffix(quote.trim_end())?;
            (inner == self.text).then_some(self.span.start + quote.len())
        })
    }
}
