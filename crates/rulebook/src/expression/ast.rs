//! Expressions as they are written: names unresolved, types unknown, every part with its place.

use std::ops::Range;

/// A part of an expression with its place in the expression's text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expr {
    pub node: Node,
    pub at: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Name(String),
    /// A whole number, and the unit that follows it if somebody wrote a quantity.
    Number(String, Option<String>),
    /// `x[base-1]`
    At(Box<Expr>, i16),
    /// `a + b`, `a - b`, `a * b`, `a / b`
    Arithmetic(char, Box<Expr>, Box<Expr>),
    Negate(Box<Expr>),
    /// `min(…)`, `max(…)`
    Extreme {
        least: bool,
        parts: Vec<Expr>,
    },
    Compare(rules::Operator, Box<Expr>, Box<Expr>),
    /// `x in { a, b }`
    In(Box<Expr>, Vec<(String, Range<usize>)>),
    Not(Box<Expr>),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    AtLeast(usize, Vec<Expr>),
    /// `each of last n years { … }` (all) and `some of last n years { … }`
    Years {
        each: bool,
        years: i16,
        parts: Vec<Expr>,
    },
    /// `sum of last n years (x)` and `average of last n years (x)`
    OverYears {
        mean: bool,
        years: i16,
        part: Box<Expr>,
    },
    /// `growth(x[base])`
    Growth(Box<Expr>),
    /// `average growth over n years (x)` and `compound growth over n years (x)`
    GrowthOver {
        compound: bool,
        years: i16,
        part: Box<Expr>,
    },
    /// `full years from x to end of base`, `begun years from x to start of base`, `days from x to today`
    Elapsed {
        unit: rules::ElapsedUnit,
        from: Box<Expr>,
        to: rules::Until,
    },
    Holds(String, Range<usize>),
    Happened {
        event: String,
        event_at: Range<usize>,
        window: rules::Window,
        filter: Option<(String, Range<usize>, rules::Operator, Box<Expr>)>,
    },
}

impl Expr {
    /// The parts directly below this one.
    pub fn parts(&self) -> Vec<&Self> {
        match &self.node {
            Node::Name(_) | Node::Number(..) | Node::Holds(..) => Vec::new(),
            Node::At(part, _)
            | Node::Negate(part)
            | Node::In(part, _)
            | Node::Not(part)
            | Node::OverYears { part, .. }
            | Node::Growth(part)
            | Node::GrowthOver { part, .. }
            | Node::Elapsed { from: part, .. } => vec![part],
            Node::Arithmetic(_, left, right) | Node::Compare(_, left, right) => vec![left, right],
            Node::Extreme { parts, .. }
            | Node::All(parts)
            | Node::Any(parts)
            | Node::AtLeast(_, parts)
            | Node::Years { parts, .. } => parts.iter().collect(),
            Node::Happened { filter, .. } => {
                filter.iter().map(|(_, _, _, limit)| &**limit).collect()
            }
        }
    }

    /// How many levels it has.
    pub fn height(&self) -> usize {
        let below = self.parts().into_iter().map(Self::height).max();
        1 + below.unwrap_or_default()
    }
}

/// Where and why an expression cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SyntaxError {
    pub at: Range<usize>,
    pub zh: String,
    pub en: String,
    pub too_deep: bool,
}
