//! Criteria (条件): one testable condition each, citing its clause, alone or grouped.

use std::sync::Arc;

use enterprise::Text;

use crate::condition::{Condition, Limit};
use crate::programme::Purpose;
use crate::provenance::Citation;

/// One criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Stable id within its owner.
    pub id: String,
    /// The programme, or the shared definition, that it stands in.
    pub owner: String,
    /// What people read.
    pub label: Text,
    /// Where it comes from.
    pub citation: Citation,
    /// A remark for people.
    pub note: Option<Text>,
    /// The purposes that it applies to; empty for all.
    pub purposes: Vec<Purpose>,
    /// Where it applies; everywhere without.
    pub when: Option<Condition>,
    /// Whether meeting it is a direct path beside the score.
    pub direct: bool,
    /// Its thresholds, in file order.
    pub limits: Vec<Arc<Limit>>,
    /// What must hold.
    pub body: Body,
}

/// What must hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A condition over facts.
    Require(Condition),
    /// A person decides.
    Judged {
        /// Who.
        by: String,
        /// What they are asked; the label when nothing more is to be said.
        question: Option<Text>,
    },
    /// The score table passes.
    Score,
    /// Sub-criteria.
    Group(Group, Vec<Criterion>),
}

/// How sub-criteria are taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// All of them.
    All,
    /// At least one.
    Any,
    /// At least so many.
    AtLeast(usize),
    /// Exactly one applies, and it must hold.
    Cases,
}

impl Criterion {
    /// The criterion itself and everything below it, in file order.
    pub fn walk(&self) -> Vec<&Self> {
        let mut found = vec![self];
        if let Body::Group(_, children) = &self.body {
            found.extend(children.iter().flat_map(Self::walk));
        }
        found
    }

    /// Whether it has no sub-criteria: the unit of a bit in screening results.
    pub fn is_leaf(&self) -> bool {
        !matches!(self.body, Body::Group(..))
    }
}
