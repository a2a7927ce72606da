//! Score tables: how points are given. Holds no facts and adds nothing up.

use std::sync::Arc;

use enterprise::Text;

use crate::condition::{Condition, FactRef, Limit, Operator, Quantity};
use crate::provenance::Citation;

/// Points in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Points(pub i64);

/// A score table with its pass mark.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreTable {
    /// What the total must reach.
    pub pass: Mark,
    /// The parts, each with a subtotal.
    pub groups: Vec<ScoreGroup>,
}

/// A total or subtotal that must be reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The edge.
    pub operator: Operator,
    /// The points.
    pub points: Points,
    /// Where it comes from.
    pub citation: Citation,
}

/// A part of a score table.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreGroup {
    /// Stable id.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// The most that it can give, as the law says.
    pub max: Points,
    /// What its subtotal must reach, if anything.
    pub floor: Option<Mark>,
    /// Its items.
    pub items: Vec<ScoreItem>,
}

/// One item of a score table.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreItem {
    /// Stable id.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// The most that it can give, as the law says.
    pub max: Points,
    /// The thresholds that its conditions name, in file order.
    pub limits: Vec<Arc<Limit>>,
    /// How points are given.
    pub scale: Scale,
    /// Where it comes from.
    pub citation: Citation,
}

/// How points are given.
#[derive(Debug, Clone, PartialEq)]
pub enum Scale {
    /// By the band that the value lies in.
    Bands {
        /// The value.
        value: Quantity,
        /// The bands.
        bands: Vec<Band>,
    },
    /// So many points for each full step of the value.
    Steps {
        /// The value.
        value: Quantity,
        /// The step.
        each: Box<Limit>,
        /// Points for each full step.
        points: Points,
        /// The most.
        cap: Points,
    },
    /// Points for each entry that holds.
    Tally {
        /// The entries.
        entries: Vec<Entry>,
        /// The most.
        cap: Points,
    },
    /// Points of the first entry that holds.
    Levels {
        /// The entries, best first.
        entries: Vec<Entry>,
        /// Points when none holds.
        otherwise: Points,
    },
    /// The better of several scales.
    Best(Vec<Side>),
    /// Points that somebody else awards.
    Given(FactRef),
}

/// One of the scales of which the better counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// What people read, if it is named.
    pub label: Option<Text>,
    /// How points are given.
    pub scale: Scale,
}

/// A band of values and its points.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its edges; all must hold.
    pub edges: Vec<(Operator, Limit)>,
    /// Its points.
    pub points: Points,
}

/// A condition and its points.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Stable id within the item.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// The condition.
    pub when: Condition,
    /// Its points.
    pub points: Points,
}

impl Scale {
    /// The fewest and the most points that the scale can give.
    pub fn reach(&self) -> (Points, Points) {
        let hull = |points: &mut dyn Iterator<Item = Points>| {
            let all: Vec<Points> = points.collect();
            let least = all.iter().min().copied().unwrap_or_default();
            (least, all.iter().max().copied().unwrap_or_default())
        };
        match self {
            Self::Bands { bands, .. } => hull(&mut bands.iter().map(|band| band.points)),
            Self::Steps { cap, .. } => (Points(0), *cap),
            Self::Tally { entries, cap } => {
                let sum = |side: fn(i64) -> i64| {
                    let points = entries.iter().map(|entry| side(entry.points.0));
                    Points(points.fold(0, i64::saturating_add)).min(*cap)
                };
                (sum(|points| points.min(0)), sum(|points| points.max(0)))
            }
            Self::Levels { entries, otherwise } => {
                hull(&mut entries.iter().map(|entry| entry.points).chain([*otherwise]))
            }
            Self::Best(sides) => {
                let reaches: Vec<_> = sides.iter().map(|side| side.scale.reach()).collect();
                let low = reaches.iter().map(|reach| reach.0).max().unwrap_or_default();
                (low, reaches.iter().map(|reach| reach.1).max().unwrap_or_default())
            }
            Self::Given(fact) => {
                let (low, high) = fact.indicator.range.unwrap_or((0, 0));
                let scale = fact.indicator.kind.scale().max(1);
                (hundredths(low, scale), hundredths(high, scale))
            }
        }
    }
}

impl Scale {
    /// The points that the scale can give, one by one; only the whole ones where there are too many.
    pub(crate) fn levels(&self) -> Vec<i64> {
        match self {
            Self::Bands { bands, .. } => bands.iter().map(|band| band.points.0).collect(),
            Self::Levels { entries, otherwise } => {
                entries.iter().map(|entry| entry.points.0).chain([otherwise.0]).collect()
            }
            Self::Best(sides) => sides.iter().flat_map(|side| side.scale.levels()).collect(),
            Self::Steps { points, cap, .. } if points.0 > 0 => {
                let steps = (0..=cap.0 / points.0).map(|step| step * points.0);
                steps.chain([cap.0]).collect()
            }
            Self::Steps { .. } | Self::Tally { .. } | Self::Given(_) => {
                let (low, high) = self.reach();
                (low.0.div_euclid(100)..=high.0.div_euclid(100)).map(|whole| whole * 100).collect()
            }
        }
    }
}

/// A stored number of an indicator as points, hundredths rounded down.
pub(crate) fn hundredths(value: i64, scale: i64) -> Points {
    let hundredths = i128::from(value) * 100;
    let points = hundredths.div_euclid(i128::from(scale.max(1)));
    Points(i64::try_from(points).unwrap_or(i64::MAX))
}
