//! A number of the law that can be set: its address, its present value, and where it stands.

use enterprise::Text;
use rules::{Citation, Limit};

use crate::diagnostic::Span;
use crate::expression::measure::quantity;
use crate::overlay::value::unit_of;
use crate::overlay::written::same;

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
    /// Its edge (`≥`), where it is written together with one.
    pub operator: Option<&'static str>,
    /// The edges at which conditions hold something against it alone.
    pub edges: Vec<&'static str>,
    /// As it is written; `None` for a last day that is not set.
    pub written: Option<String>,
    /// The band that points belong to, as it is written.
    pub band: Option<String>,
    /// What the innermost criterion, item or benefit around it is called.
    pub label: Text,
    /// What everything around it is called, from the outside in; the last is `label`.
    pub labels: Vec<Text>,
    /// The clause.
    pub clause: String,
    /// Where it comes from, and how well it is known.
    pub citation: Citation,
    /// Every place that has to change with it; the first is its own.
    pub(crate) places: Vec<Place>,
}

/// A last day that is not set.
const NONE: &str = "—";
/// Between several edges.
const JOIN: &str = "、";

/// The edges before a number, and the number.
fn apart(value: &str) -> (&str, &str) {
    let end = value.find(|sign: char| !"≥≤><=、".contains(sign)).unwrap_or(value.len());
    let (edges, rest) = value.split_at_checked(end).unwrap_or((value, ""));
    (edges, rest.trim())
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
    /// The unit in which it is written, which a bare number would be counted in; empty if it has none.
    pub fn unit(&self) -> &str {
        match self.kind {
            NumberKind::Quantity => self.written.as_deref().map_or("", unit_of),
            NumberKind::Points => "分",
            NumberKind::Months => "个月",
            NumberKind::Count => "项",
            NumberKind::Day => "",
        }
    }

    /// The whole address: `specialised-sme@2026.rd.amount`.
    pub fn address(&self) -> String {
        format!("{}@{}.{}", self.owner, self.version, self.path.join("."))
    }

    /// The address without the version.
    pub fn short_address(&self) -> String {
        format!("{}.{}", self.owner, self.path.join("."))
    }

    /// The number with its edge, as the law says it: `≥ 100 万元`, `20 分`, `36 个月`. What somebody has held against
    /// the official text is this and not the number alone.
    pub fn value(&self) -> String {
        let Some(written) = self.written.as_deref() else { return NONE.to_owned() };
        let counted = |unit: &str| {
            let bare = written.trim_end_matches(unit).trim_end();
            format!("{bare} {unit}")
        };
        match self.kind {
            NumberKind::Quantity => {
                let edges: Vec<&str> = self.operator.iter().chain(&self.edges).copied().collect();
                format!("{} {written}", edges.join(JOIN)).trim_start().to_owned()
            }
            NumberKind::Points => counted("分"),
            NumberKind::Months => counted("个月"),
            NumberKind::Count => counted("项"),
            NumberKind::Day => written.to_owned(),
        }
    }

    /// Whether the number still is what was once said of it: `1 亿元` is `10000 万元`.
    pub fn is_still(&self, value: &str) -> bool {
        let present = self.value();
        let (edges, rest) = apart(&present);
        let (known, other) = apart(value);
        present == value || (edges == known && same(rest, other))
    }

    /// The number as a threshold, for whoever puts it into words; none for what is no quantity.
    pub fn limit(&self) -> Option<Limit> {
        let written = self.written.as_deref().filter(|_| self.kind == NumberKind::Quantity)?;
        let read = quantity(written).ok()?;
        Some(Limit {
            name: self.path.last().cloned().unwrap_or_default(),
            value: read.value,
            measure: read.unit.measure(read.decimals),
            written: written.to_owned(),
            citation: self.citation.clone(),
        })
    }

    /// Where it stands.
    pub fn place(&self) -> Option<&Span> {
        self.places.first().map(|place| &place.span)
    }
}
