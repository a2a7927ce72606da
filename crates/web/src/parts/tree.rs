//! An explanation: criteria within criteria, each with its status, its clause at the right edge, and below it the
//! values, what they are held against, and remarks. It folds without a script.

use askama::Template;

use super::Tone;
use crate::lang::Say;

/// What is known of a criterion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Truth {
    /// It is met.
    Met,
    /// It is not met.
    NotMet,
    /// Data or a person's word is lacking.
    Unknown,
    /// It does not concern the subject.
    NotApplicable,
}

/// An explanation.
#[derive(Template)]
#[template(path = "parts/tree.html")]
pub(crate) struct Tree {
    pub say: Say,
    pub nodes: Vec<Node>,
}

/// A criterion.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub truth: Truth,
    pub label: String,
    /// Where the law says so; at the right edge. May be empty.
    pub clause: String,
    /// How sure its numbers are (待核对原文); beside the clause. May be empty.
    pub status_note: String,
    /// What it was judged by.
    pub lines: Vec<Line>,
    /// Its parts.
    pub children: Vec<Node>,
    /// What is to be known about it. May be empty.
    pub note: String,
}

/// A line below a criterion.
#[derive(Clone, Debug)]
pub(crate) enum Line {
    /// A value held against something.
    Row(Row),
    /// Words: 以下满足一项即可.
    Remark {
        /// How far it stands in.
        depth: u8,
        text: String,
        tone: Tone,
    },
}

/// A value held against something.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// How far it stands in: a fact behind a test stands below it.
    pub depth: u8,
    /// Its own status, where it is one of several tests.
    pub mark: Option<Truth>,
    pub label: String,
    pub value: String,
    /// What the value is held against.
    pub limit: String,
    /// How far off it is, where it came from, what is lacking.
    pub note: String,
    /// How the value counts.
    pub tone: Tone,
    /// How much of the threshold is reached, in thousandths; shown as a small bar.
    pub share: Option<u32>,
}

impl Truth {
    /// What it says by colour and sign.
    pub fn tone(&self) -> Tone {
        match self {
            Self::Met => Tone::Good,
            Self::NotMet => Tone::Bad,
            Self::Unknown => Tone::Open,
            Self::NotApplicable => Tone::Dim,
        }
    }

    /// In a word, for those who hear the page.
    pub fn word(&self, say: &Say) -> String {
        match self {
            Self::Met => say.t("tree.met"),
            Self::NotMet => say.t("tree.not-met"),
            Self::Unknown => say.t("tree.unknown"),
            Self::NotApplicable => say.t("tree.not-applicable"),
        }
    }
}

impl Node {
    /// A criterion without anything below.
    pub fn new(truth: Truth, label: impl Into<String>) -> Self {
        Self {
            truth,
            label: label.into(),
            clause: String::new(),
            status_note: String::new(),
            lines: Vec::new(),
            children: Vec::new(),
            note: String::new(),
        }
    }

    /// Whether it can be folded: a criterion that says all in its own lines is always open.
    pub fn folds(&self) -> bool {
        !self.children.is_empty()
    }

    /// Whether it is open at first: whatever is not met or unknown.
    pub fn stands_open(&self) -> bool {
        matches!(self.truth, Truth::NotMet | Truth::Unknown)
    }

    fn below<'a>(&'a self, say: &'a Say) -> Tree {
        Tree { say: *say, nodes: self.children.clone() }
    }
}

impl Row {
    /// The bar never leaves its place.
    pub fn bar(&self) -> Option<u32> {
        self.share.map(|share| share.min(1000))
    }
}
