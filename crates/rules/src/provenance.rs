//! Where the law's numbers come from: document, clause, and how well the number is known.

use std::sync::Arc;

use enterprise::Text;
use jiff::civil::Date;

/// How well a number of the law is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// A named person compared it with the official text.
    Verified {
        /// Who.
        by: String,
        /// When.
        on: Date,
    },
    /// Word for word in several reposts.
    Reposted,
    /// So many independent sources agree.
    Secondary {
        /// How many.
        sources: u8,
    },
    /// Nobody saw it.
    Recalled,
}

/// An official document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Document number, such as 工信部企业〔2026〕2号.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The annex that is meant.
    pub annex: String,
}

/// A clause of a document, and how well the number taken from it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The document.
    pub document: Arc<Document>,
    /// The clause within it.
    pub clause: String,
    /// How well it is known.
    pub status: Status,
    /// A remark, such as how an unclear wording is read.
    pub note: Option<Text>,
}

impl Status {
    /// The stable word for it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Verified { .. } => "verified",
            Self::Reposted => "reposted",
            Self::Secondary { .. } => "secondary",
            Self::Recalled => "recalled",
        }
    }

    /// Whether a person has compared the number with the official text.
    pub fn is_verified(&self) -> bool {
        matches!(self, Self::Verified { .. })
    }
}
