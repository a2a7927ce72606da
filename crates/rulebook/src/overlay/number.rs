//! A number of the law that can be set: its address, its present value, and where it stands.

use enterprise::Text;

use crate::diagnostic::Span;

/// A number of the law that can be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The programme or shared definition.
    pub owner: String,
    /// Its version.
    pub version: String,
    /// Where in the version: ids from the outside in, then the name of the number.
    pub path: Vec<String>,
    /// What sort of value it takes.
    pub kind: NumberKind,
    /// Its edge (`>=`), where it is written together with one.
    pub operator: Option<&'static str>,
    /// As it is written; `None` for a last day that is not set.
    pub written: Option<String>,
    /// The band that points belong to, as it is written.
    pub band: Option<String>,
    /// What the innermost criterion, item or benefit around it is called.
    pub label: Text,
    /// The clause.
    pub clause: String,
    /// Every place that has to change with it; the first is its own.
    pub(crate) places: Vec<Place>,
}

/// What sort of value a number takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// A quantity with its unit.
    Quantity,
    /// Points of a score table.
    Points,
    /// Months of an event window.
    Months,
    /// How many parts of a criterion must be met.
    Count,
    /// A first or last day.
    Day,
}

/// Where a value is written, without quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub span: Span,
    /// What has to be written before the value where there is none yet.
    pub before: &'static str,
}

impl Number {
    /// The whole address: `specialised-sme@2026.rd.amount`.
    pub fn address(&self) -> String {
        format!("{}@{}.{}", self.owner, self.version, self.path.join("."))
    }

    /// The address without the version.
    pub fn short_address(&self) -> String {
        format!("{}.{}", self.owner, self.path.join("."))
    }

    /// Where it stands.
    pub fn place(&self) -> Option<&Span> {
        self.places.first().map(|place| &place.span)
    }
}
