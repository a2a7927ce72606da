//! Where a version of the law meets facts: every comparison, band, step and event test in it, whether
//! it was reached or not. Reads the law alone.

use crate::classification::Classification;
use crate::condition::{Condition, Happened, Quantity};
use crate::criterion::{Body, Criterion};
use crate::exact::Exact;
use crate::programme::Version;
use crate::rulebook::Rulebook;
use crate::score::Scale;

/// A place where a quantity turns something over.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'r> {
    /// It is held against another quantity.
    Against(&'r Quantity, &'r Quantity),
    /// It is held against an edge.
    Edge(&'r Quantity, Exact),
    /// It gives points for each full step, up to so many steps.
    Steps(&'r Quantity, Exact, i64),
}

/// Everything in a version that turns on facts.
#[derive(Default)]
pub(super) struct Places<'r> {
    pub places: Vec<Place<'r>>,
    pub happened: Vec<&'r Happened>,
    pub classifications: Vec<&'r Classification>,
}

impl<'r> Places<'r> {
    /// What stands in `version`.
    pub fn of(rulebook: &'r Rulebook, version: &'r Version) -> Self {
        let mut places = Self::default();
        for criterion in &version.criteria {
            places.criterion(rulebook, criterion);
        }
        let groups = version.score.iter().flat_map(|table| &table.groups);
        for item in groups.flat_map(|group| &group.items) {
            places.scale(rulebook, &item.scale);
        }
        places
    }

    fn criterion(&mut self, rulebook: &'r Rulebook, criterion: &'r Criterion) {
        if let Some(when) = &criterion.when {
            self.condition(rulebook, when);
        }
        match &criterion.body {
            Body::Require(condition) => self.condition(rulebook, condition),
            Body::Group(_, children) => {
                for child in children {
                    self.criterion(rulebook, child);
                }
            }
            Body::Judged { .. } | Body::Score => {}
        }
    }

    fn condition(&mut self, rulebook: &'r Rulebook, condition: &'r Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                for part in parts {
                    self.condition(rulebook, part);
                }
            }
            Condition::Not(inner) => self.condition(rulebook, inner),
            Condition::Compare(compare) => {
                self.places.push(Place::Against(&compare.left, &compare.right));
            }
            Condition::Member(member) => self.member(rulebook, &member.fact.indicator.id),
            Condition::Happened(happened) => self.happened.push(happened),
            Condition::Flag(_) | Condition::Holds(_) => {}
        }
    }

    fn member(&mut self, rulebook: &'r Rulebook, id: &str) {
        for classification in rulebook.classifications.get(id).into_iter().flatten() {
            let metrics = classification.groups.iter().flat_map(|group| &group.metrics);
            for metric in metrics {
                let edges = metric.tiers.iter();
                self.places.extend(edges.map(|(_, edge)| Place::Edge(&metric.value, edge.value)));
            }
            self.classifications.push(classification);
        }
    }

    fn scale(&mut self, rulebook: &'r Rulebook, scale: &'r Scale) {
        match scale {
            Scale::Bands { value, bands } => {
                let edges = bands.iter().flat_map(|band| &band.edges);
                self.places.extend(edges.map(|(_, edge)| Place::Edge(value, edge.value)));
            }
            Scale::Steps { value, each, points, cap } => {
                // One step more than the cap needs, since the last may be cut short.
                let most = cap.0.checked_div(points.0).map_or(0, |steps| steps.saturating_add(1));
                self.places.push(Place::Steps(value, each.value, most));
            }
            Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => {
                for entry in entries {
                    self.condition(rulebook, &entry.when);
                }
            }
            Scale::Best(sides) => {
                for side in sides {
                    self.scale(rulebook, &side.scale);
                }
            }
            // Every value gives other points; the ends of the range reach farthest.
            Scale::Given(_) => {}
        }
    }
}
