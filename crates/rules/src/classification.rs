//! Classifications: an ordered choice by industry and metrics, the worst tier over the metrics
//! (size classes, 划型). Holds no facts.

use std::sync::Arc;

use enterprise::{Indicator, IndustryCode, Text};
use jiff::civil::Date;

use crate::amount::{Amount, Lacking};
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

/// In which group an industry code falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouped {
    /// In this one.
    In(usize),
    /// It is too coarse: a finer code could fall in another group.
    TooCoarse,
    /// No standard covers it.
    Nowhere,
}

impl Classification {
    /// The group with the longest matching code, unless a finer code of another group could apply.
    pub fn group_of(&self, code: &str) -> Grouped {
        let Some(code) = IndustryCode::parse(code) else { return Grouped::Nowhere };
        let mut best: Option<(usize, usize)> = None;
        for (index, group) in self.groups.iter().enumerate() {
            for known in &group.codes {
                let length = code.match_length(known);
                if length > best.map_or(0, |(best, _)| best) {
                    best = Some((length, index));
                }
            }
        }
        let finer = self.groups.iter().enumerate().any(|(index, group)| {
            best.is_none_or(|(_, best)| best != index)
                && group.codes.iter().any(|known| code.is_wider_than(known))
        });
        match best {
            _ if finer => Grouped::TooCoarse,
            Some((_, group)) => Grouped::In(group),
            None => Grouped::Nowhere,
        }
    }

    /// The options that a group's metrics leave possible, and what keeps them from being one.
    /// The worst tier over the metrics counts: unknown metrics can only make it worse.
    pub(crate) fn possible(
        &self,
        group: &IndustryGroup,
        amounts: &[Amount],
    ) -> (Vec<usize>, Lacking) {
        let last = self.last();
        let mut worst = 0;
        let mut lacking = Lacking::default();
        for (metric, amount) in group.metrics.iter().zip(amounts) {
            match metric.tier(amount, last) {
                Some(tier) => worst = worst.max(tier),
                None => lacking = lacking.and(amount.lacking()),
            }
        }
        let tiers = if lacking == Lacking::default() { worst..=worst } else { worst..=last };
        let options = self.order.get(tiers).unwrap_or_default().to_vec();
        if options.len() == 1 {
            lacking = Lacking::default();
        }
        (options, lacking)
    }

    /// The options that one metric alone leaves possible.
    pub(crate) fn options_of(&self, metric: &Metric, amount: &Amount) -> Vec<usize> {
        let last = self.last();
        let tiers = metric.tier(amount, last).map_or(0..=last, |tier| tier..=tier);
        self.order.get(tiers).unwrap_or_default().to_vec()
    }

    fn last(&self) -> usize {
        self.order.len().saturating_sub(1)
    }
}

impl Metric {
    fn tier(&self, amount: &Amount, last: usize) -> Option<usize> {
        let value = amount.as_exact()?;
        for (tier, (operator, limit)) in self.tiers.iter().enumerate() {
            if operator.holds(value.compare(limit.value)?) {
                return Some(tier);
            }
        }
        Some(last)
    }
}
