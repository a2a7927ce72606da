//! Classifications: an ordered choice by industry and metrics, the worst tier over the metrics
//! (size classes, 划型). Holds no facts.

use std::sync::Arc;

use enterprise::{Indicator, Text};
use jiff::civil::Date;

use crate::condition::{FactRef, Limit, Operator, Quantity};
use crate::provenance::{Citation, Document};

/// One version of a classification.
#[derive(Debug, Clone, PartialEq)]
pub struct Classification {
    /// Stable id of the definition.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The derived indicator that it gives.
    pub indicator: Arc<Indicator>,
    /// The document.
    pub document: Arc<Document>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
    /// The industry indicator that chooses the group.
    pub by: FactRef,
    /// Indices of the indicator's options, best (largest) first.
    pub order: Vec<usize>,
    /// The groups.
    pub groups: Vec<IndustryGroup>,
    /// A remark, above all on what it does not cover.
    pub note: Option<Text>,
}

/// The industries that share metrics.
#[derive(Debug, Clone, PartialEq)]
pub struct IndustryGroup {
    /// Stable id.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// Industry codes: a section letter or leading digits; the longest match wins.
    pub codes: Vec<String>,
    /// Where it comes from.
    pub citation: Citation,
    /// The metrics.
    pub metrics: Vec<Metric>,
}

/// A quantity with the edges of its tiers.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// The quantity.
    pub value: Quantity,
    /// The lower edge of every tier but the last, in order.
    pub tiers: Vec<(Operator, Limit)>,
}
